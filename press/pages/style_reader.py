"""Style sheets as browsers read them: what they load."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import tinycss2

# functions whose own strings are addresses
LOADING_FUNCTIONS = {"url", "src", "image", "image-set", "-webkit-image-set"}
IMPORT = "import"
NAMESPACE = "namespace"  # names a language, loads nothing


class StyleLoad(NamedTuple):
    """What a style sheet loads: its address, and whether it is another style sheet."""

    target: str
    is_sheet: bool = False


def list_style_loads(style: str) -> tuple[StyleLoad, ...]:
    """Return all that a style sheet, or the value of a ``style`` attribute, loads."""
    # no escape can stand for these two, and without them nothing is loaded: most styles
    # of attributes need not be parsed
    if "(" not in style and "@" not in style:
        return ()
    tokens = tinycss2.parse_component_value_list(style, skip_comments=True)
    return tuple(_yield_loads(tokens))


def _yield_loads(tokens: list[Any]) -> Iterator[StyleLoad]:
    """Yield what tokens of a style sheet load, and those inside them."""
    rule = ""  # the name of the rule at whose beginning these tokens stand
    for token in tokens:
        if token.type == "at-keyword":
            rule = token.lower_value
        elif token.type == "{} block" or token == ";":  # noqa: S105 - of a style sheet
            rule = ""
        if rule == NAMESPACE:
            continue
        if token.type == "url" or (rule == IMPORT and token.type == "string"):
            yield StyleLoad(token.value, rule == IMPORT)
        elif token.type == "function":
            for load in _yield_loads_of_function(token):
                yield load._replace(is_sheet=rule == IMPORT)
        elif token.type in {"() block", "[] block", "{} block"}:
            yield from _yield_loads(token.content)


def _yield_loads_of_function(function: Any) -> Iterator[StyleLoad]:  # noqa: ANN401 - tinycss2's
    """Yield what a function loads: by its strings, and by its other arguments."""
    if function.lower_name in LOADING_FUNCTIONS:
        for argument in function.arguments:
            if argument.type == "string":
                yield StyleLoad(argument.value)
    yield from _yield_loads(function.arguments)
