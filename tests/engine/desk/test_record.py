"""Record: a figure that a person has read on a page, with all its columns."""

import pytest

from tests.engine.intake.tables import with_log

TRADE, SOURCES = "data/trade.csv", "data/sources.csv"
ROW = [
    "year=2024",
    "flow=total",
    "value_usd_million=244800",
    "precision_usd_million=100",
]
PAGE = [
    "source_ids=gamma-2025",
    "source.publisher=Gamma",
    "source.title=Trade, of 2024",
    "source.address=https://gamma.example/?a=b",
    "source.published=2025-01-14",
]


@pytest.fixture
def story(project):
    """Return the small story, with a log of revisions."""
    return with_log(project)


def test_a_row_comes_in_with_its_page(story):
    """What was done is said."""
    outcome = story.run("record", "trade", *ROW, *PAGE)

    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.startswith("1 row new in trade: 2024, total\n")
    assert story.read(TRADE).endswith("\n2024,total,244800,100,gamma-2025\n")
    assert (
        'gamma-2025,Gamma,"Trade, of 2024",https://gamma.example/?a=b,2025-01-14\n'
        in story.read(SOURCES)
    )


def test_the_same_again_changes_nothing(story):
    """Nor does the same row with nothing of the page but its id, which the row names as
    well.
    """
    story.run("record", "trade", *ROW, *PAGE)
    sources = story.sources()

    again = [story.run("record", "trade", *ROW, *more) for more in (PAGE, PAGE[:1])]

    assert [(outcome.status, "Nothing new" in outcome.out) for outcome in again] == [
        (0, True)
    ] * 2
    assert story.sources() == sources
    assert "2024,total,244800,100,gamma-2025\n" in story.read(TRADE)


EMPTY = "found an empty cell, expected a value"
OUT = {"trade/2024/total/precision_usd_million": EMPTY}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            [*ROW[:3], *PAGE[:2]],
            OUT
            | {"sources/gamma-2025/address": EMPTY, "sources/gamma-2025/title": EMPTY},
        ),
        (
            [*ROW[:3], *PAGE[1:]],
            OUT | {"sources/id": EMPTY, "trade/2024/total/source_ids": EMPTY},
        ),
        (
            ["flow=total", "value_usd_million=5"],
            {
                "trade/total/precision_usd_million": EMPTY,
                "trade/total/source_ids": EMPTY,
                "trade/total/value_usd_million": (
                    "found 5, expected at least 1000 USD million"
                ),
                "trade/total/year": EMPTY,
            },
        ),
    ],
)
def test_all_that_is_left_out_is_told_at_once(story, cells, expected):
    """Of the row and of its new page, with where its column is described."""
    sources = story.sources()

    outcome = story.run("record", "trade", *cells)

    assert (outcome.status, story.sources()) == (1, sources)
    lines = outcome.problems.splitlines()
    assert sorted(lines[0::2]) == sorted(
        f"{name}: {found}" for name, found in expected.items()
    )
    assert {hint.partition(".toml:")[0] for hint in lines[1::2]} <= {
        f"    hint: its column is described in data/{name}"
        for name in ("trade", "sources")
    }


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (
            [*ROW, *PAGE, "vaule_usd_million=3"],
            (
                "vaule_usd_million: found no such column in data/trade.toml\n    hint:"
                " did you mean value_"
            ),
        ),
        (
            [*ROW, *PAGE, "source.titel=3"],
            (
                "titel: found no such column in data/sources.toml\n    hint: did you"
                " mean title?"
            ),
        ),
        (["year"], "year: found an empty cell, expected a value"),
        (
            [*ROW, *PAGE, "source_ids=beta-2024"],
            'found the id "beta-2024" for https://gamma.example/?a=b, expected',
        ),
        (
            [*ROW, *PAGE, "source_ids=gamma-2025;b"],
            'source_ids: "b" is not in the column id of data/sources.csv',
        ),
        (["year=24", *ROW[1:], *PAGE], 'year: found "24", expected a year like 2023'),
        (
            [*ROW, *PAGE[:3], "source.address=gopher://x", PAGE[4]],
            'sources/gamma-2025/address: found "gopher://x"',
        ),
    ],
)
def test_what_is_wrong_is_told_before_anything_is_written(story, cells, message):
    """With a hint where there is one."""
    sources = story.sources()

    outcome = story.run("record", "trade", *cells)

    assert (outcome.status, outcome.out, story.sources()) == (1, "", sources)
    assert message in outcome.err


def test_an_unknown_table_is_told(story):
    """With one that it may be."""
    outcome = story.run("record", "trad", *ROW)

    assert (outcome.status, "did you mean trade?" in outcome.err) == (1, True)


def test_what_is_to_be_done_next_is_told(story):
    """Before what was done; not where nothing was written."""
    tell = (
        "once the story is published, tell readers: python build.py diff --name NAME"
        " --title TITLE"
    )
    then = (
        f"python build.py fix; mend what it lists; {tell}; python build.py read; python"
        " build.py"
    )

    done = "data/sources.csv, data/trade.csv: written"
    assert story.run("record", "trade", *ROW, *PAGE).out.endswith(
        f"\nNext: {then}\n{done}\n"
    )
    assert "Next: " not in story.run("record", "trade", *ROW, *PAGE).out


def test_another_figure_of_the_same_source_is_refused(story):
    """With both: a slip is corrected in the table, and what was printed later has a
    page of its own.
    """
    row = [
        "year=2023",
        "flow=total",
        "value_usd_million=240115",
        "precision_usd_million=10",
        "source_ids=beta-2024",
    ]
    sources = story.sources()

    refused = story.run("record", "trade", *row)

    assert (refused.status, story.sources()) == (1, sources)
    assert (
        "value_usd_million: found 240115 in beta-2024, which is cited for 240110\n   "
        " hint: if that" in refused.err
    )
