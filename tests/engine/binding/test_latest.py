"""``latest`` in a target: the newest year, quarter, month or day for which there is a
figure, and nothing else.
"""

import json
from decimal import Decimal
from typing import Literal

import pytest

from press.binding.claims import evaluate_true_or_false_claim
from press.binding.facts import FactError, FactFunctions, Facts
from press.ground.errors import BuildError
from press.ground.period import Day, Month, Period, Quarter
from press.quantity import Quantity, quantity_from_cell
from tests.engine.bindings import (
    INDEX,
    STORY,
    append_paragraph,
    bind_project,
    check_words,
    list_problems,
    make_project_with_overlay,
)

TABLE = "data/trade.csv"
MONTHS = "month,flow,value_usd_million,precision_usd_million,source_ids\n"
NEWER = "2024,total,250010,10,beta-2024\n"
Flow = Literal["export", "import", "total"]


def figure(data, table, *key):
    """Return a figure of a table, if it has one."""
    row = data[table].by_key.get(key)
    return row and quantity_from_cell(row, "value_usd_million", "precision_usd_million")


def total(data, year: int, flow: Flow = "total"):
    """Return a year's figure."""
    return figure(data, "trade", year, flow)


def month(data, month: Month, flow: Flow = "total"):
    """Return a month's figure."""
    return figure(data, "months", month, flow)


def quarter(data, quarter: Quarter):
    """Return the figure of a quarter's middle month."""
    return figure(
        data,
        "months",
        str(Period(Period.parse(quarter).last - 1, Period.parse(quarter).last - 1)),
        "export",
    )


def pages(data, day: Day):
    """Return how many pages were published on a day."""
    rows = frozenset(
        row for row in data["sources"].rows if str(row["published"]) == day
    )
    return Quantity(Decimal(len(rows)), Decimal(0), "", rows) if rows else None


def kept_apart(data, month: Month):
    """Return a month's figure, that of a year's last month from the table of years."""
    return (
        total(data, int(month[:4]))
        if month.endswith("-12")
        else figure(data, "months", month, "total")
    )


def moved(data, year: int):
    """Return a year's figure, which from 2023 on stands in the table of months."""
    return (
        total(data, year)
        if year < 2023
        else figure(data, "months", f"{year}-02", "total")
    )


def careless(data, year: int):
    """Look for a year as if every year were there."""
    return quantity_from_cell(
        data["trade"].by_key[year, "total"],
        "value_usd_million",
        "precision_usd_million",
    )


def pair(data, earlier: int, later: int):
    """Return what was added from one year to another."""
    ends = [total(data, year) for year in (earlier, later)]
    return None if None in ends else ends[1] - ends[0]


FUNCTIONS = {
    item.__name__: item
    for item in (total, month, quarter, pages, kept_apart, moved, careless, pair)
}


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    """Return facts on a table of the years 2021 to 2023 and one of months, each of
    which lacks some rows.
    """
    project = make_project_with_overlay(tmp_path_factory.mktemp("latest") / "story")
    toml = project.read("data/trade.toml").partition("[[anchors]]")[0]
    toml = toml.replace(
        'name = "year"\ntype = "year"', 'name = "month"\ntype = "yearmonth"'
    ).replace('["year", "flow"]', '["month", "flow"]')
    project.write(
        "data/months.toml",
        toml.replace("1992, maximum = 2026", '"1992-01", maximum = "2026-12"'),
    )
    rows = (
        "2023-09,export",
        "2023-11,export",
        "2023-10,total",
        "2024-02,total",
        "2023-12,import",
    )
    lines = (
        f"{row},{20_000 + number},1,beta-2024\n" for number, row in enumerate(rows)
    )
    project.write("data/months.csv", MONTHS + "".join(lines))
    return Facts(project.load(), FactFunctions(project.root, FUNCTIONS))


