"""Axes: times lie in order."""

from __future__ import annotations

import pytest

from press.forms import locate_time_on_year_axis


def test_times_lie_in_order():
    """A year lies at its number, half a year before its end; a month, a quarter and a
    day lie where they end.
    """
    times = [
        "2022-12",
        "2023-01",
        "2023-Q1",
        "2023-06-30",
        2023,
        "2023-09",
        "2023-12-31",
        "2023-12",
    ]

    assert [locate_time_on_year_axis(time) for time in times] == pytest.approx(
        [2022.5, 2022.583, 2022.75, 2022.996, 2023, 2023.25, 2023.499, 2023.5],
        abs=0.001,
    )
