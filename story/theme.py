"""The story's colours and type, for charts and pages alike: a colour for each meaning, light and dark."""

from pathlib import Path

from press.ground.colour import Roles, check

# name: (on light paper, on dark). Charts name them as var(--name); templates/static/site.css uses the same names.
PALETTE = {
    "paper": ("#fdfcf9", "#14171a"),
    "raised": ("#f4f1ea", "#1d2226"),
    "ink": ("#1b1a17", "#eceae4"),
    "muted": ("#5c5850", "#b0aca2"),
    "rule": ("#dcd7cb", "#363b40"),
    "context": ("#8d8d86", "#86878a"),
    "accent": ("#00554a", "#b3edd3"),
    "export": ("#7d3200", "#ffa54a"),
    "import": ("#0d6de9", "#268bfc"),
}
ROLES = Roles(
    paper="paper",
    texts=("ink", "muted", "accent", "export", "import"),
    marks=("ink", "muted", "context", "accent", "export", "import"),
    series=("context", "accent", "export", "import"),
    grey=("export", "import"),
)
# Liberation Sans comes with the renderer and has the widths of Arial and Helvetica: labels fit wherever they are read.
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"


def colour(name: str) -> str:
    """Return a colour of the palette as charts name it."""
    if name not in PALETTE:
        raise ValueError(f"found the colour {name!r}, expected one of {', '.join(PALETTE)}")
    return f"var(--{name})"


def check_colours() -> None:
    """Raise ``BuildError`` for colours that some readers could not tell apart."""
    check(PALETTE, ROLES, "story/theme.py", Path(__file__).read_text("utf-8"))
