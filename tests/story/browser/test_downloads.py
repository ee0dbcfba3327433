"""What a chart offers to take along: figures, pictures and a specification."""

import io
import json
import re
from collections.abc import Iterable
from typing import NamedTuple

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
    r"(^|_)(usd_billion|usd_20\d\d_billion|cny_billion|usd_per_tonne|million_tonnes|billion_cubic_metres|index_2015|percent)$"
)
AMOUNT = re.compile(r"-?\d[\d,]*(\.\d+)?")
NOTHING = {"", "–"}  # cells of a page in which nothing is known
# charts whose tables have years in columns, which the file names after the measure
ACROSS = {"race_to_200bn"}
FIGURE = ["value", "precision", "calculated"]


@pytest.fixture(scope="module")
def english() -> Language:
    """Return the language of the story."""
    return content.load_content_in_one_language(CONTENT.parent, ROOT).language


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


class Pairs(NamedTuple):
    """What stands in a file beside what stands on the page: labels by the name of their
    column, and figures.
    """

    labels: dict[str, set[tuple[str, str]]]
    figures: list[tuple[float, str]]


@pytest.fixture
def pairs(chart, whole, table) -> Pairs:
    """Hold the rows of the CSV to cells of the page: to each that holds a figure,
    column by column. A table without figures is held row by row.
    """
    if "measure" not in whole:
        columns = zip(whole, zip(*table, strict=True), strict=True)
        return Pairs({name: paired(whole[name], cells) for name, cells in columns}, [])
    first = 2 if chart.name in ACROSS else 1
    labels = list(whole)[first : -len(FIGURE)]
    places = range(len(labels), len(table[0]))
    known = [
        (row, row[place])
        for place in places
        for row in table
        if row[place] not in NOTHING
    ]
    heads = zip(*(row for row, _ in known), strict=True)
    found = {
        name: paired(whole[name], cells)
        for name, cells in zip(labels, heads, strict=False)
    }
    figures = zip(whole["value"], (cell for _, cell in known), strict=True)
    return Pairs(found, list(figures))


def paired(labels: pd.Series, cells: Iterable[str]) -> set[tuple[str, str]]:
    """Return which label of the file stands beside which of the page."""
    return set(zip(map(str, labels), cells, strict=True))


@on_each_chart
def test_figures_are_those_of_the_page(pairs, english):
    """Each number of the CSV, written as the language does, is the first of a cell of
    the page, and each cell with a number has one.

    A cell with two amounts (60–80) begins with the lower one; one in words ("almost
    half") has none to compare.
    """
    for value, cell in pairs.figures:
        amount = AMOUNT.search(cell.replace("−", "-"))
        if amount:
            assert written(value, amount[0], english) == amount[0]
        else:
            assert any(map(str.isalpha, cell))


def written(value: float, cell: str, language: Language) -> str:
    """Write a number with the decimals of a cell."""
    return language.number(value, len(cell.partition(".")[2]))


@on_each_chart
def test_rows_are_those_of_the_page(pairs):
    """What names the rows of the CSV names those of the page: each of its labels is one
    label there, the same if it is written so.
    """
    for found in pairs.labels.values():
        of_file, of_page = zip(*found, strict=True)
        assert len(found) == len({*of_file}) == len({*of_page})
        assert all(own == label for own, label in found if own in of_page)
    assert pairs.labels


@on_each_chart
def test_a_file_has_one_row_for_each_figure(whole):
    """No two rows are of the same, so that a script can pivot them."""
    assert not whole.duplicated([name for name in whole if name not in FIGURE]).any()


@on_each_chart
def test_the_name_of_a_measure_says_its_unit(whole):
    """It ends in it, so that no number stands without one."""
    measures = whole.get("measure", [])

    assert [name for name in measures if not UNIT.search(name)] == []


@on_each_chart
def test_what_is_known_of_a_figure_is_told(whole):
    """How exactly it is known, and whether it is calculated."""
    if "measure" in whole:
        assert (whole["precision"].dropna() >= 0).all()
        assert whole["calculated"].dtype == bool
        assert whole["value"].dtype == float


@on_each_chart
def test_the_specification_draws_the_drawing(chart, file, pool):
    """Drawn by anybody, the specification gives the very drawing that stands in the
    SVG, but for our serif.
    """
    drawn = svg.clean_svg(
        pool.begin_svg(file(".vl.json").decode())(), f"{chart.name}-wide"
    )
    inside = re.search(
        "<svg [^>]*aria-hidden.*?</svg>", file(".svg").decode(), re.DOTALL
    )[0]
    inside = inside.replace(' display="none"', "")  # of states but the first
    alike = (drawn, inside.replace(poster.SERIF, ' font-weight="600"'))
    named = [
        text.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
        for text in alike
    ]

    assert len(re.findall("M|<circle", drawn)) > (2 if chart.name in FEW else 10)
    assert pool.begin_png(named[0], 1)() == pool.begin_png(named[1], 1)()


@on_each_chart
def test_the_specification_is_valid(file):
    """The specification keeps to the schema of Vega-Lite, and loads nothing."""
    text = file(".vl.json").decode()
    jsonschema.Draft7Validator(load_schema()).validate(json.loads(text))

    assert '"url"' not in text
    assert "var(--" not in text
    assert any(light in text for light, _ in PALETTE.values())
