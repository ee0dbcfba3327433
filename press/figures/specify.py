"""Specifying: a chart function is called, and what it draws is written down as
Vega-Lite, and checked.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from press.content import ChartLanguage, ChartText
from press.data import Data, Row
from press.figures import svg
from press.figures.figure import DrawingAtSize, DrawnChart
from press.figures.plot import (
    WIDTHS,
    ChartFunction,
    Plot,
    Size,
    check_plot_rows_and_width,
)
from press.figures.points import (
    list_descriptions_without_tip,
    locate_points_of_drawn_tips,
)
from press.figures.rules import (
    Violation,
    is_valid_spec,
    yield_violations_besides_schema,
)
from press.figures.seen import DESCRIBE, find_unseen_parts
from press.ground.colour import Palette
from press.ground.errors import BuildError, Problem, Problems, quote_words
from press.ground.grid import Tip
from press.ground.guard import (
    PathAndLine,
    blame_innermost_line,
    find_function_line,
    guard_story_code,
)

ANYWHERE = ("story/charts", 1)


@dataclass(frozen=True, eq=False)
class SpecifiedChart:
    """A chart that is specified: what its function returned, and its specification in
    each size, as JSON.
    """

    name: str
    place: PathAndLine
    plot: Plot
    specs: Mapping[Size, str]
    steps: Sequence[str]
    state: str  # in which pages show it first, if it has several

    def make_drawn_chart(
        self, drawn: Mapping[Size, str], palette: Palette
    ) -> DrawnChart:
        """Make the figure, from the renderer's SVG of each size.

        Raises ``BuildError`` for a drawing that is too wide, or not seen in the colours
        of a palette.
        """
        table = self.plot.table
        drawings = tuple(
            self._clean_and_check_width(size, drawn[size]) for size in self.specs
        )
        by_name = {size.page_name: drawn[size] for size in self.specs}
        points = locate_points_of_drawn_tips(table.list_tips_of_known_values(), by_name)
        self._check_drawings_are_visible(drawn, palette)
        rows = tuple(sorted(self.plot.rows, key=_get_place))
        first, *_ = self.specs.values()
        return DrawnChart(self.name, first, drawings, points, rows, table)

    def _check_drawings_are_visible(
        self, drawn: Mapping[Size, str], palette: Palette
    ) -> None:
        """Raise ``BuildError`` for what readers would not see of a drawing."""
        texts = {tip.text for tip in self.plot.table.list_tips_of_known_values()}
        sizes = defaultdict[Violation, dict[str, None]](dict)
        for size, spec in self.specs.items():
            for wrong in find_unseen_parts(drawn[size], spec, texts, palette):
                sizes[wrong][size.page_name] = None
        problems = Problems()
        for (message, hint), names in sizes.items():
            told = f"the chart {self.name} {message} ({', '.join(names)})"
            problems.add(*self.place, told, hint)
        problems.stop_if_any()

    def _clean_and_check_width(self, size: Size, drawn: str) -> DrawingAtSize:
        """Make a drawing fit for pages.

        Raises ``BuildError`` for one that is too wide.
        """
        name = size.page_name
        width, height = svg.read_svg_size(drawn)
        if width > size.width:
            raise BuildError.at(
                *self.place,
                f"found a chart {self.name} {width} px wide, expected {size.width} (the"
                f" {name} size)",
                "set width to size.width with autosize fit",
            )
        cleaned = svg.clean_svg(drawn, f"{self.name}-{name}", self.steps, self.state)
        return DrawingAtSize(name, cleaned, width, height)


def _get_place(row: Row) -> tuple[str, int]:
    return row.path, row.line


def specify_chart(
    data: Data,
    function: ChartFunction,
    text: ChartText,
    language: ChartLanguage,
    root: Path,
) -> SpecifiedChart:
    """Call a chart function and specify each of its drawings.

    Raises ``BuildError`` for what a chart may not do.

    Altair would look at each part when it is made, which takes longer than making it:
    it is asked only to tell what is wrong with a chart that is not valid.
    """
    specifier = _ChartSpecifier(data, function, text, language, root)
    with suppress(BuildError), _suspend_altair_validation():
        chart = specifier.make_specified_chart(validate=False)
        if all(map(is_valid_spec, chart.specs.values())):
            return chart
    chart = specifier.make_specified_chart(validate=True)
    if not all(map(is_valid_spec, chart.specs.values())):  # it was not made with Altair
        raise BuildError.at(
            *chart.place,
            f"{specifier.name_in_messages} is no valid Vega-Lite",
            "Altair says what is wrong",
        )
    return chart


def _suspend_altair_validation() -> AbstractContextManager[Any]:
    """Have Altair look at nothing that is made meanwhile, if the story has imported
    it.
    """
    altair = sys.modules.get("altair")
    return altair.utils.schemapi.debug_mode(False) if altair else nullcontext()  # noqa: FBT003 - its only way


@dataclass(frozen=True)
class _ChartSpecifier:
    """Calls a chart function and writes its specifications down, from all that they
    depend on.
    """

    data: Data
    function: ChartFunction
    text: ChartText
    language: ChartLanguage
    root: Path

    @property
    def name_in_messages(self) -> str:
        """What messages call the chart."""
        return f"the chart {self.text.name}"

    def make_specified_chart(self, *, validate: bool) -> SpecifiedChart:
        """Call the chart function and write its specifications down.

        Raises ``BuildError``.
        """
        place = find_function_line(self.function, self.root, ANYWHERE)
        steps = [step.name for step in self.text.steps]
        with guard_story_code(self.root, self.name_in_messages, place):
            plot = self.function(self.data, self.text.words, self.language)
            check_plot_rows_and_width(plot, self.text.name, place)
            specs = self._format_specs_of_plot(plot, place, validate=validate)
            tips = plot.table.list_tips_of_known_values()
        wrong = set[Violation]()
        for spec in specs.values():
            wrong.update(yield_violations_besides_schema(json.loads(spec), steps))
            wrong.update(_yield_marks_without_known_description(spec, tips))
        if wrong:
            raise BuildError(
                Problem(*place, f"{self.name_in_messages} {message}", hint)
                for message, hint in sorted(wrong)
            )
        state = next((state.name for state in self.text.states), "")
        return SpecifiedChart(self.text.name, place, plot, specs, steps, state)

    def _format_specs_of_plot(
        self, plot: Plot, place: PathAndLine, *, validate: bool
    ) -> dict[Size, str]:
        """Return the specification for each size.

        Where a part of the chart is wrong, what writes all charts down is not to blame.
        """
        drawables = {size: plot.draw(size) for size in WIDTHS[plot.width]}
        specs = dict[Size, str]()
        with blame_innermost_line(
            [self.root / place[0]], self.root, self.name_in_messages, place
        ):
            for size, drawable in drawables.items():
                spec = drawable.to_dict(validate=validate)
                specs[size] = json.dumps(spec, sort_keys=True)
        return specs


def _yield_marks_without_known_description(
    spec: str, tips: Sequence[Tip]
) -> Iterator[Violation]:
    """Yield the descriptions of marks that a chart's table does not know, or that there
    is none at all.
    """
    for text in list_descriptions_without_tip(json.loads(spec), tips):
        yield Violation(
            f"describes a mark as {quote_words(text)}, which is not how Grid.make_tip"
            " describes any value of its table",
            DESCRIBE,
        )
    if '"description"' not in spec:
        yield Violation(
            "describes none of its marks, expected those that show a value of its"
            " table",
            DESCRIBE,
        )
