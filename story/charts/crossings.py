"""The map: where pipelines, bridges and railways cross the border into China, which
stands out by its ground.
"""

from __future__ import annotations

from cmath import phase
from math import atan, cos, degrees, log, pi, radians, tan
from typing import TYPE_CHECKING, Any, NamedTuple

import altair as alt
import pandas as pd

from press.figures import Plot, Size
from press.forms import (
    Chart,
    MarkProperties,
    describe_marks,
    finish_chart,
    get_colour_variable,
    make_tip,
    tell_points,
)
from press.ground.grid import Cell, Column, Grid
from story import fuels, statements

if TYPE_CHECKING:
    from press.content import ChartLanguage, Words
    from press.data import Data, Row

# of the drawing: longitude, latitude
MIDDLE = {"full": (122.6, 51.9), "wide": (122.5, 51.5), "narrow": (125.9, 51.2)}
HEIGHT = {"full": 0.6, "wide": 0.72, "narrow": 1.44}  # of the drawing, of its width
# of the projection, of the drawing's width
SCALE = {"full": 1.76, "wide": 1.86, "narrow": 3.15}
PARALLELS = [45, 58]  # on which the cone cuts the globe
# pixels around the drawing; by which shapes are cut further out, so that no cut shows
FRAME, OUTSIDE = 1, 2
EARTH_RADIUS = 6371  # kilometres
# kilometres of the line that gives the scale, which is that along the two parallels
RULER = 500
# where that line begins: pixels from the left, up from the bottom
RULED = {"wide": (16, 110), "narrow": (206, 8)}
GROUND = 0.6  # the opacity of that of China
THICK = 4  # pixels of a pipeline: volumes of gas and weights of oil do not compare
DECIMALS = 1  # of a degree in the table: some 10 km
PIPES = ("gas", "oil")
# pixels up from the bottom, where two lines say what goes west of the map
WEST = {"wide": 28, "narrow": 77}
# of a small globe: middle and radius
EARTH = {"full": (122, 112, 100), "wide": (72, 72, 60), "narrow": (26, 26, 22)}
TURNED = [-80, -32, 0]  # so that 80° E and 32° N are in its middle
# of a drawing, from its middle
CORNERS = ((-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5), (-0.5, -0.5))
Line = list[list[float]]
KINDS = ("crossing", "port", "town")


class Label(NamedTuple):
    """Where a name stands beside its place: how it is aligned to it, and by how much
    further down and to the right.
    """

    align: str
    down: int = 0
    right: int = 0


LABELS = {
    "wide": {
        "blagoveshchensk": Label("left", -13),
        "changling": Label("right"),
        "daqing": Label("right"),
        "kozmino": Label("left", 8),
        "lensk": Label("left", -12),
        "skovorodino": Label("left", -8),
        "suifenhe": Label("right", -4),
        "tongjiang": Label("right", 14),
        "zabaikalsk": Label("center", -47, -9),
    },
    "narrow": {
        "blagoveshchensk": Label("left", -13),
        "changling": Label("right"),
        "daqing": Label("right"),
        "kozmino": Label("center", 19),
        "lensk": Label("left", -10),
        "skovorodino": Label("left", -8),
        "suifenhe": Label("right", -4),
        "tongjiang": Label("right", 14, 6),
        "zabaikalsk": Label("center", -44, -14),
    },
}
# pixels from a place to a name that begins, is centred or ends there
ASIDE = {"left": 15, "center": 0, "right": -9}
# of both sizes: where a title stands (longitude, latitude), its colour, its lettering,
# how it is aligned
TITLES = {
    "russia": ((113.0, 56.4), (117.0, 57.0), "muted", "key", "center"),
    "china": ((116.6, 43.2), (120.5, 49.2), "muted", "key", "center"),
    "mongolia": ((108.0, 47.4), (115.2, 46.95), "muted", "text", "center"),
    "gas": ((125.2, 59.9), (121.5, 61.3), "import", "label", "left"),
    "oil": ((124.1, 49.1), (123.2, 55.4), "ink", "label", "right"),
}


