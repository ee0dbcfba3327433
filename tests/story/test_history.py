"""History is left alone: the next rows of a table unread only what stood at its edge."""

from __future__ import annotations

import pytest

from tests.story import history

# Passages that begin with these are of 2023 and before: no newer row of any table can overtake them.
PAST = (
    "fact:total_to_month/2023-10",
    "fact:twelve_months_to/2023-02",
    "fact:month_reached/200bn-by-2024",
    "fact:delay/200bn-by-2020",
    "fact:change/2022/2023",
    "said:putin-xi-2014",
)


@pytest.fixture(scope="module")
def days(tmp_path_factory):
    """Return the day on which each table gains rows."""
    return {day.table: day for day in history.days(tmp_path_factory.mktemp("days"))}


def test_every_table_that_goes_on_has_its_day(days):
    """A month, an annual total, an oil price, a currency share, a year of the pipeline, an event, and the others."""
    assert days.keys() >= {
        "trade_to_month", "trade_annual", "oil_prices", "currency_shares", "pipeline_gas", "events"
    }  # fmt: skip


def test_only_what_was_at_the_edge_is_unread(days):
    """A binding on a newest row, a newest time, or a drawing that has changed: nothing else is asked for."""
    for day in days.values():
        for item in day.after.unread:
            before = day.before[item.passage.key]
            edge = any(basis.at_edge for basis in before.bases) or before.times
            assert edge or before.outline != item.passage.outline, f"{day.table}: {item.problem}"


def test_most_of_the_story_stays_read(days):
    """A release concerns a few passages, whichever table it is for."""
    for day in days.values():
        assert len(day.after.unread) < day.after.read / 5, day.table


@pytest.mark.parametrize("target", PAST)
def test_sentences_about_the_past_stay_read(days, target):
    """Each that begins with such a figure, unless it is of a drawing or names a newest time."""
    for day in days.values():
        past = [each for each in day.before.values() if [basis.target for basis in each.bases][:1] == [target]]
        at_edge = [each for each in past if each.outline or each.times or any(basis.at_edge for basis in each.bases)]
        history = [each.key for each in past if each not in at_edge]
        assert history, f"no sentence begins with {target}"
        assert {item.passage.key for item in day.after.unread}.isdisjoint(history), day.table
