"""Drawing: when a figure is drawn, when it is taken from the cache, and what it rests
on.
"""

import shutil
from decimal import Decimal
from types import SimpleNamespace

import pytest

from press import content
from press.figures.plot import WIDTHS
from press.figures.studio import Studio
from press.ground.errors import BuildError
from press.ground.grid import Cell
from tests.engine.project import load_charts

HEIGHT = ("story/charts.py", "height=120", "height=130")
TOTAL = Decimal("146.8869")  # of 2021, billions of dollars


@pytest.fixture
def draw(project, pool):
    """Return a function that draws the figures of the story as it now is, and says
    which had to be drawn.
    """

    def draw(functions=None):
        tables, texts, reports = (
            project.load(),
            content.load_content_in_one_language(
                project.root / "content", project.root
            ),
            [],
        )
        studio = Studio(
            project.root,
            texts,
            tables,
            lambda: functions or load_charts(project.root),
            None,
            pool,
            reports.append,
        )
        figures = {
            figure.name: figure for figure in studio.begin_all_then_yield_charts()
        }
        studio.store.delete_not_marked_as_used()
        return SimpleNamespace(studio=studio, figures=figures, reports=reports)

    return draw


@pytest.mark.parametrize("width", WIDTHS)
def test_a_chart_says_how_wide_it_stands_in_a_page(project, draw, width):
    """It is drawn in the sizes of that width, wide and narrow, and its
    figure knows it.
    """
    project.replace(
        "story/charts.py", "frozenset(rows))", f'frozenset(rows), "{width}")'
    )

    figure = draw().figures["totals"]

    assert figure.width_name == width
    assert [(item.size, item.width) for item in figure.drawings] == [
        (size.page_name, size.width) for size in WIDTHS[width]
    ]


def test_a_figure_rests_on_the_rows_that_it_used(draw):
    """The tables and pages under a figure follow from its rows, in their order, each
    once.
    """
    figure = draw().figures["totals"]

    assert (figure.tables, figure.source_ids) == (
        ("trade",),
        ("alpha-2022", "alpha-2023", "beta-2023", "beta-2024"),
    )


def test_a_figure_s_table_has_its_words_and_numbers(draw):
    """The words of its chart, and numbers as the language writes them."""
    assert list(draw().figures["totals"].table.rows[0]) == [
        Cell("Trade of 2021", 2021),
        Cell("146.9", TOTAL),
    ]


def test_a_picture_is_told_of_when_it_is_drawn(draw):
    """Each picture that is drawn is told with its number; one that the store has is
    not.
    """
    first, second = draw(), draw()
    for drawn in (first, second):
        svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
        pictures = [
            drawn.studio.prepare_png(svg, scale, f"content/en/charts/{scale}.md")
            for scale in (1, 2)
        ]
        assert all(picture() for picture in pictures)

    assert first.reports == ["drawing picture 1: 1", "drawing picture 2: 2"]
    assert second.reports == []


@pytest.mark.parametrize(
    ("change", "reports"),
    [
        pytest.param(HEIGHT, ["drawing 1/1: totals"], id="the story's Python"),
        pytest.param(
            ("data/trade.csv", "total,190271", "total,190281"),
            ["drawing 1/1: totals"],
            id="a figure",
        ),
        pytest.param(
            ("data/trade.csv", "110970,10", "110971,10"),
            [],
            id="a figure that is not shown",
        ),
        pytest.param(
            ("content/en/charts/totals.md", 'corner = "Year"', 'corner = "In"'),
            [],
            id="a word not drawn",
        ),
        pytest.param(
            ("content/en/charts/totals.md", "The bars", "All bars"),
            [],
            id="the summary",
        ),
    ],
)
def test_a_chart_is_drawn_anew_where_its_specification_changes(
    project, draw, change, reports
):
    """Whatever else has changed, the drawing is taken from the cache; the table is that
    of today.
    """
    draw()
    project.replace(*change)
    drawn = draw()

    assert drawn.reports == reports
    assert drawn.figures["totals"].table.columns[0].head == (
        "In" if "corner" in change[1] else "Year"
    )


def test_a_chart_is_specified_anew_where_what_it_asked_for_changes(project, draw):
    """In one process, by the same function: for other words, tables that it asked for,
    headings of their entries.
    """
    project.replace(
        "story/charts.py",
        "    cells = [",
        '    language.headings_by_table_and_row.get("trade", {})\n    "limits" in data\n    cells = [',
    )
    page = project.read("content/en/404.md").replace(
        "+++\n", '+++\nentries = "{}"\n', 1
    )
    for table in ("trade", "sources"):
        project.write(
            f"content/en/entries-of-{table}.md",
            page.replace("{}", table) + "\n## An entry {#one}\n",
        )
    functions, called = load_charts(project.root), []

    def totals(*given):
        called.append(None)
        return functions["totals"](*given)

    draw({"totals": totals})
    calls = []
    for change in (
        lambda: project.replace(
            "content/en/charts/totals.md", 'corner = "Year"', 'corner = "In"'
        ),
        lambda: project.write(
            "data/trade.csv",
            f"{project.read('data/trade.csv')}2024,export,115484,10,beta-2024\n",
        ),
        lambda: project.replace(
            "content/en/entries-of-trade.md", "An entry", "Another"
        ),
        lambda: [
            project.write(f"data/limits.{kind}", project.read(f"data/sources.{kind}"))
            for kind in ("csv", "toml")
        ],
        lambda: project.replace(
            "content/en/entries-of-sources.md", "An entry", "Another"
        ),
        lambda: project.replace(
            "data/sources.csv", "Trade of 2023,", "All trade of 2023,"
        ),
        lambda: project.replace("content/en/index.md", "In 2023", "In the year 2023"),
    ):
        called.clear()
        change()
        draw({"totals": totals})
        calls.append(len(called))

    assert calls == [1, 1, 1, 1, 1, 0, 0]


