"""Merging releases into tables: nothing is lost, nothing is guessed, and nothing is written while a question is open.

Keys decide which row a figure belongs to, so that what has a table or a key of its own (a currency, a reporter)
cannot mix. What a row has already is kept, unless a print of the same figure is finer, or one of another figure is the
first: then, or where the table follows revisions, it stands, and the log of revisions holds both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from press.data import COUNTED, Data, Row, Table, with_texts
from press.ground.errors import BuildError, Problem, quoted, similar
from press.ground.files import lines_of
from press.intake.prints import Outcome, Print, Standing, before, figures, leaps, outcome, standing
from press.intake.release import Cell, Line, Release
from press.intake.texts import Key, key_of, rewritten

SOURCES, LOG, CITED = "sources", "revisions", "source_ids"
TAKEN = ("accessed", "sha256")  # columns of a page: when a program last took something from it, and from which bytes
Check = Callable[[Data], Iterable[str]]


class Question(NamedTuple):
    """What a person has to say before anything is written; ``name`` is how it is answered: yes, it is so.

    One that is ``barred`` has no answer: what came in is wrong. One with ``answers`` is answered by the name of one of
    them, each with what it says is so.
    """

    name: str
    words: str
    barred: bool = False
    answers: tuple[tuple[str, str], ...] = ()

    def waits(self, answered: Collection[str]) -> bool:
        """Tell whether nobody has answered it."""
        names = [name for name, _ in self.answers] or [self.name]
        return self.barred or not any(name in answered for name in names)


class Change(NamedTuple):
    """A cell that has become another: which one, from what, to what, by which page.

    ``widths`` are those of the intervals in which the true figure lies, before and after; empty for the exact one.
    """

    table: str
    key: Key
    column: str
    old: str
    new: str
    source: str
    widths: tuple[str, str] = ("", "")


class Plan(NamedTuple):
    """What merging would do: the files as they would be, by path, none while there are questions; and what it is.

    ``filled`` are cells that were empty, ``finer`` those in which a more exact print of the same figure now stands;
    ``revised`` those for which another figure was printed, ``old`` the first print; ``corrected`` those that a person
    says were misread on the very page. ``cited`` are rows that gained a
    page, ``notes`` what rows say that have changed in any of these ways, which a person has to read again;
    ``unchanged`` is how many figures were there already.
    """

    files: Mapping[str, bytes]
    data: Data
    added: tuple[tuple[str, Key], ...]
    filled: tuple[Change, ...]
    finer: tuple[Change, ...]
    revised: tuple[Change, ...]
    corrected: tuple[Change, ...]
    cited: tuple[tuple[str, Key, str], ...]
    notes: tuple[tuple[str, Key, str], ...]
    sources: tuple[str, ...]
    unchanged: int
    questions: tuple[Question, ...]


class Offer(NamedTuple):
    """What one page has for one row: texts by column, and what a row that is new says besides."""

    table: str
    key: Key
    cells: Mapping[str, str]
    rest: Mapping[str, str]
    sources: tuple[str, ...]
    whole: bool = False  # a person has written the row


def merge(
    data: Data,
    bodies: Mapping[str, bytes],
    releases: Sequence[Release],
    answered: Collection[str] = (),
    check: Check = lambda _data: (),
) -> Plan:
    """Return what releases would do to the tables ``data``, whose files hold ``bodies``, by table.

    ``answered`` are the names of questions that a person has answered; ``check`` holds the tables to each other, as the
    story does. Raises ``BuildError`` for what no description allows.
    """
    work = _Work(data, answered)
    work.take_pages(releases)
    for release in releases:
        work.take(release)
    files, after = work.written(bodies)
    questions = [*work.questions, *_leaps(work, after), *_shrunk(work, releases)]
    waiting = tuple(each for each in dict.fromkeys(questions) if each.waits(answered))
    if not waiting:
        list(check(after))
    return Plan(
        files={} if waiting else files,
        data=after,
        added=tuple(work.added),
        filled=tuple(work.filled),
        finer=tuple(work.finer),
        revised=tuple(work.revised),
        corrected=tuple(work.corrected),
        cited=tuple(work.cited),
        notes=tuple(work.notes()),
        sources=tuple(work.pages),
        unchanged=work.unchanged,
        questions=waiting,
    )


@dataclass
class _Work:
    """What merging has come to: rows as they would be, and what has changed in them."""

    data: Data
    answered: Collection[str] = ()
    rows: dict[tuple[str, Key], dict[str, str]] = field(default_factory=dict)  # those that change, whole
    added: list[tuple[str, Key]] = field(default_factory=list)
    filled: list[Change] = field(default_factory=list)
    finer: list[Change] = field(default_factory=list)
    revised: list[Change] = field(default_factory=list)
    corrected: list[Change] = field(default_factory=list)
    cited: list[tuple[str, Key, str]] = field(default_factory=list)
    pages: dict[str, Mapping[str, str]] = field(default_factory=dict)  # new rows of the table of sources
    unchanged: int = 0
    questions: list[Question] = field(default_factory=list)
    printed: dict[tuple[str, Key, str], tuple[Print, str]] = field(default_factory=dict)
    taken: dict[str, dict[str, str]] = field(default_factory=dict)  # by page, what its row says of the last time

    def take_pages(self, releases: Iterable[Release]) -> None:
        """Know the new rows of the table of sources first, whichever release has them and whichever cites them."""
        for release in releases:
            for line in release.lines:
                if line.table == SOURCES:
                    self._page(line.values)

    def take(self, release: Release) -> None:
        """Merge one release."""
        page = self._page(release.source) if release.source else ""
        self.taken[page] = {name: release.source[name] for name in TAKEN if name in release.source}
        cells = sorted(release.cells, key=lambda cell: (cell.table, tuple(cell.key.items())))
        groups = groupby(cells, key=lambda cell: (cell.table, tuple(cell.key.items())))
        for _, group in groups:
            self._merge(self._of_cells(list(group), page, release.rest))
        for line in release.lines:
            if line.table != SOURCES:
                self._merge(self._of_line(line))

    def _page(self, source: Mapping[str, str]) -> str:
        """Return the id of a page: the one that it has already, by its address or by id and title, or its new one."""
        table = self.data[SOURCES]
        there = [(row.values, row.line) for row in table.rows] + [(page, 1) for page in self.pages.values()]
        for page, line in there:
            same = page["id"] == source["id"]
            if page.get("address") == source.get("address") or (same and _is_titled(page, source)):
                return str(page["id"])  # a page that was saved by hand may not tell its address
            if same:
                message = f"found the id {quoted(source['id'])} for {source.get('address')}, expected one of its own"
                raise BuildError([Problem(table.path, line, message, f"it is that of {page.get('address')}")])
        self.pages[source["id"]] = source
        return source["id"]

    def _of_cells(self, cells: list[Cell], page: str, rest: Mapping[str, str]) -> Offer:
        """Return the offer that cells of one row make, questions noted."""
        table, key = self.data[cells[0].table], cells[0].key
        _expect_columns(table, key, table.description.primary_key)
        _expect_columns(table, {cell.column: "" for cell in cells}, table.description.fields, some=True)
        texts = dict[str, str]()
        for cell in cells:
            unit, text = table.description.fields[cell.column].unit, format(cell.value, "f")
            name = _name(cell.table, key_of(key, table.description.primary_key), cell.column)
            if cell.unit != unit:
                self._ask(name, "unit", f"found the unit {quoted(cell.unit)}, expected {quoted(unit)}", barred=True)
            if texts.setdefault(cell.column, text) != text:
                words = f"found {text} and {texts[cell.column]} in one release, expected one of them"
                self._ask(name, "twice", words, barred=True)
        return Offer(cells[0].table, key_of(key, table.description.primary_key), texts, rest, (page,))

    def _of_line(self, line: Line) -> Offer:
        table = self.data[line.table]
        _expect_columns(table, line.values, table.description.fields)
        keys = table.description.primary_key
        cells = {name: text for name, text in line.values.items() if name not in {*keys, CITED}}
        return Offer(line.table, key_of(line.values, keys), cells, {}, tuple(_pages(line.values, table)), whole=True)

    def _merge(self, offer: Offer) -> None:
        """Merge an offer into the row that its key names, or make the row."""
        table = self.data[offer.table]
        _expect_parsed(offer, table)
        self._note_prints(offer, table)
        found = self.rows.get((offer.table, offer.key)) or texts_of(table, offer.key)
        if found is None:
            cells = (
                dict(zip(table.description.primary_key, offer.key, strict=True)) | dict(offer.rest) | dict(offer.cells)
            )
            if CITED in table.description.fields:
                cells[CITED] = _delimiter(table).join(offer.sources)
            self.rows[offer.table, offer.key] = cells
            self.added.append((offer.table, offer.key))
            self._ask_if_early(offer, table)
            return
        row, is_finest, derived = dict(found), False, found.get("status") == "derived"
        for column, width in figures(table.description).items():
            if offer.cells.get(column):
                is_finest |= self._print(offer, row, column, width, derived=derived)
            derived = False  # the status is that of the first figure
        self._words(offer, table, row)
        self._cite(offer, table, row, is_finest=is_finest)
        if row != found:
            self.rows[offer.table, offer.key] = row

    def _note_prints(self, offer: Offer, table: Table) -> None:
        """Ask about a figure that two pages of one update print differently."""
        for column, width in figures(table.description).items():
            if new := _print(offer.cells, column, width):
                place, page = (offer.table, offer.key, column), (offer.sources or ("",))[0]
                old, other = self.printed.setdefault(place, (new, page))
                if other != page and not old.agrees(new):
                    words = f"{page} prints {new.value}, {other} prints {old.value}: one of them is wrong"
                    self._ask(_name(*place), "twice", words, barred=True)

    def _print(self, offer: Offer, row: dict[str, str], column: str, width: str, *, derived: bool) -> bool:
        """Hold a figure to the row's; tell whether the row now has it from this page alone, or more exactly."""
        new, old = _print(offer.cells, column, width), _print(row, column, width)
        page = (offer.sources or ("",))[0]
        widths = row.get(width, ""), offer.cells.get(width, "")
        change = Change(offer.table, offer.key, column, row.get(column, ""), offer.cells[column], page, widths)
        if new is None:
            return False
        match outcome(old, new, derived=derived):
            case Outcome.SAME | Outcome.COARSER:
                self.unchanged += 1
                return False
            case Outcome.NEW:
                self.filled.append(change)
            case Outcome.FINER:
                self.finer.append(change)
            case Outcome.OTHER:
                if not self._stands(change, row, derived=derived, whole=offer.whole):
                    return False
        row[column] = offer.cells[column]
        if width:
            row[width] = offer.cells.get(width, "")
        if derived and (offer.cells if offer.whole else offer.rest).get("status") == "published":
            row |= {"status": "published"} | ({"note": offer.cells.get("note", "")} if "note" in row else {})
        return change.old != ""

    def _stands(self, change: Change, row: Mapping[str, str], *, derived: bool, whole: bool) -> bool:
        """Tell whether another figure is to stand in the row; log or ask, as its page demands."""
        if not derived and self._is_of_same_page(change, row, whole=whole):
            return self._correct(change, row)
        return self._revise(change, row, derived=derived)

    def _is_of_same_page(self, change: Change, row: Mapping[str, str], *, whole: bool) -> bool:
        """Tell whether the row's own page has another figure, and nobody says that its publisher has revised it.

        A page that a program reads again may itself have changed, where the table follows revisions. What the log has
        already was answered before.
        """
        table = self.data[change.table]
        follows = table.description.refresh.follows_revisions and not whole
        is_revised = f"{_name(*change[:3])}:revised" in self.answered or self._is_logged(change)
        return change.source in _pages(row, table) and not follows and not is_revised

    def _correct(self, change: Change, row: Mapping[str, str]) -> bool:
        """Tell whether a person says that the row's figure was misread; ask, if nobody has said."""
        name = _name(*change[:3])
        others = [page for page in _pages(row, self.data[change.table]) if page != change.source]
        beside = f" ({', '.join(others)}: cited for {change.old}, too)" if others else ""
        words = f"{change.source} is cited for {change.old}{beside}, and is now to say {change.new}: which is so?"
        answers = (f"{name}:misread", f"{change.old} was misread"), (f"{name}:revised", "the publisher has revised it")
        question = Question(f"{name}:misread", f"{name}: {words}", answers=answers)
        if question.waits(self.answered):
            self.questions.append(question)
            return False
        self.corrected.append(change)
        return True

    def _is_logged(self, change: Change) -> bool:
        """Tell whether the log of revisions has a figure by its page already."""
        said = (change.table, self._key_in_log(change), change.column, change.new)
        return any(
            said == tuple(str(row[name]) for name in ("table", "key", "column", "new"))
            and change.source in row.source_ids
            for row in (self.data[LOG].rows if LOG in self.data else ())
        )

    def _key_in_log(self, change: Change) -> str:
        return self.data[change.table].description.key_in_log(change.key)

    def _revise(self, change: Change, row: Mapping[str, str], *, derived: bool) -> bool:
        """Log that another figure was printed; tell whether it stands in the row."""
        table = self.data[change.table]
        pages = _pages(row, table)
        own, old = self._standing(change.source), self._standing(pages[0] if pages else "")
        self._ask_if_far(change, table)
        if not change.source:  # a table that cites no pages has no prints, but what a person sets
            self._ask(
                _name(*change[:3]), "words", f"the row has {change.old}, what came in {change.new}: is it to stand?"
            )
            return True
        follows = table.description.refresh.follows_revisions
        is_first = own.is_older(old) if follows else own.is_first(old)
        if own.rank > old.rank and not (is_first or derived):
            words = f"{change.source} prints {change.new}, {pages[0]} prints {change.old}, and ranks higher"
            self._ask(_name(*change[:3]), "copy", f"{words}: is it a revision?")
        if self._log(change, pages, is_first=is_first):
            self.revised.append(change)
        return derived or is_first != follows  # the first print stands, or the last

    def _log(self, change: Change, pages: Sequence[str], *, is_first: bool) -> bool:
        """Put a revision into the log, the first print as the old one; tell whether it was not there yet."""
        if LOG not in self.data:
            message = f"found no such table, expected one: {_name(*change[:3])} was printed again, and differently"
            raise BuildError(
                [Problem(f"data/{LOG}.csv", 1, message, "README, Start your own story, says which to keep")]
            )
        table = self.data[LOG]
        old, new = (change.old, ";".join(pages)), (change.new, change.source)
        (first, firsts), (later, laters) = (new, old) if is_first else (old, new)
        cells = {
            "table": change.table,
            "key": self._key_in_log(change),
            "column": change.column,
            "old": first,
            "new": later,
            "published": self._standing(laters.split(";")[0]).published,
            "old_source_ids": firsts,
            CITED: laters,
        }
        key = key_of(cells, table.description.primary_key)
        if (LOG, key) in self.rows or texts_of(table, key) is not None:
            return False
        self.rows[LOG, key] = cells
        self.added.append((LOG, key))
        return True

    def _words(self, offer: Offer, table: Table, row: dict[str, str]) -> None:
        """Take what a person has written besides figures where the row has nothing; ask where it says another thing."""
        counted = {name for name, field in table.description.fields.items() if field.type in COUNTED}
        for column, text in offer.cells.items() if offer.whole else ():
            if not text or column in counted or row.get(column) == text:
                continue
            if row.get(column) and column != "status":
                words = f"the row says {quoted(row[column])}, what came in {quoted(text)}: is that to stand?"
                self._ask(_name(offer.table, offer.key, column), "words", words)
            if column != "status":
                row[column] = text

    def _cite(self, offer: Offer, table: Table, row: dict[str, str], *, is_finest: bool) -> None:
        """Add the pages of an offer to the row's: the finest print first, of equal ones the body's own first."""
        if CITED not in table.description.fields:
            return
        ids = _pages(row, table)
        for page in offer.sources:
            if page in ids or not self._supports(offer, table, row):
                continue
            rank = self._standing(page).rank
            weaker = [place for place, each in enumerate(ids) if self._standing(each).rank > rank]
            both = _both(offer, table, row)
            equal = all(new.agrees(old) for new, old in both) and any(new.width <= old.width for new, old in both)
            ids.insert(0 if is_finest else weaker[0] if equal and weaker else len(ids), page)
            self.cited.append((offer.table, offer.key, page))
        row[CITED] = _delimiter(table).join(ids)

    def _supports(self, offer: Offer, table: Table, row: Mapping[str, str]) -> bool:
        """Tell whether a page prints a figure that the row has; a row without figures rests on every page."""
        both = _both(offer, table, row)
        return not both or any(new == old or new.agrees(old) for new, old in both)

    def _standing(self, page: str) -> Standing:
        table = self.data[SOURCES]
        if page in self.pages:
            return standing(self.pages[page], table)
        row = table.by_key.get((page,))
        return standing(row.values if row else {}, table)

    def _ask_if_far(self, change: Change, table: Table) -> None:
        """Ask about a figure that is further from its row's own than its jump."""
        about, values = table.description.fields[change.column], (Decimal(change.old), Decimal(change.new))
        if about.jump is not None and leaps(values, about.jump, 1, in_points=about.in_points):
            words = f"{change.new} is further from {change.old} than its jump of {about.jump} allows: is it so?"
            self._ask(_name(*change[:3]), "jump", words)

    def _ask_if_early(self, offer: Offer, table: Table) -> None:
        """Ask about a time that lies after the page that prints its figure."""
        times = dict(zip(table.description.primary_key, offer.key, strict=True))
        for name in table.description.times[-1:] if offer.sources else ():
            published, time = self._standing(offer.sources[0]).published, times[name]
            if published[:1].isdigit() and time[: len(published)] > published[: len(time)]:
                words = f"the page is of {published}, and the figure of {time}: is the time right?"
                self._ask(_name(offer.table, offer.key), "early", words)

    def _ask(self, name: str, kind: str, words: str, *, barred: bool = False) -> None:
        self.questions.append(Question(f"{name}:{kind}", f"{name}: {words}", barred))

    def notes(self) -> Iterator[tuple[str, Key, str]]:
        """Yield what the rows say that were there and have changed."""
        for (name, key), cells in self.rows.items():
            if cells.get("note") and (name, key) not in self.added:
                yield name, key, cells["note"]

    def written(self, bodies: Mapping[str, bytes]) -> tuple[dict[str, bytes], Data]:
        """Return the files that change, by path, and the tables as they would be. Raises ``BuildError``.

        They are in the order in which they can be written one by one: no row ever cites a source that is not there, and
        no figure is another before the log says so.
        """
        cited = self._cited_pages()
        self.pages = {page: self.pages[page] for page in self.pages if page in cited}
        rows = self.rows | {(SOURCES, (page,)): dict(source) for page, source in self.pages.items()}
        added = self.added + [(SOURCES, (page,)) for page in self.pages]
        for page, taken in self.taken.items():
            if page in self._bringing() and page not in self.pages and taken:
                rows[SOURCES, (page,)] = (texts_of(self.data[SOURCES], (page,)) or {}) | taken
        files, texts = dict[str, bytes](), dict[str, str]()
        for name in _in_order({table for table, _ in rows}, self.data):
            own = {key: cells for (table, key), cells in rows.items() if table == name}
            new = [key for table, key in added if table == name]
            table = self.data[name]
            _expect_values(table, [own[key] for key in new])
            changed = {key: cells if key in new else _difference(table, key, cells) for key, cells in own.items()}
            body = rewritten(table, bodies[name], changed, new)
            files[table.path] = body
            texts[name] = lines_of(body.decode("utf-8-sig"))
        return files, with_texts(self.data, texts) if texts else self.data

    def _cited_pages(self) -> set[str]:
        """Return the pages that rows cite as they would be: a new page that none does would stand for nothing."""
        found = set[str]()
        for (name, _), cells in self.rows.items():
            for column in (CITED, "old_source_ids"):
                found |= {*cells.get(column, "").split(_delimiter(self.data[name]))}
        return found

    def _bringing(self) -> set[str]:
        """Return the pages that have brought something."""
        made = [(name, key) for name, key in self.added if (name, key) in self.rows]
        pages = {page for place in made for page in _pages(self.rows[place], self.data[place[0]])}
        changes = {change.source for change in (*self.filled, *self.finer, *self.revised, *self.corrected)}
        return pages | changes | {page for _, _, page in self.cited}


