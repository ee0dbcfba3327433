"""``make mutate`` changes what it should, finds a check that is switched off, and knows why a mutant is true."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

import pytest

import build
from press.binding import paragraph, truth
from press.binding.facts import Fact, Facts
from press.binding.statements import statement
from press.quantity import UnknownNameError
from press.reading.lexicon import Dimension
from press.reading.text import Link, Span, Text
from tests.engine.bindings import bound_of, story_at
from tests.engine.project import story_in
from tests.engine.wording import ENGLISH, GERMAN, figure
from tools import mutants, mutate, oracle


def made(kind, words, scheme="fact", lexicon=ENGLISH):
    """Return what the words of a binding become by the changes of one kind."""
    link = Link(0, len(words), 0, len(words), f"{scheme}:name")
    return [item.new for item in mutants.of_words(link, words, lexicon) if item.kind == kind]


def text_of(value):
    return Text("content/en/page.md", value, 0, 1, value, "text", markdown=True)


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    """What holds texts to the facts of the small story, in words that know two countries."""
    bound = bound_of(story_at(tmp_path_factory.mktemp("mutate") / "story"))
    return mutate.Reader(replace(bound.texts.languages[0], lexicon=ENGLISH), bound.facts)


@pytest.fixture
def said(tables):
    """Return a function that returns a statement by its id."""
    data = tables(
        statements=("id", "id,said_on", "goal,2019-09-17", "shares,2024-09-04", "cars,2024-01-12"),
        statement_figures=(
            "statement,ordinal",
            "statement,ordinal,what,low,high,unit,qualifier",
            "goal,1,trade aimed at,200000,200000,USD million,none",
            "goal,2,deadline,2024,2024,year,none",
            "shares,1,of one before,47,47,percent,none",
            "shares,2,of one after,11,11,percent,none",
            "shares,3,of the other before,11,11,percent,none",
            "shares,4,of the other after,34,34,percent,none",
            "shares,5,length of the period,10,10,years,none",
            "cars,1,sent,840000,840000,count,none",
        ),
    )
    return lambda name: statement(data, name)


# ---- The words of a binding


@pytest.mark.parametrize(
    ("kind", "words", "expected"),
    [
        ("digit", "$18.9", ["$08.9", "$28.9", "$98.9", "$10.9", "$17.9", "$19.9", "$18.0", "$18.8"]),
        ("digits swapped", "18.99", ["81.99", "19.89"]),
        ("decimal dropped", "4.25%", ["4%", "4.2%"]),
        ("decimal added", "4.2%", ["4.20%"]),
        ("decimal added", "$200 billion", ["$200.0 billion"]),
        ("decimal added", "3–4 years", ["3.0–4 years", "3–4.0 years"]),
        ("decimal mark moved", "18.9", ["1.89", "189", "18,9"]),
        ("decimal mark moved", "200", ["20.0"]),
        ("grouping removed", "1,234.5", ["1234.5"]),
        ("direction turned", "rose by 4%", ["fell by 4%", "flat by 4%"]),
        ("direction turned", "4% more", ["4% less", "4% flat"]),
        ("direction turned", "three years late", ["three years early", "three years flat"]),
        ("direction turned", "more than 4%", []),
        ("direction turned", "from 11% up to 34%", ["from 11% down to 34%", "from 11% flat to 34%"]),
        ("hedge changed", "from 11% up to 34%", []),
        ("direction dropped", "grew by 4%", ["by 4%"]),
        ("sign turned", "−4%", ["+4%", "4%"]),
        ("sign added", "up $4", ["up −$4"]),
        ("unit changed", "4.1 trillion euros", [
            f"4.1 trillion {unit}" for unit in (
                "dollars", "yuan", "roubles", "percentage points", "percent", "years", "months", "times", "tonnes",
                "cubic metres", "barrels",
            )
        ]),
        ("unit changed", "$4 billion", ["¥4 billion", "₽4 billion", "€4 billion"]),
        ("currency dropped", "$4 billion", ["4 billion"]),
        ("unit dropped", "up 4%", ["up 4"]),
        ("scale changed", "$4bn", ["$4thousand", "$4million", "$4trillion"]),
        ("scale dropped", "4 billion dollars", ["4 dollars"]),
        ("hedge dropped", "rose by about 4%", ["rose by 4%"]),
        ("number word", "three years late", ["two years late", "four years late"]),
        ("number word", "a year early", ["two year early"]),
        ("number word", "two fifths", []),
        ("fraction", "up a third", ["up three tenths", "up seven in twenty"]),
        ("multiple", "grew fivefold", ["grew fourfold", "grew sixfold"]),
        ("ordinal", "second", ["first", "third"]),
        ("month", "January 2026", ["December 2026", "February 2026"]),
    ],
)  # fmt: skip
def test_words_are_changed(kind, words, expected):
    """Each kind of change makes all that it should, and nothing where there is nothing to change."""
    assert made(kind, words) == expected


def test_units_of_two_parts_are_exchanged_among_themselves():
    """A barrel becomes a tonne, and never a percent."""
    assert "$68 a tonne" in made("unit changed", "$68 a barrel")
    assert "$68 percent" not in made("unit changed", "$68 a barrel")


@pytest.mark.parametrize(
    ("kind", "words", "count"),
    [("hedge added", "up 4%", 9), ("hedge changed", "up about 4%", 8), ("hedge added", "up about 4%", 0)],
)
def test_hedges_of_every_class_are_tried(kind, words, count):
    """One hedge of each class is added where there is none, or takes the place of the one that there is."""
    found = made(kind, words)
    classes = {ENGLISH.hedges[hedge] for item in found for hedge in [item[len("up ") :].removesuffix(" 4%")]}

    assert len(found) == len(classes) == count


def test_hedges_stand_before_the_number_and_its_currency():
    """A hedge is added where a writer would put it."""
    assert "rose by about $4 billion" in made("hedge added", "rose by $4 billion")


def test_comparators_of_every_other_class_are_tried_and_none():
    """The comparison of a claim is turned into each other one, and left out."""
    found = made("comparator", "fell again", "claim")
    classes = [ENGLISH.comparators[item.removesuffix(" again")] for item in found if item != "again"]

    assert sorted(classes) == sorted(set(ENGLISH.comparators.values()) - {"less"})
    assert "again" in found


@pytest.mark.parametrize(
    ("kind", "words", "scheme", "expected"),
    [
        ("unit changed", "risen each year", "claim", ["risen each month"]),
        (
            "quoted word",
            "named “a big goal”",
            "said",
            [
                f"named “{words}”"
                for words in (
                    "otherwise big goal",
                    "a otherwise goal",
                    "a big otherwise",
                )
            ],
        ),
        ("hedge added", "named the goal", "said", []),
        ("digit", "the 2nd page", "source", []),
        ("digit", "the 2nd page", "term", []),
    ],
)
def test_schemes_have_changes_of_their_own(kind, words, scheme, expected):
    """A claim's series gets other steps, the words of a quotation are others, what only cites is left alone."""
    assert made(kind, words, scheme) == expected