@pytest.fixture
def story(tmp_path):
    """Return a small story in which every scheme is bound; what is added stands under a
    heading without a date.
    """
    project = make_project_with_overlay(tmp_path / "story")
    append_paragraph(project, "## Later")
    return project


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("total/latest", "total/2023"),
        ("total/latest/import", "total/2023/import"),
        ("month/latest", "month/2024-02"),
        ("month/latest/export", "month/2023-11/export"),
        ("month/latest/import", "month/2023-12/import"),
        ("quarter/latest", "quarter/2023-Q4"),
        ("pages/latest", "pages/2024-03-07"),
        ("kept_apart/latest", "kept_apart/2024-02"),
        ("moved/latest", "moved/2024"),
        ("careless/latest", "careless/2023"),
        ("pair/2021/latest", "pair/2021/2023"),
        ("pair/latest/2021", "pair/2023/2021"),
    ],
)
def test_latest_is_the_newest_time_with_a_figure(facts, written, key):
    """It is a time of the type, and depends on all other arguments and on every table
    that is read.
    """
    fact = facts.get_fact(*written.split("/"))

    assert (fact.key, "/".join((fact.name, *fact.arguments_as_written))) == (
        key,
        written,
    )
    assert fact.time_for_latest in fact.arguments
    assert facts.find_figure(*key.split("/")) == fact.quantity


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        (
            "pair/latest/latest",
            'found "latest" twice in pair/latest/latest, expected it once',
            "write the other time as it is",
        ),
        (
            "total/2023/latest",
            'found "latest" for the flow of total, which is no time',
            "",
        ),
        (
            "quarter/2024-09",
            (
                'found "2024-09" for the quarter of quarter, expected a quarter such as'
                " 2024-Q3"
            ),
            "",
        ),
        (
            "pages/2024-02-30",
            (
                'found "2024-02-30" for the day of pages, expected a day such as'
                " 2024-08-10"
            ),
            "",
        ),
        (
            "pages/2024-02",
            'found "2024-02" for the day of pages, expected a day such as 2024-08-10',
            "",
        ),
        (
            "kept_apart/latest/x",
            "found kept_apart/latest/x, expected kept_apart/MONTH",
            "",
        ),
    ],
)
def test_no_time_where_one_is_expected_is_a_problem(facts, written, message, hint):
    """The message is of what the author typed, not of a time that was tried."""
    with pytest.raises(FactError) as caught:
        facts.get_fact(*written.split("/"))

    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_a_fact_without_any_figure_says_so(story):
    """The search ends with the oldest time of the tables, and what the story's code
    raised is told.
    """

    def nothing(data, year: int):
        return data["trade"].by_key.get((year, "x"))

    def broken(data, year: int):
        return data["trade"].rows[year]

    facts = Facts(
        story.load(), FactFunctions(story.root, {"nothing": nothing, "broken": broken})
    )

    with pytest.raises(
        FactError,
        match="the tables have no figure for nothing/latest, whatever the time",
    ):
        facts.get_fact("nothing", "latest")
    with pytest.raises(BuildError, match="tuple index out of range"):
        facts.get_fact("broken", "latest")


@pytest.mark.parametrize(
    ("written", "operands"),
    [
        ("more/total.latest/total.2022", ["total/2023", "total/2022"]),
        (
            "less/month.latest.export/month.2024-02",
            ["month/2023-11/export", "month/2024-02"],
        ),
        ("highest/total.latest", ["total/2023"]),
        ("every/more/total.2021/total.latest", ["total/2021", "total/2023"]),
    ],
)
def test_an_operand_of_a_claim_may_be_the_latest(facts, written, operands):
    """The comparison is that of the times it stands for."""
    found = evaluate_true_or_false_claim(facts, *written.split("/"))

    assert ([fact.key for fact in found.operands], found.fault) == (operands, "")


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (
            "more/total.latest/total.latest.import",
            'found "latest" twice in claim:more/total.latest/total.latest.import',
        ),
        ("more/total.latest/total.2023", "total/2023 is compared with itself"),
        ("highest/total.2023/latest", 'found "latest", expected a time such as 2023'),
    ],
)
def test_a_claim_has_one_latest_and_it_is_an_operands(facts, written, message):
    """Two might be two times; and a comparison without an end goes to the newest time
    anyway.
    """
    with pytest.raises(FactError) as caught:
        evaluate_true_or_false_claim(facts, *written.split("/"))

    assert caught.value.message.startswith(message)


