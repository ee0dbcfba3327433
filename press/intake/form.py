"""The form of a printed table, as an adapter declares it: the words of its titles and
heads, its row, its units.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from press.ground.errors import quote_words
from press.intake.release import TextRow, UnreadableError

SAVE = "open the page in a browser, save it, and import the file"
LOOK = "look at the page, and record the figures by hand"
NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
# a figure in whatever notation, or signs for a wide one; numbers of heads are months
# and years
FIGURE = re.compile(r"-?[\d., ]*\d[., ]\d+|-?\d{5,}|##+")
UNIT = re.compile(r"^\W*(?:unit|(?:计量)?单位)\s*:\s*", re.IGNORECASE)


class Unit(NamedTuple):
    """A unit of money: how many of a currency one of it is."""

    currency: str
    factor: int


class TableForm(NamedTuple):
    """A kind of table, as an adapter declares it; all patterns ignore case.

    ``name`` is what messages call it. ``sign`` is in each of its titles and in no other
    text. ``title`` are all words of titles, ``heads`` all words of heads, ``beside``
    all that may stand elsewhere: in notes, and in the lines of a page. They are
    patterns by what they mean: in titles the currency, in heads the ``whole``, one of
    the ``parts`` that make it, ``growth``, ``to date``, ``month``, or ``passed over``;
    anything else for words without a meaning. ``row`` is the label of the row that is
    taken, which messages call ``row_name``; ``first_row`` that of the first row of
    figures, the sum of all: it tells whose figures they are. ``units`` are by the
    pattern of their words.
    """

    name: str
    sign: str
    title: Mapping[str, str]
    heads: Mapping[str, str]
    beside: Mapping[str, str]
    first_row: str
    row: str
    row_name: str
    whole: str
    parts: Sequence[str]
    units: Mapping[str, Unit]

    @property
    def figures(self) -> tuple[str, ...]:
        """The names of the figures."""
        return (self.whole, *self.parts)

    def is_title(self, text: str) -> bool:
        """Tell whether a text is, or has in it, a title of this kind."""
        return bool(re.search(self.sign, text, re.IGNORECASE))

    def is_label(self, text: str) -> bool:
        """Tell whether a text is the label of the row that is taken."""
        return bool(re.fullmatch(self.row, text, re.IGNORECASE))

    def is_row(self, row: TextRow) -> bool:
        """Tell whether a row is the one that is taken."""
        return has_figures(row) and self.is_label(find_label(row))

    def parse_unit_raising_if_undeclared(self, text: str) -> Unit | None:
        """Return the unit that a text is, as in "Unit: USD 100 Million"; ``None`` for
        other words.

        Raises ``UnreadableError`` for a unit that is not declared.
        """
        printed = UNIT.sub("", text)
        words = printed.strip(" ()")
        for pattern, unit in self.units.items():
            if re.fullmatch(pattern, words, re.IGNORECASE):
                return unit
        if printed != text:
            found = f"found the unit {quote_words(words)}"
            raise UnreadableError(f"{found}, expected one such as USD 1 Million", LOOK)
        return None


def has_figures(row: TextRow) -> bool:
    """Tell whether a row has a figure beside other cells: a line has none."""
    cells = set(row) - {""}
    return len(cells) > 1 and any(map(FIGURE.fullmatch, cells))


def find_label(row: TextRow) -> str:
    """Return the first words of a row, "" for none."""
    words = (text for text in row if text and not NUMBER.fullmatch(text))
    return next(words, "")
