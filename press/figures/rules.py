"""What a chart may not do, read off its Vega-Lite specification."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from press.ground.errors import quote_words, suggest_similar_or_all

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
NESTED = re.compile(r"(?<!\\)[.\[]")  # from a field to one inside it
ENDS = "give the scale of all layers the same domain, which holds all that they draw"
LAYER = re.compile(r"from_(\w+)_\d+")  # the name of a layer that is seen from a step on
MOST = 20_000  # rows of data in a chart: many more than there are pixels for
# things with a name or a place of their own: nobody reads so many, and texts are slow
# to draw
MOST_NAMED = 1_000
# channels that may tell things apart, and types of values that stand side by side, each
# with its name
TELLING = ("column", "facet", "row", "text", "x", "y")
NAMED = {"nominal", "ordinal"}
PARTS = ("layer", "concat", "hconcat", "vconcat")
ADDRESSES = {"url", "href"}
DATA = {"datasets", "values"}
Spec = Mapping[str, Any]


class Violation(NamedTuple):
    """What a chart does and may not, in words that follow its name, and a hint."""

    message: str
    hint: str


def yield_violations_besides_schema(
    spec: object, steps: Sequence[str] = ()
) -> Iterator[Violation]:
    """Yield what a Vega-Lite specification does and may not; whether it is valid is not
    checked.

    ``steps`` are the names of those in which the chart tells itself.
    """
    for part, rows in yield_parts_with_rows(spec):
        yield from _yield_second_scales(part)
        yield from _yield_forbidden_transforms(part)
        yield from _yield_unknown_marks_or_truncated_scales(part)
        yield from _yield_too_many_rows_or_names(part, rows)
        yield from _yield_fields_without_values(part, rows)
        yield from _yield_different_axis_domains(part)
    yield from _yield_unmatched_steps_and_layers(spec, steps)
    for url in _yield_loaded_or_linked_urls(spec):
        yield Violation(
            f"has the address {url}, but a drawing loads nothing and links to nothing",
            "give the chart its data as a pandas frame, and leave out links",
        )


def _yield_second_scales(part: Spec) -> Iterator[Violation]:
    if get_mapping_or_empty(part, "resolve", "scale").keys() & {"x", "y"}:
        yield Violation(
            "has two scales on one axis, expected one",
            "draw each measure in a chart of its own",
        )


def _yield_forbidden_transforms(part: Spec) -> Iterator[Violation]:
    for transform in get_list_or_empty(part.get("transform")):
        for name in get_mapping_or_empty(transform).keys() - TRANSFORMS:
            yield Violation(
                f"computes with the transform {name}", "compute it in story/measures.py"
            )


def _yield_unknown_marks_or_truncated_scales(part: Spec) -> Iterator[Violation]:
    kind = _get_kind(part)
    if kind and kind not in MARKS:
        known = ", ".join(sorted(MARKS))
        what = f"has the mark {kind}, expected one of {known}"
        yield Violation(what, "see press/figures/rules.py")
    if kind in FROM_ZERO and not any(_includes_zero(part, axis) for axis in "xy"):
        yield Violation(
            f"has the mark {kind} on a scale that does not begin at zero",
            f"begin the scale at zero: readers compare the length of each {kind}",
        )


def _includes_zero(part: Spec, axis: str) -> bool:
    channel = get_mapping_or_empty(part, "encoding", axis)
    scale = get_mapping_or_empty(channel, "scale")
    if channel.get("type") != "quantitative" or scale.get("zero") is False:
        return False
    if scale.get("type", "linear") != "linear":
        return False
    ends = get_list_or_empty(scale.get("domain", [0]))
    if not all(isinstance(end, int | float) for end in ends):
        ends = []
    low = scale.get("domainMin", min(ends, default=None))
    high = scale.get("domainMax", max(ends, default=0))
    return isinstance(low, int | float) and low <= 0 <= high


def _yield_too_many_rows_or_names(
    part: Spec, rows: Sequence[object]
) -> Iterator[Violation]:
    """Yield where there is more than readers can see, which would take minutes to
    draw.
    """
    if len(rows) > MOST:
        what = f"has {len(rows):,} rows of data, expected at most {MOST:,}"
        yield Violation(what, "draw fewer, such as one a month")
    for name in TELLING:
        channel = get_mapping_or_empty(part, "encoding", name)
        if name == "text" or channel.get("type") in NAMED:
            field = str(channel.get("field"))
            told = {str(get_mapping_or_empty(row).get(field)) for row in rows}
            if len(told) > MOST_NAMED:
                found = f"tells {len(told):,} things apart by {name}"
                what = f"{found}, expected at most {MOST_NAMED:,}"
                yield Violation(what, "draw fewer, such as the largest")


def _yield_fields_without_values(
    part: Spec, rows: Sequence[object]
) -> Iterator[Violation]:
    """Yield each field by which a mark is drawn and that no row has a value of: of such
    a mark the renderer draws nothing, and says nothing.
    """
    kind = _get_kind(part)
    known = get_mapping_or_empty(rows[0]) if rows else {}
    if not kind or not known:
        return
    for name, field in _list_fields(part):
        column = NESTED.split(field)[0].replace("\\", "")
        if all(get_mapping_or_empty(row).get(column) is None for row in rows):
            what = f"has no {quote_words(field)} in any row of its data, by which it"
            yield Violation(
                f"{what} encodes the {name} of a {kind}",
                suggest_similar_or_all(column, known),
            )


def _list_fields(part: Spec) -> Iterator[tuple[str, str]]:
    """Yield each channel of a part that is encoded by a field, with that."""
    for name, given in get_mapping_or_empty(part, "encoding").items():
        for channel in get_list_or_empty(given) or [given]:
            field = get_mapping_or_empty(channel).get("field")
            if isinstance(field, str):
                yield name, field


def _yield_different_axis_domains(part: Spec) -> Iterator[Violation]:
    """Yield an axis that has several ends: it would reach from the first of all to the
    last, and be too long for each layer.
    """
    if "layer" not in part:
        return
    for axis in "xy":
        ends = list_axis_domains_as_json(part, axis)
        if len(ends) > 1:
            what = f"has the ends {' and '.join(ends)} on its {axis} axis"
            yield Violation(f"{what}, expected one of them in all layers", ENDS)


def list_axis_domains_as_json(spec: Spec, axis: str) -> list[str]:
    """Return the ends that a specification gives an axis, as JSON, each once; an empty
    list where these are left to its data.
    """
    ends = dict[str, None]()
    for part, _ in yield_parts_with_rows(spec):
        scale = get_mapping_or_empty(part, "encoding", axis, "scale")
        if _get_kind(part) and get_list_or_empty(scale.get("domain")):
            ends[json.dumps(scale["domain"])] = None
    return [*ends]


def _yield_unmatched_steps_and_layers(
    spec: object, steps: Sequence[str]
) -> Iterator[Violation]:
    """Yield each step with which no layer comes, and each layer that comes with
    none.
    """
    named = list[str]()
    for part, _ in yield_parts_with_rows(spec):
        layer = LAYER.fullmatch(str(part.get("name")))
        if layer and layer[1] not in named:
            named.append(layer[1])
    for step in steps[1:]:
        if step not in named:
            yield Violation(
                f"draws nothing new in the step {step}",
                f'name a layer "from_{step}_1": it is seen from that step on',
            )
    for name in named:
        if name not in steps:
            yield Violation(
                f"has a layer for the unknown step {quote_words(name)}",
                suggest_similar_or_all(name, steps)
                or "the front matter of its words lists the steps",
            )


def _yield_loaded_or_linked_urls(spec: object) -> Iterator[str]:
    """Yield every address that a specification would load or link to."""
    if isinstance(spec, list):
        for value in spec:
            yield from _yield_loaded_or_linked_urls(value)
    elif isinstance(spec, dict):
        for key, value in spec.items():
            address = _find_url_or_channel_url(value) if key in ADDRESSES else None
            if address is not None:
                yield address
            elif key not in DATA:
                yield from _yield_loaded_or_linked_urls(value)


def _find_url_or_channel_url(value: object) -> str | None:
    """Return an address that is given as it is, or as a channel; ``None`` for another
    value.
    """
    if isinstance(value, str):
        return value
    channel = get_mapping_or_empty(value)
    for key in ("value", "field"):
        if key in channel:
            return str(channel[key])
    return None


def is_valid_spec(spec: str) -> bool:
    """Tell whether a specification, as JSON, is valid Vega-Lite, in a hundredth of the
    time that Altair takes.
    """
    return _load_vega_lite_validator().is_valid(json.loads(spec))


@cache  # a file of Altair's, which no story changes
def _load_vega_lite_validator() -> jsonschema_rs.Validator:
    """Return what validates Vega-Lite, by the schema that Altair brings."""
    import altair as alt  # noqa: PLC0415 - a chart that has been drawn was valid
    import jsonschema_rs  # noqa: PLC0415 - as above

    return jsonschema_rs.validator_for(_quote_references(alt.load_schema()))


def _quote_references(schema: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a part of the schema with its references as addresses are written, which
    it names as its definitions.
    """
    if isinstance(schema, list):
        return [*map(_quote_references, schema)]
    if not isinstance(schema, dict):
        return schema
    quoted_parts = {key: _quote_references(value) for key, value in schema.items()}
    if "$ref" in schema:
        quoted_parts["$ref"] = quote(schema["$ref"], "#/")
    return quoted_parts


