"""Chinese customs: table (4), total values of exports and imports by country or region.

The English site's monthly page, in yuan or dollars, and what an editor has saved of it
or of the Chinese site, as HTML, XLSX, XLS or CSV. Only the totals since January are
taken: the tables of the story hold those.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from press.data import Data
from press.ground.errors import quoted
from press.intake import (
    Adapter,
    Document,
    Listed,
    Release,
    Sheet,
    UnreadableError,
    Wanted,
    listed,
    sheets,
)
from story.sources.customs_table import TABLES, has_figures, is_russia, label_of, lines
from story.sources.customs_title import (
    BY_COUNTRY,
    DATE,
    HINT,
    IN_WORDS,
    MONTHS,
    Head,
    alike,
    currency_of,
    head_of,
    line,
    month_named,
    titles_of,
)

SITE = "http://english.customs.gov.cn/"
INDEX = f"{SITE}statics/report/preliminary"
PUBLISHER = "General Administration of Customs of China"
OF_CUSTOMS = re.compile(
    r"china.?s\s+total\s+(?:export|import|value)|进出口", re.IGNORECASE
)
BULLETIN = re.compile(
    r"^\W*2\W(?!.*(?:major|主要))|origin|bulletin|月报", re.IGNORECASE
)  # a later print of all countries, another vintage
CHINESE = re.compile(r"[一-鿿]")
NO_LINK = ("#", "javascript:", "mailto:")
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def read(document: Document, expected: str) -> Release:
    """Return the trade with Russia since January in a page or file.

    ``expected`` is the month that was asked for, with or without the currency, empty
    for a file. Raises
    ``UnreadableError``.
    """
    found = [sheet for sheet in map(alike, sheets(document)) if _is_of_customs(sheet)]
    if not found:
        wanted = (
            f"table (4) by country, {expected}"
            if expected
            else "table (4), by country or region"
        )
        raise UnreadableError(
            f"found no table of customs, expected {wanted}", HINT, known=0
        )
    sheet = _chosen(found)
    if not has_figures(sheet):
        title = next(iter(titles_of(sheet)), sheet.before[:100])
        raise UnreadableError(f"found {quoted(title)} and no table below it", HINT)
    head = head_of(sheet)
    if not str(head).startswith(expected):
        message = f"found the table of {head}, expected that of {expected}"
        raise UnreadableError(message, "the index may name it wrongly")
    told, figures = f"{PUBLISHER}: {head.title} ({head})", tuple(lines(sheet, head))
    return Release(told, _source(document, head, _published(sheet, head)), figures)


def _is_of_customs(sheet: Sheet) -> bool:
    words = " ".join([sheet.before, *map(label_of, sheet.rows[:5])])
    return bool(OF_CUSTOMS.search(words)) or _has_russia(sheet)


def _has_russia(sheet: Sheet) -> bool:
    return any(is_russia(label_of(row)) for row in sheet.rows)


def _chosen(found: Sequence[Sheet]) -> Sheet:
    """Return the one table with a row of Russia, else the first of customs.

    Raises ``UnreadableError`` for several.
    """
    with_row = [sheet for sheet in found if _has_russia(sheet)]
    if len({sheet.rows for sheet in with_row}) > 1:
        raise UnreadableError(
            f"found {len(with_row)} tables with a row of Russia, expected one",
            "save them one by one",
        )
    return (with_row or found)[0]


def _published(sheet: Sheet, head: Head) -> str:
    """Return the day of a page, the last before its table; nothing if it has none.

    Raises ``UnreadableError``.
    """
    dates = DATE.findall(sheet.before)
    if not dates:
        return ""
    day = "-".join(dates[-1])
    after = (
        (int(day[:4]) - int(head.month[:4])) * len(MONTHS)
        + int(day[5:7])
        - int(head.month[5:])
    )
    if not 0 < after < len(MONTHS):
        message = (
            f"found a page of {day} over a table that goes to {head.month}, expected"
            " one of the months after"
        )
        raise UnreadableError(
            message,
            "look at the page: the title may name another year or month than was meant",
        )
    return day


def _source(document: Document, head: Head, day: str) -> dict[str, str]:
    """Return the row of the page in the table of sources.

    Its id holds what tells it from others: the kind of table, its language, month and
    currency, the day of the page, or of an undated one what stands for its address.
    """
    kind = "bulletin" if BULLETIN.search(head.title) else "preliminary"
    language = "zh-" if CHINESE.search(head.title) else ""
    vintage = day.replace("-", "") or f"{zlib.crc32(document.address.encode()):08x}"
    month = head.month.replace("-", "")
    return {
        "id": f"gacc-{kind}-{language}{month}-{head.currency.lower()}-{vintage}",
        "publisher": PUBLISHER,
        "title": head.title,
        "address": document.address,
        "published": day or "undated",
        "kind": "official",
        "state_media": "false",
        "strength": "primary",
        "licence": "not stated",
    }


# The pages that list the tables


def first(data: Data, since: str) -> Sequence[Wanted]:
    """Return the pages that list the tables: this year's, and those of the years before
    from the month ``since`` on.
    """
    years, by_hand = (
        range(int(since[:4]), int(_newest(data)[:4])) if since else (),
        _by_hand(since or _newest(data)),
    )
    return [Wanted(f"{INDEX}{year}.html", by_hand=by_hand) for year in ("", *years)]


def _by_hand(newest: str) -> str:
    """Say which pages a person opens in the list of tables, and saves."""
    row = "in the row of table (4), by country or region, open a month after"
    return (
        f"this is the list of tables: {row} {newest}, in yuan and in dollars, save"
        " these pages"
    )


def follow(document: Document, data: Data, since: str) -> Sequence[Wanted]:
    """Return the pages of table (4) that an index links to and that are newer than the
    tables, or than ``since``.

    A new year's index leads to the index of the year in which the tables end. Raises
    ``UnreadableError`` for an index without such a table.
    """
    if not document.address.startswith(INDEX):
        return []
    by_country = [row for row in listed(document) if BY_COUNTRY.search(row.words)]
    if not by_country:
        raise UnreadableError(
            "found no row of the table by country, expected a list of tables, a link a"
            " month",
            HINT,
        )
    year, newest = _year(document), since or _newest(data)
    found = [
        wanted
        for row in by_country
        for wanted in _pages(document, row, year)
        if wanted.expected[:7] > newest
    ]
    if (
        document.address == f"{INDEX}.html"
        and newest[:4] < year
        and not newest.endswith("-12")
    ):
        found.append(Wanted(f"{INDEX}{newest[:4]}.html", by_hand=_by_hand(newest)))
    return found


def _newest(data: Data) -> str:
    """Return the month in which the table ends that ends first: dollars and yuan are
    printed on the same day.
    """
    return min(
        max(str(row["month"]) for row in data[name].rows)
        for name, *_ in TABLES.values()
    )


def _pages(document: Document, row: Listed, year: str) -> Iterator[Wanted]:
    """Yield the pages to which a row of the index links, each with its month, and its
    currency if the row names it.
    """
    currency = currency_of(row.words)
    for words, address in row.links:
        month = _month_of_link(words)
        if month and not address.startswith(NO_LINK):
            expected = f"{year}-{month:02d}" + (
                f", {IN_WORDS[currency]}" if currency else ""
            )
            yield Wanted(
                urljoin(document.address, address.replace("\\", "/")), expected
            )


def _year(document: Document) -> str:
    """Return the year of an index: its address says it, else it is the last that its
    words name: others are older.

    Raises ``UnreadableError``.
    """
    words = " ".join(
        text
        for sheet in sheets(document)
        for text in (sheet.before, *map(line, sheet.rows))
    )
    found = YEAR.findall(document.address.removeprefix(INDEX)) or YEAR.findall(words)
    if not found:
        raise UnreadableError(
            "found no year in the list of tables, expected one such as 2026"
        )
    return str(max(found))


def _month_of_link(words: str) -> int:
    """Return the last month that the words of a link name, 0 if none: "Mar", "1-2",
    "Jan.-Feb.".
    """
    numbers = [int(found) for found in re.findall(r"(?<!\d)\d{1,2}(?!\d)", words)]
    month = month_named(words) or (numbers or [0])[-1]
    return month if month <= len(MONTHS) else 0


CUSTOMS = Adapter("customs", (SITE,), first, read, follow)
