"""What must be true of the tables together: each rule lets right tables pass and names
the row that breaks it.
"""

import pytest

from press.ground.errors import BuildError
from story import checks

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
    ("name", "change", "problem"),
    [
        pytest.param(
            "trade_annual",
            ("2023,export,110970", "2023,export,110986"),
            "4: value_usd_million: found 240110, expected 240126 ± 15 (exports +"
            " imports of 2023)",
            id="flows beyond their rounding",
        ),
        pytest.param(
            "china_world_trade",
            ("2023,import,2557000", "2023,import,255700"),
            "4: value_usd_million: found 5937000, expected 3635700 ± 150 (exports +"
            " imports of 2023)",
            id="flows of another table",
        ),
        pytest.param(
            "trade_to_month",
            ("2023-06,total,114547", "2023-06,total,33684"),
            "3: value_usd_million: found 33684 to 2023-06, expected at least 33685 as"
            " to 2023-02\n    hint: a January-to-month total cannot fall within a year",
            id="a running total that falls",
        ),
        pytest.param(
            "trade_to_month",
            ("2023-12,total,240110", "2023-12,total,240121"),
            "6: value_usd_million: found 240121, expected 240110 ± 10 (2023 in"
            " data/trade_annual.csv:4)",
            id="a running total that does not end at the year's",
        ),
        pytest.param(
            "trade_to_month",
            ("2023-12,total", "2024-12,total"),
            "6: found a total to 2024-12, expected a row 2024, total in trade_annual:"
            " it is the year's\n    hint: import or record the month: its year"
            " comes in",
            id="a December without its year",
        ),
        pytest.param(
            "trade_annual",
            ("2023,import,129140", "2024,total,129140"),
            "3: found total of 2024, expected a total to 2024-12 in trade_to_month: it"
            " is the same\n    hint: import or record that month: its year comes in"
            " with it",
            id="a year without its December",
        ),
        pytest.param(
            "trade_to_month_yuan",
            ("2026-01,total,149,1,9.1,0.1", "2025-03,total,428.04,0.01,,"),
            "5: value_cny_billion: found 428.04, expected about 479 after 428.04 of the"
            " year before (line 2) and a growth of 11.8 percent",
            id="a total that has not grown as printed",
        ),
        pytest.param(
            "trade_blocks",
            ("2023-01,2023-02,total,33685", "2023-01,2023-02,total,33687"),
            "2: value_usd_million: found 33687, expected 33685 ± 1 (the totals at the"
            " ends of 2023-01 to 2023-02)",
            id="a block from January that contradicts its end",
        ),
        pytest.param(
            "trade_blocks",
            ("2023-11,2023-11,total,21696", "2023-11,2023-11,total,21708"),
            "3: value_usd_million: found 21708, expected 21696 ± 11 (the totals at the"
            " ends of 2023-11 to 2023-11)",
            id="a block that contradicts both its ends",
        ),
        pytest.param(
            "trade_blocks",
            ("2024-01,2024-02", "2023-02,2023-03"),
            "4: found months from 2023-02, which the block 2023-01 to 2023-02 has"
            " already (line 2)",
            id="blocks that overlap",
        ),
        pytest.param(
            "mirror_statistics",
            ("China,total,240110", "China,total,240100"),
            "2: found 240100, expected 240110 as in data/trade_annual.csv:4",
            id="China's figure in two tables",
        ),
        pytest.param(
            "mirror_statistics",
            ("2023,China", "2022,China"),
            "2: found 240110, expected a row of trade_annual",
            id="China's figure of a year that is not there",
        ),
        pytest.param(
            "trade_to_month_yuan",
            ("2026-03,total,428.04", "2026-03,total,428.06"),
            "5: value_cny_billion: found 428.06, expected 428.04 ± 0.015 (exports +"
            " imports of 2026-03)",
            id="flows in yuan",
        ),
        pytest.param(
            "trade_to_month_yuan",
            ("2026-01,total,149", "2026-01,total,429"),
            "5: value_cny_billion: found 428.04 to 2026-03, expected at least 429 as to"
            " 2026-01\n    hint: a January-to-month total cannot fall within a year",
            id="a running total in yuan that falls",
        ),
        pytest.param(
            "trade_to_month_yuan",
            ("2026-03,total,428.04,0.01,11.8,0.1", "2026-03,total,428.04,0.01,11.8,"),
            "5: found one of growth_percent and growth_precision_points, expected both"
            " or neither",
            id="a growth without its precision",
        ),
        pytest.param(
            "trade_to_month_yuan",
            ("2026-05,export,,,18,1", "2026-05,export,,,,"),
            "6: found neither value_cny_billion nor growth_percent, expected one of"
            " them",
            id="a row in yuan that says nothing",
        ),
        pytest.param(
            "crude_suppliers",
            ("2023,1,Russia", "2023,1,Saudi Arabia"),
            "3: found rank 1 of Russia beside the first supplier Saudi Arabia, expected"
            " rank 1 for Russia alone",
            id="two first suppliers",
        ),
        pytest.param(
            "sources",
            ("a,[a]", "b,[a]"),
            "2: found the source b, which no row cites\n    hint: delete it, or"
            " cite it",
            id="a source that no row cites",
        ),
    ],
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
    ("name", "old", "new"),
    [
        pytest.param(
            "trade_annual",
            "2023,export,110970",
            "2023,export,110985",
            id="flows within their rounding",
        ),
        pytest.param(
            "trade_annual",
            "2023,export,",
            "2022,export,",
            id="a year with two flows only",
        ),
        pytest.param(
            "trade_to_month",
            "2023-10,total,196480",
            "2023-10,total,196491",
            id="a total that does not fall",
        ),
        pytest.param(
            "trade_to_month",
            "2023-12,total,240110",
            "2023-12,total,240120",
            id="a year within its rounding",
        ),
        pytest.param(
            "trade_to_month",
            "2023-06,total,114547",
            "2023-06,export,1",
            id="another flow by itself",
        ),
        pytest.param(
            "trade_blocks",
            "2023-11,2023-11,total,21696",
            "2023-11,2023-11,total,21707",
            id="a block within",
        ),
        pytest.param(
            "trade_to_month_yuan",
            "2026-03,total,428.04",
            "2026-03,total,428.05",
            id="yuan within rounding",
        ),
        pytest.param(
            "mirror_statistics",
            "Russia,total,230000",
            "Russia,total,1",
            id="what Russia reports",
        ),
    ],
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
