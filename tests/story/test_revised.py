"""Figures that are printed again otherwise: a whole year, one flow of it, an old month;
last month's figures under this month's title; a part of a year.
"""

from decimal import Decimal

import pytest

from press.ground.errors import BuildError
from press.intake import Release, ReleaseRow, get_cells_by_key, merge_releases
from story.checks import check

TABLE, VALUE, PRECISION = (
    "trade_to_month",
    "value_usd_million",
    "precision_usd_million",
)
PAGE = {
    "id": "made-up",
    "publisher": "Made up",
    "title": "A page",
    "address": "https://made-up.example/",
    "kind": "official",
    "state_media": "false",
    "strength": "primary",
    "licence": "not stated",
}


def printed(month, published, **values):
    """Return the release of a page that prints flows of a month."""
    rows = [
        {
            "month": month,
            "flow": flow,
            VALUE: str(value),
            PRECISION: "1",
            "status": "published",
        }
        for flow, value in values.items()
    ]
    lines = [ReleaseRow(TABLE, row) for row in rows]
    return Release("A page.", PAGE | {"published": published}, lines)


def values_of(data, month):
    """Return the values of a month by flow."""
    rows = get_cells_by_key(data[TABLE])
    return {
        flow: Decimal(rows[month, flow][VALUE])
        for flow in ("total", "export", "import")
    }


def revised(data, month):
    """Return exports and imports that are a little higher, and their total."""
    old = values_of(data, month)
    export, imports = (
        round(old[flow] * Decimal("1.005")) for flow in ("export", "import")
    )
    return {"total": export + imports, "export": export, "import": imports}


@pytest.fixture(scope="module")
def months(data):
    return sorted({month for month, _ in get_cells_by_key(data[TABLE])})


@pytest.fixture(scope="module")
def december(months):
    return [month for month in months if month.endswith("-12")][-1]


def test_a_year_that_is_revised_as_a_whole_comes_in(data, december):
    """Its months and the row of the year keep the first print, the log has all six."""
    values = revised(data, december)
    result = merge_releases(
        data, [printed(december, "2031-01-14", **values)], (), check
    )

    assert result.questions == {}
    assert sorted(result.files) == ["data/revisions.csv", "data/sources.csv"]
    assert result.said[0].startswith("6 figures revised: ")


def test_one_flow_of_a_derived_sum_alone_is_refused(data, december):
    """With the figures that contradict each other."""
    old = values_of(data, december)
    imports = revised(data, december)["import"]
    expected = old["export"] + imports

    with pytest.raises(BuildError) as error:
        merge_releases(
            data, [printed(december, "2031-01-14", **{"import": imports})], (), check
        )

    assert f"found {old['total']}, expected {expected}" in str(error.value)


@pytest.mark.parametrize(("month", "count"), [("2022-02", 1), ("2022-03", 3)])
def test_an_old_month_that_is_revised_is_logged(data, month, count):
    """The first print stands, also of what the page prints more exactly: with the rest
    of its figures it may be another vintage.
    """
    values = revised(data, month)
    result = merge_releases(data, [printed(month, "2031-01-14", **values)], (), check)

    assert result.questions == {}
    assert f"{count} figure{'s' * (count > 1)} revised: " in "".join(result.said)
    assert values_of(result.data, month) == values_of(data, month)


def test_last_month_s_values_again_are_asked_about(data, months):
    """A total since January grows; no growth is printed beside it."""
    year, month = months[-1].split("-")
    then = f"{year}-{int(month) + 1:02d}"
    values = values_of(data, months[-1])
    result = merge_releases(data, [printed(then, "2031-01-14", **values)], (), check)

    assert result.files == {}
    assert result.questions.keys() == {
        f"{TABLE}/{then}/{flow}/{VALUE}" for flow in values
    }
    assert f" of {then} is that " in "".join(result.questions.values())


def test_a_part_of_a_year_of_fuels_is_asked_about(data):
    """Three quarters of each value of a year that is there."""
    rows = get_cells_by_key(data["energy_values"])
    newest = max(year for year, *_ in rows)
    lines = [
        ReleaseRow("energy_values", row | {VALUE: str(Decimal(row[VALUE]) * 3 / 4)})
        for key, row in rows.items()
        if key[0] == newest
    ]
    given = [line._replace(values=_without_pages(line.values)) for line in lines]
    page = PAGE | {"published": "undated"}
    result = merge_releases(
        data, [Release("Fuels.", page, given, is_series=True)], (), check
    )

    assert result.files == {}
    assert result.questions.keys() == {"energy_values/series"}


def _without_pages(cells):
    return {name: text for name, text in cells.items() if name != "source_ids"}
