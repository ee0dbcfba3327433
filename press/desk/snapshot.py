"""A side of a diff: a story as it is now, as a value of JSON, made in one way for today and for any other time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from press.approvals import Passage, Review
from press.binding import CLAIMS, judged, outcome, without
from press.content import Content, Language
from press.desk.bind import repairs
from press.desk.read import Figures, reviews
from press.errors import BuildError, Problem, ToldError
from press.figures import Code, Figure, Studio, Worker, series_in
from press.figures import outline as outline_of
from press.files import read
from press.pages import looks, numbers_of
from press.story import Bound
from press.toml import parse_toml

FORM = 1  # of a snapshot: a new one where an older diff would go wrong
NARROW = -1  # the last of a chart's drawings, two of which stand side by side
Place = tuple[int, int]
Report = Callable[[str], None]


def snapshot(bound: Bound, root: Path, worker: Worker, report: Report) -> dict[str, Any]:
    """Return what a diff compares of a story: words with their states, claims, numbers, verdicts, charts, tables.

    Charts that cannot be drawn are left out, with what is unread beside them; what is wrong with them is among what is
    false.
    """
    figures = _drawn(bound, root, worker, report)
    reviewed = bound.problems.collect(reviews, bound, figures, root) if figures is not None else None
    own = bound.texts.own
    languages = [own, *(item for item in bound.texts.languages if item is not own)]
    return {
        "form": FORM,
        **_of_words(bound, reviewed),
        "claims": _claims(bound),
        "numbers": _numbers(bound, languages),
        "renamed": dict(bound.texts.settings.renamed),
        "verdicts": dict(_verdicts(bound)),
        **({} if figures is None else {"charts": dict(_charts(figures, languages))}),
        **({} if figures is None else {"pages": _pages(bound, figures)}),
        "palette": {name: list(pair) for name, pair in bound.story.palette.items()},
        "tables": tables_in(root),
    }


def tables_in(root: Path) -> dict[str, dict[str, Any]]:
    """Return the tables below ``root`` as their files have them, each with its key; also of a story that is broken."""
    return {path.stem: _table(path, root) for path in sorted((root / "data").glob("*.csv"))}


def _table(path: Path, root: Path) -> dict[str, Any]:
    return {"key": _key(path.with_suffix(".toml"), root), "text": _text(path, root)}


def _key(path: Path, root: Path) -> list[str]:
    """Return the primary key that a description names, if it can be read."""
    try:
        schema = parse_toml(read(path, root), path.name).get("schema")
    except BuildError:
        return []
    key = schema.get("primaryKey") if isinstance(schema, dict) else None
    return list(map(str, key)) if isinstance(key, list) else []


def _text(path: Path, root: Path) -> str:
    try:
        return read(path, root)
    except BuildError:
        return ""


def _drawn(bound: Bound, root: Path, worker: Worker, report: Report) -> Figures | None:
    """Return the charts of every language; ``None`` where one cannot be drawn, which is a problem."""
    studio = Studio(root, bound.facts.data, bound.story.charts, worker, Code(root))
    with ThreadPoolExecutor(worker.processes) as drawer:
        begun = {item.code: studio.begin(item, report, drawer) for item in bound.texts.languages}
        figures = {code: bound.problems.collect(finish) for code, finish in begun.items()}
    drawn = {code: own for code, own in figures.items() if own is not None}
    return drawn if len(drawn) == len(figures) else None


def _of_words(bound: Bound, reviewed: Sequence[Review] | None) -> dict[str, Any]:
    """Return the bound sentences with their states; what is false, what of it fix writes, what is unread.

    A language of which nobody has read anything yet has nothing unread: its readers have not begun.
    """
    made = repairs(bound)
    told = _teller(bound.texts)
    fixed = [Problem(edit.text.path, *_of_edit(edit.text.place(edit.start), str(edit))) for edit in made]
    left = BuildError(without(bound.problems, made)).problems
    return {
        "false": [_mistake(problem, told(problem)) for problem in left],
        "stale": [_mistake(problem, told(problem)) for problem in fixed],
        **({} if reviewed is None else _read(reviewed)),
    }


def _of_edit(place: Place, words: str) -> tuple[int, str, str, int]:
    """Return what makes a problem of an edit: line, message, hint, column."""
    return place[0], words.partition(": ")[2], "", place[1]


def _mistake(problem: Problem, words: str) -> dict[str, str]:
    column = f":{problem.column}" if problem.column else ""
    return {"place": f"{problem.path}:{problem.line}{column}", "words": words, "why": problem.message}


def _read(reviewed: Sequence[Review]) -> dict[str, Any]:
    """Return the passages of the reviews, and those of them that are unread."""
    unread = [item for own in reviewed if own.has_begun for item in own.unread]
    waiting = {id(item.passage) for item in unread}
    passages = [passage for own in reviewed for passage in own.passages if passage.is_bound]
    return {
        "sentences": [_sentence(passage, "unread" if id(passage) in waiting else "") for passage in passages],
        "unread": [{"key": " ".join(item.passage.key), **item.telling} for item in unread],
    }


def _sentence(passage: Passage, state: str) -> dict[str, str]:
    """Return a passage: what it is known by, wherever it stands, its words, and whether it is false, unread or read."""
    return {"key": passage.own_hash, "words": passage.words, "state": "false" if passage.is_false else state or "read"}


def _teller(texts: Content) -> Callable[[Problem], str]:
    """Return what gives the sentence in which a problem stands, or nothing where it stands in none."""

    @cache
    def sentences(path: str) -> list[tuple[Place, str]]:
        return sorted(_sentences(path, texts))

    def told(problem: Problem) -> str:
        if not problem.column:
            return ""
        known = sentences(problem.path)
        number = bisect_right(known, (problem.line, problem.column), key=lambda item: item[0])
        return known[number - 1][1] if number else ""

    return told


def _sentences(path: str, texts: Content) -> Iterator[tuple[Place, str]]:
    """Yield where each sentence of a file begins, and its words."""
    groups = (group for language in texts.languages for _, group in language.texts)
    for text in (text for group in groups for text in group if text.path == path):
        for span in (span for block in text.blocks for span in text.sentences(block)):
            yield text.place(span.start), text.told(span)


def _claims(bound: Bound) -> dict[str, dict[str, Any]]:
    """Return each claim that a text makes: whether all links to it hold, the sentence of the first that does not."""
    found = dict[str, dict[str, Any]]()
    for entry in (entry for ledger in bound.ledgers.values() for entry in ledger.entries):
        target, holds = entry.link.target, not entry.proof.fault
        if entry.link.scheme == "claim" and (target not in found or (found[target]["holds"] and not holds)):
            place = f"{entry.text.path}:{entry.place[0]}:{entry.place[1]}"
            found[target] = {"holds": holds, "words": entry.told, "place": place}
    return found


def _numbers(bound: Bound, languages: Iterable[Language]) -> list[dict[str, Any]]:
    """Return the numbers of all languages, each once, as ``numbers.json`` has them."""
    found = dict[str, dict[str, Any]]()
    for language in languages:
        tested = judged(bound.facts) if any(page.entries == CLAIMS for page in language.pages) else ()
        for item in numbers_of(language, bound.ledgers[language.code], bound.facts, [fact for _, fact in tested]):
            found.setdefault(item["id"], item)
    return list(found.values())


def _verdicts(bound: Bound) -> Iterator[tuple[str, str]]:
    """Yield the verdicts on what somebody else has said: on each claim an editor's, on each figure what is computed."""
    data = bound.facts.data
    for row in data[CLAIMS].rows if CLAIMS in data else ():
        if row.values.get("verdict"):
            yield str(row["id"]), str(row["verdict"])
    for row, fact in judged(bound.facts):
        words = str(row["words"])
        with suppress(ToldError):  # which is a problem of its own
            yield f"{row['claim']}: {words}", outcome(words, fact, bound.texts.own.lexicon)


def _pages(bound: Bound, figures: Figures) -> dict[str, dict[str, str]]:
    """Return for each language what readers see of its pages, as hashes."""
    data = bound.facts.data
    return {
        item.code: looks(item, bound.ledgers[item.code], figures[item.code], data) for item in bound.texts.languages
    }


def _charts(figures: Mapping[str, Mapping[str, Figure]], languages: Sequence[Language]) -> Iterator[Any]:
    """Yield the charts of all languages with their names, those of others than the site's own with their code."""
    for number, language in enumerate(languages):
        for name, figure in figures[language.code].items():
            yield f"{language.code}/{name}" if number else name, _chart(figure)


def _chart(figure: Figure) -> dict[str, Any]:
    points = ((series.name, point) for series in series_in(figure.table).series for point in series.points)
    return {
        "outline": list(outline_of(figure.shown)),
        "csv": figure.table.csv(),
        "points": [[name, point.place, point.text.strip(), f"{point.value:f}"] for name, point in points],
        "svg": figure.drawings[NARROW].svg,
    }