def test_numbers_have_the_marks_of_their_language():
    """A German number has its decimal mark moved as Germans write it."""
    assert made("decimal mark moved", "18,9 Milliarden", lexicon=GERMAN) == [
        "1,89 Milliarden",
        "189 Milliarden",
        "18.9 Milliarden",
    ]


# ---- The target of a binding


@pytest.fixture
def facts(tables, tmp_path):
    """Facts with a year, a month, a flow that may be left out, and a name."""

    def total(_data, year: int, _flow: Literal["total", "export"] = "total"):
        return figure(year)

    def to_month(_data, month: str):
        return figure(len(month))

    def target(_data, goal: str):
        if goal not in {"a", "b", "c"}:
            raise UnknownNameError(goal, {"a", "b", "c"})
        return figure(1)

    functions = {"total": total, "to_month": to_month, "target": target}
    return Facts(tmp_path, tables(statements=("id", "id", "s1", "s2", "s3")), functions)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("fact:total/2023", ["total/2022", "total/2024", "total/2023/export"]),
        ("fact:total/2023/export", ["total/2022/export", "total/2024/export", "total/2023/total"]),
        ("fact:to_month/2023-12", ["to_month/2022-12", "to_month/2023-11", "to_month/2024-01", "to_month/2024-12"]),
        ("fact:target/b", ["target/a", "target/c"]),
        ("claim:crossed/target.a/target.c", [
            "crossed/target.c/target.a", "crossed/target.b/target.c", "crossed/target.a/target.b",
        ]),
        ("claim:every/more/target.a", ["every/more/target.b"]),
        ("said:s2", ["s1", "s3"]),
        ("source:s2", []),
    ],
)  # fmt: skip
def test_targets_are_changed_to_their_neighbours(facts, target, expected):
    """The year before and after, the month, the other flow, the names beside, and the operands changed about."""
    assert [new.partition(":")[2] for _, new in mutants.of_target(target, facts)] == expected