def where_it_crosses(data: Data, words: Words, language: ChartLanguage) -> Plot:
    """Crossings, a port and the towns on pipelines, each where its source says; the
    table has all of them.
    """
    places = sorted(
        data["places"].rows,
        key=lambda row: (KINDS.index(str(row["kind"])), str(row["id"])),
    )
    rows = [_cells(row, words, language) for row in places]
    columns = [
        Column(name, words[f"table_{name}"])
        for name in ("place", "what", "latitude_degrees", "longitude_degrees")
    ]
    table = Grid(columns, rows, tip=make_tip(words), labels=len(columns))
    spots = pd.DataFrame(
        {
            "id": [str(row["id"]) for row in places],
            "kind": [str(row["kind"]) for row in places],
            "lon": [float(row.number("longitude")) for row in places],
            "lat": [float(row.number("latitude")) for row in places],
            "text": [str(words[str(row["id"])]) for row in places],
            "point": tell_points(table, range(len(rows)), "what"),
        }
    )
    outlines, pipes = data["outlines"].rows, data["pipelines"].rows
    lines = _lines(outlines)
    used = frozenset((*places, *outlines, *pipes))
    ways, ruler = (
        _ways(pipes, spots),
        f"{language.number(RULER)} {words['kilometres']}",
    )
    gas, said = (
        fuels.pipeline_gas.series(data),
        (statements.get_stated_ends(data, "novak-2023", number) for number in (2, 3)),
    )
    used |= gas[max(gas)].rows.union(*(amount.rows for amount, _ in said))

    def drawn(size: Size) -> Chart:
        return _framed(
            [
                _ground(lines, size),
                *_globe(lines["world"], size),
                *_routes(ways),
                *_border(lines["border"]),
                *_dots(spots),
                *_names(spots, words, size),
                *_titles(words, size),
                *_ruled(ruler, size),
            ],
            size,
        )

    return Plot(drawn, table, used, "full")


def _cells(row: Row, words: Words, language: ChartLanguage) -> list[Cell]:
    """Return what the table says of a place."""
    name, what = str(words[str(row["id"])]), str(words[f"{row['id']}_is"])
    degrees = [round(row.number(axis), DECIMALS) for axis in ("latitude", "longitude")]
    told = [Cell(language.number(each, DECIMALS) + "°", each) for each in degrees]
    return [Cell(name, str(row["id"])), Cell(what, what), *told]


def _ways(pipes: tuple[Row, ...], spots: pd.DataFrame) -> dict[str, Line]:
    """Return the places that each pipeline passes, in their order."""
    at = dict(zip(spots["id"], spots[["lon", "lat"]].to_numpy().tolist(), strict=True))
    steps = sorted(pipes, key=lambda row: int(str(row["number"])))
    return {
        pipe: [at[str(row["place"])] for row in steps if row["pipeline"] == pipe]
        for pipe in PIPES
    }


def _feature(lines: list[Line], *, areas: bool = False) -> pd.DataFrame:
    """Return lines, or the areas that they go round, as one shape of GeoJSON."""
    kind, shapes = (
        ("MultiPolygon", [[line] for line in lines])
        if areas
        else ("MultiLineString", lines)
    )
    return pd.DataFrame(
        {"type": ["Feature"], "geometry": [{"type": kind, "coordinates": shapes}]}
    )


def _framed(layers: list[alt.Chart], size: Size) -> Chart:
    """Put layers on one projection, cut off at a frame."""
    width, height = size.width - 2 * FRAME, round(size.width * HEIGHT[size.page_name])
    east, north = MIDDLE[size.page_name]
    projection = {
        "type": "conicConformal",
        "parallels": PARALLELS,
        "rotate": [-east, 0, 0],
        "center": [0, north],
        "scale": round(size.width * SCALE[size.page_name]),
        "translate": [width / 2, height / 2],
        "clipExtent": [[-OUTSIDE, -OUTSIDE], [width + OUTSIDE, height + OUTSIDE]],
    }
    chart = finish_chart(layers, size, height)
    config = {
        **chart.shared["config"],
        "view": {
            "stroke": get_colour_variable("rule"),
            "fill": get_colour_variable("raised"),
        },
    }
    own = {"width": width, "height": height, "padding": FRAME, "autosize": "none"}
    return chart._replace(
        shared={**chart.shared, **own, "config": config, "projection": projection}
    )


def _lines(outlines: tuple[Row, ...]) -> dict[str, list[Line]]:
    """Return the lines of each kind."""
    lines = dict[str, list[Line]]()
    for row in outlines:
        points = [
            [float(part) for part in each.split()]
            for each in str(row["points"]).split(";")
        ]
        lines.setdefault(str(row["kind"]), []).append(points)
    return lines


