"""Layers on each other: what a chart is made of, and what all in it share."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from typing import Any, NamedTuple, cast

import altair as alt
import pandas as pd

from press.figures import Plot, Size, poster
from press.forms.axes import Axes
from press.forms.marks import get_colour_variable
from press.ground.errors import ToldError

NAMELESS = 32  # digits of a hash, of which the name of a data set is made
# of what is written down: else Altair puts data of its own into it
CONTEXT: Mapping[str, Any] = {"top_level": False, "data": None}
AXIS: Mapping[str, Any] = {
    "labelColor": get_colour_variable("muted"),
    "labelPadding": 6,
    "gridColor": get_colour_variable("rule"),
    "domain": False,
    "ticks": False,
}
VIEW: Mapping[str, Any] = {
    "stroke": None,
    "continuousWidth": 300,
    "continuousHeight": 300,
}
FRAME: Mapping[str, Any] = {
    "padding": {"left": 2, "right": 4, "top": 10, "bottom": 4},
    "autosize": {"type": "fit", "contains": "padding"},
    "background": "transparent",
}
DrawLayers = Callable[[Axes, Size], Iterable[alt.Chart]]


class LayeredChart(NamedTuple):
    """Layers on each other, and what all of them share.

    ``alt.layer`` would give the same specification. It copies each layer six times, to
    bring parameters together, and has narwhals look through its frame: that would be
    most of what a chart costs.
    """

    layers: Sequence[alt.Chart]
    shared: Mapping[str, Any]
    axes: Axes | None = None

    def to_dict(self, *, validate: bool = True) -> dict[str, Any]:
        """Return the specification.

        Raises what Altair raises for one that is not valid, if it is to be validated.
        """
        converter = _LayerConverter()
        spec = {"$schema": alt.SCHEMA_URL, **self.shared}
        spec["layer"] = [converter.convert_layer(layer) for layer in self.layers]
        spec["datasets"] = converter.datasets
        if validate:
            alt.TopLevelLayerSpec(**spec)
        return spec


@dataclass(frozen=True)
class _LayerConverter:
    """Writes layers down, their data apart by name, and each channel once, by ``id()``.

    Layers with the same data share them, and axes, most of what is to be specified, are
    the same in most layers.
    """

    datasets: dict[str, Any] = field(default_factory=dict)
    channels: dict[int, Any] = field(default_factory=dict)

    def convert_layer(self, layer: alt.Chart) -> dict[str, Any]:
        """Return the specification of a layer, and keep its data."""
        plain = layer.properties()  # a copy
        plain.data = alt.Undefined
        plain.encoding = alt.Undefined
        spec: dict[str, Any] = plain.to_dict(validate=False, context={**CONTEXT})
        spec["data"] = {"name": self._keep_and_name_data(layer.data)}
        given = layer.encoding
        if not isinstance(given, dict):
            given = vars(given).get("_kwds")
        if given:
            spec["encoding"] = self._convert_encoding(given)
        return spec

    def _keep_and_name_data(self, frame: pd.DataFrame) -> str:
        """Return the name under which data are kept, a hash of them."""
        data = json.loads(frame.to_json(orient="records", double_precision=15))
        written = json.dumps(data, sort_keys=True)
        digest = sha256(written.encode()).hexdigest()
        name = f"data-{digest[:NAMELESS]}"
        self.datasets[name] = data
        return name

    def _convert_encoding(self, given: Mapping[str, Any]) -> dict[str, Any]:
        encoding = dict[str, Any]()
        for name, channel in given.items():
            if channel is not alt.Undefined:
                encoding[name] = self._convert_channel(channel)
        return encoding

    def _convert_channel(self, channel: Any) -> Any:  # noqa: ANN401 - Altair's
        if isinstance(channel, dict):
            return channel
        if isinstance(channel, list):
            return [*map(self._convert_channel, channel)]
        known = self.channels
        if id(channel) not in known:
            written = channel.to_dict(validate=False, context={**CONTEXT})
            known[id(channel)] = written
        return known[id(channel)]


def finish_chart(
    layers: Iterable[alt.Chart],
    size: Size,
    height: int,
    axes_for_added_layers: Axes | None = None,
) -> LayeredChart:
    """Give layers their size and the look of the house; ``axes_for_added_layers`` are
    those that ``add_layers`` hands on.

    A text in the style ``label`` names what it stands at, the ``key`` is the one thing
    to see.
    """
    # from ``config.text`` a style would go before the others
    text = {"fontSize": size.text}
    label = {"fontSize": size.label, "fontWeight": "bold"}
    key = {"fontSize": size.key, "fontWeight": 600}
    styles = {"text": text, "label": label, "key": key}
    axis = {**AXIS, "labelFontSize": size.text}
    config = {"font": poster.FONT, "axis": axis, "view": VIEW, "style": styles}
    shared = {**FRAME, "width": size.width, "height": height, "config": config}
    return LayeredChart([*layers], shared, axes_for_added_layers)


def draw_nothing(axes: Axes, size: Size) -> Iterable[alt.Chart]:  # noqa: ARG001 - as others draw
    """Return no layers."""
    return ()


def add_layers(
    plot: Plot, behind: DrawLayers = draw_nothing, over: DrawLayers = draw_nothing
) -> Plot:
    """Return a form with layers of a story's own behind its marks, and over them; both
    are drawn on the axes of the form.

    Drawing raises ``ToldError`` for a chart that was finished without its axes.
    """

    def draw_at_size(size: Size) -> LayeredChart:
        chart = cast("LayeredChart", plot.draw(size))
        if chart.axes is None:
            raise ToldError(
                "found a chart without axes, on which no layers can be added",
                "finish_chart takes them last",
            )
        below = behind(chart.axes, size)
        above = over(chart.axes, size)
        return chart._replace(layers=[*below, *chart.layers, *above])

    return plot._replace(draw=draw_at_size)


def name_layers_by_kind(
    frame: pd.DataFrame, *draw_functions: Callable[[pd.DataFrame], Iterable[alt.Chart]]
) -> Iterator[alt.Chart]:
    """Yield layers, those of each ``kind`` in a frame, named so that a page that shows
    one kind hides the others.
    """
    numbers = count(1)
    for draw in draw_functions:
        for kind, own in frame.groupby("kind"):
            for layer in draw(own):
                yield layer.properties(name=f"kind_{kind}_{next(numbers)}")


def name_layers_by_step(layers: Iterable[tuple[str, alt.Chart]]) -> Iterator[alt.Chart]:
    """Yield layers, each named so that it is seen from the step on that stands before
    it.
    """
    for number, (step, layer) in enumerate(layers, 1):
        yield layer.properties(name=f"from_{step}_{number}")
