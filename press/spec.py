"""What a chart may not do, read off its Vega-Lite specification."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

# What press.svg has been tried on, and what the checks below understand. A new one is added here after a look at it.
MARKS = {"bar", "circle", "line", "point", "rect", "rule", "text", "tick"}
TRANSFORMS = {"filter"}
FROM_ZERO = {"bar"}  # marks whose length is the figure
LOCAL = "give the chart a frame: nothing is fetched while drawing"


def faults(spec: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - JSON
    """Yield what a specification does that it may not, and a hint."""
    for part in _parts(spec):
        if part.get("resolve", {}).get("scale", {}).keys() & {"x", "y"}:
            yield "has two scales on one axis, expected one", "two measures are two charts"
        for transform in part.get("transform", []):
            for name in transform.keys() - TRANSFORMS:
                yield f"has the transform {name}, expected none that computes", "compute in story/measures.py"
        mark = part.get("mark")
        kind = mark.get("type") if isinstance(mark, dict) else mark
        if kind is not None and kind not in MARKS:
            yield f"has the mark {kind}, expected one of {', '.join(sorted(MARKS))}", "see press/spec.py"
        if kind in FROM_ZERO and not any(_from_zero(part, axis) for axis in ("x", "y")):
            yield f"has the mark {kind} on a scale that does not begin at zero", "its length is the figure"
    yield from ((f"loads {url}, expected all of it in the chart", LOCAL) for url in _urls(spec))


def _parts(spec: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON
    """Yield a specification and every one inside it: layers, concatenated and faceted ones."""
    if not isinstance(spec, dict):
        return
    yield spec
    for key in ("layer", "concat", "hconcat", "vconcat"):
        for part in spec.get(key, []):
            yield from _parts(part)
    yield from _parts(spec.get("spec"))


def _from_zero(part: dict[str, Any], axis: str) -> bool:
    channel = part.get("encoding", {}).get(axis, {})
    if channel.get("type") != "quantitative":
        return False
    scale = channel.get("scale") or {}
    domain = scale.get("domain", [0, 0])
    linear = scale.get("type", "linear") == "linear" and scale.get("zero") is not False
    return linear and domain[0] <= 0 <= domain[-1]


def _urls(spec: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    """Yield every address that a specification would load or link to."""
    if isinstance(spec, dict):
        for key, value in spec.items():
            if key in {"url", "href"} and (isinstance(value, str) or "value" in value or "field" in value):
                yield str(value if isinstance(value, str) else value.get("value", value.get("field")))
            elif key != "datasets":
                yield from _urls(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from _urls(value)
