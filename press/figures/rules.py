"""What a chart may not do, read off its Vega-Lite specification."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from press.ground.errors import quote_words, suggest_similar

if TYPE_CHECKING:
    import jsonschema_rs

# What press.figures.svg has been tried on, and the checks below understand. A new one
# is added after a look at it.
MARKS = {
    "area",
    "bar",
    "circle",
    "geoshape",
    "line",
    "point",
    "rect",
    "rule",
    "text",
    "tick",
}
TRANSFORMS = {"filter"}
FROM_ZERO = {"area", "bar"}  # marks whose length is the figure
LAYER = re.compile(r"from_(\w+)_\d+")  # the name of a layer that is seen from a step on
MOST = 20_000  # rows of data in a chart: many more than there are pixels for
# things with a name or a place of their own: nobody reads so many, and texts are slow
# to draw
MOST_NAMED = 1_000
# types of values that stand side by side, each with its name
NAMED = {"nominal", "ordinal"}
LOCAL = "give the chart its data as a pandas frame, and leave out links"


def violations(spec: object, steps: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield what a Vega-Lite specification does and may not, and a hint; whether it is
    valid is not checked.

    ``steps`` are the names of those in which the chart tells itself.
    """
    for part, _ in parts(spec):
        if mapping(mapping(part.get("resolve")).get("scale")).keys() & {"x", "y"}:
            yield (
                "has two scales on one axis, expected one",
                "draw each measure in a chart of its own",
            )
        for transform in items(part.get("transform")):
            for name in mapping(transform).keys() - TRANSFORMS:
                yield (
                    f"computes with the transform {name}",
                    "compute it in story/measures.py",
                )
        kind = _kind(part.get("mark"))
        if kind and kind not in MARKS:
            yield (
                f"has the mark {kind}, expected one of {', '.join(sorted(MARKS))}",
                "see press/figures/rules.py",
            )
        if kind in FROM_ZERO and not any(_from_zero(part, axis) for axis in ("x", "y")):
            hint = f"begin the scale at zero: readers compare the length of each {kind}"
            yield f"has the mark {kind} on a scale that does not begin at zero", hint
    yield from _crowds(spec)
    yield from _unstaged(spec, steps)
    for url in _urls(spec):
        yield (
            f"has the address {url}, but a drawing loads nothing and links to nothing",
            LOCAL,
        )


def _crowds(spec: object) -> Iterator[tuple[str, str]]:
    """Yield where there is more than readers can see, which would take
    minutes to draw.
    """
    for part, rows in drawn(spec):
        if len(rows) > MOST:
            yield (
                f"has {len(rows):,} rows of data, expected at most {MOST:,}",
                "draw fewer, such as one a month",
            )
        for name in ("column", "facet", "row", "text", "x", "y"):
            channel = mapping(mapping(part.get("encoding")).get(name))
            told = {str(mapping(row).get(str(channel.get("field")))) for row in rows}
            if (name == "text" or channel.get("type") in NAMED) and len(
                told
            ) > MOST_NAMED:
                message = (
                    f"tells {len(told):,} things apart by {name}, expected at most"
                    f" {MOST_NAMED:,}"
                )
                yield message, "draw fewer, such as the largest"


def _unstaged(spec: object, steps: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each step with which no layer comes, and each layer that
    comes with none.
    """
    names = (LAYER.fullmatch(str(part.get("name"))) for part, _ in parts(spec))
    named = list(dict.fromkeys(name[1] for name in names if name))
    for step in steps[1:]:
        if step not in named:
            yield (
                f"draws nothing new in the step {step}",
                f'name a layer "from_{step}_1": it is seen from that step on',
            )
    for name in named:
        if name not in steps:
            hint = (
                suggest_similar(name, steps)
                or "the front matter of its words lists the steps"
            )
            yield f"has a layer for the unknown step {quote_words(name)}", hint


def is_valid(spec: str) -> bool:
    """Tell whether a specification, as JSON, is valid Vega-Lite, in a hundredth of the
    time that Altair takes.
    """
    return _schema().is_valid(json.loads(spec))


@cache  # a file of Altair's, which no story changes
def _schema() -> jsonschema_rs.Validator:
    """Return what validates Vega-Lite, by the schema that Altair brings."""
    import altair as alt  # noqa: PLC0415 - a chart that has been drawn was valid
    import jsonschema_rs  # noqa: PLC0415 - as above

    return jsonschema_rs.validator_for(_linked(alt.load_schema()))


def _linked(schema: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a part of the schema with its references as addresses are written, which
    it names as its definitions.
    """
    if isinstance(schema, dict):
        return {
            key: quote(value, "#/") if key == "$ref" else _linked(value)
            for key, value in schema.items()
        }
    return [*map(_linked, schema)] if isinstance(schema, list) else schema


def marks(spec: object) -> list[str]:
    """Return the kinds of marks that a Vega-Lite specification draws (``bar``,
    ``line``), each once.
    """
    kinds = (_kind(part.get("mark")) for part, _ in parts(spec))
    return list(dict.fromkeys(kind for kind in kinds if kind))


def _kind(mark: object) -> str:
    kind = mark if isinstance(mark, str) else mapping(mark).get("type")
    return kind if isinstance(kind, str) else ""


def mapping(value: object) -> dict[str, Any]:
    """Return a part of a specification that ought to be a mapping; an empty one where
    it is none.
    """
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[Any]:
    """Return a part of a specification that ought to be a list; an empty one where it
    is none.
    """
    return value if isinstance(value, list) else []


def parts(
    spec: object, data: object = None
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield a specification and all inside it (layers, concatenations, facets), each
    with its own or inherited data.
    """
    if not isinstance(spec, dict):
        return
    data = spec.get("data", data)
    yield spec, mapping(data)
    for key in ("layer", "concat", "hconcat", "vconcat"):
        for part in items(spec.get(key)):
            yield from parts(part, data)
    yield from parts(spec.get("spec"), data)


def drawn(spec: object) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    """Yield a specification and all inside it, each with its rows of data."""
    datasets = mapping(mapping(spec).get("datasets"))
    for part, data in parts(spec):
        yield part, items(data.get("values", datasets.get(str(data.get("name")))))


def _from_zero(part: dict[str, Any], axis: str) -> bool:
    channel = mapping(mapping(part.get("encoding")).get(axis))
    scale = mapping(channel.get("scale"))
    if channel.get("type") != "quantitative" or scale.get("type", "linear") != "linear":
        return False
    ends = scale.get("domain", [0])
    numbers = items(ends) and all(isinstance(end, int | float) for end in ends)
    low = scale.get("domainMin", min(ends) if numbers else None)
    high = scale.get("domainMax", max(ends) if low is not None and items(ends) else 0)
    return (
        scale.get("zero") is not False
        and isinstance(low, int | float)
        and low <= 0 <= high
    )


def _urls(spec: object) -> Iterator[str]:
    """Yield every address that a specification would load or link to."""
    if isinstance(spec, dict):
        for key, value in spec.items():
            if key in {"url", "href"} and (
                isinstance(value, str) or mapping(value).keys() & {"value", "field"}
            ):
                yield str(
                    value
                    if isinstance(value, str)
                    else value.get("value", value.get("field"))
                )
            elif key not in {"datasets", "values"}:
                yield from _urls(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from _urls(value)
