"""A palette, and what is asked of it."""

from pathlib import Path

from press.ground.colour import Roles, check

PALETTE = {
    "paper": ("#ffffff", "#000000"),
    "ink": ("#111111", "#eeeeee"),
    "accent": ("#0b6e5f", "#4cc4ae"),
    "tested": ("#100000", "#100000"),
}


def check_colours():
    """Raise ``BuildError`` for text that cannot be read on paper."""
    check(PALETTE, Roles("paper", ("ink",), (), ()), "story/theme.py", Path(__file__).read_text("utf-8"))
