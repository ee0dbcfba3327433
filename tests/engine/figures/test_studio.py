"""Drawing: when a figure is drawn, when it is taken from the cache, and what it rests on."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from types import SimpleNamespace

import pytest

import build
from press import content
from press.errors import BuildError
from press.figures.figure import stored
from press.figures.key import Code
from press.figures.plot import SIZES, WIDTHS
from press.figures.studio import Studio
from press.grid import Cell
from tests.engine.project import charts_in, story_in
from tests.engine.wording import GRAMMAR

HEIGHT = ("story/charts.py", "height=120", "height=130")
TOTAL = Decimal("146.8869")  # of 2021, billions of dollars


@pytest.fixture
def draw(project, charts_of, worker):
    """Return a function that draws the figures of the story as it now is, and says what was drawn and imported."""

    def draw():
        tables, reports, imports = project.load(), [], []
        texts = content.load(project.root / "content", project.root)

        def charts():
            imports.append("charts")
            return charts_of(project.root)

        studio = Studio(project.root, tables, charts, worker, Code(project.root))
        with ThreadPoolExecutor(1) as drawer:
            figures = {item.code: studio.begin(item, reports.append, drawer)() for item in texts.languages}
        studio.tidy()
        return SimpleNamespace(studio=studio, figures=figures, reports=reports, imports=imports)

    return draw


def plain(figures):
    """Return figures as JSON: a table that was just drawn has tuples where one from the cache has lists."""
    values = {code: {name: stored(item) for name, item in named.items()} for code, named in figures.items()}
    return json.dumps(values, default=str)


def cached(project):
    return sorted(path.name for path in (project.root / ".cache/figures").iterdir())


def test_a_figure_has_two_drawings_of_two_widths(draw):
    """Each figure is drawn wide and narrow, and fits."""
    figure = draw().figures["en"]["totals"]

    assert [(item.size, item.width) for item in figure.drawings] == [("wide", 684), ("narrow", 288)]
    assert [(size.name, size.width) for size in SIZES] == [("wide", 684), ("narrow", 288)]
    assert all(size.text <= size.label < size.key for size in SIZES)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_chart_says_how_wide_it_stands_in_a_page(project, draw, width):
    """It is drawn in the sizes of that width, and its figure knows it."""
    project.replace("story/charts.py", "frozenset(rows))", f'frozenset(rows), "{width}")')

    figure = draw().figures["en"]["totals"]

    assert figure.width == width
    assert [(item.size, item.width) for item in figure.drawings] == [(size.shown, size.width) for size in WIDTHS[width]]


def test_a_figure_rests_on_the_rows_that_it_used(draw):
    """The tables and pages under a figure follow from its rows, in their order, each once."""
    figure = draw().figures["en"]["totals"]

    assert (figure.tables, figure.source_ids) == (("trade",), ("alpha-2022", "alpha-2023", "beta-2023", "beta-2024"))


def test_a_figure_s_table_has_its_language_s_words_and_numbers(project, draw):
    """Each language has its own figure."""
    project.write("content/ru/grammar.toml", GRAMMAR.text)
    for place in ("words.toml", "index.md", "sources.md", "404.md", "charts/totals.md"):
        project.write(f"content/ru/{place}", project.read(f"content/en/{place}").replace("Trade of", "За"))

    figures = draw().figures

    assert list(figures["en"]["totals"].table.rows[0]) == [Cell("Trade of 2021", 2021), Cell("146.9", TOTAL)]
    assert list(figures["ru"]["totals"].table.rows[0]) == [Cell("За 2021", 2021), Cell("146,9", TOTAL)]


def test_nothing_is_drawn_or_imported_when_nothing_has_changed(draw):
    """A second build takes every figure from the cache, the same as it was drawn."""
    first, second = draw(), draw()

    assert (second.reports, second.imports) == ([], [])
    assert plain(second.figures) == plain(first.figures)


def test_a_picture_is_told_of_when_it_is_drawn(draw):
    """Each picture that is drawn is told with its place among all; one that the cache has is not."""
    first, second = draw(), draw()
    for drawn in (first, second):
        svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
        pictures = [drawn.studio.picture(svg, scale, f"content/en/charts/{scale}.md") for scale in (1, 2)]
        assert all(picture() for picture in pictures)

    assert first.reports == ["drawing picture 1/2: 1", "drawing picture 2/2: 2"]
    assert second.reports == []


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(HEIGHT, id="the story's Python"),
        pytest.param(("content/en/charts/totals.md", 'corner = "Year"', 'corner = "In"'), id="the chart's words"),
        pytest.param(("data/trade.csv", "110970", "110971"), id="a table"),
        pytest.param(("data/trade.toml", "Trade of the year", "Trade of it"), id="a description"),
    ],
)
def test_a_figure_is_drawn_anew_when_what_goes_into_it_changes(project, draw, change):
    """Python, words and tables are all part of a figure's key."""
    project.replace(*change)

    assert draw().reports == ["drawing 1/1: totals"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(("content/en/charts/totals.md", "The bars", "All bars"), id="the summary"),
        pytest.param(("content/en/index.md", "In 2023", "In the year 2023"), id="a page"),
        pytest.param(("templates/page.html", "<h1>", '<h1 class="x">'), id="a template"),
    ],
)
def test_a_figure_is_not_drawn_anew_for_what_does_not_go_into_it(project, draw, change):
    """Texts and templates around a figure leave it as it is."""
    project.replace(*change)

    assert draw().reports == []