def list_mark_kinds(spec: object) -> list[str]:
    """Return the kinds of marks that a Vega-Lite specification draws (``bar``,
    ``line``), each once.
    """
    kinds = dict.fromkeys(_get_kind(part) for part, _ in yield_parts_with_rows(spec))
    return [*filter(None, kinds)]


def _get_kind(part: Spec) -> str:
    """Return the kind of mark that a part draws; an empty string if it draws none."""
    kind = get_mapping_or_empty(part, "mark").get("type", part.get("mark"))
    return kind if isinstance(kind, str) else ""


def get_mapping_or_empty(spec: object, *names: str) -> Spec:
    """Return a specification, or what it holds under names, each inside the other; an
    empty mapping where that is none.
    """
    for name in names:
        spec = get_mapping_or_empty(spec).get(name)
    return spec if isinstance(spec, dict) else {}


def get_list_or_empty(value: object) -> list[Any]:
    """Return a part of a specification that ought to be a list; an empty one where it
    is none.
    """
    return value if isinstance(value, list) else []


class SpecPart(NamedTuple):
    """A part of a specification, with the encoding and the rows of data that it has or
    inherits.
    """

    spec: Spec
    rows: Sequence[object]


def yield_parts_with_rows(spec: object) -> Iterator[SpecPart]:
    """Yield a specification and all inside it (layers, concatenations, facets), each
    with its rows of data.
    """
    return _yield_parts_with_rows(spec, get_mapping_or_empty(spec, "datasets"), {})


def _yield_parts_with_rows(
    spec: object, datasets: Spec, outer: Spec
) -> Iterator[SpecPart]:
    if not isinstance(spec, dict):
        return
    inherited = get_mapping_or_empty(outer, "encoding")
    encoding = {**inherited, **get_mapping_or_empty(spec, "encoding")}
    whole = {"data": outer.get("data"), **spec, "encoding": encoding}
    data = get_mapping_or_empty(whole, "data")
    named = datasets.get(str(data.get("name")))
    yield SpecPart(whole, get_list_or_empty(data.get("values", named)))
    for key in PARTS:
        for part in get_list_or_empty(spec.get(key)):
            yield from _yield_parts_with_rows(part, datasets, whole)
    yield from _yield_parts_with_rows(spec.get("spec"), datasets, whole)