def _in_order(names: Collection[str], data: Data) -> list[str]:
    """Return the names of tables, after each those whose foreign keys lead to it; the log of revisions goes first."""
    order = dict[str, None]()

    def put(name: str, *waiting: str) -> None:
        for key in data[name].description.foreign_keys:
            if key.table and key.table not in {name, *waiting}:
                put(key.table, name, *waiting)
        order[name] = None

    for name in (*({LOG} & data.keys()), *sorted(names)):
        put(name)
    return [name for name in order if name in names]


def _leaps(work: _Work, after: Data) -> Iterator[Question]:
    """Yield a question for each figure that is new in a table and further from the one before than is plausible."""
    for (name, key), cells in work.rows.items():
        table, old = after[name], texts_of(work.data[name], key) or {}
        row = next(row for row in table.rows if key_of(row.values, table.description.primary_key) == key)
        for column in figures(table.description):
            if cells.get(column) and cells[column] != old.get(column):
                yield from _leap(table, row, column)
                yield from _fall(table, row, column)


def _leap(table: Table, row: Row, column: str) -> Iterator[Question]:
    about, near = table.description.fields[column], before(table, row, column)
    if about.jump is None or near is None:
        return
    (other, steps), value = near, row.number(column)
    if leaps((value, other.number(column)), about.jump, steps, in_points=about.in_points):
        name = _name(Path(table.path).stem, key_of(row.values, table.description.primary_key), column)
        time = other[table.description.times[-1]]
        beside = f"{value} is further from that of {time}, {other.number(column)}"
        yield Question(f"{name}:jump", f"{name}: {beside}, than its jump of {about.jump} allows: is it so?")


