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
from press.period import Period
from press.quantity import Quantity
from press.reading.lexicon import read_lexicon
from press.reading.sentence import sentences
from press.reading.text import Text
from press.toml import Toml
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


def told(value, *, title="", kind="money", **dimensions):
    fault = read(value, [figure("5").said(kind, **dimensions)], title=title)
    return fault.message if fault else ""


@pytest.mark.parametrize(
    "value",
    [
        "In 2023 coal cost [$5](fact:sum).",
        "[$5](fact:sum) went into coal.",
        "Coal was dear. In 2023 it cost [$5](fact:sum).",
        "## What coal cost\n\nIt was [$5](fact:sum).",
        "## Coal {#coal}\n\n### In 2023\n\nIt was [$5](fact:sum).",
        "| year | coal |\n|---|---|\n| 2023 | [$5](fact:sum) |",
        "| year | 2023 |\n|---|---|\n| coal | [$5](fact:sum) |",
        "Wood cost [$4](fact:other), coal [$5](fact:sum).",
        "Did it cost [$5](fact:sum)?",
        "[$5](fact:sum)",
    ],
)
def test_a_value_is_named_in_the_sentence_or_above_it(value):
    """Sentence, paragraph before, headings, and the heads of row and column may say which goods a figure is of."""
    assert not told(value, goods="coal")


def test_a_title_names_a_value():
    """A figure in a chart's words is of what its title says."""
    assert not told("It was [$5](fact:sum).", title="What coal cost", goods="coal")


@pytest.mark.parametrize("value", ["Trade was [$5](fact:sum).", "## Wood\n\nIt was [$5](fact:sum)."])
def test_a_value_that_nothing_names_is_told(value):
    """A figure of some goods alone is not told as if it were of all."""
    assert told(value, goods="coal") == '"$5" is a figure of "coal", and neither the sentence nor its heading says so'


@pytest.mark.parametrize(
    "value",
    [
        "Wood cost [$5](fact:sum).",
        "Coal was dear, and wood cost [$5](fact:sum).",
        "Coal was dear. Wood cost [$5](fact:sum).",
        "Coal cost [$4](fact:other), wood [$5](fact:sum).",
    ],
)
def test_another_value_beside_a_figure_is_told(value):
    """The nearest words for goods are the figure's own."""
    assert 'is a figure of "coal", but the nearest words are "' in told(value, goods="coal")


def test_a_figure_of_all_is_of_no_part():
    """Words for some goods stand in no clause of a figure of all goods; in another clause they may."""
    assert told("Trade in wood was [$5](fact:sum).") == '"$5" is no figure of "wood"'
    assert told("Trade was [$5](fact:sum), in wood.") == '"$5" is no figure of "wood"'
    assert not told("Trade was [$5](fact:sum), most of it wood.")
    assert not told("Of wood there was much, and trade was [$5](fact:sum).")


def test_a_figure_of_another_kind_is_of_no_goods():
    """A year or a count is told apart only by what its fact says."""
    assert not told("Wood had been sold for [5](fact:sum).", kind="count")


def test_one_word_may_name_several_values():
    """Minerals are ores or salt: either figure may stand beside the word."""
    assert not told("Minerals cost [$5](fact:sum).", goods="ores")
    assert not told("Minerals cost [$5](fact:sum).", goods="salt")
    assert told("Minerals cost [$5](fact:sum).", goods="coal")


def test_a_sum_names_all_its_parts():
    """A figure of coal and wood together is not told as one of coal."""
    assert not told("Coal and wood cost [$5](fact:sum).", goods="coal + wood")
    assert told("Coal cost [$5](fact:sum).", goods="coal + wood") == (
        '"$5" is a figure of "coal and wood", and neither the sentence nor its heading says so'
    )


def test_a_value_without_a_default_needs_no_words():
    """Where no value is assumed, a figure that says nothing may stand beside any word."""
    assert not told("The goal was passed with [$5](fact:sum).")
    assert told("Trade was [$5](fact:sum).", role="goal", kind="constant")


def test_a_class_of_words_stands_for_each_of_them():
    """Phrases of a story may hold a class of words."""
    assert not told("By Borsia’s count trade was [$5](fact:sum).", count="Borsia’s")
    assert "but the nearest" in told("By the Ardense count trade was [$5](fact:sum).", count="Borsia’s")
    assert not told("Trade was [$5](fact:sum).", count="Arden’s")


def test_a_comparison_names_what_it_compares():
    """A goal that a comparison of the sentence has as its threshold needs no word beside it."""
    goal = "Trade [passed](claim:crossed/sum.2023/limit) [$5](fact:limit)."

    assert not told(goal, role="goal", kind="constant")
    assert told(goal.replace("limit)", "mark)", 1), role="goal", kind="constant")


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
    ],
)
def test_a_figure_under_another_time_or_subject_is_told(value, words):
    """What a sentence leaves out is what its heading, its paragraph, its row and its column say."""
    fault = read(value, [of_year("2023", subject="export")], lent_fault)

    assert fault.message.endswith(f'but stands under "{words}"')


@pytest.mark.parametrize(
    "value",
    [
        "## Trade in 2022\n\nIn 2023 it came to [$5](fact:sum).",
        "## Trade in 2022\n\n## Trade since\n\nIt came to [$5](fact:sum).",
        "## From 2022 to 2023\n\nIt came to [$5](fact:sum).",
        "In 2022 trade fell, in 2023 it rose. It came to [$5](fact:sum).",
        f"{TABLE}| 2023 | [$5](fact:sum) | 6 |",
        f"{TABLE}2023 | [$5](fact:sum) | 6",
        "| flow | 2023 |\n|---|---|\n| exports from Arden | [$5](fact:sum) |",
        "| 2022 | 2023 |\n\n| [$5](fact:sum) |",
    ],
)
def test_a_figure_under_its_own_time_is_right(value):
    """Another time above is no matter where sentence or paragraph name the figure's own."""
    assert read(value, [of_year("2023", subject="export")], lent_fault) is None


def test_a_cell_under_other_goods_is_told():
    """The head of a column is held to the figure's dimensions, too."""
    coal = replace(of_year("2023"), dimensions={"goods": "coal"})
    table = "| year | {} |\n|---|---|\n| 2023 | [$5](fact:sum) |"

    assert read(table.format("coal"), [coal], lent_fault) is None
    assert read(table.format("wood"), [coal], lent_fault).message == (
        '"$5" is a figure of coal, but stands under "wood"'
    )