def test_all_charts_that_fail_are_told_at_once(project, draw):
    """A chart that raises does not hide another that does, nor one without words."""
    project.write(
        "content/en/charts/other.md", project.read("content/en/charts/totals.md")
    )
    project.replace("story/charts.py", "    cells = [", "    nothing\n    cells = [")
    project.write(
        "story/charts.py",
        project.read("story/charts.py")
        + "\n\ndef other(*_):\n    raise ValueError\n\n\ndef more(*_):\n    pass\n",
    )

    with pytest.raises(BuildError) as caught:
        draw()

    assert [str(problem) for problem in caught.value.problems] == [
        (
            "content/en/charts/more.md:1: found no words for the chart more, expected"
            " its title, subtitle, alt and summary"
        ),
        (
            "story/charts.py:18: the chart totals raises NameError: name 'nothing' is"
            " not defined"
        ),
        "story/charts.py:47: the chart other raises ValueError",
    ]


SAYS = (
    "    def to_dict(self, *, validate):\n        assert not validate, 'what is"
    " wrong'\n"
)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        pytest.param("width=size.width", "", id="valid"),
        pytest.param(
            "width=[]", "raises AssertionError: what is wrong", id="of no size"
        ),
        pytest.param(
            "width=size.width if size.name == 'wide' else []",
            "raises AssertionError: what is wrong",
            id="narrow",
        ),
        pytest.param("width={5}", "raises AssertionError: what is wrong", id="no JSON"),
    ],
)
def test_who_made_a_chart_is_asked_what_is_not_valid(project, wrong, told):
    """In any of its sizes; and only then, since Altair takes long to say."""
    shutil.rmtree(project.root / ".cache")
    project.replace("story/charts.py", "    def to_dict(self, **_):\n", SAYS)
    project.replace("story/charts.py", "width=size.width", wrong)

    assert project.run("check").problems == (
        told and f"story/charts.py:11: the chart totals {told}"
    )


def test_what_its_maker_does_not_find_wrong_is_told(project):
    """A chart that is not made with Altair may be no valid Vega-Lite, too."""
    project.replace("story/charts.py", "width=size.width", "width=[]")

    told = (
        "story/charts.py:14: the chart totals is no valid Vega-Lite\n    hint: Altair"
        " says what is wrong"
    )
    assert project.run("check").problems == told


def test_what_writes_a_chart_down_is_not_to_blame_for_it(project):
    """What is raised where charts become specifications is told of the chart, wherever
    the story does that for all.
    """
    project.write(
        "story/look.py",
        "class Look:\n    def to_dict(self, **_):\n        raise ValueError('wrong')\n",
    )
    project.replace(
        "story/charts.py",
        "    return _Specification(",
        "    import pathlib, runpy\n    return"
        " runpy.run_path(pathlib.Path(_bars.__code__.co_filename).with_name('look.py'))['Look']()\n"
        "    return _Specification(",
    )

    assert (
        project.run("check").problems
        == "story/charts.py:14: the chart totals raises ValueError: wrong"
    )


NARROW = "story/charts.py:14: the chart totals {} (wide, narrow)\n    hint: {}"
LOOK = (
    "finish_chart gives the look of the house, without a ground of its own; colours are"
    " those of story/theme.py"
)


def test_what_is_not_seen_of_a_chart_is_told_with_all_other_problems(project):
    """At the line of the chart, in each size: a ground that is white in the dark."""
    project.replace("story/charts.py", '"transparent"', '"white"')
    project.replace("content/en/index.md", "In 2023", "[In](missing.md) 2023")

    told = project.run("check").problems

    ground = (
        "has a mark or a ground in white at 1.0:1 to what is behind it, light, expected"
        " 1.25:1"
    )
    assert NARROW.format(ground, LOOK) in told
    assert "content/en/index.md:7" in told


def test_a_drawing_that_shows_no_value_is_told(project):
    """A drawing of axes alone is none."""
    project.replace("story/charts.py", 'data={"values": values}', 'data={"values": []}')

    assert (
        "the chart totals draws no value of its table" in project.run("check").problems
    )


def test_an_altair_chart_is_drawn(project, monkeypatch):
    """Whatever turns into a specification can be drawn: an Altair chart does.

    Altair validates no part of it.
    """
    monkeypatch.setattr(
        "altair.utils.schemapi.validate_jsonschema",
        lambda *_, **__: pytest.fail("it is valid"),
    )
    project.replace(
        "story/charts.py",
        "    return _Specification(",
        "    import altair as alt\n\n"
        "    chart = alt.Chart(alt.Data(values=values), width=100).mark_bar()\n"
        "    grey = dict(labelColor='#767676', titleColor='#767676')\n"
        "    chart = chart.configure(background='transparent', axis=grey)\n"
        "    return chart.encode(x='year:O', y='value:Q', description='point:N')\n"
        "    return _Specification(",
    )

    assert project.run("check").status == 0