def _fall(table: Table, row: Row, column: str) -> Iterator[Question]:
    """Yield a question about a figure that adds up in a year, and is less than an earlier one of that year."""
    about, keys = table.description, table.description.primary_key
    if not about.fields[column].running or not about.times:
        return
    last, key, value = about.times[-1], key_of(row.values, keys), row.number(column)
    for other in table.rows:
        near = str(other[last])[:4] == str(row[last])[:4] and _others(other.values, table) == _others(row.values, table)
        if near and other[column] is not None and other[last] != row[last]:
            first, then = sorted((other, row), key=lambda each: str(each[last]))
            if first.number(column) > then.number(column):
                name = _name(Path(table.path).stem, key, column)
                words = f"{value} does not fit {other.number(column)} of {other[last]}: such figures add up in a year"
                yield Question(f"{name}:fall", f"{name}: {words}; is it so?")
                return


def _shrunk(work: _Work, releases: Sequence[Release]) -> Iterator[Question]:
    """Yield a question for each page that prints rows no more which cite it, or less than its publisher did before."""
    given = {(cell.table, *sorted(cell.key.items())) for release in releases for cell in release.cells}
    for release in releases:
        for name in sorted({cell.table for cell in release.cells}):
            table, page = work.data[name], str(release.source.get("id", ""))
            keys = table.description.primary_key
            lacking = [
                key_of(row.values, keys)
                for row in table.rows
                if page in row.source_ids and (name, *sorted((key, str(row[key])) for key in keys)) not in given
            ]
            if lacking:
                words = f"{page} no longer prints {len(lacking)} rows, such as {_name(name, lacking[0])}: is it so?"
                yield Question(f"{name}/{page}:coverage", f"{name}: {words}")
            yield from _fewer(work, release, table)


