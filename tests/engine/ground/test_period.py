"""Spans of time: a year, a quarter, a month, January to a month, a day."""

import pytest

from press.ground.period import Period


@pytest.mark.parametrize(
    ("period", "shown", "months"),
    [
        (Period.parse("2023"), "2023", 12),
        (Period.parse("2023-11"), "2023-11", 1),
        (Period.from_january_to_month("2023-11"), "2023-01 to 2023-11", 11),
        (Period.from_january_to_month("2023-12"), "2023", 12),
        (Period.from_january_to_month("2023-01"), "2023-01", 1),
        (Period.between("2021", "2023"), "2021-01 to 2023-12", 36),
        (Period.parse("2023-01").shift_months(-1), "2022-12", 1),
        (Period.parse("2023").shift_months(12), "2024", 12),
        (Period.parse("2024-Q3"), "2024-Q3", 3),
        (Period.parse("2024-Q4").shift_by_own_lengths(), "2025-Q1", 3),
        (Period.parse("2024-Q1").shift_months(1), "2024-02 to 2024-04", 3),
        (Period.from_january_to_month("2024-03"), "2024-01 to 2024-03", 3),
        (Period.parse("2024-02-29"), "2024-02-29", 1),
        (Period.parse("2024-02-29").shift_by_own_lengths(), "2024-03-01", 1),
        (Period.parse("2024-02-29").shift_months(-12), "2023-02-28", 1),
        (Period.parse("2023-11").shift_by_own_lengths(2), "2024-01", 1),
    ],
)
def test_a_period_is_its_months(period, shown, months):
    """Years, months and spans are runs of months, written as tables write them; a day
    is one of its month.
    """
    assert (str(period), period.length) == (shown, months)


def test_three_months_since_january_are_the_first_quarter():
    """However it is written, it is one period; a day is not its month."""
    assert {Period.parse("2024-Q1"), Period.from_january_to_month("2024-03")} == {
        Period.between("2024-01", "2024-03")
    }
    assert Period.parse("2024-08-10") != Period.parse("2024-08")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "23",
        "2023-13",
        "2023-00",
        "2023-1",
        "2023-02-29",
        "2023-11-7",
        "2024-Q5",
        "2024-Q0",
        "next year",
        "20233",
    ],
)
def test_what_is_no_time_is_refused(text):
    """Only a year and parts of one are read; the message says what they look like."""
    with pytest.raises(
        ValueError,
        match="expected a year such as 2023 or a quarter such as 2024-Q3 or a month",
    ):
        Period.parse(text)
