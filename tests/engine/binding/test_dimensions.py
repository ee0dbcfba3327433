"""What tells figures apart is named beside them: which goods, whose count, in which prices."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from decimal import Decimal

import pytest
from babel import Locale

from press.binding.dimensions import dimension_fault
from press.binding.facts import Fact
from press.binding.lent import lent_fault
from press.binding.proof import Proof
from press.ground.period import Period
from press.ground.toml import Toml
from press.quantity import Quantity
from press.reading.lexicon import read_lexicon
from press.reading.sentence import sentences
from press.reading.text import Text
from tests.engine.wording import GRAMMAR, WORDS, figure

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
BOTH = Toml(WORDS.text + DIMENSIONS, "words.toml")
ENGLISH = read_lexicon(Locale("en"), GRAMMAR, BOTH, tomllib.loads(BOTH.text))


def proof(*figures):
    """Return the proof of a link that rests on figures."""
    return Proof("proved", tuple(Fact("sum", (str(number),), item) for number, item in enumerate(figures)))


def read(value, figures, find=dimension_fault, title=""):
    """Return what is wrong with the last link of a page that rests on figures."""
    whole = Text("a.md", value, 0, 1, value, "text", markdown=True)
    paragraph = next(item for item in map(whole.paragraph, reversed(whole.blocks)) if item.bindings)
    sentence = [item for item in sentences(paragraph, ENGLISH, title) if item.bindings][-1]
    return find(sentence, sentence.bindings[-1], proof(*figures))


COAL, SUM, GOAL = {"goods": "coal"}, {"goods": "coal + wood"}, {"role": "goal", "kind": "constant"}
BORSIAN = {"count": "Borsia’s"}
UNNAMED, NEAREST = (
    '"$5" is a figure of "{}", and neither the sentence nor its heading says so',
    "but the nearest words are",
)
NO_WOOD = '"$5" is no figure of "wood"'
CASES = [
    # A value is named in the sentence, the paragraph before, a heading, or the head of a row or column.
    ("In 2023 coal cost [$5](fact:sum).", COAL, ""),
    ("[$5](fact:sum) went into coal.", COAL, ""),
    ("Coal was dear. In 2023 it cost [$5](fact:sum).", COAL, ""),
    ("## What coal cost\n\nIt was [$5](fact:sum).", COAL, ""),
    ("## Coal {#coal}\n\n### In 2023\n\nIt was [$5](fact:sum).", COAL, ""),
    ("| year | coal |\n|---|---|\n| 2023 | [$5](fact:sum) |", COAL, ""),
    ("| year | 2023 |\n|---|---|\n| coal | [$5](fact:sum) |", COAL, ""),
    ("Wood cost [$4](fact:other), coal [$5](fact:sum).", COAL, ""),
    ("Did it cost [$5](fact:sum)?", COAL, ""),
    ("[$5](fact:sum)", COAL, ""),
    ("Trade was [$5](fact:sum).", COAL, UNNAMED.format("coal")),
    ("## Wood\n\nIt was [$5](fact:sum).", COAL, UNNAMED.format("coal")),
    # The nearest words are the figure's own.
    ("Wood cost [$5](fact:sum).", COAL, NEAREST),
    ("Coal was dear, and wood cost [$5](fact:sum).", COAL, NEAREST),
    ("Coal was dear. Wood cost [$5](fact:sum).", COAL, NEAREST),
    ("Coal cost [$4](fact:other), wood [$5](fact:sum).", COAL, NEAREST),
    # Words for some goods stand in no clause of a figure of all goods; in another clause they may.
    ("Trade in wood was [$5](fact:sum).", {}, NO_WOOD),
    ("Trade was [$5](fact:sum), in wood.", {}, NO_WOOD),
    ("Trade was [$5](fact:sum), most of it wood.", {}, ""),
    ("Of wood there was much, and trade was [$5](fact:sum).", {}, ""),
    ("Wood had been sold for [5](fact:sum).", {"kind": "count"}, ""),
    # One word may name several values, and a sum names all its parts.
    ("Minerals cost [$5](fact:sum).", {"goods": "ores"}, ""),
    ("Minerals cost [$5](fact:sum).", {"goods": "salt"}, ""),
    ("Minerals cost [$5](fact:sum).", COAL, NEAREST),
    ("Coal and wood cost [$5](fact:sum).", SUM, ""),
    ("Coal cost [$5](fact:sum).", SUM, UNNAMED.format("coal and wood")),
    # A value without a default needs no words; a threshold is named by its comparison.
    ("The goal was passed with [$5](fact:sum).", {}, ""),
    ("Trade was [$5](fact:sum).", GOAL, UNNAMED.format("goal")),
    ("Trade [passed](claim:crossed/sum.2023/limit) [$5](fact:limit).", GOAL, ""),
    ("Trade [passed](claim:crossed/sum.2023/mark) [$5](fact:limit).", GOAL, UNNAMED.format("goal")),
    # A class of words stands for each of them.
    ("By Borsia’s count trade was [$5](fact:sum).", BORSIAN, ""),
    ("By the Ardense count trade was [$5](fact:sum).", BORSIAN, NEAREST),
    ("Trade was [$5](fact:sum).", {"count": "Arden’s"}, ""),
]


@pytest.mark.parametrize(("value", "about", "message"), CASES)
def test_what_tells_a_figure_apart_is_named_beside_it(value, about, message):
    """Which goods, whose count, which role: named near the figure, unless it is what is assumed; nothing else is."""
    fault = read(value, [figure("5").said(**{"kind": "money"} | about)])

    assert message in fault.message if message else fault is None


def test_a_title_names_a_value():
    """A figure in a chart's words is of what its title says."""
    assert read("It was [$5](fact:sum).", [figure("5").said("money", goods="coal")], title="What coal cost") is None