DRAWN_ANEW = ("content/en/charts/totals.md", 'corner = "Year"', 'corner = "In"')
TABLE = ("data/trade.csv", "114149,1,alpha-2023\n2022,total,190271", "124149,1,alpha-2023\n2022,total,200271")
CODE = ("story/charts.py", "$ bn", "bn of $")


@pytest.mark.parametrize(
    ("change", "new"), [pytest.param(TABLE, "200.3", id="a table"), pytest.param(CODE, "bn of $", id="code")]
)
def test_a_save_in_the_middle_of_a_build_is_in_the_next(project, change, new):
    """What is drawn from a file as it was is not taken for a drawing of the file as it is.

    The story's own check, which runs when all is loaded and nothing is drawn, saves the file.
    """
    project.replace(*DRAWN_ANEW)
    loaded = charts_in(project.root)
    story = story_in(project.root)._replace(check=lambda _: project.replace(*change) or [], charts=lambda: loaded)
    sites = [dict(build.build(project.root, None, project.reports.append, project.worker, story)), project.build()]

    assert [new in site["index.html"].text for site in sites] == [False, True]


def test_what_code_has_drawn_that_was_saved_meanwhile_is_not_kept(project):
    """A file is saved before it is imported and put back after the build: the next draws what it says."""
    project.replace(*DRAWN_ANEW)
    story = story_in(project.root)._replace(check=lambda _: project.replace(*CODE) or [])
    sites = [dict(build.build(project.root, None, project.reports.append, project.worker, story))]
    place, old, new = CODE
    project.replace(place, new, old)
    sites.append(project.build())

    assert [new in site["index.html"].text for site in sites] == [True, False]


def test_a_drawing_is_kept_where_only_its_table_changes(project, draw, monkeypatch):
    """What is drawn is kept by its specification: where it is the same, nothing is drawn though a row changed."""
    monkeypatch.setattr("press.figures.worker.Worker.svg", lambda *_: pytest.fail("something was drawn"))
    project.replace("data/trade.csv", "110970,10", "110971,10")

    assert draw().reports == ["drawing 1/1: totals"]


