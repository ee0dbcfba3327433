"""The widths of letters that pictures are set with, held to the font itself in a browser."""

from __future__ import annotations

import pytest

from press.figures import font as lettering

pytestmark = pytest.mark.browser

WIDTHS = """({weight, texts}) => {
    const pen = document.createElement("canvas").getContext("2d");
    const measure = (text, font) => { pen.font = `${weight} 2048px ${font}`; return pen.measureText(text).width; };
    return {there: measure("Mi", '"Liberation Sans", monospace') !== measure("Mi", "monospace"),
        widths: texts.map(text => measure(text, '"Liberation Sans"'))};
}"""


@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_the_table_of_widths_is_the_font_s(visit, weight):
    """Each character is as wide as the table says, and none that may stand is wider than is reckoned with."""
    widths = lettering.BOLD if weight == "bold" else lettering.REGULAR
    covered = [chr(code) for code in range(0x20, 0x2300) if not lettering.LACKING.search(chr(code))]

    found = visit("about:blank").evaluate(WIDTHS, {"weight": weight, "texts": covered})
    measured = dict(zip(covered, found["widths"], strict=True))

    assert found["there"], "Liberation Sans is not installed (Debian: fonts-liberation)"
    assert {text: width for text, width in measured.items() if text in widths and widths[text] != width} == {}
    assert {text: width for text, width in measured.items() if lettering.width(text, 2048, widths) < width} == {}
