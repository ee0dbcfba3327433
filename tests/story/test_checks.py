"""What must be true of the tables together: each rule lets right tables pass and names
the row that breaks it.
"""

import pytest

from press.ground.errors import BuildError
from story import checks
from tests.cases import load_cases

CASES = load_cases(__file__)

FIGURES = "value_usd_million,precision_usd_million"


@pytest.fixture
def contents():
    """Return the contents of tables that agree with each other."""
    month = f"month,flow,{FIGURES}"
    return {
        "trade_annual": [
            "year,flow",
            f"year,flow,{FIGURES},source_ids",
            "2023,export,110970,10,[a]",
            "2023,import,129140,10,[a]",
            "2023,total,240110,10,[a]",
        ],
        "trade_to_month": [
            "month,flow",
            month,
            "2023-02,total,33685,1",
            "2023-06,total,114547,1",
            "2023-10,total,196480,10",
            "2023-11,total,218176,1",
            "2023-12,total,240110,10",
        ],
        "trade_blocks": [
            "start,end,flow",
            f"start,end,flow,{FIGURES}",
            "2023-01,2023-02,total,33685,1",
            "2023-11,2023-11,total,21696,11",
            "2024-01,2024-02,total,37000,10",
        ],
        "china_world_trade": [
            "year,flow",
            f"year,flow,{FIGURES}",
            "2023,export,3380000,100",
            "2023,import,2557000,100",
            "2023,total,5937000,100",
        ],
        "trade_to_month_yuan": [
            "month,flow",
            "month,flow,value_cny_billion,precision_cny_billion,growth_percent,growth_precision_points,source_ids",
            "2026-01,total,149,1,9.1,0.1,[a]",
            "2026-03,export,193.28,0.01,18.8,0.1,[a]",
            "2026-03,import,234.76,0.01,6.5,0.1,[a]",
            "2026-03,total,428.04,0.01,11.8,0.1,[a]",
            "2026-05,export,,,18,1,[a]",
        ],
        "china_world_to_month": [
            "month,flow",
            f"month,flow,{FIGURES}",
            "2023-11,total,5404700,200",
        ],
        "crude_suppliers": [
            "year",
            "year,rank_of_russia,first_supplier",
            "2022,2,Saudi Arabia",
            "2023,1,Russia",
        ],
        "china_partners": [
            "year,partner,flow",
            f"year,partner,flow,{FIGURES}",
            "2023,US,total,664451,1",
        ],
        "mirror_statistics": [
            "year,reporter,flow",
            "year,reporter,flow,value_low_usd_million",
            "2023,China,total,240110",
            "2023,Russia,total,230000",
        ],
        "sources": ["id", "id,source_ids,accessed", "a,[a],2026-04-14"],
    }


def verdict(tables, contents):
    """Return what is wrong with the tables, a line each, or what could
    not be compared.
    """
    try:
        notes = checks.check(tables(**contents))
    except BuildError as error:
        return [str(problem) for problem in error.problems]
    return notes


def test_tables_that_agree_pass_and_what_cannot_be_compared_is_listed(tables, contents):
    """A block without a total at one of its ends is left out, and said so."""
    assert verdict(tables, contents) == [
        "not compared, for want of a total at one end: 2024-01 to 2024-02 (total)"
    ]


@pytest.mark.parametrize(
    ("name", "change", "problem"), CASES["broken"].values(), ids=CASES["broken"]
)
def test_a_rule_that_is_broken_is_told_at_its_row(
    tables, contents, name, change, problem
):
    """Each rule names the row that breaks it, what was found, and what the other rows
    make it.
    """
    contents[name] = [line.replace(*change) for line in contents[name]]

    assert verdict(tables, contents) == [f"data/{name}.csv:{problem}"]


@pytest.mark.parametrize(
    ("name", "old", "new"), CASES["rounded"].values(), ids=CASES["rounded"]
)
def test_what_rounding_explains_passes(tables, contents, name, old, new):
    """Figures may differ by half the sum of their widths, not more; other flows and
    reporters are not compared.
    """
    contents[name] = [line.replace(old, new) for line in contents[name]]

    assert [
        line for line in verdict(tables, contents) if "not compared" not in line
    ] == []


def test_all_rules_that_are_broken_are_told_at_once(tables, contents):
    """One contradiction does not hide another."""
    contents["sources"][-1] = "b,[a],"
    contents["mirror_statistics"][2] = "2023,China,total,1"

    assert [line.split(":")[0] for line in verdict(tables, contents)] == [
        "data/mirror_statistics.csv",
        "data/sources.csv",
    ]


def test_a_table_that_is_missing_is_told(tables, contents):
    """The rules need their tables, and name one that is not there."""
    del contents["trade_blocks"]

    assert verdict(tables, contents)[0].startswith(
        "data/trade_blocks.csv:1: found no such table, expected one"
    )