def test_drawings_outlive_a_build_that_had_no_need_of_them(project, draw, monkeypatch):
    """A build without changes does not make the one after it draw what it could have kept."""
    draw()
    monkeypatch.setattr("press.figures.worker.Worker.svg", lambda *_: pytest.fail("something was drawn"))
    project.replace("data/trade.csv", "110970,10", "110971,10")

    assert draw().reports == ["drawing 1/1: totals"]


def test_the_cache_keeps_only_what_is_used(project, draw):
    """Drawings of an earlier state of the story are deleted."""
    before = cached(project)
    project.replace(*HEIGHT)
    draw()

    after = cached(project)

    assert (len(after), set(before) & set(after)) == (len(before), set())


def test_a_build_deletes_drawings_that_nothing_uses(project):
    """The command line tidies the cache too: drawings of an earlier state are gone after it."""
    before = cached(project)
    project.replace(*HEIGHT)
    project.run("check")

    assert set(before) & set(cached(project)) == set()


def test_a_cache_that_was_broken_is_drawn_over(project, draw):
    """Half a file in the cache is no drawing."""
    first = draw().figures
    for path in (project.root / ".cache/figures").iterdir():
        path.write_text('{"name": "tot', "utf-8")

    assert plain(draw().figures) == plain(first)


def test_all_charts_that_fail_are_told_at_once(project, draw):
    """A chart that raises does not hide another that does, nor one without words."""
    project.write("content/en/charts/other.md", project.read("content/en/charts/totals.md"))
    project.replace("story/charts.py", "    cells = [", "    nothing\n    cells = [")
    project.write(
        "story/charts.py",
        project.read("story/charts.py") + "\n\ndef other(*_):\n    raise ValueError\n\n\ndef more(*_):\n    pass\n",
    )

    with pytest.raises(BuildError) as caught:
        draw()

    assert [str(problem) for problem in caught.value.problems] == [
        "content/en/charts/more.md:1: found no words for the chart more, expected its title, subtitle, alt and summary",
        "story/charts.py:18: the chart totals raises NameError: name 'nothing' is not defined",
        "story/charts.py:47: the chart other raises ValueError",
    ]


def test_charts_of_all_languages_that_fail_are_told_at_once(project):
    """The first language's charts do not hide the second's."""
    for place in ("words.toml", "facts.toml", "index.md", "sources.md", "404.md", "charts/totals.md"):
        project.write(f"content/en-GB/{place}", project.read(f"content/en/{place}"))
    for code in ("en", "en-GB"):
        project.replace(f"content/{code}/charts/totals.md", 'corner = "Year"\n', "")

    assert [line for line in project.run("check").problems.split("\n") if "hint" not in line] == [
        f"content/{code}/charts/totals.md:1: [words] lacks corner, which the chart uses" for code in ("en-GB", "en")
    ]


def test_what_altair_refuses_is_told_in_its_own_words(project):
    """A chart that Altair itself finds wrong is blamed on its function, with Altair's own words."""
    project.replace(
        "story/charts.py",
        "    return _Specification(",
        "    import altair as alt\n\n"
        "    return alt.Chart(alt.Data(values=values)).mark_bar().encode(alt.X('year', type='ordinl'))\n"
        "    return _Specification(",
    )

    problems = project.run("check").problems

    assert problems.startswith(
        "story/charts.py:14: the chart totals raises SchemaValidationError: 'ordinl' is an invalid"
    )


@pytest.mark.parametrize(
    ("valid", "told"),
    [
        pytest.param("not validate", "story/charts.py:11: the chart totals raises AssertionError", id="the first is"),
        pytest.param("validate == (self['width'] == 684)", "", id="the others are not"),
    ],
)
def test_a_chart_is_validated_in_its_first_size(project, valid, told):
    """What is valid in one size is valid in all, unless a chart goes out of its way; and validating takes long."""
    method = "    def to_dict(self, *, validate):\n        assert {}"
    project.replace("story/charts.py", "    def to_dict(self, **_):", method.format(valid))

    assert project.run("check").problems == told


