"""Where cells of the tables change, each text that becomes false is a problem;
``judge.py`` says which those are.
"""

from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from press.binding import Facts, check_texts
from press.data import Data
from press.ground.period import Period
from tests.story.judge import Judge

SEED, LEAST = 26, 400  # cells that move, at least
AT_ONCE = 6  # cells of one table that move in one step
FACTORS = [
    Decimal(factor)
    for factor in ("0.3", "0.6", "0.9", "0.97", "1.03", "1.1", "1.5", "2.5")
]
TRIES = 20  # for a value that may stand there
SELDOM = 0.2  # how often the time of a row moves too: its figures are missing then
# how often a number is turned round where it may be, and a series is moved below a
# comparison
HALF = 0.5
NUMBERS, TIMES = {"number", "integer"}, {"year", "yearmonth"}
# columns of words that facts and statements rest on
NAMED = {"speaker", "quotation", "qualifier", "published"}
SCHEMES = ("fact", "claim", "said")


class Watched(Data):
    """Tables that note which of them are asked for."""

    def __init__(self, data):
        super().__init__(data)
        self.asked = set()

    def __getitem__(self, name):
        self.asked.add(name)
        return super().__getitem__(name)


class Trial:
    """The story's true texts, and what was found while cells moved below them."""

    def __init__(self, bound):
        self.bound, self.own, self.data = bound, bound.texts.language, bound.facts.data
        self.judge = Judge(bound.story, self.data)
        self.entries = [
            item for item in bound.ledger.checked_links if item.link.scheme in SCHEMES
        ]
        self.judged = [item for item in self.entries if self.judge.is_true(item)]
        self.titles = {
            id(text): title
            for title, texts in bound.texts.titles_and_shown_texts
            for text in texts
        }
        self.reads = {item.link.target: self._tables_of(item) for item in self.judged}
        self.moved, self.false, self.missed = Counter(), Counter(), []
        self.before = {}

    def _tables_of(self, entry):
        watched = Watched(self.data)
        Judge(self.bound.story, watched).is_true(entry)
        return watched.asked

    def run(self):
        """Move cells below each text, a few of one table at once."""
        random = Random(SEED)  # noqa: S311 - nothing secret
        by_table = defaultdict(list)
        for row, column in self._drawn(random):
            by_table[Path(row.path).stem].append((row, column))
        for name, drawn in by_table.items():
            random.shuffle(drawn)
            for start in range(0, len(drawn), AT_ONCE):
                changes = defaultdict(dict)
                for row, column in drawn[start : start + AT_ONCE]:
                    changes[row][column] = moved(row, column, self.data[name], random)
                self._step(name, changes)
            self.moved[name] = len(drawn)
        return self

    def _drawn(self, random):
        """Return cells, each once: one of every table that texts rest on, some below
        every target.
        """
        targets = {item.link.target: item for item in self.judged}
        rows = [row for item in targets.values() for row in item.proof.rows]
        self.tables = {Path(row.path).stem: row for row in rows}
        drawn = {
            (row, random.choice(movable(row, random))): None
            for row in self.tables.values()
        }
        while len(drawn) < LEAST:
            for item in targets.values():
                cells = [
                    (row, name)
                    for row in self._rows(item, random)
                    for name in movable(row, random)
                ]
                drawn |= dict.fromkeys(random.sample(cells, min(1, len(cells))))
        return drawn

    def _rows(self, item, random):
        """Return the rows that a text rests on; of a comparison those of all its
        series, or of its figures alone.
        """
        if item.link.scheme != "said":
            operands = {row for fact in item.proof.facts for row in fact.quantity.rows}
            return [
                row
                for row in item.proof.rows
                if row in operands or random.random() < HALF
            ]
        tables = (
            self.data[name].by_key.items()
            for name in ("statements", "statement_figures")
        )
        return [
            row
            for items in tables
            for key, row in items
            if key[0] == item.link.target.partition(":")[2]
        ]

    def _before(self, title, texts):
        """Return the problems of a text while no cell has moved, held once."""
        key = id(texts[0])
        if key not in self.before:
            ledger = check_texts(self.own, [(title, texts)], self.bound.facts)
            self.before[key] = ledger.problems
        return self.before[key]

    def _step(self, name, changes):
        """Let cells of a table change; note the texts that are false then, and those of
        them that are no problem.
        """
        data = with_cells(self.data, name, changes)
        judge = Judge(self.bound.story, data, self.judge)
        false = [
            item
            for item in self.judged
            if name in self.reads[item.link.target] and judge.is_true(item) is False
        ]
        paragraphs = {
            id(item.text): (self.titles[id(item.text.whole_text)], [item.text])
            for item in false
        }
        texts = list(paragraphs.values())
        held = check_texts(
            self.own, texts, Facts(data, self.bound.facts.fact_functions)
        )
        before = {problem for text in texts for problem in self._before(*text)}
        told = {
            (problem.path, problem.line, problem.column)
            for problem in {*held.problems} - before
        }
        # a function of the story has raised
        in_code = any(path.startswith("story/") for path, *_ in told)
        for item in false:
            self.false.update((item.link.scheme, item.text.description))
            place = (
                item.sentence.span
                if item.link.scheme == "said"
                else (item.link.start, item.link.end)
            )
            if not in_code and not any(
                (item.text.path, *item.text.line_and_column(at)) in told
                for at in range(*place)
            ):
                cause = "; ".join(
                    f"{row.path}:{row.line}: {cell}" for row, cell in changes.items()
                )
                self.missed.append(
                    f"{item.text.path}:{item.text.line_and_column(item.link.words_start)[0]}:"
                    f" [{item.words}]({item.link.target}): {cause}"
                )


