"""Marks: lines end where times are missing, and labels do not touch."""

from __future__ import annotations

import altair as alt
import pandas as pd

from press.forms import (
    Axes,
    draw_line,
    flag_times_after_gaps,
    locate_time_on_year_axis,
    make_axis_of_years,
    move_values_apart,
)


def test_days_lie_as_far_from_each_other_over_the_end_of_a_year():
    """A leap year has no day in the next; a line of days is one."""
    days = pd.date_range("2024-12-29", "2025-01-03").strftime("%Y-%m-%d")

    assert not flag_times_after_gaps(
        pd.DataFrame({"year": [*map(locate_time_on_year_axis, days)]})
    ).any()
    assert locate_time_on_year_axis("2024-12-31") == locate_time_on_year_axis("2024-12")


def test_lines_join_neighbouring_times_alone():
    """Where a month is missing a dotted line spans the gap, and a run of the solid one
    ends.
    """
    places = [locate_time_on_year_axis(f"2023-{month:02}") for month in (1, 2, 4, 5)]
    frame = pd.DataFrame({"year": places, "value": [10.0, 20.0, 40.0, 50.0]})
    x, y = make_axis_of_years(2022, 2024, ()), alt.Y("value:Q")

    dotted, solid = draw_line(frame, Axes(x, y), "ink", 0)

    assert dotted.data[
        ["from_year", "from_value", "year", "value"]
    ].to_numpy().tolist() == [[places[1], 20, places[2], 40]]
    assert solid.data["run"].tolist() == [0, 0, 1, 1]


def test_labels_are_moved_apart_in_their_order():
    """Each stays as near to its own place as the others let it."""
    assert move_values_apart([5, 1, 5.5, 20], 2) == [4.25, 1, 6.25, 20]
