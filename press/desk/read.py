"""Reading: what nobody has read as it is now, shown beside its data one by one, and approved or left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from press.approvals import Chart, Passage, Review, Unread, passages, read_approvals, review
from press.binding import Entry, Facts, statement, told
from press.content import Language
from press.data import Row
from press.figures import Figure, Studio, Worker, outline
from press.ground.errors import BuildError, Problem, quoted
from press.ground.files import rewrite, shown
from press.quantity import value
from press.story import Bound

LISTED = 20  # unread passages in the report of a build; of more the number is told
ROWS = 4  # of a number; of more the number is told
KEYS = "y: read, and true   l: later   q: quit"
Figures = Mapping[str, Mapping[str, Figure]]  # by language and name
Look = Callable[[Sequence[Review]], Iterable[Problem]]  # sees the reviews, and says what of them is a problem


class Pile(NamedTuple):
    """What lies before a reader: the story, its languages reviewed, and what is told of it."""

    bound: Bound
    reviews: tuple[Review, ...]

    @property
    def unread(self) -> Iterator[tuple[Language, Unread]]:
        """Every unread passage, in the order of the texts."""
        for language, own in zip(self.bound.texts.languages, self.reviews, strict=True):
            yield from ((language, item) for item in own.unread)


def reviews(bound: Bound, figures: Figures, root: Path) -> tuple[Review, ...]:
    """Hold the passages of every language to its approvals. Raises ``BuildError`` for files that cannot be read."""
    found = []
    for language in bound.texts.languages:
        folder, own = root / "content" / language.code, figures[language.code]
        charts = {text.path: Chart(name, outline(own[name].shown)) for name, text in language.charts.items()}
        read = passages(language.texts, bound.ledgers[language.code], bound.facts.data, charts)
        found.append(review(read, read_approvals(folder, root), shown(folder, root)))
    return tuple(found)


def looked_at(bound: Bound, root: Path, worker: Worker, report: Callable[[str], None]) -> tuple[Review, ...]:
    """Return the reviews of a story, its charts drawn or taken from the cache."""
    studio = Studio(root, bound.facts.data, bound.story.charts, worker)
    with ThreadPoolExecutor(1) as drawer:
        begun = {item.code: studio.begin(item, report, drawer) for item in bound.texts.languages}
        return reviews(bound, {language: finish() for language, finish in begun.items()}, root)


def unread(
    bound: Bound, figures: Mapping[str, Mapping[str, Figure] | None], root: Path, look: Look
) -> tuple[Problem, ...]:
    """Let ``look`` see the reviews, and return what is a problem of them; where a chart is not drawn, nothing is known.

    ``figures`` are by language, ``None`` where one of them could not be made.
    """
    drawn = {language: own for language, own in figures.items() if own is not None}
    try:
        return tuple(look(reviews(bound, drawn, root))) if drawn.keys() == figures.keys() else ()
    except BuildError as error:
        return error.problems


def said_of(found: Sequence[Review], *, strict: bool) -> Iterator[str]:
    """Yield what a build says of its unread passages, and how many are read; of a story that nobody reads, one line.

    A ``strict`` build says of the unread only how many there are: they are among its problems.
    """
    for item in found:
        if item.has_begun:
            yield from (str(unread.problem) for unread in item.unread[:LISTED] if not strict)
            if len(item.unread) > LISTED and not strict:
                yield f"and {len(item.unread) - LISTED} more unread: python build.py read --list"
            yield item.coverage()
        elif item.unread and not strict:
            yield f"{item.folder}: nobody has read its {len(item.unread)} bound sentences yet: python build.py read"


def strictly(found: Sequence[Review]) -> Iterator[Problem]:
    """Yield what is unread as problems, of a story that nobody has read as one."""
    for item in found:
        if item.has_begun:
            yield from (unread.problem for unread in item.unread)
        elif item.unread:
            message = f"nobody has read the {len(item.unread)} bound sentences of this language beside their data"
            yield Problem(item.folder, 1, message, "python build.py read shows them one by one")


def listed(pile: Pile) -> Iterator[str]:
    """Yield every unread passage beside its data."""
    for language, unread in pile.unread:
        yield from ("", *beside_data(unread, language, pile.bound.facts))


def beside_data(unread: Unread, language: Language, facts: Facts) -> Iterator[str]:
    """Yield a passage in its surroundings, what has changed, what each of its links rests on."""
    passage = unread.passage
    line, column = passage.place
    yield f"{passage.path}:{line}:{column}"
    yield f"  {quoted(passage.words)}"
    yield from (f"  below or after: {quoted(words)}" for words in passage.around if words)
    yield from (f"  why: {reason}" for reason in unread.why)
    for entry in passage.entries:
        yield f"  [{entry.words}] {entry.link.target}".replace("\n", " ")
        yield from (f"      {part}" for part in _basis(entry, language, facts))
    if passage.times:
        yield f"  names newest times of tables, of which no link here is: {', '.join(passage.times)}"
    yield from (f"  the drawing: {part}" for part in passage.outline)
    yield from (f"  for you to judge: {item.message}" for item in passage.doubts)


def _basis(entry: Entry, language: Language, facts: Facts) -> Iterator[str]:
    """Yield what a link rests on: each figure with its label, value and period; rows; sources."""
    for fact in entry.proof.facts:
        period = f", {fact.quantity.period}" if fact.quantity.period else ""
        yield f"{told(fact, language, facts)[0]}: {value(fact.quantity)}{period}"
    rows = entry.rows or (_said(entry, facts) if entry.link.scheme == "said" else ())
    yield from map(_row, rows[:ROWS])
    if len(rows) > ROWS:
        yield f"and {len(rows) - ROWS} more rows"
    sources = facts.data["sources"].by_key if "sources" in facts.data else {}
    for source in entry.proof.source_ids[:ROWS]:
        row = sources.get((source,))
        known = (row.values.get(name) for name in ("publisher", "title", "published")) if row else ()
        yield f"source {source}: {', '.join(str(part) for part in known if part)}".rstrip(": ")


def _said(entry: Entry, facts: Facts) -> tuple[Row, ...]:
    """Return who said what, when, in which words; and each figure of it."""
    said = statement(facts.data, entry.link.target.partition(":")[2])
    return said.row, *said.figures


def _row(row: Row) -> str:
    known = (f"{name} {cell}" for name, cell in row.values.items() if cell not in {None, ""} and name != "source_ids")
    return f"{row.path}:{row.line}: {'; '.join(known)}"


def unread_at(pile: Pile, places: Sequence[str]) -> list[Passage]:
    """Return what is unread and begins at places such as ``content/en/index.md:12``, a column behind it or none.

    Raises ``BuildError`` for a place where nothing unread begins.
    """
    known = defaultdict[str, list[Passage]](list)
    for passage in (item.passage for _, item in pile.unread):
        line, column = passage.place
        for place in (f"{passage.path}:{line}", f"{passage.path}:{line}:{column}"):
            known[place].append(passage)
    hint = "python build.py read --list tells where they begin"
    lacking = [place for place in places if place not in known]
    if lacking:
        raise BuildError(Problem(place, 0, "no unread passage begins here", hint) for place in lacking)
    return list(dict.fromkeys(passage for place in places for passage in known[place]))  # two may be one line


def unread_in(pile: Pile, files: Sequence[str]) -> list[Passage]:
    """Return all that is unread in some files, or everywhere.

    Raises ``BuildError`` for a file in which nothing is unread.
    """
    unread = [item.passage for _, item in pile.unread]
    lacking = sorted({*files} - {passage.path for passage in unread})
    if lacking:
        raise BuildError(Problem(file, 1, "nothing is unread in this file") for file in lacking)
    return [passage for passage in unread if not files or passage.path in files]


def approve(pile: Pile, chosen: Sequence[Passage], root: Path, *, in_bulk: bool = False) -> None:
    """Write the approvals of passages into the files of their languages, as accepted ``in_bulk`` if unread."""
    files: dict[str, bytes] = {}
    for own in pile.reviews:
        ours = [item.passage for item in own.unread]
        files |= own.accepting([item for item in chosen if item in ours], in_bulk=in_bulk)
    rewrite(files, root, "read", new=True)


def one_by_one(look: Callable[[], Pile], say: Callable[[str], None], root: Path) -> None:
    """Show what is unread one at a time and do as the reader says.

    ``look`` reads the story anew: what somebody has edited meanwhile is what it is then.
    """
    pile, left = look(), set[tuple[str, str]]()
    while waiting := [item for item in pile.unread if item[1].passage.key not in left]:
        language, unread = waiting[0]
        for line in ("", f"{len(waiting)} unread", *beside_data(unread, language, pile.bound.facts), KEYS):
            say(line)
        match _key():
            case "y":
                approve(pile, [unread.passage], root)
                pile = look()
            case "l":
                left.add(unread.passage.key)
            case "q" | "\x03" | "\x04" | "\x1b":
                break


def _key() -> str:
    """Wait for a key, and return it."""
    import click  # noqa: PLC0415 - no build asks for a key

    return click.getchar()