def movable(row, random):
    """Return the columns of a row in which a cell may make a text false: of some rows
    the time as well.
    """
    types = NUMBERS | TIMES if random.random() < SELDOM else NUMBERS
    fields = row.table.fields.values()
    return [
        field.name
        for field in fields
        if row[field.name] is not None and (field.type in types or field.name in NAMED)
    ]


def moved(row, column, table, random):
    """Return another value for a cell that its description allows; the same where there
    is none.
    """
    field = row.table.fields[column]
    for _ in range(TRIES):
        value = tried(row[column], field, table, random)
        with suppress(ValueError):
            field.parse(str(value))
            return value
    return row[column]


def tried(value, field, table, random):
    """Return a value a little off or far off, or turned round; a time before or after;
    the words of another row.
    """
    step = random.choice((-1, 1))
    match field.type:
        case "number" | "integer":
            made = (value * random.choice(FACTORS)).quantize(Decimal(value))
            made += step * (made == value)
            return type(value)(-value if random.random() < HALF else made)
        case "year":
            return value + step
        case "yearmonth":
            return str(Period.parse(value).shift_months(step))
    return random.choice(
        sorted({row[field.name] for row in table.rows} - {value, None})
    )


def with_cells(data, name, changes):
    """Return tables of which one has other cells."""
    rows = (
        (
            replace(row, values={**row.values, **changes.get(row, {})})
            if row in changes
            else row
        )
        for row in data[name].rows
    )
    return Data({**data, name: replace(data[name], rows=tuple(rows))})


@pytest.fixture(scope="module")
def trial(bound):
    return Trial(bound).run()


def test_no_text_that_the_tables_make_false_is_missed(trial):
    """Numbers, comparisons and statements, in titles and elsewhere: the checker has a
    problem at each false one.
    """
    assert trial.missed == []


def test_cells_of_every_table_move(trial):
    """Enough of them to make texts of each kind false, titles among them; the judge can
    say so of most texts.
    """
    assert trial.moved.keys() >= {*trial.tables, "statements", "statement_figures"}
    assert trial.moved.total() >= LEAST
    assert min(trial.false[kind] for kind in (*SCHEMES, "title")) >= 10
    assert len(trial.judged) / len(trial.entries) >= 0.9