# ---- The words around


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("In 2023 it passed [2022](fact:total/2022).", ["year: 2022", "year: 2024"]),
        ("It was May, and it may be.", ["month: April", "month: June"]),
        ("Arden’s Exports grew", ["country: Borsia", "flow: Imports", "rose or fell: shrank"]),
        ("It was Ardense, and Borsian.", ["country: Ardense", "country: Borsian"]),
        ("a second time", ["first or second: first"]),
        ("a year earlier", ["early or late: later"]),
        ("[rose](claim:more/total.2023/total.2022) [4%](fact:growth/2023)", ["rose or fell: fell"]),
        ("It cost $2000 and 2000 more.5", ["more or less: fewer", "more or less: less", "year: 1999", "year: 2001"]),
        ("`in 2023`", []),
    ],
)
def test_words_around_bindings_are_changed(value, expected):
    """Times, countries, flows and words that turn a sentence round; none in facts, code or targets."""
    text = text_of(value)
    found = mutants.of_context(text, Span(0, len(value)), ENGLISH)

    assert sorted(f"{item.kind}: {item.new}" for item in found) == expected


TOLD_APART = Dimension(
    "goods", {"coal": frozenset({"coal"}), "wood": frozenset({"wood"})}, {"coal": "coal", "wood": "wood"}
)
ELSEWHERE = Dimension("country", {"corland": frozenset({"else"})}, {"else": "Corland"})


def test_what_makes_another_thing_of_a_figure_is_tried():
    """Other goods, a country elsewhere, a denial before a figure or a comparison, a rate behind a figure."""
    value = "Arden [sold](claim:more/coal.2023/coal.2022) coal for [$5](fact:coal/2023)."
    lexicon = replace(ENGLISH, dimensions=(TOLD_APART, ELSEWHERE))
    found = mutants.of_meaning(text_of(value), Span(0, len(value)), lexicon)

    assert [f"{item.kind}: {value[: item.start][-5:]}|{item.new}" for item in found] == [
        "country elsewhere: |Corland",
        "failed to: rden |failed to ",
        "never: rden |never ",
        "goods: 022) |wood",
        "failed to:  for |failed to ",
        "never:  for |never ",
        "every month: 2023)| every month",
    ]


# ---- Which rule lets words pass


@pytest.mark.parametrize(
    ("words", "about", "expected"),
    [
        ("$228 billion", {"value": "228.1"}, oracle.RULES[""]),
        ("$229 billion", {"value": "228.1"}, None),
        ("$228.0 billion", {"value": "228.0", "precision": "1"}, None),
        ("$0228 billion", {"value": "228"}, None),
        ("about $230 billion", {"value": "228.1"}, oracle.RULES["about"]),
        ("about $200 billion", {"value": "228.1"}, None),
        ("more than $200 billion", {"value": "228.1"}, oracle.RULES["over"]),
        ("more than $230 billion", {"value": "228.1"}, None),
        ("more than $100 billion", {"value": "228.1"}, None),
        ("at least $100 billion", {"value": "228.1"}, None),
        ("just over $210 billion", {"value": "228.1"}, None),
        ("nearly $250 billion", {"value": "228.1"}, None),
        ("less than $400 billion", {"value": "228.1"}, None),
        ("up to $400 billion", {"value": "228.1"}, None),
        ("nearly $230 billion", {"value": "228.1"}, oracle.RULES["just_under"]),
        ("just over $220 billion", {"value": "228.1"}, oracle.RULES["just_over"]),
        ("at least $228.1 billion", {"value": "228.1"}, oracle.RULES["at_least"]),
        ("up to $228.1 billion", {"value": "228.1"}, oracle.RULES["at_most"]),
        ("less than $230 billion", {"value": "228.1"}, oracle.RULES["under"]),
        ("$228.1 million", {"value": "228.1"}, None),
        ("€228.1 billion", {"value": "228.1"}, None),
        ("228.1 billion", {"value": "228.1"}, None),
        ("up $228.1 billion", {"value": "228.1"}, None),
        ("fell to −$228.1 billion", {"value": "228.1", "change": figure("-3")}, None),
        ("fell to $228.1 billion", {"value": "228.1", "change": figure("-3")}, oracle.RULES[""]),
        ("rose to $228.1 billion", {"value": "228.1", "change": figure("-3")}, None),
        ("down 9%", {"value": "-9.2", "unit": "percent", "signed": True}, oracle.RULES[""]),
        ("up 9%", {"value": "-9.2", "unit": "percent", "signed": True}, None),
        ("9%", {"value": "-9.2", "unit": "percent", "signed": True}, None),
        ("9 to 10% less", {"value": "-9.2", "unit": "percent", "signed": True}, oracle.BETWEEN),
        ("8 to 9% less", {"value": "-9.2", "unit": "percent", "signed": True}, None),
        ("−9 to 10% less", {"value": "-9.2", "unit": "percent", "signed": True}, None),
        ("36 to 39%", {"value": "37.5", "unit": "percent", "low": "36.1", "high": "39.1"}, oracle.BETWEEN),
        ("36 to 40%", {"value": "37.5", "unit": "percent", "low": "36.1", "high": "39.0"}, None),
        ("a third", {"value": "33.5", "unit": "percent"}, oracle.RULES[""]),
        ("a quarter", {"value": "33.5", "unit": "percent"}, None),
        ("fivefold", {"value": "5.1", "unit": "", "kind": "multiple"}, oracle.RULES[""]),
        ("three", {"value": "3", "unit": "", "kind": "count"}, oracle.RULES[""]),
        ("4", {"value": "3.6", "unit": "", "kind": "count"}, None),
    ],
)  # fmt: skip
def test_the_second_opinion_names_the_rule(words, about, expected):
    """Words that are true have the rule of their hedge, words that are not have none."""
    found = oracle.rule(words, figure(**about), ENGLISH)

    assert (found and found.number) == expected