def test_a_comparison_is_held_to_what_its_figures_share():
    """Of coal against wood neither need be nearest; two figures of coal are told of coal."""
    both = [figure("5").said("money", goods=goods) for goods in ("coal", "wood")]
    value = "Wood cost [more](claim:more/sum.2023/sum.2022)."

    assert read(value, both) is None
    assert read(value, both[:1] * 2).message == '"more" is a figure of "coal", but the nearest words are "Wood"'


def test_a_threshold_is_of_what_is_held_against_it():
    """A goal says nothing of goods, so that trade that passed it is of all of them."""
    both = [figure("5"), figure("4").said("constant", role="goal")]

    assert (
        read("Trade in wood [passed](claim:crossed/sum.2023/limit) it.", both).message
        == '"passed" is no figure of "wood"'
    )
    assert read("Trade [passed](claim:crossed/sum.2023/limit) it.", both) is None


@pytest.mark.parametrize(("name", "value"), [("good", "coal"), ("goods", "cole")])
def test_a_dimension_that_the_language_has_not_is_told(name, value):
    """A slip in the story's code is told at the number that shows it."""
    fault = read("Coal cost [$5](fact:sum).", [figure("5").said("money", **{name: value})])

    assert f'{name} = "{value}", which words.toml has not' in fault.message
    assert "did you mean" in fault.hint


# ---- What a figure stands under


def of_year(year, **about):
    return Quantity(Decimal(5), Decimal(0), "USD", frozenset(), "money", period=Period.parse(year), **about)


TABLE = "| year | exports from Arden | exports from Borsia |\n|---|--:|--:|\n"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("## Trade in 2022\n\nIt came to [$5](fact:sum).", "Trade in 2022"),
        ("## Trade in 2022\n\n### Prices\n\nIt came to [$5](fact:sum).", "Trade in 2022"),
        ("Trade in 2022\n---\n\nIt came to [$5](fact:sum).", "Trade in 2022"),
        ("In 2022 trade fell. It came to [$5](fact:sum).", "2022"),
        (f"{TABLE}| 2022 | [$5](fact:sum) | 6 |", "2022"),
        (f"{TABLE}| 2023 | 6 | [$5](fact:sum) |", "exports from Borsia"),
        ("| flow | 2022 |\n|---|---|\n| price | [$5](fact:sum) |", "2022"),
        ("## Trade in 2022\n\nIn 2023 it came to [$5](fact:sum).", ""),
        ("## Trade in 2022\n\n## Trade since\n\nIt came to [$5](fact:sum).", ""),
        ("## From 2022 to 2023\n\nIt came to [$5](fact:sum).", ""),
        ("In 2022 trade fell, in 2023 it rose. It came to [$5](fact:sum).", ""),
        (f"{TABLE}| 2023 | [$5](fact:sum) | 6 |", ""),
        (f"{TABLE}2023 | [$5](fact:sum) | 6", ""),
        ("| flow | 2023 |\n|---|---|\n| exports from Arden | [$5](fact:sum) |", ""),
        ("| 2022 | 2023 |\n\n| [$5](fact:sum) |", ""),
    ],
)
def test_a_figure_stands_under_its_own_time_and_subject(value, words):
    """What a sentence leaves out is what its heading, its paragraph, its row and its column say."""
    fault = read(value, [of_year("2023", subject="export")], lent_fault)

    assert fault.message.endswith(f'but stands under "{words}"') if words else fault is None


def test_a_cell_under_other_goods_is_told():
    """The head of a column is held to the figure's dimensions, too."""
    coal = replace(of_year("2023"), dimensions={"goods": "coal"})
    table = "| year | {} |\n|---|---|\n| 2023 | [$5](fact:sum) |"

    assert read(table.format("coal"), [coal], lent_fault) is None
    assert read(table.format("wood"), [coal], lent_fault).message == (
        '"$5" is a figure of coal, but stands under "wood"'
    )