ALIKE = [
    ("In 2023 trade came to [$240.1 billion](fact:total/{}).", []),
    (
        "In 2022 trade came to [$240.1 billion](fact:total/{}).",
        ['the sentence says "2022"'],
    ),
    (
        "Exports of 2023 were [$240.1 billion](fact:total/{}).",
        ['the sentence says "Exports", and "$240.1 billion" is of "trade"'],
    ),
    ("In 2023 trade was [larger](claim:more/total.{}/total.2022) than in 2022.", []),
    (
        (
            "In 2023 imports were [more than"
            " half](claim:most/flow.import.{}/total.2023) of trade."
        ),
        [],
    ),
    ("In December 2023 trade was [$240.1 billion](fact:month_total/{}-12).", []),
]


@pytest.mark.parametrize(("text", "faults"), ALIKE)
def test_every_rule_sees_the_time_that_latest_stands_for(story, text, faults):
    """Periods, subjects and claims are held as if the time were written."""
    bound = bind_project(story)
    asked = text.format("latest").replace("latest-12", "latest")
    plain, latest = (
        check_words(bound, value) for value in (text.format("2023"), asked)
    )

    assert len(latest.problems) == len(plain.problems) == len(faults)
    assert all(
        fault in problem.message
        for fault, problem in zip(faults, latest.problems, strict=True)
    )
    assert [entry.target_with_newest_time for entry in latest.checked_links] == [
        entry.link.target for entry in plain.checked_links
    ]


def test_a_newer_row_moves_the_latest(story):
    """What was held before is held anew, in a process that goes on, as a preview's
    does.
    """
    sentence = (
        "By then trade was [$240.1 billion](fact:total/latest),"
        " [more](claim:more/total.latest/total.2022) by far."
    )
    line = append_paragraph(story, sentence)
    assert list_problems(story) == []

    story.write(TABLE, story.read(TABLE) + NEWER)

    (problem,) = (
        item for item in list_problems(story) if item.startswith(f"{INDEX}:{line}:")
    )
    assert problem.startswith(
        f'{INDEX}:{line}:20: found "$240.1 billion", expected "$250.0 billion"'
    )
    story.write(TABLE, story.read(TABLE).replace(NEWER, ""))
    assert list_problems(story) == []


def test_explain_tells_what_latest_is(story):
    """The fact is shown with its time, and its uses are those of that time, however
    they are written.
    """
    line = append_paragraph(story, "Here is [$240.1 billion](fact:total/latest).")

    outcome = story.run("explain", "total/latest")

    assert outcome.out.split("\n")[:3] == [
        "total/2023",
        "  latest     2023",
        "  label      Trade in 2023",
    ]
    assert f"    {INDEX}:{line}:10: $240.1 billion" in outcome.out.split("\n")


def test_a_receipt_is_that_of_the_time(make_project):
    """Both ways to write a fact lead to one receipt, which tells programs what texts
    have asked for.
    """
    project = make_project(overlay=STORY)
    append_paragraph(
        project,
        "Trade came to [$240.1 billion](fact:total/latest),"
        " [more](claim:more/total.latest/total.2022) in 2023.",
    )

    site = project.build()

    numbers = {
        item["id"]: item for item in json.loads(site["numbers.json"].text)["numbers"]
    }
    assert "fact:total/latest" not in numbers
    assert numbers["fact:total/2023"]["asked"] == ["fact:total/latest"]
    assert numbers["claim:more/total.2023/total.2022"]["asked"] == [
        "claim:more/total.latest/total.2022"
    ]
    assert not any(
        "asked" in item for key, item in numbers.items() if key.startswith("said:")
    )
    page = site["index.html"].text
    assert 'href="numbers.html#fact:total/2023"' in page
    assert "#fact:total/latest" not in page.replace('id="at-fact:total/latest"', "")