@pytest.mark.parametrize(
    ("words", "about", "part", "expected"),
    [
        ("228 billion", {"value": "228.1"}, "unit", oracle.INHERITED),
        ("−9% less", {"value": "-9.2", "unit": "percent", "signed": True}, "direction", oracle.AGREES),
        ("fell", {"value": "-9.2", "unit": "percent", "signed": True}, "direction", oracle.ALONE),
        ("$228 billion", {"value": "228.1"}, "direction", oracle.LEVEL),
    ],
)
def test_the_second_opinion_names_what_may_be_left_out(words, about, part, expected):
    """A unit that stands before, a sign beside its direction, a direction alone, a level without one."""
    assert getattr(oracle.rule(words, figure(**about), ENGLISH, ("USD",)), part) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("passed $200 billion", oracle.RULES[""]),
        ("passed $201 billion", ""),
        ("passed about $200 billion", oracle.RULES["about"]),
        ("nearly passed", ""),
    ],
)
def test_the_second_opinion_reads_claims(words, expected):
    """A number in a claim is an operand's; no rule lets a hedge stand beside the comparison alone."""
    operands = (Fact("total", ("2023",), figure("240.1")), Fact("goal", (), figure("200", kind="constant")))

    assert oracle.rule_of_claim(words, operands, ENGLISH) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("backed $200 billion by 2024", oracle.SAID),
        ("backed about $200 billion by 2024", oracle.SOFTENED),
        ("backed nearly $200 billion by 2024", ""),
        ("backed $000 billion by 2024", ""),
        ("backed $201 billion by 2024", ""),
        ("backed −$200 billion by 2024", ""),
        ("backed $200 billion by 2024.0", ""),
        ("backed $200 million by 2024", ""),
        ("backed €200 billion by 2024", ""),
        ("backed 200 billion tonnes by 2024", ""),
        ("backed 200 billion dollars by 2024", oracle.SAID),
    ],
)
def test_the_second_opinion_reads_statements(said, words, expected):
    """Each number is a figure of the statement or its year as written; "about" alone may soften it."""
    assert oracle.rule_of_statement(words, said("goal"), ENGLISH) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("from 47% down to 11%", oracle.SAID),
        ("from 47% up to 11%", ""),
        ("from 11% down to 34%", ""),
        ("from 11 to 34%", oracle.SAID),
        ("from 11% to 34 barrels", ""),
        ("from 11 dollars to 34%", ""),
        ("looked back ten", oracle.SAID),
    ],
)
def test_the_second_opinion_reads_two_figures_of_a_statement(said, words, expected):
    """Two figures of a statement go the way of the word between them, and each has its unit."""
    assert oracle.rule_of_statement(words, said("shares"), ENGLISH) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("840,000 vehicles", oracle.SAID),
        ("about 840,000 vehicles", oracle.SOFTENED),
        ("840,000 tonnes", ""),
        ("841,000 vehicles", ""),
    ],
)
def test_the_second_opinion_reads_counts_of_a_statement(said, words, expected):
    """What is only counted has no unit that anybody writes."""
    assert oracle.rule_of_statement(words, said("cars"), ENGLISH) == expected


