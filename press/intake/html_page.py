"""Web pages as lines and tables of text: what a reader sees of them."""

from __future__ import annotations

import contextlib
import re
from itertools import product

from bs4 import BeautifulSoup, Tag
from soupsieve import SelectorSyntaxError

from press.intake.cells import TextRows, check_cell_count, clean_text
from press.intake.form import LOOK
from press.intake.release import UnreadableError

HIDDEN = re.compile(
    r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL
)
HEADINGS = ["title", "h1", "h2", "h3", "h4", "h5", "h6"]
# tags that begin and end a line
BLOCKS = [*HEADINGS, "tr", "li", "br", "p", "div", "td", "th", "table", "caption"]
BLOCKS += ["option", "textarea", "input"]
UNSEEN = ["script", "style", "noscript", "template", "button"]
# fields of a form that show nothing, or only what a click does
UNSHOWN_FIELDS = {"hidden", "submit", "button", "reset", "image"}
# what a page takes back, or keeps from sight
STRUCK = {"del", "s", "strike"}
NOT_SHOWN = re.compile(
    r"display:\s*none|visibility:\s*hidden|line-through|content:\s*[\"'][^\"']",
    re.IGNORECASE,
)
RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")  # of a style sheet, the innermost
# what a style draws before and after the words of a tag
DRAWN_BESIDE = re.compile(r"::?(?:before|after)\b", re.IGNORECASE)
# digits in whatever notation; numbers of heads are months and years
FIGURE = re.compile(r"\d[.,]\d|\d{5}")
BREAK = "\x1e"  # between lines of a page; it counts as a space
FEW_WORDS = 200  # characters of a page that shows nothing yet


def read_page_lines_and_tables(text: str) -> list[TextRows]:
    """Return the lines of a page, but not those of links, which are of other pages;
    then its innermost tables.

    Small raised or lowered signs are marked with ``^``, so that none passes for a
    digit. Raises ``UnreadableError``.
    """
    _check_page_is_complete(text)
    page = BeautifulSoup(text, "html.parser")
    _hide_what_style_sheets_take_back(page)
    scripts = page(UNSEEN)
    for unseen in scripts:
        unseen.decompose()
    _mark_raised_signs_fields_and_lines(page)
    tables = [table for table in page("table") if not table.find("table")]
    for table in tables:
        _check_figures_are_visible(table)
    grids = list(map(_remove_and_return_cells_as_rows, tables))
    for link in page("a", href=True):
        is_in_line = BREAK not in link.get_text()
        if is_in_line and not link.find_parent(HEADINGS):
            link.decompose()
    lines = list(filter(None, map(clean_text, page.get_text(" ").split(BREAK))))
    if scripts and not grids and len("".join(lines)) < FEW_WORDS:
        raise UnreadableError(
            "found a page that is only a script, expected what a browser shows once it"
            " has run",
            "open it in a browser, wait until it shows, and save it",
            away=True,
        )
    return [*([[line]] for line in lines), *grids]


def _hide_what_style_sheets_take_back(page: Tag) -> None:
    """Mark as hidden what the style sheets in a page strike out, hide, or draw a sign
    beside, also those for some screens alone.
    """
    for sheet in page("style"):
        for selector, declarations in RULE.findall(sheet.get_text()):
            if not NOT_SHOWN.search(declarations):
                continue
            # one that is not known names nothing that could be marked
            with contextlib.suppress(SelectorSyntaxError, NotImplementedError):
                for tag in page.select(DRAWN_BESIDE.sub("", selector)):
                    tag["hidden"] = ""


def _mark_raised_signs_fields_and_lines(page: Tag) -> None:
    """Write into a page what its text alone would not tell: raised signs, what stands
    in the fields of a form, where lines end.
    """
    for field in page("input", value=True):
        if field.get("type") not in UNSHOWN_FIELDS:
            field.append(str(field["value"]))
    for tag in page(["sup", "sub"]):
        tag.insert(0, " ^" if tag.get_text(strip=True) else "")
    for tag in page(BLOCKS):
        tag.insert(0, BREAK)
        tag.append(BREAK)


def _check_page_is_complete(text: str) -> None:
    """Raise ``UnreadableError`` for a page that was cut off."""
    shown = HIDDEN.sub("", text).lower()
    for name in ("table", "html"):
        if shown.count(f"<{name}") > shown.count(f"</{name}"):
            raise UnreadableError(
                f"found a page that breaks off, expected </{name}> at its end",
                "fetch it anew",
            )


def _check_figures_are_visible(table: Tag) -> None:
    """Raise ``UnreadableError`` for a table with a figure that is struck out or
    hidden, or beside which a picture stands: it may be a minus.
    """
    for tag in [table, *table.find_all()]:
        is_struck = tag.name in STRUCK or tag.has_attr("hidden")
        is_styled = NOT_SHOWN.search(str(tag.get("style", "")))
        if (is_struck or is_styled) and FIGURE.search(tag.get_text()):
            raise UnreadableError(
                "found a figure that is struck out or hidden in a table, expected"
                " figures that stand and are seen",
                LOOK,
            )
    for cell in table(["td", "th"]):
        parts = [tag for tag in cell.find_all() if tag.name not in {"br", "input"}]
        is_plain = all(tag.get_text(strip=True) for tag in parts)
        if not is_plain and FIGURE.search(cell.get_text()):
            raise UnreadableError(
                f'found the figure "{clean_text(cell.get_text())}" beside a picture, or'
                " a part that shows no text, expected it alone",
                f"it may be a minus: {LOOK}",
            )


def _remove_and_return_cells_as_rows(table: Tag) -> TextRows:
    """Take the cells out of a table, and return them as rows; one that spans rows or
    columns stands in each of its places.

    Raises ``UnreadableError``.
    """
    cells = dict[tuple[int, int], str]()
    for down, row in enumerate(table("tr")):
        across = 0
        for cell in row.find_all(["td", "th"], recursive=False):
            while (down, across) in cells:
                across += 1
            height = _read_span(cell, "rowspan")
            width = _read_span(cell, "colspan")
            check_cell_count(len(cells) + height * width)
            text = clean_text(cell.extract().get_text())
            if height > 1 and FIGURE.search(text):
                raise UnreadableError(
                    f'found the figure "{text}" for several rows, expected one a row',
                    LOOK,
                )
            for y, x in product(range(height), range(width)):
                cells[down + y, across + x] = text
    rows: TextRows = [[]]
    for down, across in sorted(cells):
        rows += [[] for _ in range(down + 1 - len(rows))]
        rows[down] += [""] * (across - len(rows[down]))
        rows[down].append(cells[down, across])
    return rows


def _read_span(cell: Tag, name: str) -> int:
    """Return how many rows or columns a cell spans."""
    value = re.fullmatch("[1-9][0-9]{0,6}", str(cell.get(name)))
    return int(value[0]) if value else 1