def _ground(lines: dict[str, list[Line]], size: Size) -> alt.Chart:
    """Draw land, that of China on a ground of its own, lakes, borders, and rivers where
    there is room for them.

    They are marks of one layer, so that the frame cuts them off at once: a picture of
    each cut takes long.
    """
    looks: dict[str, tuple[str, str, float]] = {  # fill, stroke and its width
        "land": ("paper", "context", 0.75),
        "china": ("rule", "", 0),
        "lake": ("raised", "context", 0.75),
        **({"river": ("", "rule", 1)} if size.name == "wide" else {}),
        "other": ("", "muted", 0.75),
    }
    frame = pd.concat(
        [_feature(lines[kind], areas=bool(look[0])) for kind, look in looks.items()]
    )
    for number, name in enumerate(("fill", "stroke")):
        frame[name] = [
            get_colour_variable(str(look[number])) if look[number] else None
            for look in looks.values()
        ]
    frame["width"] = [look[-1] for look in looks.values()]
    frame["opacity"] = [GROUND if kind == "china" else 1 for kind in looks]
    return (
        alt.Chart(frame)
        .mark_geoshape(clip=True)
        .encode(
            fill=alt.Fill("fill:N", scale=None, legend=None),
            fillOpacity=alt.FillOpacity("opacity:Q", scale=None, legend=None),
            stroke=alt.Stroke("stroke:N", scale=None, legend=None),
            strokeWidth=alt.StrokeWidth("width:Q", scale=None, legend=None),
        )
    )


def _border(lines: list[Line]) -> list[alt.Chart]:
    """Draw the border that is crossed, over the pipelines, which straight lines would
    bring across it.
    """
    looks: tuple[tuple[str, MarkProperties], ...] = (
        ("paper", {"strokeWidth": 4}),
        ("muted", {"strokeWidth": 1.5, "strokeDash": [6, 3]}),
    )
    return [
        _line(lines, stroke=get_colour_variable(ink), **look) for ink, look in looks
    ]


def _globe(world: list[Line], size: Size) -> list[alt.Chart]:
    """Draw the Earth small, in a corner, and on it the window that the map shows."""
    *middle, radius = EARTH[size.page_name]
    seen: MarkProperties = {
        "rotate": TURNED,
        "center": [0, 0],
        "scale": radius,
        "translate": middle,
    }
    rim: MarkProperties = {
        "size": 4 * radius**2,
        "fill": get_colour_variable("raised"),
        "stroke": get_colour_variable("context"),
        "strokeWidth": 1,
    }
    x, y = map(alt.value, middle)
    sphere, land = (
        alt.Chart(pd.DataFrame({"one": [1]})),
        alt.Chart(_feature(world, areas=True)),
    )
    shapes = (
        land.mark_geoshape(
            fill=get_colour_variable("paper"),
            stroke=get_colour_variable("context"),
            strokeWidth=0.75,
            clip=False,
        ),
        _line(
            [_window(size.page_name)], stroke=get_colour_variable("ink"), strokeWidth=2
        ),
    )
    return [
        sphere.mark_circle(opacity=1, **rim).encode(x=x, y=y),
        *(each.project("orthographic", **seen) for each in shapes),
    ]


def _window(shown: str) -> Line:
    """Return where on Earth the corners of a drawing lie: its projection, backwards."""
    (east, north), south = MIDDLE[shown], radians(PARALLELS[0])
    up, *along = (tan(pi / 4 - radians(lat) / 2) for lat in (north, *PARALLELS))
    cone = log(cos(south) / cos(radians(PARALLELS[1]))) / log(along[0] / along[1])
    whole = cos(south) / cone / along[0] ** cone
    places = (
        complex(whole * up**cone + y * HEIGHT[shown] / SCALE[shown], x / SCALE[shown])
        for x, y in CORNERS
    )
    found = [(place / whole) ** (1 / cone) for place in places]
    return [
        [east + degrees(phase(each)), 90 - 2 * degrees(atan(abs(each)))]
        for each in found
    ]


def _line(lines: list[Line], **mark: Any) -> alt.Chart:  # noqa: ANN401 - Vega's marks
    return alt.Chart(_feature(lines)).mark_geoshape(
        **{"filled": False, "clip": False, **mark}
    )


def _routes(ways: dict[str, Line]) -> list[alt.Chart]:
    """Draw pipelines straight from place to place."""
    mark: MarkProperties = {"strokeJoin": "round", "strokeCap": "round"}
    return [
        _line(
            [way],
            stroke=get_colour_variable(TITLES[pipe][2]),
            strokeWidth=THICK,
            **mark,
        )
        for pipe, way in ways.items()
    ]


