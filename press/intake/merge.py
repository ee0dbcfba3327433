"""Merging releases into tables, row by row, by their keys: nothing is lost, and nothing
is guessed.

The same figure changes nothing. A finer print of it stands. Another figure for a row is
a revision: the first print stands, or the last where the table follows revisions, and
the log of revisions holds both. What cannot be so is refused, with both figures. One
thing is asked: whether a figure is right that is far from those beside it, or many
that are printed otherwise at once.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from press.data import COUNTED, Data, Table, pairs, with_texts
from press.ground.errors import Problems, counted, quoted, similar
from press.ground.invisible import find_invisible
from press.intake.prints import Standing, leaps, prints_of, standing
from press.intake.release import SOURCES, TAKEN, Line, Release

LOG, CITED = "revisions", "source_ids"
SAMPLES = 3  # of rows or figures of one kind; of more the number is told
# figures of a table that pages revise at once: of a year of months; of more a person is
# asked
REVISED = 12
DECEMBER = "-12"
SEEN = "look at what the page shows, and record that"
Key = tuple[str, ...]  # of a row, as its cells write it
Place = tuple[str, Key]  # a table and the key of a row


class Merged(NamedTuple):
    """What releases do to the tables.

    ``files`` are those that change, by path, in an order in which they can be written
    one by one: no row cites a source that is not there, and no figure is another before
    the log says so. There are none while a question is open.
    ``data`` are the tables then; ``said`` is what merging does, in sentences;
    ``questions`` are jumps of which nobody has said that they are so, in words, by the
    name that answers them.
    """

    files: Mapping[str, bytes]
    data: Data
    said: Sequence[str]
    questions: Mapping[str, str]


def merge(
    data: Data,
    releases: Sequence[Release],
    answered: Collection[str] = (),
    check: Callable[[Data], Iterable[str]] = lambda _data: (),
) -> Merged:
    """Return what releases do to the tables ``data``.

    ``answered`` are the names of questions that a person has answered: it is so.
    ``check`` holds the tables to each other, as the story does. Raises ``BuildError``
    for what contradicts them, or no description allows.
    """
    work = _Work(data)
    for line in (
        each for release in releases for each in release.lines if each.table == SOURCES
    ):
        if work.is_sound(line, is_new=False):
            work.page(line.values)  # whichever release has it, and whichever cites it
    for release in releases:
        for line in work.lines(release):
            work.take(line)
    work.problems.stop_if_any()
    files, after = work.written()
    check(after)
    jumps = work.jumps | dict(_questions(work, after))
    questions = {name: words for name, words in jumps.items() if name not in answered}
    return Merged(
        {} if questions else files,
        data if questions else after,
        [*work.told()],
        questions,
    )


@dataclass
class _Work:
    """What merging has come to: rows as they would be, and what has changed in them."""

    data: Data
    # those that change, whole
    rows: dict[Place, dict[str, str]] = field(default_factory=dict)
    # by what is said of them
    said: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    read: set[str] = field(default_factory=set)  # pages that a program has read
    # rows of the table of sources, as they came in
    pages: dict[str, Mapping[str, str]] = field(default_factory=dict)
    jumps: dict[str, str] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)

    def page(self, source: Mapping[str, str]) -> str:
        """Return the id of a page: the one that its address has already, or its new
        one, which no other has.
        """
        known = {
            name: page for (name,), page in cells_of(self.data[SOURCES]).items()
        } | self.pages
        same = next(
            (
                name
                for name, page in known.items()
                if page["address"] == source.get("address")
            ),
            "",
        )
        name = same or source["id"]
        if not same and name in known:
            message = (
                f"found the id {quoted(name)} for {source.get('address')}, expected one"
                " of its own"
            )
            hint = (
                f"it is that of {known[name]['address']}: if the page has moved,"
                " correct its address there"
            )
            self.problems.add(self.data[SOURCES].path, 1, message, hint)
        if name not in self.pages:
            self.pages[name] = {
                **known.get(name, source),
                **{key: source[key] for key in TAKEN if source.get(key)},
            }
        return name

    def lines(self, release: Release) -> list[Line]:
        """Return what a release has for rows of tables; say which rows cite its page
        that it prints no more.
        """
        if release.source:
            self._check_visible(Line(SOURCES, release.source))
        cited = {CITED: self.page(release.source)} if release.source else {}
        self.read |= {*cited.values()}
        lines = [
            Line(table, {**values, **cited})
            for table, values in release.lines
            if table != SOURCES
        ]
        places = Counter(map(self._place, lines))
        for place in (place for place, count in places.items() if count > 1):
            self._refuse(
                place, "", "found two rows for it in one release, expected one"
            )
        for name in sorted({name for name, _ in places if cited}):
            citing = (
                (name, key)
                for key, row in cells_of(self.data[name]).items()
                if cited[CITED] in self._pages(row, name)
            )
            gone = [
                f"{_name(place)} by {cited[CITED]}"
                for place in citing
                if place not in places
            ]
            self.said["row no longer printed"] += gone
        return sorted(lines, key=self._place)

    def take(self, line: Line) -> None:
        """Merge a line into the row that its key names, or make the row; that of a
        December into its year's, too.
        """
        table = self.data[line.table]
        about = self.data[line.table].description
        place = self._place(line)
        found = self.rows.get(place) or cells_of(table).get(place[1])
        if not self.is_sound(line, is_new=found is None):
            return
        if found is None:
            self._add(place, line.values)
        else:
            row = dict(found)
            self._cite(line, row, stands=self._hold(line, row))
            if row != found:
                self.rows[place] = row
        time = line.values[about.times[-1]] if about.times else ""
        for name, other in self.data.items():
            months = other.description.refresh.december_of
            if months and self.data[months] is table and time.endswith(DECEMBER):
                values = {
                    column: text
                    for column, text in line.values.items()
                    if column in other.description.fields
                }
                self.take(
                    Line(
                        name,
                        values
                        | {other.description.times[-1]: time.removesuffix(DECEMBER)},
                    )
                )

    def _add(self, place: Place, cells: Mapping[str, str]) -> None:
        """Make a row."""
        self.rows[place] = dict(cells)
        self.said[f"row new in {place[0]}"].append(", ".join(place[1]))

    def is_sound(self, line: Line, *, is_new: bool) -> bool:
        """Tell whether each cell keeps to its column, and no page prints what lies
        ahead of it; note what does not.
        """
        about = self.data[line.table].description
        place = self._place(line)
        count = len(self.problems)
        self._check_visible(line)
        for name, text in line.values.items():
            try:
                about.fields[name].parse(text)
            except KeyError:
                self._refuse(
                    place,
                    "",
                    f"found the column {quoted(name)}",
                    similar(name, about.fields),
                )
            except ValueError as error:
                self._refuse(
                    place,
                    name,
                    str(error),
                    "its column is described in"
                    f" {about.path}:{about.fields[name].line}",
                )
        for page in (
            self._pages(line.values, line.table)[:1] if about.times and is_new else ()
        ):
            published = self._standing(page).published
            time = line.values.get(about.times[-1], "")
            if (
                published[:1].isdigit()
                and time[: len(published)] > published[: len(time)]
            ):
                message = (
                    f"found a figure of {time} on a page of {published}, {page},"
                    " expected a page that is later"
                )
                self._refuse(
                    place,
                    "",
                    message,
                    "if the page has changed since, its row says so in published",
                )
        return len(self.problems) == count

    def _check_visible(self, line: Line) -> None:
        """Refuse invisible characters: a page that has some in a figure or its words
        shows something else.
        """
        for name, text in line.values.items():
            for hidden in find_invisible(text):
                self._refuse(self._place(line), name, hidden.message, SEEN)

    def _hold(self, line: Line, row: dict[str, str]) -> bool:
        """Hold a line to a row; tell whether a figure now stands that its pages print
        otherwise, or less exactly.
        """
        about = self.data[line.table].description
        stands = False
        is_derived = row.get("status") == "derived"
        old = prints_of(row, about)
        widths = about.figures
        for column, new in prints_of(line.values, about).items():
            known = old.get(column)
            # the status is that of the first figure
            is_derived &= column == next(iter(widths))
            is_printed = is_derived and line.values.get("status") == "published"
            if known and known.agrees(new):
                if new.width > known.width or (
                    new.width == known.width and not is_printed
                ):
                    self.said["figure there already"].append(
                        f"{_name(self._place(line))} {column}"
                    )
                    continue
                self._tell("figure known more exactly", line, row, column)
            elif not known:
                self._tell("figure filled in", line, row, column)
            elif not self._is_revised(line, row, column, is_derived=is_derived):
                continue
            stands |= known is not None
            row |= {
                name: line.values.get(name, "")
                for name in (column, widths[column])
                if name
            }
            if is_printed:
                row |= {"status": "published"} | (
                    {"note": line.values.get("note", "")} if "note" in row else {}
                )
        for column, text in line.values.items():  # what a person has written besides
            is_word = about.fields[column].type not in COUNTED and column not in {
                "status",
                CITED,
            }
            if text and is_word and row.get(column) != text:
                self._tell("cell set", line, row, column)
                row[column] = text
        return stands

    def _is_revised(
        self, line: Line, row: Mapping[str, str], column: str, *, is_derived: bool
    ) -> bool:
        """Log that a page prints another figure than a row has; tell whether it is to
        stand.

        Refuse what cannot be.
        """
        about = self.data[line.table].description
        place = self._place(line)
        old = row[column]
        new = line.values[column]
        # no prints, but what a person sets
        if not (pages := self._pages(line.values, line.table)):
            self._tell("cell set", line, row, column)
            return True
        page, (first, *_) = pages[0], (cited := self._pages(row, line.table))
        own = self._standing(page)
        others = self._standing(first)
        follows = about.refresh.follows_revisions
        is_first = own.is_older(others) if follows else own.is_first(others)
        if page in cited and page not in self.read and not is_derived:
            hint = (
                "if that was misread, correct it in the table; what was printed later"
                " has a page of its own"
            )
            self._refuse(
                place, column, f"found {new} in {page}, which is cited for {old}", hint
            )
        elif own.rank > others.rank and not (is_first or is_derived):
            self._tell(
                "figure left out, for a page that ranks higher prints another",
                line,
                row,
                column,
            )
            return False
        if leaps((Decimal(old), ""), (Decimal(new), ""), about.fields[column]):
            self.jumps[_name(place, column)] = (
                f"{new} is further from {old} than its jump allows"
            )
        prints = (old, ";".join(cited)), (new, page)
        (earlier, earliest), (later, latest) = reversed(prints) if is_first else prints
        cells = {
            "table": line.table,
            "key": about.key_in_log(place[1]),
            "column": column,
            "old": earlier,
            "new": later,
        }
        cells |= {
            "published": self._standing(latest.split(";")[0]).published,
            "old_source_ids": earliest,
            CITED: latest,
        }
        logged = self._place(Line(LOG, cells))
        if logged not in self.rows and logged[1] not in cells_of(self.data[LOG]):
            self._add(logged, cells)
            self._tell("figure revised", line, row, column)
        return is_derived or is_first != follows  # the first print stands, or the last

    def _cite(self, line: Line, row: dict[str, str], *, stands: bool) -> None:
        """Add the pages of a line to the row's: the finest print first, of equal ones
        the body's own first.
        """
        about = self.data[line.table].description
        ids = self._pages(row, line.table)
        new = prints_of(line.values, about)
        old = prints_of(row, about)
        agreeing = [new[name].agrees(old[name]) for name in new.keys() & old.keys()]
        is_fine = all(agreeing) and any(
            new[name].width <= old[name].width for name in new.keys() & old.keys()
        )
        for page in self._pages(line.values, line.table):
            if page not in ids and (any(agreeing) or not agreeing):
                weaker = (
                    n
                    for n, each in enumerate(ids)
                    if is_fine and self._standing(each).rank > self._standing(page).rank
                )
                ids.insert(0 if stands else next(weaker, len(ids)), page)
                self.said["row with one page more"].append(
                    f"{_name(self._place(line))} by {page}"
                )
        if CITED in row:
            row[CITED] = about.fields[CITED].delimiter.join(ids)

    def _place(self, line: Line) -> Place:
        """Return the row that a line is of."""
        keys = self.data[line.table].description.primary_key
        return line.table, tuple(line.values.get(name, "") for name in keys)

    def _pages(self, cells: Mapping[str, str], table: str) -> list[str]:
        """Return the pages that the cells of a row cite."""
        column = self.data[table].description.fields.get(CITED)
        return (
            list(filter(None, cells.get(CITED, "").split(column.delimiter)))
            if column
            else []
        )

    def _standing(self, page: str) -> Standing:
        table = self.data[SOURCES]
        return standing(self.pages.get(page) or cells_of(table).get((page,), {}), table)

    def _refuse(self, place: Place, column: str, message: str, hint: str = "") -> None:
        """Note what is wrong with a line: at the row that is there, else
        at the table.
        """
        table = self.data[place[0]]
        line = next(
            (
                row.line
                for row, key in zip(table.rows, cells_of(table), strict=True)
                if key == place[1]
            ),
            1,
        )
        self.problems.add(table.path, line, f"{_name(place, column)}: {message}", hint)

    def _tell(self, kind: str, line: Line, row: Mapping[str, str], column: str) -> None:
        """Say how a cell changes: from what to what."""
        old = row.get(column, "")
        new = line.values[column]
        figure = new if old == new else f"{old or 'empty'} → {new}"
        self.said[kind].append(f"{_name(self._place(line))} {column} {figure}")

    def told(self) -> Iterator[str]:
        """Yield what merging does, in sentences."""
        for kind, items in self.said.items():
            thing, _, what = kind.partition(" ")
            if items:
                more = (
                    f" and {len(items) - SAMPLES} more" if len(items) > SAMPLES else ""
                )
                yield (
                    f"{counted(len(items), thing)} {what}:"
                    f" {'; '.join(items[:SAMPLES])}{more}"
                )
        for (name, key), cells in self.rows.items():
            old = cells_of(self.data[name]).get(key)
            if old and cells.get("note") and {**old, CITED: ""} != {**cells, CITED: ""}:
                yield (
                    f"{_name((name, key))} has changed, and its note says"
                    f" {quoted(cells['note'])}: is it still so?"
                )

    def written(self) -> tuple[dict[str, bytes], Data]:
        """Return the files that change, by path, and the tables as they would be.

        Raises ``BuildError``.
        """
        cited = {
            page
            for (name, _), cells in self.rows.items()
            for page in self._pages(cells, name)
        }
        cited |= {
            page
            for cells in self.rows.values()
            for page in cells.get("old_source_ids", "").split(";")
        }
        rows = self.rows | {
            (SOURCES, (page,)): dict(self.pages[page])
            for page in self.pages
            if page in cited
        }
        texts = dict[str, str]()
        for name in sorted(
            {name for name, _ in rows},
            key=lambda name: (name != SOURCES, name != LOG, name),
        ):
            table = self.data[name]
            own = {key: cells for (of, key), cells in rows.items() if of == name}
            if any(cells_of(table).get(key) != cells for key, cells in own.items()):
                texts[name] = rewritten(table, own)
        files = {self.data[name].path: text.encode() for name, text in texts.items()}
        return files, with_texts(self.data, texts) if texts else self.data


def _questions(work: _Work, after: Data) -> Iterator[tuple[str, str]]:
    """Yield a question for each figure that is new in a table and far from the one
    beside it in time.

    And for each table of which so much is printed otherwise that its rows may have been
    exchanged.
    """
    for name in dict.fromkeys(name for name, _ in work.rows):
        about = after[name].description
        old = cells_of(work.data[name])
        new = cells_of(after[name])
        keys = dict(zip(after[name].rows, new, strict=True))
        for column in about.figures:
            for two in pairs(after[name], column):
                changed = [
                    keys[row]
                    for row in two
                    if old.get(keys[row], {}).get(column) != new[keys[row]][column]
                ]
                one, other = (
                    (row.number(column), str(row[about.times[-1]])) for row in two
                )
                if changed and leaps(one, other, about.fields[column]):
                    words = (
                        f"{one[0]} of {one[1]} is further from {other[0]} of {other[1]}"
                        " than its jump allows"
                    )
                    yield _name((name, changed[0]), column), words
    revised = Counter(
        cells["table"] for (name, _), cells in work.rows.items() if name == LOG
    )
    for name, count in revised.items():
        if count > REVISED:
            yield (
                f"{name}/{LOG}",
                f"{count} figures of {name} are printed otherwise than in the table",
            )


def rewritten(table: Table, rows: dict[Key, dict[str, str]]) -> str:
    """Return the text of a table's file with rows that have changed, and with new ones.

    A new row goes where its key belongs; where the rows are in no order of their keys
    it goes to the end.
    """
    about = table.description
    old = cells_of(table)
    text = io.StringIO()

    def order(key: Key) -> list[Any]:
        return [
            about.fields[name].parse(cell)
            for name, cell in zip(about.primary_key, key, strict=True)
        ]

    keys = [*(old | rows)]
    if [*old] == sorted(old, key=order):
        keys.sort(key=order)
    writer = csv.DictWriter(text, [*about.fields], lineterminator="\n")
    writer.writeheader()
    writer.writerows((old | rows)[key] for key in keys)
    return text.getvalue()


def cells_of(table: Table) -> dict[Key, dict[str, str]]:
    """Return the rows of a table as its file writes them, by their keys."""
    return table.derive(_cells_of)


def _cells_of(table: Table) -> dict[Key, dict[str, str]]:
    rows = csv.DictReader(io.StringIO(table.text, newline=""))
    return {
        tuple(row[name] for name in table.description.primary_key): row for row in rows
    }


def _name(place: Place, column: str = "") -> str:
    return "/".join(filter(None, (place[0], *place[1], column)))
