"""Where a number comes from, and each sentence beside what it rests on."""

from __future__ import annotations

from decimal import Decimal

import pytest

from press.binding.facts import FactError
from press.desk.explain import beside_data, explain
from press.period import Period
from press.quantity import Quantity, value
from tests.engine.bindings import CHART, INDEX, STORY, add, bound_of

FACTS = "content/en/facts.toml"
NEW = "A new one needs a function in story/ and its name in __all__."
KNOWN = "flow, growth, limit, month_total, partner, passed, share, total"


@pytest.fixture
def story(make_project):
    """Return a small story in which every scheme is bound."""
    return make_project(overlay=STORY)


def reading(project):
    """Return what ``check --read`` says before it builds."""
    bound = bound_of(project)
    return list(beside_data(bound.texts.languages[0], bound.ledgers["en"], bound.facts))


def test_a_fact_is_explained_from_its_rows_up(story):
    """Value, precision, formula with its places filled, rows with file and line, sources, and every use."""
    outcome = story.run("explain", "share/import/2023")

    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.split("\n") == [
        "share/import/2023",
        "  label      Part of imports in 2023",
        "  formula    imports in 2023 by trade in 2023",
        "  value      53.78368248 percent",
        "  precision  known to 0.00640472 percent",
        "  kind       share",
        "  period     2023",
        "  subject    import",
        "  rows",
        (
            "    data/trade.csv:9: year 2023; flow import; value_usd_million 129140; precision_usd_million 10; "
            "source_ids beta-2024"
        ),
        (
            "    data/trade.csv:10: year 2023; flow total; value_usd_million 240110; precision_usd_million 10; "
            "source_ids beta-2024"
        ),
        "  sources",
        "    one source only",
        "    beta-2024: Beta, Trade of 2023, 2024-03-07, https://beta.example/2024",
        "  used in",
        f"    {INDEX}:21:44: about 54%",
        "",
    ]


def test_a_change_says_that_it_is_signed_and_what_it_is_counted_from(story):
    """A sentence needs a sign for it, and may name its base; several sources are no single one."""
    lines = list(explain(bound_of(story), "fact:growth/2023"))

    assert "  kind       change, signed" in lines
    assert "  period     2023; a sentence may also name 2022" in lines
    assert [
        line.strip().partition(":")[0] for line in lines[lines.index("  sources") + 1 : lines.index("  used in")]
    ] == [
        "alpha-2023",
        "beta-2023",
        "beta-2024",
    ]


def test_uses_in_claims_are_uses(story):
    """A fact that a claim compares is used where the claim stands."""
    lines = list(explain(bound_of(story), "total/2023"))
    column = story.read(INDEX).split("\n")[6].index("more](claim") + 1

    assert f"    {INDEX}:7:{column}: more" in lines
    assert f"    {CHART}:2:25: more each year" in lines
    assert len(lines) - lines.index("  used in") - 1 == 8


def test_a_fact_that_no_text_uses_says_so(story):
    """It can be asked for before anything is written."""
    assert list(explain(bound_of(story), "total/2021"))[-1].startswith(f"    {CHART}:15:")
    assert list(explain(bound_of(story), "flow/import/2021"))[-2:] == ["  used in", "    no text"]


def test_a_year_is_told_as_a_year(story):
    """Kinds that count time are not shown as numbers with decimals."""
    month = Quantity(Decimal(Period.parse("2023-11").first), Decimal(0), "", frozenset(), "month")

    assert "  value      2023" in list(explain(bound_of(story), "passed"))
    assert value(month) == "2023-11"


def test_the_strength_of_a_source_is_told(story):
    """What a table of sources knows of strength and ownership stands behind each source."""
    text = story.read("data/sources.toml")
    field = '\n[[schema.fields]]\nname = "{}"\ntype = "{}"\ntitle = "T"\ndescription = "D"\n'
    story.write("data/sources.toml", text + field.format("strength", "string") + field.format("state_media", "boolean"))
    head, *rows = story.read("data/sources.csv").splitlines()
    ends = ["primary,false", "primary,false", "secondary,true", "secondary,true"]
    rows = [f"{row},{end}" for row, end in zip(rows, ends, strict=True)]
    story.write("data/sources.csv", "\n".join([f"{head},strength,state_media", *rows, ""]))

    lines = list(explain(bound_of(story), "growth/2023"))

    assert [line.rpartition(" (")[2] for line in lines if "example/" in line] == [
        "primary)",
        "secondary, state media or a copy)",
        "secondary, state media or a copy)",
    ]