def _dots(spots: pd.DataFrame) -> list[alt.Chart]:
    """Draw a crossing and a port as a large dot with a ring, a town on a pipeline as a
    small one in it.
    """
    at = alt.Longitude("lon:Q"), alt.Latitude("lat:Q")
    small, line = spots["kind"] == "town", 1.5
    looks: tuple[tuple[pd.DataFrame, str, MarkProperties], ...] = (
        (
            spots[small],
            "paper",
            {"size": 30, "stroke": get_colour_variable("ink"), "strokeWidth": line},
        ),
        (
            spots[~small],
            "ink",
            {"size": 100, "stroke": get_colour_variable("paper"), "strokeWidth": line},
        ),
    )
    return [
        alt.Chart(own)
        .mark_circle(color=get_colour_variable(ink), opacity=1, clip=False, **style)
        .encode(*at, describe_marks())
        for own, ink, style in looks
    ]


def _names(spots: pd.DataFrame, words: Words, size: Size) -> list[alt.Chart]:
    """Write names beside places, and below those of crossings what is there."""
    layers = list[alt.Chart]()
    for (align, down, right), ids in _alike(LABELS[size.name]).items():
        own = spots[spots["id"].isin(ids)]
        mark: MarkProperties = {"align": align, "dx": ASIDE[align] + right}
        layers.append(_text(own, "ink", dy=down, style="label", **mark))
        told = own[own["kind"] != "town"]
        if len(told):
            told = told.assign(
                text=[str(words[f"{place}_near"]) for place in told["id"]]
            )
            layers.append(_text(told, "muted", dy=down + size.label + 2, **mark))
    return layers


def _alike(labels: dict[str, Label]) -> dict[Label, list[str]]:
    """Return the places whose names stand alike beside them."""
    found = dict[Label, list[str]]()
    for place, label in labels.items():
        found.setdefault(label, []).append(place)
    return found


def _titles(words: Words, size: Size) -> list[alt.Chart]:
    """Write the names of countries and of each pipeline, what these carry, and what
    goes west of the map.
    """
    layers = list[alt.Chart]()
    for word, (wide, narrow, ink, style, align) in TITLES.items():
        spot = wide if size.name == "wide" else narrow
        if not spot:
            continue  # it lies beyond the drawing
        lon, lat = spot
        frame = pd.DataFrame({"lon": [lon], "lat": [lat], "text": [str(words[word])]})
        large: MarkProperties = {"fontSize": size.large} if style == "key" else {}
        layers.append(
            _text(frame, ink, style=style, align=align, dx=ASIDE[align], **large)
        )
        if word in PIPES:
            carried = frame.assign(text=str(words[f"{word}_amount"]))
            layers.append(_text(carried, ink, align=align, dx=ASIDE[align], dy=17))
    for word, down in (("west", 0), ("west_amount", 17)):
        line = alt.Chart(pd.DataFrame({"text": [str(words[word])]})).mark_text(
            color=get_colour_variable("ink"), align="left"
        )
        place = (
            alt.XValue(8),
            alt.YValue(size.width * HEIGHT[size.page_name] - WEST[size.name] + down),
        )
        layers.append(line.encode(*place, alt.Text("text:N")))
    return layers


def _ruled(told: str, size: Size) -> list[alt.Chart]:
    """Draw a level line of known length, and write the length above its beginning."""
    left, up = RULED[size.name]
    y, length = (
        alt.YValue(round(size.width * HEIGHT[size.page_name]) - up),
        RULER / EARTH_RADIUS * SCALE[size.page_name],
    )
    one = alt.Chart(pd.DataFrame({"one": [1]}))
    return [
        one.mark_rule(color=get_colour_variable("muted"), strokeWidth=1.5).encode(
            alt.XValue(left), y, alt.X2Value(left + round(length * size.width))
        ),
        one.mark_text(
            text=told, color=get_colour_variable("muted"), align="left", dy=-10
        ).encode(alt.XValue(left), y),
    ]


def _text(frame: pd.DataFrame, ink: str, **mark: Any) -> alt.Chart:  # noqa: ANN401 - Vega's marks
    """Write the field ``text`` of each row at its place."""
    written = alt.Chart(frame).mark_text(
        color=get_colour_variable(ink), clip=False, **mark
    )
    return written.encode(
        alt.Longitude("lon:Q"), alt.Latitude("lat:Q"), alt.Text("text:N")
    )