def _fewer(work: _Work, release: Release, table: Table) -> Iterator[Question]:
    """Yield a question where a release has fewer rows of its newest time than its publisher had of the time before."""
    name, keys, times = Path(table.path).stem, table.description.primary_key, table.description.times
    publisher = release.source.get("publisher")
    pages = {
        str(row["id"]) for row in work.data[SOURCES].rows if publisher and row.values.get("publisher") == publisher
    }
    new = defaultdict[str, set[Key]](set)
    for cell in release.cells if times else ():
        if cell.table == name:
            new[str(cell.key[times[-1]])].add(_others(cell.key, table))
    newest, old = max(new, default=""), defaultdict[str, set[Key]](set)
    for row in table.rows if newest else ():
        if pages & {*row.source_ids} and str(row[times[-1]]) < newest:
            old[str(row[times[-1]])].add(_others({key: row[key] for key in keys}, table))
    if lacking := sorted(old[max(old)] - new[newest]) if old else []:
        words = (
            f"no {', '.join(map('/'.join, lacking))} for {newest}, which {publisher} printed for {max(old)}: is it so?"
        )
        yield Question(f"{name}/{newest}:coverage", f"{name}: found {words}")


def _others(key: Mapping[str, object], table: Table) -> Key:
    """Return what a key says besides its times."""
    about = table.description
    return tuple(str(key[name]) for name in about.primary_key if name not in about.times)