@pytest.mark.parametrize("words", ["Trade in {yaer}", "Trade in {", "Trade } {}", "{year.real:x}"])
def test_a_slip_in_the_words_of_a_fact_hides_nothing(story, words):
    """A place that is no parameter, or a lone brace, stays as it is written, in both verbs that show it."""
    story.replace(FACTS, 'label = "Trade in {year}"', f'label = "{words}"')

    assert f"  label      {words}" in story.run("explain", "total/2023").out
    assert f"{words} = 240110 USD million" in "\n".join(reading(story))


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (
            "totl/2023",
            f'there is no fact "totl"\n    hint: did you mean total or month_total? {NEW}\n',
        ),
        ("total", "found total, expected total/YEAR\n"),
        (
            "total/2019",
            ("the tables have no figure for total/2019\n    hint: the nearest are total/2021\n"),
        ),
        (
            "x",
            f'there is no fact "x"\n    hint: there are: {KNOWN}. {NEW}\n',
        ),
    ],
)
def test_a_wrong_name_is_explained(story, wanted, told):
    """The exit status is 1, with the message that a text would get."""
    outcome = story.run("explain", wanted)

    assert (outcome.status, outcome.out, outcome.err) == (1, "", told)


def test_without_a_name_all_facts_are_listed(story):
    """Each as authors write it, beside its label; one without words alone."""
    story.replace(FACTS, "[limit]", "[limits]")
    lines = story.run("explain").out.split("\n")

    assert [line.split() for line in lines[:3]] == [
        ["flow/NAME/YEAR", "The", "{name}", "of", "{year}"],
        ["growth/YEAR", "Change", "of", "trade", "in", "{year}"],
        ["limit"],
    ]
    assert len(lines) == 9


def test_a_wrong_name_raises_before_a_line_is_written(story):
    """Nothing is said of a fact that is none."""
    with pytest.raises(FactError):
        next(explain(bound_of(story), "total/23"))


def test_reading_sets_each_sentence_beside_its_data(story):
    """Each sentence once, below it every binding with its verdict, label, value and sources."""
    lines = reading(story)
    start = lines.index(f"{INDEX}:6:1: In 2023 trade rose by 26.2% to $240.1 billion, more than in 2022.")
    sources = "[alpha-2023, beta-2023, beta-2024]"

    assert lines[start - 1 : start + 5] == [
        "",
        lines[start],
        f'  proved   "rose by 26.2%": fact:growth/2023: Change of trade in 2023 = 26.19369215 percent {sources}',
        '  proved   "$240.1 billion": fact:total/2023: Trade in 2023 = 240110 USD million [beta-2024]',
        (
            '  proved   "more": claim:more/total.2023/total.2022: Trade in 2023 = 240110 USD million; '
            f"Trade in 2022 = 190271 USD million {sources}"
        ),
        "",
    ]
    assert '  cited    "hoped for more": said:hope-2023 [beta-2024]' in lines
    assert '  defined  "mirror statistics": term:mirror-statistics' in lines


def test_reading_lists_what_a_person_should_look_at(story):
    """Loose comparisons, times that serve no number, and each exception with its reason."""
    lines = reading(story)
    look, excepted = lines.index("for a person to look at:"), lines.index("excepted:")

    assert 'content/en/404.md:6:15: "first": a comparison that no link proves' in lines[look:excepted]
    assert lines[excepted + 1 : excepted + 5] == [
        f"{INDEX}:21:1: 7 or 8 (an example of rounding, no figure)",
        f"{INDEX}:21:6: 7 or 8 (an example of rounding, no figure)",
        f"{CHART}:6:11: 7 or 8 (an example of rounding, no figure)",
        f"{CHART}:6:16: 7 or 8 (an example of rounding, no figure)",
    ]


def test_reading_shows_what_is_false_as_well(story):
    """A false sentence stands among the others, marked; the problems follow."""
    add(story, "In 2023 trade came to [$241.9 billion](fact:total/2023).")

    outcome = story.run("check", "--read")

    assert '  false    "$241.9 billion": fact:total/2023: Trade in 2023 = 240110 USD million [beta-2024]' in outcome.out
    assert (outcome.status, outcome.problems.startswith(f'{INDEX}:26:24: found "$241.9 billion"')) == (1, True)


def test_many_sources_are_cut_short(story):
    """A line names three sources, and says that there are more."""
    add(story, "From 2021 to 2023 trade went up, [more](claim:more/growth.2023/growth.2022) in 2023 than in 2022.")

    assert "[alpha-2022, alpha-2023, beta-2023, …]" in "\n".join(reading(story))