@pytest.fixture
def grown(story):
    """Return a function that adds sentences to a story, then a year to its table, and
    says what ``fix`` did then.
    """
    story.replace(
        "story/facts.py", '"limit", "month_total"', '"limit", "month_total", "newest"'
    )
    story.write("story/facts.py", story.read("story/facts.py") + NEWEST)
    words = '\n[newest]\nlabel = "The last month"\nformula = "of the last year"\n'
    story.write("content/en/facts.toml", story.read("content/en/facts.toml") + words)

    def fix(text):
        line = append_paragraph(
            story, f"{text}\n\nThe table ends in [December 2023](fact:newest)."
        )
        assert list_problems(story) == []
        story.write(TABLE, story.read(TABLE) + NEWER)
        said = story.run("fix").out
        left = [
            item for item in list_problems(story) if item.startswith(f"{INDEX}:{line}:")
        ]
        return (
            story.read(INDEX).split("\n")[line - 1],
            [item.partition(": ")[2] for item in left],
            said,
        )

    return fix


NEWEST = '''

def newest(data: Data) -> Quantity:
    """The last month of the table."""
    row = max(data["trade"].rows, key=lambda row: row["year"])
    period = Period.parse(f"{row['year']}-12")
    return Quantity(Decimal(period.last), Decimal(0), "", frozenset([row]), "month", period=period)
'''

REPAIRED = [
    (
        "By then trade was [$240.1 billion](fact:total/latest).",
        "By then trade was [$250.0 billion](fact:total/latest).",
    ),
    (
        (
            "In [December 2023](fact:newest) trade came to [$240"
            " bn](fact:month_total/latest)."
        ),
        (
            "In [December 2024](fact:newest) trade came to [$250"
            " bn](fact:month_total/latest)."
        ),
    ),
    (
        (
            "In [December 2023](fact:newest) trade came to [$200–$300"
            " billion](fact:month_total/latest)."
        ),
        (
            "In [December 2024](fact:newest) trade came to [$200–$300"
            " billion](fact:month_total/latest)."
        ),
    ),
]


@pytest.mark.parametrize(("before", "after"), REPAIRED)
def test_fix_writes_the_newest_number_and_a_date_that_is_a_link(grown, before, after):
    """A sentence whose times are links, or that has none, needs no person; a date is
    written as it was.
    """
    assert grown(before)[:2] == (after, [])


KEPT = [
    "In 2023 trade came to [$240.1 billion](fact:total/{}).",
    "Trade came to [about $240 billion](fact:total/{}), by our count for 2023.",
    "In 2023 trade was [larger](claim:more/total.{}/total.2022) than in 2022.",
    (
        "In 2023 trade came to [$240.1 billion](fact:total/{}), after [$190.3"
        " billion](fact:total/2022) in 2022."
    ),
]


@pytest.mark.parametrize("sentence", KEPT)
def test_a_sentence_that_names_its_time_keeps_the_figure_of_that(grown, sentence):
    """Whether or not the newer figure would have contradicted it: the time is written
    in place of ``latest``, and no number.
    """
    line, left, said = grown(sentence.format("latest"))

    assert (line, left) == (sentence.format("2023"), [])
    assert "latest" in said


def test_fix_writes_no_number_beside_a_date_that_it_would_contradict(story):
    """Where the figure of the named time is another, both are left to a person."""
    sentence = "In 2023 trade came to [$245.1 billion](fact:total/latest)."
    line = append_paragraph(story, sentence)
    story.write(TABLE, story.read(TABLE) + NEWER)

    story.run("fix")

    assert story.read(INDEX).split("\n")[line - 1] == sentence
    left = [
        item for item in list_problems(story) if item.startswith(f"{INDEX}:{line}:")
    ]
    assert any(item.endswith("of 2024; latest is now 2024") for item in left)
