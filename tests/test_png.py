"""Packing PNGs: fewer bytes, the same pixels."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.png import packed

OPAQUE, CLEAR = 255, 100


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(rows, kind=6, filtered=1, more=()):
    """Write rows of pixels, each a tuple of four, as the renderer does: each as what it differs by from its left."""
    lines = []
    for row in rows:
        lefts = [(0, 0, 0, 0), *row[:-1]]
        differences = [
            (new - old) % 256
            for left, pixel in zip(lefts, row, strict=True)
            for old, new in zip(left, pixel, strict=True)
        ]
        lines.append(bytes([filtered, *differences]))
    head = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, kind, 0, 0, 0)
    body = zlib.compress(b"".join(lines), 1)
    parts = [(b"IHDR", head), *more, (b"IDAT", body[:9]), (b"IDAT", body[9:]), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


def chunks(file):
    """Yield the chunks of a PNG whose sums are right."""
    assert file[:8] == b"\x89PNG\r\n\x1a\n"
    at = 8
    while at < len(file):
        size, name = struct.unpack_from(">I4s", file, at)
        body = file[at + 8 : at + 8 + size]
        assert file[at : at + 12 + size] == chunk(name, body)
        yield name, body
        at += 12 + size


def pixels(file):
    """Read rows of pixels that are not filtered."""
    parts = dict(chunks(file))
    width, height, bits, kind, *zeros = struct.unpack(">IIBBBBB", parts[b"IHDR"])
    assert (bits, zeros) == (8, [0, 0, 0])
    channels = {2: 3, 6: 4}[kind]
    raw, stride = zlib.decompress(parts[b"IDAT"]), 1 + width * channels
    assert (len(raw), set(raw[::stride])) == (stride * height, {0})
    rows = [raw[start + 1 : start + stride] for start in range(0, len(raw), stride)]
    return [[tuple(row[at : at + channels]) for at in range(0, len(row), channels)] for row in rows]


def pictures(transparency):
    channel = st.integers(0, 255)
    pixel = st.tuples(channel, channel, channel, transparency)
    return st.integers(1, 6).flatmap(
        lambda width: st.lists(st.lists(pixel, min_size=width, max_size=width), min_size=1, max_size=5)
    )


@given(pictures(st.integers(0, 255)))
def test_the_pixels_stay_the_same(rows):
    """Whatever the colours and however transparent, the packed picture has the pixels of the other."""
    assert [[(*pixel, 255)[:4] for pixel in row] for row in pixels(packed(png(rows)))] == rows


@given(pictures(st.just(OPAQUE)))
def test_transparency_is_left_out_where_there_is_none(rows):
    """An opaque picture is stored as three channels."""
    assert pixels(packed(png(rows))) == [[pixel[:3] for pixel in row] for row in rows]


def test_one_clear_pixel_keeps_its_transparency():
    """A picture that is opaque but for its last pixel is stored with four channels."""
    rows = [[(1, 2, 3, OPAQUE), (4, 5, 6, CLEAR)]]

    assert pixels(packed(png(rows))) == rows


def test_what_else_the_file_says_is_kept():
    """How many pixels there are to an inch stays in its place, before the pixels."""
    density = (b"pHYs", struct.pack(">IIB", 5669, 5669, 1))

    file = packed(png([[(1, 2, 3, OPAQUE)]], more=[density]))

    assert [name for name, _ in chunks(file)] == [b"IHDR", b"pHYs", b"IDAT", b"IEND"]
    assert density in chunks(file)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"kind": 3}, id="indexed colours"),
        pytest.param({"filtered": 2}, id="another filter"),
        pytest.param({"filtered": 0}, id="no filter, as the renderer writes the smallest pictures"),
    ],
)
def test_another_kind_of_png_is_left_as_it_is(other):
    """What is not known to be understood is not touched."""
    file = png([[(1, 2, 3, OPAQUE)], [(1, 2, 3, OPAQUE)]], **other)

    assert packed(file) == file


def test_pictures_of_the_renderer_are_packed(worker):
    """What the drawing process returns is not filtered, and its colours have three channels."""
    square = '<rect width="90" height="40" fill="#0072dd"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40">{square}</svg>'

    assert pixels(worker.png(svg, 1)) == [[(0, 0x72, 0xDD)] * 90] * 40
