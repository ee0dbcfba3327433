"""The data of SVG paths, written short: in tenths of a pixel, each place told from the one before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

TOKEN = re.compile(r"[A-DF-Za-df-z]|-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "A": 7, "Z": 0}  # how many numbers follow a command
CIRCLE = re.compile(r"M(?P<r>[\d.]+),0A(?P=r),(?P=r),0,1,1,-(?P=r),0A(?P=r),(?P=r),0,1,1,(?P=r),0")
Place = tuple[float, float]


class _Pen(NamedTuple):
    """Where the pen of the path that is read stands, and where that of the path that is written does, rounded."""

    read: Place
    written: Place
    start: Place  # of the part of the path, which Z leads back to


def number(value: float, decimals: int = 1) -> str:
    """Return a number as SVG has it, with no zero that says nothing."""
    text = f"{round(value, decimals) + 0.0:.7g}"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def joined(values: list[str]) -> str:
    """Return numbers in a row: a sign parts them as well as a space."""
    return "".join(text if not place or text.startswith("-") else f" {text}" for place, text in enumerate(values))


def moved(data: str, by: Place) -> str:
    """Return the data of a path that is moved. Raises ``KeyError`` for a command that no mark of Vega's has."""
    return "".join(_written(TOKEN.findall(data), by))


def _written(tokens: list[str], by: Place) -> Iterator[str]:
    pen, before, place = _Pen(by, by, by), "", 0
    while place < len(tokens):
        command = tokens[place]
        count = COUNTS[command.upper()]
        values = [float(token) for token in tokens[place + 1 : place + 1 + count]]
        place += 1 + count
        text, pen = _told(command, values, pen, by)
        if text[0] == before and text[0] in "lhvc":  # a command that goes on is not named again
            text = text[1:] if text[1] == "-" else f" {text[1:]}"
        else:
            before = text[0]
        yield text


def _told(command: str, values: list[float], pen: _Pen, by: Place) -> tuple[str, _Pen]:
    """Return one command as it is written, and the pen after it."""
    kind = command.upper()
    if kind == "Z":
        return "Z", pen._replace(read=pen.start, written=_rounded(pen.start))
    places = _places(command, values, pen.read, by)
    end, at = places[-1], pen.written
    after = _Pen(end, _rounded(end), end if kind == "M" else pen.start)
    if kind == "M":
        return f"M{joined([number(part) for part in after.written])}", after
    steps = [[number(x - at[0]), number(y - at[1])] for x, y in map(_rounded, places)]
    if kind == "A":
        bent = [number(part, 2) for part in values[:2]] + [f"{part:g}" for part in values[2:5]]
        return f"a{joined(bent + steps[0])}", after
    across, down = steps[0]
    if kind == "C":
        return f"c{joined([part for step in steps for part in step])}", after
    return (f"h{across}" if down == "0" else f"v{down}" if across == "0" else f"l{joined([across, down])}"), after


def _places(command: str, values: list[float], at: Place, by: Place) -> list[Place]:
    """Return the places that a command names, as they are on paper."""
    kind, (left, top) = command.upper(), at if command.islower() else by
    if kind == "H":
        return [(left + values[0], at[1])]
    if kind == "V":
        return [(at[0], top + values[0])]
    pairs = values[5:] if kind == "A" else values
    return [(left + x, top + y) for x, y in zip(pairs[::2], pairs[1::2], strict=True)]


def _rounded(place: Place) -> Place:
    return round(place[0], 1), round(place[1], 1)