def fact(name, value, *arguments):
    return Fact(name, arguments, figure(value))


@pytest.mark.parametrize(
    ("comparator", "operands", "expected"),
    [
        ("every", (fact("total", 1, "2021"), fact("total", 2, "2023")), ""),
        ("every", (fact("total", 2, "2023"), fact("total", 1, "2021")),
         "a claim over no time at all: its end is before its beginning"),
        ("every", (fact("total", 1, "2021"), fact("total", 2, "2023", "export")),
         "a claim that compares one series and names another"),
        ("every", (fact("total", 1, "2021", "import"), fact("total", 2, "2023", "export")),
         "a claim that compares one series and names another"),
        ("most", (fact("part", 6, "2023"), fact("whole", 9, "2023")), ""),
        ("most", (fact("whole", 9, "2023"), fact("part", 6, "2023")), "a part that is more than its whole"),
        ("equal", (fact("total", 9, "2023"), fact("total", 9, "2023")), "a figure compared with itself"),
        ("more", (fact("total", 9, "2023"), fact("total", 6, "2022")), ""),
        ("highest", (fact("total", 9, "2023"),), ""),
    ],
)  # fmt: skip
def test_claims_that_cannot_fail_are_told(comparator, operands, expected):
    """A changed target may make a claim that says nothing: over no time, of two series, of a figure and itself."""
    assert mutate.says_nothing(comparator, operands) == expected


# ---- A whole story


INDEX, CHART = "content/en/index.md", "content/en/charts/totals.md"
CLAIM = "Trade came to [more each year](claim:every/more/total.2021/total.2023)"
YEAR = (mutate.CONTEXT, INDEX, "year")
AMOUNT = "Trade came to [more than $100 billion](fact:total/2022)"
BARS = "The bars go from [$146.9 billion](fact:total/2021) to [$240.1 billion](fact:total/2023)."


ALSO_TRUE = (
    (
        "content/en/index.md:7:40: target: year: [more than $100 billion](fact:total/2022) → (fact:total/2021); "
        "total/2021 146886.9 ± 0.05 USD million; as written: total/2022 190271 ± 0.5 USD million"
    ),
    "also true of total of another time, flow or name",
)


@pytest.fixture
def story(project):
    """The small story with one binding, a figure in a sentence that names its year."""
    project.replace(CHART, CLAIM, "Trade by year")
    project.replace(CHART, BARS, "A bar for each total.")
    return project


@pytest.fixture
def tried(story):
    """Return a function that tries every mutant of the small story as it stands then."""

    def run():
        bound = build.bind(story.root, lambda _: None, story_in(story.root))
        return [item for language in bound.texts.languages for item in mutate.tried(language, bound.facts)]

    return run


def test_every_changed_number_is_caught(tried):
    """No change to the number of the small story's binding passes, but for the coarser one and hedges that are true."""
    survivors = [item for item in tried() if item.group == mutate.WORDS and item.fate != mutate.CAUGHT]

    assert {item.kind for item in survivors} == {"decimal dropped", "hedge added"}
    assert {item.fate for item in survivors} == {mutate.ALLOWED}
    assert [str(item) for item in survivors if item.kind == "decimal dropped"] == [
        "content/en/index.md:7:24: decimal dropped: [$240.1 billion] → [$240 billion] (fact:total/2023)"
    ]


def test_a_check_that_is_switched_off_is_found(tried, monkeypatch):
    """Where figures are no longer compared, changed digits, signs and scales survive, and no rule is named for them."""
    monkeypatch.setattr(truth, "check", lambda _: None)
    wrong = {item.kind for item in tried() if item.fate == mutate.WRONG}

    kinds = {"digit", "digits swapped", "decimal added", "scale dropped", "currency dropped", "sign added"}
    assert wrong >= kinds


def test_an_unheld_sentence_is_found(tried, monkeypatch):
    """Where sentences are no longer held to the time of their figures, a changed year survives."""
    held = {item.fate for item in tried() if (item.group, item.path, item.kind) == YEAR}
    monkeypatch.setattr(paragraph, "period_fault", lambda *_: None)
    unheld = {item.fate for item in tried() if (item.group, item.path, item.kind) == YEAR}

    assert (held, unheld) == ({mutate.CAUGHT}, {mutate.ALLOWED})


