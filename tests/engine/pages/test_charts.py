"""Charts at home: what is offered with each, when it is drawn, and what is said where
it cannot be.
"""

import codecs

import pytest

from press.figures.pool import DrawingPool
from tests.engine.test_stories import STORIES

CHART, INDEX = "content/en/charts/totals.md", "content/en/index.md"
OFFERED = {f"charts/totals.{form}" for form in ("html", "csv", "svg", "png", "vl.json")}


@pytest.fixture
def story(make_project):
    """Return a small story whose charts have pages."""
    return make_project(overlay=STORIES / "chart-pages")


def test_a_chart_has_a_page_a_frame_files_and_a_card(story):
    """All of them are files of the site, and one card stands for the story."""
    site = story.build()

    points = [
        address for address in site if address.startswith("assets/points.en.totals.")
    ]
    assert {
        *OFFERED,
        "embed/totals.html",
        "cards/totals.png",
        "cards/story.png",
    } < site.keys()
    assert len(points) == 1


def test_a_story_without_their_template_has_no_pages_of_charts(project):
    """Who wants none takes the template away, and nothing is left over."""
    assert not [
        address
        for address in project.build()
        if address.startswith(("charts/", "embed/", "cards/"))
    ]


def test_pictures_wait_until_they_are_asked_for(story, monkeypatch):
    """A build draws none, nor does a check; whoever reads the bytes does."""
    monkeypatch.setattr(
        DrawingPool, "begin_png", lambda *_: pytest.fail("a picture was drawn")
    )

    site = story.build()

    assert {address for address, file in site.items() if callable(file.content)} == {
        "charts/totals.png",
        "charts/totals.vl.json",
        "cards/totals.png",
        "cards/story.png",
        "data/datapackage.json",
    }
    assert story.run("check").status == 0


@pytest.mark.parametrize(("verb", "drawn"), [("check", False), ("build", True)])
def test_only_who_writes_the_site_draws_pictures(story, monkeypatch, verb, drawn):
    """A build draws each once, and says so; a check draws none, not even ahead."""
    draw, scales = DrawingPool.begin_png, []
    monkeypatch.setattr(
        DrawingPool,
        "begin_png",
        lambda own, svg, scale: scales.append(scale) or draw(own, svg, scale),
    )
    story.pool = None

    outcome = story.run(verb)

    assert (outcome.status, outcome.out.count("drawing picture ")) == (0, len(scales))
    assert sorted(scales) == ([1, 1, 2] if drawn else [])


def test_a_picture_is_drawn_once(story, monkeypatch):
    """A second build takes it from the cache, the same to the byte."""
    first = {address: file.body for address, file in story.build().items()}
    monkeypatch.setattr(
        DrawingPool, "begin_png", lambda *_: pytest.fail("a picture was drawn again")
    )

    assert {address: file.body for address, file in story.build().items()} == first


def test_a_picture_is_never_older_than_its_words(story):
    """A title that changes changes sheet, picture and card."""
    before = {address: file.body for address, file in story.build().items()}
    story.replace(CHART, "Trade came to", "Trade stood at")
    after = {address: file.body for address, file in story.build().items()}

    changed = {address for address in before if before[address] != after.get(address)}
    assert {"charts/totals.svg", "charts/totals.png", "cards/totals.png"} <= changed


def test_the_figures_of_a_chart_say_how_exactly_they_are_known(story):
    """And which are calculated; spreadsheet programs see their letters."""
    story.replace(
        "story/charts.py", "total)]", 'total, "", total / 1000, row["year"] == 2022)]'
    )

    site = story.build()

    assert lines_of_file(site)[:3] == [
        "measure,year,value,precision,calculated",
        "total_usd_billion,2021,146.8869,0.1468869,false",
        "total_usd_billion,2022,190.271,0.190271,true",
    ]
    assert site["charts/totals.csv"].body[:3] == codecs.BOM_UTF8


def lines_of_file(site):
    """Return the lines of the CSV of the chart."""
    return site["charts/totals.csv"].body.decode("utf-8-sig").splitlines()


