"""What a chart offers to take along: figures, pictures and a specification."""

import io
import json
import re

import jsonschema
import pandas as pd
import pytest
from altair.vegalite.v6.schema.core import load_schema

from press import content
from press.content.language import Language
from press.figures import poster, svg
from story.theme import PALETTE
from tests.story.browser.conftest import text_of
from tests.story.browser.site import CONTENT, FEW, ROOT, on_each_chart

UNIT = re.compile(
    r"(^|_)(usd_billion|usd_20\d\d_billion|cny_billion|usd_per_tonne|million_tonnes|billion_cubic_metres|index_2015|percent|degrees)$"
)
BESIDE = re.compile("(precision|calculated)_")
AMOUNT = re.compile(r"-?\d[\d,]*(\.\d+)?")
# numbers that name a row, and measure nothing
LABELS = {"year", "to_month", "hs_chapter"}


@pytest.fixture(scope="module")
def english() -> Language:
    """Return the language of the story."""
    return content.load(CONTENT.parent, ROOT).language


@pytest.fixture
def file(chart, web):
    """Return a function that gives a file that the chart offers, by what its name ends
    in.
    """
    return lambda suffix: web.repository.body(chart.file(suffix))


@pytest.fixture
def table(chart, web, document) -> list[list[str]]:
    """Return the cells of the table on a chart's page, row by row, the
    head left out.
    """
    rows = document(web.repository, chart.home).tree.find(".//tbody").iter("tr")
    return [[text_of(cell) for cell in row if cell.tag in {"th", "td"}] for row in rows]


@pytest.fixture
def whole(file) -> pd.DataFrame:
    """Return the CSV as pandas reads it."""
    return pd.read_csv(io.BytesIO(file(".csv")))


@pytest.fixture
def figures(whole) -> pd.DataFrame:
    """Return the CSV without what it says more of its columns."""
    return whole[[name for name in whole if not BESIDE.match(name)]]


def measured(figures: pd.DataFrame) -> list[str]:
    """Return the columns that measure something."""
    return [name for name in figures.select_dtypes("number") if name not in LABELS]


@on_each_chart
def test_figures_are_those_of_the_page(figures, table, english):
    """A number of the CSV, written as the language does, is the first of a cell of the
    page; none, no number.

    A cell with two amounts (60–80) begins with the lower one; one in words ("almost
    half") has none to compare.
    """
    for place, name in enumerate(figures.columns):
        if name in measured(figures):
            for value, cell in zip(
                figures[name], (row[place] for row in table), strict=True
            ):
                amount = AMOUNT.search(cell.replace("−", "-"))
                in_words = not amount and any(map(str.isalpha, cell))
                assert in_words or written(
                    value, amount[0] if amount else "", english
                ) == (amount[0] if amount else "")
                assert pd.isna(value) is (not amount and not in_words)


def written(value: float, cell: str, language: Language) -> str:
    """Write a number with the decimals of a cell."""
    return "" if pd.isna(value) else language.number(value, len(cell.partition(".")[2]))


@on_each_chart
def test_rows_are_those_of_the_page(figures, table):
    """What names the rows of the CSV names those of the page: each of its labels is one
    label there.
    """
    labels = [name for name in figures.columns if name not in measured(figures)]
    for name in labels:
        pairs = set(
            zip(
                figures[name],
                (row[list(figures.columns).index(name)] for row in table),
                strict=True,
            )
        )
        assert (
            len(pairs)
            == len({value for value, _ in pairs})
            == len({cell for _, cell in pairs})
        )
    assert labels


@on_each_chart
def test_the_head_of_a_number_says_its_unit(figures):
    """The name of each column that measures something ends in its unit, and such a
    column holds numbers alone.
    """
    assert measured(figures) == [name for name in figures if UNIT.search(name)]


@on_each_chart
def test_what_is_known_of_a_figure_is_told(whole):
    """Where there is a figure its precision is, if there is any."""
    for name in filter(BESIDE.match, whole):
        of = BESIDE.sub("", name)
        assert [*whole[name].isna()] == [*whole[of].isna()]
        assert name.startswith("calculated") or (whole[name].dropna() >= 0).all()


@on_each_chart
def test_the_specification_draws_the_drawing(chart, file, pool):
    """Drawn by anybody, the specification gives the very drawing that stands in the
    SVG, but for our serif.
    """
    drawn = svg.clean(pool.begin_svg(file(".vl.json").decode())(), f"{chart.name}-wide")
    inside = re.search(
        "<svg [^>]*aria-hidden.*?</svg>", file(".svg").decode(), re.DOTALL
    )[0]
    alike = (drawn, inside.replace(poster.SERIF, ' font-weight="600"'))
    named = [
        text.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
        for text in alike
    ]

    assert len(re.findall("M|<circle", drawn)) > (3 if chart.name in FEW else 10)
    assert pool.begin_png(named[0], 1)() == pool.begin_png(named[1], 1)()


@on_each_chart
def test_the_specification_is_valid(file):
    """The specification keeps to the schema of Vega-Lite, and loads nothing."""
    text = file(".vl.json").decode()
    jsonschema.Draft7Validator(load_schema()).validate(json.loads(text))

    assert '"url"' not in text
    assert "var(--" not in text
    assert any(light in text for light, _ in PALETTE.values())
