"""What ``make bench`` makes of what it has measured."""

from __future__ import annotations

import pytest

from tools.bench import __main__ as bench
from tools.bench.curves import Point, Step, steps, told
from tools.bench.plain import as_pelican
from tools.bench.report import Goal, measured, table, verdict
from tools.bench.runs import BenchError, Taken, slow
from tools.bench.saves import family

GOAL = Goal("a save", 0.8, 0.4, 1.0)
PAGE = """+++
title = "A page."
description = "What it says."
+++

See [another page](page-0001.md).
"""


@pytest.mark.parametrize(("count", "slowest"), [(7, 7), (20, 19), (100, 95)])
def test_the_slow_one_is_the_least_that_95_percent_do_not_exceed(count, slowest):
    """Of fewer than twenty saves the slowest counts, of twenty the last but one."""
    assert slow(range(count, 0, -1)) == slowest


@pytest.mark.parametrize(
    ("middle", "tail", "expected"),
    [(0.4, 1.0, "aim reached"), (0.41, 0, "within"), (0.8, 1.0, "within"), (0.81, 0, "missed"), (0.4, 1.01, "missed")],
)
def test_a_measure_reaches_its_aim_or_what_it_must(middle, tail, expected):
    """The median decides, and the p95 where it has a limit of its own."""
    assert verdict(GOAL, middle, tail) == expected


def test_a_row_tells_seconds_as_multiples(capsys):
    """Median and p95 stand beside what they come to, in columns."""
    row = measured(GOAL, [0.3, 0.4, 2.5], 1.0, tail=True)
    table("Saves", ["", "a", "b"], [["x", "1", "2"], ["longer", "10", "2,000"]])

    assert row == ("a save", "400", "0.40", "2,500", "2.50", "0.8 / 1", "0.4", "missed")
    assert measured(GOAL._replace(slow=float("inf")), [0.3, 0.4], 1.0)[3:6] == ("", "", "0.8")
    assert capsys.readouterr().out.split("\n")[2:] == [
        "         a      b",
        "x        1      2",
        "longer  10  2,000",
        "",
    ]


@pytest.mark.parametrize(
    ("work", "last", "says"),
    [
        ((1, 2, 11), Step(0.1, 1.0), "Grows no faster than its work"),
        ((1, 2, 20), Step(0.2, 2.0), "Grows faster than its work: at the end one more row costs 2.00 ×"),
        ((1, 1.01, 10.01), Step(0.1, None), "lost in noise; at the end one more row costs 100.00 ms"),
    ],
)
def test_a_curve_says_whether_one_more_costs_more(work, last, says):
    """What one more costs at the end is told as a multiple of what it cost at first, if that can be known."""
    points = [
        Point(units, [Taken(9, cost), Taken(9, cost + 1)]) for units, cost in zip((0, 10, 100), work, strict=True)
    ]
    found = steps(points)

    assert found[-1] == pytest.approx(last)
    assert says in told("row", found)


def test_the_memory_of_a_process_is_that_of_its_children_too():
    """Of what ps lists, lines of the process and of those that it started count, and no others."""
    assert family(" 1 0 100\n 7 1 20\n 8 7 3\n 9 8 4\n 17 1 5\n", 7) == 23


def test_pelican_gets_the_same_markdown():
    """Front matter becomes lines of metadata, and a link names a file as Pelican wants it."""
    assert (
        as_pelican(PAGE)
        == "Title: A page.\nDescription: What it says.\n\n\nSee [another page]({filename}page-0001.md).\n"
    )


def test_a_part_that_fails_says_why_and_the_others_go_on(monkeypatch, capsys):
    """The status is 1, and what comes after the part that failed is measured."""
    done = []

    def broken(_folder):
        raise BenchError("found no Pelican")

    monkeypatch.setattr(bench, "PARTS", {"pages": broken, "memory": done.append})
    monkeypatch.setattr("sys.argv", ["bench"])

    assert (bench.main(), len(done)) == (1, 1)
    assert "pages: found no Pelican\n" in capsys.readouterr().err


def test_only_the_parts_that_are_named_are_measured(monkeypatch):
    """``make bench ARGS=saves`` measures saves alone; a name that is no part is refused."""
    done = []
    monkeypatch.setattr(
        bench, "PARTS", {"pages": lambda _: done.append("pages"), "saves": lambda _: done.append("saves")}
    )
    monkeypatch.setattr("sys.argv", ["bench", "saves"])
    assert (bench.main(), done) == (0, ["saves"])

    monkeypatch.setattr("sys.argv", ["bench", "builds"])
    with pytest.raises(SystemExit):
        bench.main()