# What makes of the chart's table one with a column a year.
A_COLUMN_A_YEAR = (
    (
        """    cells = [
        [Cell(words["value"].fill(year=row["year"]), row["year"]), Cell(language.number(total, 1), total)]
        for row, total in zip(rows, totals, strict=True)
    ]
    table = Grid([Column("year", words["corner"]), Column("total_usd_billion", "$ bn")], cells)
""",
        """    cells = [Cell(language.number(total, 1), total) for total in totals]
    columns = [
        Column(f"total_{row['year']}_usd_billion", str(row["year"]), "", "total_usd_billion", row["year"])
        for row in rows
    ]
    corner = Column("flow", words["corner"])
    table = Grid([corner, *columns], [[Cell("Total", "total"), *cells]], "rows", across="year")
""",
    ),
    (
        'table.make_tip(number, "total_usd_billion")',
        """table.make_tip(0, f"total_{row['year']}_usd_billion")""",
    ),
)


@pytest.mark.parametrize("edits", [(), A_COLUMN_A_YEAR], ids=["rows", "columns"])
def test_a_further_year_adds_rows_to_the_file_of_a_chart_and_no_column(story, edits):
    """Whether the years are the rows of the chart's table or its columns, what reads
    the file each year finds the same columns.
    """
    for old, new in edits:
        story.replace("story/charts.py", old, new)
    before = lines_of_file(story.build())
    story.replace("data/trade.toml", "maximum = 300000", "maximum = 400000")
    story.write(
        "data/trade.csv",
        story.read("data/trade.csv") + "2024,total,244810,100,beta-2024\n",
    )

    after = lines_of_file(story.build())

    assert after[:1] == before[:1]
    assert [line for line in after if line not in before] == [
        line.replace("2023", "2024").replace("240.11", "244.81") for line in before[-1:]
    ]


@pytest.mark.parametrize("overlay", ["chart-pages", "bindings"])
def test_a_chart_that_cannot_be_drawn_hides_nothing_else(make_project, overlay):
    """Its own problem is told, and neither that its page is missed nor that numbers in
    its words lack anchors.
    """
    story = make_project(overlay=STORIES / overlay)
    story.write(
        INDEX, f"{story.read(INDEX)}\n[A chart](charts/totals.md) is on its page.\n"
    )
    story.replace("story/charts.py", "    rows = [row", "    nothing\n    rows = [row")

    assert (
        story.run("check").problems
        == "story/charts.py:16: the chart totals raises NameError: name 'nothing' is"
        " not defined"
    )


TOO_LONG = "what is said does not fit on the card with the title"


@pytest.mark.parametrize(
    ("place", "old", "new", "problem"),
    [
        pytest.param(
            CHART,
            '"Trade came to',
            f'"{"Long words, " * 40}trade',
            f"{TOO_LONG} (5",
            id="a title",
        ),
        pytest.param(
            CHART,
            "Trade by year,",
            "Trade by year 中,",
            'the character "中"',
            id="a sign",
        ),
        pytest.param(
            INDEX,
            'description = "',
            f'description = "{"Words. " * 99}',
            f"{TOO_LONG} (13 ",
            id="the story",
        ),
    ],
)
def test_words_that_a_picture_cannot_show_are_told(story, place, old, new, problem):
    """Nothing is cut off, and no sign looks otherwise on each machine: who wrote it is
    asked for other words.
    """
    story.replace(place, old, new)

    assert story.run("check").problems.startswith(f"{place}:1: {problem}")


def test_a_text_links_to_a_chart_by_the_file_of_its_words(story):
    """As pages are linked by their files: it leads to the chart's own page."""
    story.replace(
        "content/en/index.md",
        "A few pages,",
        "A [chart](charts/totals.md) and a few pages,",
    )

    assert '<a href="charts/totals.html">chart</a>' in story.build()["index.html"].text


def test_charts_without_a_licence_are_not_offered(story):
    """Who takes a chart along must know on which terms."""
    story.write(
        "content/site.toml", story.read("content/site.toml").partition("[licence]")[0]
    )

    assert (
        "content/site.toml:1: the licence of the charts is missing\n"
        in story.run("check").problems
    )


def test_a_cell_leads_to_a_page(story):
    """The words of a cell that leads to a place are a link to it, wherever the table is
    shown.
    """
    story.replace("story/charts.py", "total)]", 'total, "index.md#totals")]')

    assert '<a href="../index.html#totals">' in story.build()["charts/totals.html"].text


def test_a_cell_that_leads_to_no_page_is_told(story):
    """A file that is no page of the story is its author's mistake."""
    story.replace("story/charts.py", "total)]", 'total, "indx.md#totals")]')

    assert (
        story.run("check").problems
        == f"{CHART}:1: the chart totals leads to indx.md, expected a page of the"
        " story\n    hint: did you mean index.md?"
    )
