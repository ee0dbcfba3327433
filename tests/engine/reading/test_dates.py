"""Reading dates and phrases of time: which years and months a paragraph names."""

from __future__ import annotations

import pytest
from babel import Locale

from press.reading.lexicon import Lexicon
from tests.engine.sentences import names


@pytest.mark.parametrize(
    ("paragraph", "named"),
    [
        ("In 2023 it rose.", [("2023", "2023")]),
        ("In November 2023 it rose.", [("2023-11", "November 2023")]),
        ("In Nov. 2023 it rose.", [("2023-11", "Nov. 2023")]),
        ("In 2023-11 it rose.", [("2023-11", "2023-11")]),
        ("On 7 December 2023, on December 7, 2023 and 2023-12-07 it rose.", []),
        ("On 14 December and on the 3rd of May it rose.", []),
        ("It cost 2000 dollars, $2023, 2023%, 2,023 or 2023.5.", [("2000", "2000")]),
        ("It weighed 2000 tonnes.", []),
        ("In 2025 tonnes fell.", [("2025", "2025")]),
        ("In 1899 and 2101 it rose.", []),
        ("It may march on; in august company.", []),
        ("From January to April 2026 it rose.", [("2026-01 to 2026-04", "From January to April 2026")]),
        ("From November to February 2026 it rose.", [("2025-11 to 2026-02", "From November to February 2026")]),
        ("January–April 2026", [("2026-01 to 2026-04", "January–April 2026")]),
        ("Between 2021 and 2023 it rose.", [("2021-01 to 2023-12", "Between 2021 and 2023")]),
        ("In 2021–2023, 2011–12 and 2021-22", [("2021-01 to 2023-12", "2021–2023"), ("2011-01 to 2012-12", "2011–12"),
                                               ("2021-01 to 2022-12", "2021-22")]),
        ("The first eleven months of 2022", [("2022-01 to 2022-11", "first eleven months of 2022")]),
        ("In 2023 it rose in the first 4 months.", [("2023", "2023"), ("2023-01 to 2023-04", "first 4 months")]),
        ("The twelve months to March 2023", [("2022-04 to 2023-03", "twelve months to March 2023")]),
        ("The first half of 2024", [("2024-01 to 2024-06", "first half of 2024")]),
        ("In 2022 it fell. In March it rose.", [("2022", "2022"), ("2022-03", "March")]),
        ("In March it fell, in 2022 it rose.", [("2022-03", "March"), ("2022", "2022")]),
        ("2025 fell. In March and in April 2026", [("2025", "2025"), ("2026-03", "March"), ("2026-04", "April 2026")]),
        ("2025 fell. In March and April 2026", [("2025", "2025"), ("2026-03", "March"), ("2026-04", "April 2026")]),
        ("In October and November. 2022 ends", [("2022-10", "October"), ("2022-11", "November"), ("2022", "2022")]),
        ("In March it fell.", []),
        ("January to April 2026 was known. A month later", [
            ("2026-01 to 2026-04", "January to April 2026"), ("2026-01 to 2026-05", "A month later")]),
        ("The first four months and the same months of it", []),
        ("In 2011-12, 2021-05 and 2021-22", [
            ("2011-01 to 2012-12", "2011-12"), ("2021-05", "2021-05"), ("2021-01 to 2022-12", "2021-22")]),
        ("On 7 December 2023 it was known. In March", [("2023-03", "March")]),
        ("On December 7, 2023 it was known. In March", [("2023-03", "March")]),
        ("In 2021–23 it rose. In March", [("2021-01 to 2023-12", "2021–23"), ("2023-03", "March")]),
        ("The same months of 2025", [("2025", "same months of 2025")]),
        ("2023 and May 2024 differ. A month later", [
            ("2023", "2023"), ("2024-05", "May 2024"), ("2024-06", "A month later")]),
        ("By October 2023 it rose. A month later", [("2023-10", "October 2023"), ("2023-11", "A month later")]),
        ("2025 fell; a year earlier", [("2025", "2025"), ("2024", "a year earlier")]),
        ("January to April 2026, against the same months of 2025",
         [("2026-01 to 2026-04", "January to April 2026"), ("2025-01 to 2025-04", "same months of 2025")]),
        ("April 2026 was high against the April before", [("2026-04", "April 2026"), ("2025-04", "April")]),
        ("June 2026 was high against the April before", [("2026-06", "June 2026"), ("2026-04", "April")]),
        ("It was high against the April before.", []),
        ("A year later it rose.", []),
        ("2023 fell to 2021", [("2023", "2023"), ("2021", "2021")]),
        ("From 2023 to 2021", [("2023", "2023"), ("2021", "2021")]),
        ("In Q4 2023, in 2023 H1 and in Q2 of 2023", [
            ("2023-10 to 2023-12", "Q4 2023"), ("2023-01 to 2023-06", "2023 H1"),
            ("2023-04 to 2023-06", "Q2 of 2023")]),
        ("In early 2026, mid-2025 and late in 2024", [
            ("2026-01 to 2026-04", "early 2026"), ("2025-05 to 2025-08", "mid-2025"),
            ("2024-09 to 2024-12", "late in 2024")]),
        ("In the spring of 2023, in summer 2022", [
            ("2023-03 to 2023-05", "spring of 2023"), ("2022-06 to 2022-08", "summer 2022")]),
        ("In early May 2026, late in March 2025 and early in 2011–12", [
            ("2026-05", "May 2026"), ("2025-03", "March 2025"), ("2011-01 to 2012-12", "2011–12")]),
        ("In 2023 early two of them came", [("2023", "2023")]),
        ("`2023` <!-- 2022 --> [a](b-2021.md)", []),
    ],
)  # fmt: skip
def test_periods_are_read(paragraph, named):
    """Years, months, ranges and what is counted from them are read; dates of a day, amounts and verbs name none."""
    assert names(paragraph) == named


def test_words_of_two_readings_name_both():
    """The year before a month is the same month a year before, or the whole year."""
    assert names("In May 2023 it rose, more than the year before.")[1:] == [
        ("2022-05", "the year before"),
        ("2022", "the year before"),
    ]


def test_a_shift_counts_from_each_figure_in_a_list():
    """After two figures of two months, "a year earlier" is a year before either."""
    value = (
        "In March it was [a](fact:a) and in April 2026 [b](fact:b), against [c](fact:c) and [d](fact:d) a year earlier."
    )

    assert {period for period, words in names(value) if words == "a year earlier"} == {"2025-03", "2025-04", "2025"}


def test_periods_are_read_in_another_language():
    """Months come from Unicode CLDR, and all other words from the language's own tables."""
    german = Lexicon(Locale("de"), period_between=("von {} bis {}",), shifts={"ein jahr zuvor": -12})

    assert names("Von Januar bis März 2026 und ein Jahr zuvor, am 7. Dezember 2023", german) == [
        ("2026-01 to 2026-03", "Von Januar bis März 2026"),
        ("2025-01 to 2025-03", "ein Jahr zuvor"),
        ("2025", "ein Jahr zuvor"),
    ]


def test_shifts_without_end_are_read():
    """In a sentence of nothing but shifts each counts from the one before."""
    assert ("1023", "a year earlier") in names(f"In 2023 {'a year earlier ' * 1000}it was.")