def test_another_year_of_the_same_words_is_told_with_both_figures(tried, story):
    """Words that are true of the year before as well say so, with what both figures are."""
    story.replace(INDEX, "In 2023 trade came to [$240.1 billion](fact:total/2023)", AMOUNT)
    found = [item for item in tried() if item.group == mutate.TARGET and item.fate != mutate.CAUGHT]

    assert [(str(item), item.why) for item in found] == [ALSO_TRUE]


def test_false_bindings_are_left_alone(tried, story):
    """A binding that is false as it stands has no mutants: they would be caught for what was wrong before."""
    story.replace(INDEX, "$240.1 billion", "$241.1 billion")

    assert mutate.WORDS not in {item.group for item in tried()}


def test_what_was_wrong_before_catches_nothing(tried, story):
    """A mutant beside an older mistake is caught only by what it adds."""
    story.replace(INDEX, "In 2023 trade", "In 2023, of 17, trade")
    found = [item for item in tried() if item.kind == "decimal dropped"]

    assert [item.fate for item in found] == [mutate.ALLOWED]


def test_the_status_tells_whether_something_survived(story, monkeypatch, capsys):
    """The tool returns 0 where all is caught or allowed, 1 where a number survives, and sums up in its last line."""

    def bind(root, report):
        return build.bind(root, report, story_in(root))

    whole = mutate.main(story.root, bind)
    last = capsys.readouterr().out.splitlines()[-1]
    monkeypatch.setattr(truth, "check", lambda _: None)
    broken = mutate.main(story.root, bind)
    lines = capsys.readouterr().out.splitlines()

    assert (whole, broken) == (0, 1)
    assert re.fullmatch(
        r"\d+ mutants of 1 bindings: \d+ caught, \d+ true all the same, 0 survived that no rule allows\. "
        r"\d+ changed words around bindings: \d+ caught, \d+ survived\. \d+ seconds\.",
        last,
    )
    assert "  no rule, fact: digit (12)" in lines


# ---- Why a word around a binding may change


@pytest.mark.parametrize(
    ("value", "kind", "reason"),
    [
        ("It stood so in 2023.", "year", "no figure is bound in its sentence; build.py read shows the time"),
        ("The goal of 2019 was [$200 billion](fact:limit).", "year",
         "the figures of its sentence have no time of their own"),
        ("Trade grew.", "rose or fell", "a comparison that no claim proves: build.py read shows it"),
        ("A first step.", "first or second", "a comparison that no claim proves: build.py read shows it"),
        ("After that came [$240.1 billion](fact:total/2023) of trade.", "before or after",
         "a word beside figures that no rule reads"),
        ("After that.", "before or after", "no figure is bound in its sentence"),
        ("Borsia named [$200 billion](fact:limit).", "country",
         "the figures of its sentence have no flow"),
        ("Trade with Borsia came to [$240.1 billion](fact:total/2023).", "country",
         "trade in both directions: no word says who sells"),
        ("Arden’s sales of cars to Borsia came to [$111.0 billion](fact:flow/export/2023).", "country",
         "the flow of the figures is told by other words, or by none"),
        ("All exports to Borsia came to [$111.0 billion](fact:flow/export/2023).", "flow",
         "exports from a country and imports from it are one flow"),
        ("Sales abroad.", "flow", "no figure is bound in its sentence"),
    ],
)  # fmt: skip
def test_survivors_around_bindings_have_a_reason(reader, value, kind, reason):
    """Each changed word that survives is told with what the sentence lacks."""
    found = mutate.of_paragraph(mutate.Paragraph(reader, text_of(value), ""))
    reasons = {item.why for item in found if item.group == mutate.CONTEXT and item.kind == kind}

    assert reason in reasons


def test_a_unit_may_be_left_out_after_another(reader):
    """The second figure of a sentence may leave out the unit of the first, and the survivor says that rule."""
    first, second = (
        "In 2023 trade came to [$240.1 billion](fact:total/2023)",
        "in 2022 to [$190.3 billion](fact:total/2022)",
    )
    found = mutate.of_paragraph(mutate.Paragraph(reader, text_of(f"{first}; {second}."), ""))
    survivors = [(item.column, item.why) for item in found if item.kind == "currency dropped" and item.why]

    assert survivors == [(len(first) + len("; in 2022 to [") + 1, oracle.INHERITED)]
