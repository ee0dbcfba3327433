"""A font made for a test: a TrueType file of a given name, in which every letter of ASCII is the same black square."""

from __future__ import annotations

import struct
from itertools import accumulate

EM, FIRST, LAST = 1000, 0x20, 0x7E
HEAD = struct.pack(
    ">HHIIIHHQQhhhhHHhhh", 1, 0, 0x10000, 0, 0x5F0F3CF5, 0, EM, 0, 0, 0, 0, EM, EM, 0, 8, 2, 0, 0
)  # version, revision, sum, magic, flags, units, two dates, box, style, smallest size, direction, short offsets, format
HHEA = struct.pack(">HHhhhHhhhhhh4hhH", 1, 0, EM, 0, 0, EM, 0, 0, EM, 1, 0, 0, 0, 0, 0, 0, 0, 2)
MAXP = struct.pack(">IH13H", 0x10000, 2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)
HMTX = struct.pack(">HhHh", EM, 0, EM, 0)
# Glyph 1 is a square of four points on the outline, each as far from the one before as these; glyph 0 is empty.
SQUARE = struct.pack(">5hHH4B4h4hH", 1, 0, 0, EM, EM, 3, 0, 1, 1, 1, 1, 0, 0, EM, 0, 0, EM, 0, -EM, 0)
LOCA = struct.pack(">HHH", 0, 0, len(SQUARE) // 2)


def font(name: str) -> bytes:
    """Return the bytes of a font file."""
    tables = {b"cmap": _cmap(), b"glyf": SQUARE, b"head": HEAD, b"hhea": HHEA, b"hmtx": HMTX, b"loca": LOCA}
    tables |= {b"maxp": MAXP, b"name": _names(name)}
    bodies = [body + bytes(-len(body) % 4) for body in tables.values()]
    starts = accumulate(map(len, bodies[:-1]), initial=12 + 16 * len(tables))
    places = zip(tables, bodies, starts, strict=True)
    entries = [struct.pack(">4sIII", kind, 0, start, len(body)) for kind, body, start in places]
    return struct.pack(">IHHHH", 0x10000, len(tables), 128, 3, 0) + b"".join(entries + bodies)


def _cmap() -> bytes:
    """Return the table from characters to glyphs: format 12, one group for each character, all to glyph 1."""
    groups = b"".join(struct.pack(">III", code, code, 1) for code in range(FIRST, LAST + 1))
    body = struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, LAST + 1 - FIRST) + groups
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + body


def _names(name: str) -> bytes:
    """Return the table of names: family, style, full name, and the one of PostScript, without which it is no font."""
    texts = {1: name, 2: "Regular", 4: name, 6: name.replace(" ", "")}
    bodies = [text.encode("utf-16-be") for text in texts.values()]
    places = zip(texts, bodies, accumulate(map(len, bodies[:-1]), initial=0), strict=True)
    entries = [struct.pack(">HHHHHH", 3, 1, 0x409, number, len(body), start) for number, body, start in places]
    return struct.pack(">HHH", 0, len(texts), 6 + 12 * len(texts)) + b"".join(entries + bodies)