def _is_titled(page: Mapping[str, object], source: Mapping[str, str]) -> bool:
    """Tell whether two rows of the table of sources have one publisher and title."""
    return all(source.get(name) and page.get(name) == source[name] for name in ("publisher", "title"))


def _expect_columns(table: Table, found: Mapping[str, object], columns: Iterable[str], *, some: bool = False) -> None:
    """Raise ``BuildError`` for columns that are not those of a table, or of its key."""
    expected = list(columns)
    wrong = [name for name in found if name not in expected]
    lacking = [name for name in expected if name not in found] if not some else []
    if wrong or lacking:
        what = f"found the column {quoted(wrong[0])}" if wrong else f"found no {lacking[0]}"
        message = f"{what}, expected {', '.join(expected)}"
        raise BuildError([Problem(table.path, 1, message, similar(wrong[0], expected) if wrong else "")])


def _expect_parsed(offer: Offer, table: Table) -> None:
    """Raise ``BuildError`` for what came in and is no value of its column."""
    for column, text in (*zip(table.description.primary_key, offer.key, strict=True), *offer.cells.items()):
        try:
            table.description.fields[column].parse(text) if text else None
        except ValueError as error:
            message = f"{_name(offer.table, offer.key)}: {column}: {error}"
            raise BuildError([Problem(table.path, 1, message)]) from None


