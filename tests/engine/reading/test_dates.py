"""Reading dates and phrases of time: which years and months a paragraph names."""

from __future__ import annotations

import pytest

from tests.engine.sentences import cases, names


@pytest.mark.parametrize(("paragraph", "named"), cases("reading/dates.txt"))
def test_periods_are_read(paragraph, named):
    """Years, months, ranges and what is counted from them are read; dates of a day, amounts and verbs name none."""
    found = [f"{period}={words}".replace(" ", "_") for period, words in names(paragraph)]

    assert (found or ["-"]) == named


def test_a_shift_counts_from_each_figure_in_a_list():
    """After two figures of two months, "a year earlier" is a year before either."""
    value = (
        "In March it was [a](fact:a) and in April 2026 [b](fact:b), against [c](fact:c) and [d](fact:d) a year earlier."
    )

    assert {period for period, words in names(value) if words == "a year earlier"} == {"2025-03", "2025-04", "2025"}


def test_shifts_without_end_are_read():
    """In a sentence of nothing but shifts each counts from the one before."""
    assert ("1023", "a year earlier") in names(f"In 2023 {'a year earlier ' * 1000}it was.")
