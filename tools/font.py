"""``python -m tools.font FILE``: cut what the story writes,
``press/figures/fonts/serif.woff2``, out of Source Serif 4.

Out of that it cuts two files of ``press/theme/static``: ``serif.woff2`` of all pages,
and ``serif-more.woff2``, which pages with accents or Cyrillic alone load, and the
heavier weight for the pictures, whose renderer knows neither WOFF nor fonts that vary.
Without ``FILE`` it makes only these three.

``FILE`` is ``SourceSerif4[opsz,wght].ttf`` 4.004, of ``ofl/sourceserif4`` in the
repository of Google Fonts.
What stands in for it in ``site.css`` was stretched once, so that the letters of the
story are as wide in both.

The licence reserves the name "Source" for whole fonts: what is cut out of one has
another name.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parent.parent
WHOLE_FONT = ROOT / "press" / "figures" / "fonts" / "serif.woff2"
STATIC = WHOLE_FONT.with_suffix(".ttf")
FONT = ROOT / "press" / "theme" / "static" / "serif.woff2"
MORE = FONT.with_name("serif-more.woff2")
# SHA-256 of the file
SOURCE = "97b2d4da6e3cb494b5a1e66ae176914d852ccabef49e0c02c0df25f3e39aca0b"
NAME = "Page Serif"
FAMILY, WHOLE, SCRIPT = 1, 4, 6  # in a font's table of names
# with those who own it, and its licence
KEPT = (0, FAMILY, 2, 3, WHOLE, 5, SCRIPT, 13, 14)
# what pages use; the size in points that letters are drawn for
WEIGHTS = (400, 600)
SIZE = 18
FEATURES = ("kern", "liga")
# Latin with the accents that our texts have, spaces, punctuation, currencies, signs of
# figures, arrows.
PLAIN = parse_unicodes(
    "20-7E,A0,A5,A9,B0,B7,D7,E6,E9,F7,2007-200A,2010-2014,2018-201A,201C-201E,2022,2026,"
    "202F,20AC,20BD,2190-2193,2212,2248,2260,2264,2265"
)
# Latin with accents, Romanian, Cyrillic with Ukrainian, rarer signs: as site.css says
# when it loads their file.
LETTERS = parse_unicodes(
    "A1-A4,A6-A8,AA-AF,B1-B6,B8-D6,D8-E5,E7-E8,EA-F6,F8-17F,"
    "218-21B,400-45F,490-491,2020,2030,2032-2033,2039-203A,2116,2122"
)


def cut_web_font(path: Path) -> bytes:
    """Return what the story writes, cut out of the font at ``path``: the same bytes
    each time.
    """
    font = _open_subset(path, (*PLAIN, *LETTERS))
    font = instantiateVariableFont(font, {"wght": WEIGHTS, "opsz": SIZE})
    names = font["name"]
    new_names = {
        FAMILY: NAME,
        WHOLE: NAME,
        SCRIPT: NAME.replace(" ", ""),
        3: f"{NAME} 1",
    }
    for number, name in new_names.items():
        names.setName(name, number, 3, 1, 0x409)
    return _save_font(font, "woff2")


def cut_characters(path: Path, characters: Iterable[int]) -> bytes:
    """Return some characters of the font at ``path``: the same bytes each time."""
    return _save_font(_open_subset(path, characters), "woff2")


def _open_subset(path: Path, characters: Iterable[int]) -> TTFont:
    """Return the font at ``path`` with some characters alone, under its own names."""
    font = TTFont(path, recalcTimestamp=False)
    options = Options(
        layout_features=list(FEATURES),
        hinting=False,
        name_IDs=list(KEPT),
        notdef_outline=True,
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return font


def _save_font(font: TTFont, flavor: str | None) -> bytes:
    """Return a font as the bytes of a file: WOFF2, or TrueType for no flavor."""
    font.flavor = flavor
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()


def cut_heavier_weight(path: Path) -> bytes:
    """Return the heavier weight of the font at ``path`` as TrueType: the same bytes
    each time.
    """
    font = instantiateVariableFont(
        TTFont(path, recalcTimestamp=False), {"wght": WEIGHTS[-1]}
    )
    return _save_font(font, None)


def main(arguments: list[str]) -> int:
    """Write the fonts."""
    for path in map(Path, arguments):
        if sha256(path.read_bytes()).hexdigest() != SOURCE:
            sys.stderr.write(
                f"{path} is another version of the font: the pages' would change\n"
            )
            return 1
        WHOLE_FONT.write_bytes(cut_web_font(path))
    made = {
        FONT: cut_characters(WHOLE_FONT, PLAIN),
        MORE: cut_characters(WHOLE_FONT, LETTERS),
        STATIC: cut_heavier_weight(WHOLE_FONT),
    }
    for file, body in made.items():
        file.write_bytes(body)
        print(file.relative_to(ROOT), len(body))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
