"""Receipts: what each number rests on, how exactly it is told, where it stands."""

from decimal import Decimal

import pytest

from press.ground.address import BaseUrl
from press.pages.addresses import SiteAddresses
from press.pages.amounts import (
    format_error_margin_if_inexact,
    format_value_range_or_date,
)
from press.pages.receipts import RowsOfTable, make_receipts
from press.pages.texts import TextRenderer
from press.pages.uses import find_use_by_link_id
from press.quantity import Quantity
from tests.cases import load_cases
from tests.engine.bindings import CHART, bind_project
from tests.engine.intake.tables import with_log

CASES = load_cases(__file__)


def made(project):
    """Return the receipts of a story by their ids."""
    bound = bind_project(project)
    ledger, texts = bound.ledger, bound.texts
    addresses = SiteAddresses(texts, BaseUrl(), has_chart_pages=False)
    uses = find_use_by_link_id(TextRenderer(addresses, ledger))
    return {
        item.id: item
        for item in make_receipts(texts.language, ledger, bound.facts, uses)
    }


class ReleaseRow:
    """A row as far as its line is asked for."""

    def __init__(self, line):
        """Stand in a line."""
        self.line = line


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([2], "2"),
        ([2, 3], "2–3"),
        ([2, 4], "2, 4"),
        ([3, 5, 6, 7, 8, 12], "3, 5–8, 12"),
        ([2, 3, 5, 6], "2–3, 5–6"),
    ],
)
def test_lines_that_follow_each_other_are_told_as_a_stretch(lines, told):
    """Nobody reads thirty numbers in a row."""
    assert RowsOfTable("trade", tuple(map(ReleaseRow, lines))).lines == told


def figure(value, precision, unit, kind="amount", **about):
    """Return a figure without rows."""
    about = {
        name: Decimal(item) if name in {"low", "high"} else item
        for name, item in about.items()
    }
    return Quantity(
        Decimal(value), Decimal(precision), unit, frozenset(), kind, **about
    )


@pytest.mark.parametrize(("about", "told", "known"), CASES["figures"])
def test_a_figure_is_told_as_exactly_as_it_is_known(about, told, known, bound):
    """The precision earns the decimals, the size the scale; a doubt is never told as
    less than it is.
    """
    item, language = figure(**about), bound.texts.language

    assert (
        format_value_range_or_date(item, language),
        format_error_margin_if_inexact(item, language),
    ) == (told, known)


def test_only_a_table_that_states_its_precision_is_exact(project):
    """What a table does not state, its receipts do not say."""
    stated = made(project)["fact:total/2023"].states_precision
    for place in ("data/trade.toml", "data/trade.csv", "story/facts.py"):
        text = project.read(place)
        project.write(place, text.replace("precision_usd_million", "usd_million_wide"))

    assert (stated, made(project)["fact:total/2023"].states_precision) == (True, False)


def test_words_of_a_picture_stand_at_their_chart(story):
    """An alternative text has no place of its own in a page."""
    story.replace(
        CHART,
        "Bar chart of trade",
        "Bar chart of [54%](fact:share/import/2023) of trade",
    )

    assert "index.html#totals" in {
        use.address for use in made(story)["fact:share/import/2023"].uses
    }


@pytest.mark.parametrize(
    ("old", "new", "first"),
    [("240110", "240500", True), ("239900", "240110", False)],
    ids=["first", "later"],
)
def test_a_receipt_shows_what_was_printed_again(story, old, new, first):
    """Which print stands, and the pages of both; other rows have none."""
    row = f"trade,year=2023;flow=total,value_usd_million,{old},{new},2024-09-01,beta-2024,alpha-2023;beta-2023\n"

    receipts_made = made(with_log(story, row))
    found = receipts_made["fact:total/2023"].revisions

    assert [(item.row["new"], item.first_stands) for item in found] == [(new, first)]
    assert [
        [page["id"] for page in pages] for pages in (found[0].firsts, found[0].laters)
    ] == [["beta-2024"], ["alpha-2023", "beta-2023"]]
    assert not receipts_made["fact:total/2022"].revisions
