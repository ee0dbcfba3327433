"""The pages and charts that the site is to have, read from ``content/``, and what tests
run on all or some of them.
"""

import itertools
import re
import tomllib
from collections.abc import Collection
from functools import cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
CONTENT = ROOT / "content" / "en"
Box = dict[str, float]  # the edges of something in a window
CHART = re.compile(r"^!\[\]\(chart:(\w+)\)\s*$", re.MULTILINE)
# what of a text is not read: emphasis, where links lead
MARKDOWN = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*_`]")


class LayeredChart:
    """A chart where it stands: its name, the address of the page whose text it is in,
    and its own addresses.
    """

    def __init__(self, name: str, address: str) -> None:
        self.name, self.address = name, address
        self.home = f"charts/{name}.html"  # its own page
        self.frame = f"embed/{name}.html"  # for other sites
        # the picture that stands for it where it is shared
        self.card = f"cards/{name}.png"

    @cached_property
    def _words(self) -> list[str]:
        return (CONTENT / "charts" / f"{self.name}.md").read_text("utf-8").split("+++")

    @cached_property
    def text(self) -> dict[str, object]:
        """What the author wrote above the summary."""
        return tomllib.loads(self._words[1])

    @property
    def summary(self) -> str:
        """What the author wrote below the chart."""
        return self._words[2]

    def file(self, suffix: str) -> str:
        """Return the address of what it offers to take along."""
        return f"charts/{self.name}{suffix}"


def read(markdown: str) -> str:
    """Return what a reader sees of a text."""
    return flat(MARKDOWN.sub(r"\1", markdown))


def flat(text: str) -> str:
    """Return a text in one line."""
    return " ".join(text.split())


def within(box: Box, frame: Box) -> bool:
    """Tell whether a box lies in another."""
    across = frame["left"] <= box["left"] and box["right"] <= frame["right"]
    return across and frame["top"] <= box["top"] and box["bottom"] <= frame["bottom"]


def touching(
    boxes: list[Box], *, across: float = 0, down: float = 0
) -> list[tuple[Box, Box]]:
    """Return the pairs of boxes that cover each other by more than so
    much, each way.
    """
    return [
        (one, other)
        for one, other in itertools.combinations(boxes, 2)
        if min(one["right"], other["right"]) - max(one["left"], other["left"]) > across
        and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > down
    ]


TEXTS = {f"{path.stem}.html": path for path in sorted(CONTENT.glob("*.md"))}
CHARTS = [
    LayeredChart(name, address)
    for address, path in TEXTS.items()
    for name in CHART.findall(path.read_text("utf-8"))
]
# the pages of the site itself, with a head and a foot
SHEETS = [*TEXTS, *(chart.home for chart in CHARTS)]
PAGES = [*SHEETS, *(chart.frame for chart in CHARTS)]  # and those that other sites show
# a square in each of two: few marks and few words, and large shares
SQUARES = "how_big_for_each"
# charts of few marks
FEW = {
    SQUARES,
    "fall_of_2025",
    "partners_of_russia",
    "price_or_volume",
    "what_china_sells",
}
BELOW = {
    f"{slug}.html"
    for slug in tomllib.loads((CONTENT.parent / "site.toml").read_text("utf-8"))[
        "below"
    ]["data-and-methods"]
}
# The pages of charts are made by one template, frames by another: what depends on these
# alone is tested on some.
SOME = [CHARTS[0], CHARTS[len(CHARTS) // 2], CHARTS[-1]]
REST = {
    address
    for chart in CHARTS
    if chart not in SOME
    for address in (chart.home, chart.frame)
}


def _each(name: str, values: list, long: Collection = ()) -> pytest.MarkDecorator:
    marked = [
        pytest.param(
            value,
            id=getattr(value, "name", value),
            marks=[pytest.mark.long] if value in long else [],
        )
        for value in values
    ]
    return pytest.mark.parametrize(name, marked)


on_each_chart = _each("chart", CHARTS)
on_some_charts = _each(
    "chart", CHARTS, [chart for chart in CHARTS if chart not in SOME]
)
on_each_page = _each("address", PAGES)
on_some_pages = _each("address", PAGES, REST)
on_each_sheet = _each("address", SHEETS)
# all sheets, and some frames
on_most_pages = _each("address", PAGES, REST - {*SHEETS})
on_some_sheets = _each("address", SHEETS, REST)
