"""What is imported of a story's code."""

from press.desk.order import import_story
from press.ground.colour import PALETTE


def test_a_palette_may_be_in_part(tmp_path):
    """Names that a story leaves out have the engine's colours."""
    folder = tmp_path / "story"
    folder.mkdir()
    folder.joinpath("__init__.py").write_text("", "utf-8")
    code = 'PALETTE = {"accent": ("#aa0000", "#ffaaaa")}\n'
    folder.joinpath("theme.py").write_text(code, "utf-8")

    palette = import_story(tmp_path).palette

    assert palette == {**PALETTE, "accent": ("#aa0000", "#ffaaaa")}