def _expect_values(table: Table, rows: Iterable[Mapping[str, str]]) -> None:
    """Raise ``BuildError`` for new rows that lack what their description requires."""
    for cells in rows:
        lacking = [
            each.name
            for each in table.description.fields.values()
            if each.constraints.get("required") and not cells.get(each.name)
        ]
        if lacking:
            key = key_of(cells, table.description.primary_key)
            name = _name(Path(table.path).stem, key)
            raise BuildError([Problem(table.path, 1, f"{name}: found no {', '.join(lacking)}, expected a value")])


def texts_of(table: Table, key: Key) -> dict[str, str] | None:
    """Return the cells of a row as its file writes them, or nothing where there is no such row."""
    keys = table.description.primary_key
    row = next((row for row in table.rows if key_of(row.values, keys) == key), None)
    if row is None:
        return None
    return {name: _text(row, name, table) for name in table.description.fields}


def _text(row: Row, name: str, table: Table) -> str:
    value = row[name]
    if isinstance(value, tuple):
        return table.description.fields[name].delimiter.join(value)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)


def _difference(table: Table, key: Key, cells: Mapping[str, str]) -> dict[str, str]:
    old = texts_of(table, key) or {}
    return {name: text for name, text in cells.items() if old.get(name) != text}


def _print(cells: Mapping[str, str], column: str, width: str) -> Print | None:
    text = cells.get(column, "")
    return Print(Decimal(text), Decimal(cells.get(width) or 0)) if text else None


def _both(offer: Offer, table: Table, row: Mapping[str, str]) -> list[tuple[Print, Print]]:
    """Return the figures that a page and a row both have, the page's print first."""
    pairs = [(_print(offer.cells, *each), _print(row, *each)) for each in figures(table.description).items()]
    return [(new, old) for new, old in pairs if new and old]


def _pages(cells: Mapping[str, str], table: Table) -> list[str]:
    """Return the pages that the cells of a row cite."""
    return list(filter(None, cells.get(CITED, "").split(_delimiter(table))))


def _delimiter(table: Table) -> str:
    about = table.description.fields.get(CITED)
    return about.delimiter if about else ";"


def _name(table: str, key: Key, column: str = "") -> str:
    return "/".join(filter(None, (table, *key, column)))
