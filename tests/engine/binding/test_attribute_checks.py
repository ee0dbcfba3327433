"""What a sentence says of its figures: when, whose, of what; what stands beside their
links.
"""

import tomllib
from dataclasses import replace
from decimal import Decimal

import pytest

from press.binding.attribute_checks import find_attribute_faults_and_doubts
from press.binding.claims import Claim
from press.binding.comparators import COMPARATORS
from press.binding.facts import Fact
from press.binding.proof import Proof
from press.ground.period import Period
from press.ground.toml import TomlText
from press.quantity import Quantity
from press.reading.grammar import read_lexicon
from press.reading.sentence import read_sentences
from press.reading.text import Text
from tests.cases import load_cases
from tests.engine.sentences import list_faulty_words, read_cases
from tests.engine.wording import GRAMMAR, WORDS

CASES = load_cases(__file__)

DIMENSIONS = """
[word_classes]
southern = ["Borsian", "Borsia’s"]

[dimensions.goods]
assumed = ["all"]
coal = ["coal"]
wood = ["wood", "timber"]
"ores" = ["ores", "minerals"]
"salt" = ["salt", "minerals"]

[dimensions.count]
unnamed = ["Arden’s"]
"Arden’s" = ["Ardense count"]
"Borsia’s" = ["{southern} count"]

[dimensions.role]
goal = ["goal", "aim of"]
"""
BOTH = TomlText(WORDS.text + DIMENSIONS, "words.toml")
ENGLISH = read_lexicon(GRAMMAR, BOTH, tomllib.loads(BOTH.text))
LEVEL = Quantity(Decimal(5), Decimal(0), "USD", frozenset(), "money")
COAL = {"goods": "coal"}
OTHER_LIMIT = '"5" is fact:limit/250, but "so" beside it is a comparison with limit/200'
TABLE = "| year | exports from Arden | exports from Borsia |\n|---|--:|--:|\n"


def read(value, *figures, title=""):
    """Return what is wrong with the last link of a page that rests on figures, a doubt
    with a question mark before.
    """
    whole = Text("a.md", value, 0, 1, value, "text", is_markdown=True)
    paragraph = next(
        item
        for item in map(whole.make_paragraph, reversed(whole.blocks))
        if item.bindings
    )
    sentence = [
        item for item in read_sentences(paragraph, ENGLISH, title) if item.bindings
    ][-1]
    proof = Proof(
        "proved",
        tuple(Fact("sum", (str(number),), item) for number, item in enumerate(figures)),
    )
    found = find_attribute_faults_and_doubts(sentence, sentence.bindings[-1], proof)
    return [f"{'?' if fault.rank else '!'} {fault.message}" for fault in found]


@pytest.mark.parametrize(("sentence", "found"), read_cases("binding/around.txt"))
def test_what_a_sentence_says_of_a_figure_is_the_figures(sentence, found):
    """Another time or subject, a negation or a rate beside a figure is a problem, or
    where it is not sure a doubt.
    """
    assert (list_faulty_words(sentence) or ["-"]) == found


@pytest.mark.parametrize(("value", "about", "found"), CASES["values"])
def test_what_tells_a_figure_apart_is_named_beside_it(value, about, found):
    """Which goods, whose count, which role: named near the figure, unless it is what is
    assumed; nothing else is.
    """
    told = read(value, LEVEL.with_meaning(**{"kind": "money"} | about))

    assert all(found[:1] == each[:1] and found[2:].strip() in each for each in told)
    assert bool(told) is bool(found)


def test_a_title_names_a_value():
    """A figure in a chart's words is of what its title says."""
    assert (
        read(
            "It was [$5](fact:sum).",
            LEVEL.with_meaning("money", goods="coal"),
            title="What coal cost",
        )
        == []
    )


def test_a_comparison_is_held_to_what_its_figures_share():
    """Of coal against wood neither need be nearest; two figures of coal are told of
    coal.
    """
    both = [LEVEL.with_meaning("money", goods=goods) for goods in ("coal", "wood")]
    value = "Wood cost [more](claim:more/sum.2023/sum.2022)."

    assert read(value, *both) == []
    assert read(value, *both[:1] * 2) == [
        '! the sentence says "Wood", and "more" is of "coal"'
    ]


@pytest.mark.parametrize(
    ("claimed", "beside", "found"),
    [
        ("crossed/sum.2023/limit.200", "limit/250", [OTHER_LIMIT]),
        ("first/sum.2023/limit.200", "limit/250", [OTHER_LIMIT]),
        ("crossed/sum.2023/limit.200", "limit/200", []),
        ("crossed/sum.2023/limit.200", "sum/2023", []),
        ("more/sum.2023/limit.200", "limit/250", []),
        ("crossed/sum.2023.ardland/sum.2023.borsia", "sum/2023/ardland", []),
    ],
)
def test_the_threshold_linked_beside_a_comparison_is_its_own(claimed, beside, found):
    """A sum that passed 200 is not told as one that passed 250; who overtakes whom has
    a figure of either.
    """
    value = f"It was [so](claim:{claimed}) at [5](fact:{beside})."
    (sentence,) = read_sentences(
        Text("a.md", value, 0, 1, value, "text", is_markdown=True), ENGLISH
    )
    comparator, *operands = claimed.split("/")
    facts = tuple(
        Fact(name, (*arguments,), LEVEL)
        for name, *arguments in (each.split(".") for each in operands)
    )
    own = next(each for each in COMPARATORS if each.name == comparator)
    proof = Proof("proved", facts, Claim(own, (comparator,), "", facts))

    assert [
        fault.message
        for fault in find_attribute_faults_and_doubts(
            sentence, sentence.bindings[0], proof
        )
        if not fault.rank
    ] == found


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (f"{TABLE}| 2022 | [$5](fact:sum) | 6 |", "2022"),
        (f"{TABLE}| 2023 | 6 | [$5](fact:sum) |", "exports from Borsia"),
        ("| flow | 2022 |\n|---|---|\n| price | [$5](fact:sum) |", "2022"),
        ("| 2023 | wood |\n|---|---|\n| 2023 | [$5](fact:sum) |", "wood"),
        (f"{TABLE}| 2023 | [$5](fact:sum) | 6 |", ""),
        (f"{TABLE}2023 | [$5](fact:sum) | 6", ""),
        ("| flow | 2023 |\n|---|---|\n| exports from Arden | [$5](fact:sum) |", ""),
        ("| 2022 | 2023 |\n\n| [$5](fact:sum) |", ""),
    ],
)
def test_a_cell_stands_under_its_own_time_subject_and_goods(value, words):
    """What a cell leaves out is what the heads of its row and column say."""
    figure = replace(
        LEVEL, period=Period.parse("2023"), subject="export", dimensions=COAL
    )
    found = [told for told in read(value, figure) if "stands under" in told]

    assert [told.endswith(f'but stands under "{words}"') for told in found] == (
        [True] if words else []
    )