def test_what_writes_a_chart_down_is_not_to_blame_for_it(project):
    """What is raised where charts become specifications is told of the chart, wherever the story does that for all."""
    project.write("story/look.py", "class Look:\n    def to_dict(self, **_):\n        raise ValueError('wrong')\n")
    project.replace(
        "story/charts.py",
        "    return _Specification(",
        "    import pathlib, runpy\n"
        "    return runpy.run_path(pathlib.Path(_bars.__code__.co_filename).with_name('look.py'))['Look']()\n"
        "    return _Specification(",
    )

    assert project.run("check").problems == "story/charts.py:14: the chart totals raises ValueError: wrong"


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param("encoding=None", id="no channels"),
        pytest.param("encoding='x'", id="a word for channels"),
        pytest.param("encoding={'x': 5, 'description': {'field': 'point'}}", id="a number for a channel"),
        pytest.param("encoding={'x': {'field': 'year', 'type': 'ordinl'}, 'description': 'point'}", id="a type"),
        pytest.param("mark=5", id="a number for a mark"),
        pytest.param("mark={}", id="no mark"),
        pytest.param("data=[5]", id="a list for data"),
        pytest.param("data={'values': 5}", id="a number for rows"),
        pytest.param("data={'values': [5]}", id="a number for a row"),
        pytest.param("datasets=[]", id="a list for data sets"),
        pytest.param("width=size", id="a size for a width"),
        pytest.param("width='wide'", id="a word for a width"),
        pytest.param("layer=5", id="a number for layers"),
        pytest.param("height=object()", id="what JSON has not"),
        pytest.param("config={'axis': 5}", id="a number for a look"),
    ],
)
def test_what_is_wrong_in_another_size_only_is_told(project, wrong):
    """A size that is not validated may hold anything: what cannot be drawn is a problem, and never a traceback."""
    project.replace("story/charts.py", "    return _Specification(", "    made = _Specification(")
    code = project.read("story/charts.py").rstrip()
    key, value = wrong.split("=", 1)
    project.write(
        "story/charts.py", f"{code}\n    if size.name == 'narrow':\n        made[{key!r}] = {value}\n    return made\n"
    )

    done = project.run("check")

    assert done.status == 0 or done.problems.startswith("story/charts.py:")


def test_an_altair_chart_is_drawn(project):
    """Whatever turns into a specification can be drawn: an Altair chart does."""
    project.replace(
        "story/charts.py",
        "    return _Specification(",
        "    import altair as alt\n\n"
        "    chart = alt.Chart(alt.Data(values=values)).mark_bar()\n"
        "    chart = chart.encode(x='year:O', y='value:Q', description='point:N')\n"
        "    return chart.properties(width=100)\n"
        "    return _Specification(",
    )

    assert project.run("check").status == 0


def test_a_drawing_with_a_picture_in_it_is_refused(project):
    """Whatever way a picture found into a drawing, it is not published."""
    picture = '<svg width="9" height="9"><image href="x"/></svg>'
    project.worker = SimpleNamespace(processes=1, start=lambda: None, svg=lambda _: picture, close=lambda: 0)
    project.replace(*HEIGHT)

    assert project.run("check").problems == (
        "story/charts.py:14: found a chart totals that draws a picture, expected marks and text"
    )


def test_the_headings_that_a_chart_asks_for_count(project, draw):
    """A chart may show what entries of a table are headed; it is drawn anew when one of those changes, and no other."""
    project.replace(
        "story/charts.py", "    cells = [", '    headed = language.headings.get("trade", {})\n    cells = ['
    )
    page = project.read("content/en/404.md")
    entry = "\n## An entry {#one}\n"
    for table, drawn in (("trade", ["drawing 1/1: totals"]), ("sources", [])):
        project.write("content/en/entries.md", page.replace("+++\n", f'+++\nentries = "{table}"\n', 1) + entry)
        draw()
        project.replace("content/en/entries.md", "An entry", "Another entry")

        assert draw().reports == drawn
