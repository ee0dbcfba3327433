"""``python -m tools.font FILE``: cut the font of the pages, ``templates/static/serif.woff2``, out of Source Serif 4.

Out of that it cuts the heavier weight for the pictures, whose renderer knows neither WOFF nor fonts that vary. Without
``FILE`` it makes only this one.

``FILE`` is ``SourceSerif4[opsz,wght].ttf`` 4.004, of ``ofl/sourceserif4`` in the repository of Google Fonts.
What stands in for it in ``site.css`` was stretched once, so that the letters of the story are as wide in both.

The licence reserves the name "Source" for whole fonts: what is cut out of one has another name.
"""

from __future__ import annotations

import io
import sys
from hashlib import sha256
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parent.parent
FONT = ROOT / "templates" / "static" / "serif.woff2"
STATIC = ROOT / "press" / "figures" / "fonts" / "serif.ttf"
SOURCE = "97b2d4da6e3cb494b5a1e66ae176914d852ccabef49e0c02c0df25f3e39aca0b"  # SHA-256 of the file
NAME = "Page Serif"
FAMILY, WHOLE, SCRIPT, TYPOGRAPHIC = 1, 4, 6, 16  # in a font's table of names
KEPT = (0, FAMILY, 2, 3, WHOLE, 5, SCRIPT, 13, 14)  # with those who own it, and its licence
WEIGHTS, SIZE = (400, 600), 18  # what pages use; the size in points that letters are drawn for
FEATURES = ("kern", "liga")
# Latin with accents, Romanian, Cyrillic with Ukrainian, spaces, punctuation, currencies, signs of figures, arrows.
CHARACTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x218, 0x21C),
    *range(0x400, 0x460),
    *(0x490, 0x491, *range(0x2007, 0x200B), *range(0x2010, 0x2015), *range(0x2018, 0x201B), *range(0x201C, 0x201F)),
    *(0x2020, 0x2022, 0x2026, 0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x20BD, 0x2116, 0x2122),
    *(*range(0x2190, 0x2194), 0x2212, 0x2248, 0x2260, 0x2264, 0x2265),
)


def cut(path: Path) -> bytes:
    """Return the font of the pages, cut out of the one at ``path``: the same bytes each time."""
    font = TTFont(path, recalcTimestamp=False)
    options = Options(layout_features=list(FEATURES), hinting=False, name_IDs=list(KEPT), notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    font = instantiateVariableFont(font, {"wght": WEIGHTS, "opsz": SIZE})
    names = font["name"]
    for number, name in ((FAMILY, NAME), (WHOLE, NAME), (SCRIPT, NAME.replace(" ", "")), (3, f"{NAME} 1")):
        names.setName(name, number, 3, 1, 0x409)
    font.flavor, stream = "woff2", io.BytesIO()
    font.save(stream)
    return stream.getvalue()


def static(path: Path) -> bytes:
    """Return the heavier weight of the font at ``path`` as TrueType: the same bytes each time."""
    font = instantiateVariableFont(TTFont(path, recalcTimestamp=False), {"wght": WEIGHTS[-1]})
    font.flavor, stream = None, io.BytesIO()
    font.save(stream)
    return stream.getvalue()


def main(arguments: list[str]) -> int:
    """Write the fonts."""
    for path in map(Path, arguments):
        if sha256(path.read_bytes()).hexdigest() != SOURCE:
            sys.stderr.write(f"{path} is another version of the font: the pages' would change\n")
            return 1
        FONT.write_bytes(cut(path))
    STATIC.write_bytes(static(FONT))
    for file in (FONT, STATIC):
        print(file.relative_to(ROOT), file.stat().st_size)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
