"""Whose flow a sentence tells: the words beside a figure must name its own."""

from __future__ import annotations

import pytest

from press.binding.flows import subject_fault
from press.reading.nearby import Fault
from tests.engine.sentences import fault_of, found_in

SUBJECT = [
    ("[Exports to Russia of $129.1 billion](fact:import/2023) topped Russian exports.", ["Exports to Russia"]),
    ("Exports [grew by 44%](fact:import_growth/2022/2021) to Russia in 2022.", ["Exports"]),
    ("Imports [grew by 13%](fact:export_growth/2022/2021) from Russia in 2022.", ["Imports"]),
    (
        "Russia’s exports to China, [$111.0 billion](fact:export/2023) in 2023, were mostly fuels.",
        ["Russia’s exports"],
    ),
    ("China’s imports of cars from Russia were [$11.5 billion](fact:export/2023).", ["China’s imports"]),
    (
        "Of the total of [$111.0 billion](fact:export/2023), [$240.1 billion](fact:total/2023) were Chinese exports.",
        ["total", "Chinese exports"],
    ),
    (
        "By Chinese customs’ own count all imports from Russia [rose by $43.5 billion](fact:export_change/2021/2023).",
        ["imports from Russia"],
    ),
    ("China’s sales of four fuels came to [$81.9 billion](fact:import/2023) in 2023.", ["China’s sales"]),
    ("[About half](fact:export_share/2026-04) of that rise was Russian exports.", ["Russian exports"]),
    (
        (
            "Exports to Russia reached [$129.1 billion](fact:import/2023), imports from Russia [$111.0 "
            "billion](fact:export/2023)."
        ),
        ["Exports to Russia", "imports from Russia"],
    ),
    ("Exports to Russia reached [$240.1 billion](fact:total/2023).", ["Exports to Russia"]),
    ("Trade reached [$111.0 billion](fact:export/2023).", ["Trade"]),
    ("Russian car exports came to [$11.5 billion](fact:export/2023) in 2023.", ["Russian car exports"]),
    ("Russia’s exports were [$111.0 billion](fact:export/2023).", ["Russia’s exports"]),
    ("Chinese purchases were [$111.0 billion](fact:export/2023).", ["Chinese purchases"]),
    ("China sold [5% fewer tonnes](fact:import_growth/2021) than in 2021.", ["China sold"]),
    ("Exports came to [$111.0 billion](fact:export/2023).", ["Exports"]),
    ("China’s customs count imports of [$111.0 billion](fact:export/2023).", ["China’s customs count imports"]),
    ("Exports of cars to China came to [$11.5 billion](fact:export/2023).", ["Exports of cars to China"]),
    ("In all trade, exports from Russia made up [a fifth](fact:export_share/2023).", ["exports from Russia"]),
]


@pytest.mark.parametrize(("sentence", "found"), SUBJECT)
def test_another_flow_beside_a_figure_is_found(sentence, found):
    """A figure beside words for another flow is a problem, told at these words."""
    assert found_in(sentence) == [("subject", words) for words in found]


def test_the_message_names_the_flow_of_the_figure():
    """A journalist reads which words are wrong, and words that are right."""
    value = "Russian exports were [$111.0 billion](fact:export/2023)."

    assert fault_of(value, subject_fault, "export") == Fault(
        0,
        15,
        'found "Russian exports" beside [$111.0 billion], a figure of Chinese exports, expected words for it',
        "write whose figure it is, such as Chinese exports; or bind the figure of the words",
    )


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("", [("subject", "Exports")]),
        ("Prices", [("subject", "Exports")]),
        ("What China sells", []),
        ("What Russia sells", [("subject", "Exports")]),
        ("Trade of China and Russia", []),
    ],
)
def test_a_bare_flow_word_needs_a_country(title, found):
    """Bare "exports" are those of the country in the sentence, else in the title; without one they are nobody's."""
    assert found_in("Exports were [$111.0 billion](fact:export/2023).", title) == found


def test_the_message_says_that_a_country_is_missing():
    """Bare "exports" where no country is named ask for one."""
    fault = fault_of("Exports were [$111.0 billion](fact:export/2023).", subject_fault, "export")

    assert fault.message == (
        'found "Exports" and no country in the sentence or the title, expected whose Exports they are'
    )
    assert fault.hint == "name the country"


@pytest.mark.parametrize("subject", ["", "oil"])
def test_a_figure_of_no_flow_is_beside_any(subject):
    """A price has no flow that words could contradict."""
    assert fault_of("Russian exports cost [$50](fact:price/2023).", subject_fault, subject) is None
