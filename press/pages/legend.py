"""Whether readers can tell series apart: a drawing of several, or its subtitle, has a word of each name."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from press.figures import Figure, series_in
from press.reading import fold

TEXT = re.compile(r"<text[^>]*>(.*?)</text>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
WORD = re.compile(r"\w{3,}")
SEVERAL = 2


def unnamed(figure: Figure, subtitle: str) -> Iterator[tuple[str, str]]:
    """Yield the size of a drawing and a series of which it shows values that readers cannot tell from the others'.

    Of series in rows, many small ones may stand together as others: two names are enough.
    """
    table = figure.shown
    names = [series.name for series in series_in(table).series]
    for drawing in figure.drawings if len(names) >= SEVERAL else ():
        texts = (html.unescape(TAG.sub("", words)) for words in TEXT.findall(drawing.svg))
        told = fold(" ".join((*texts, subtitle)))
        missing = [name for name in names if not _is_named(name, names, told)]
        if table.series == "columns" or len(names) - len(missing) < SEVERAL:
            yield from ((drawing.size, name) for name in missing)


def _is_named(name: str, names: list[str], told: str) -> bool:
    """Tell whether a word of a name that not all names share stands in a text, as it is or longer: "goal", "goals"."""
    shared = set.intersection(*(_words(other) for other in names))
    words = _words(name) - shared or _words(name)
    return any(re.search(rf"(?<!\w){re.escape(word)}", told) for word in words)


def _words(name: str) -> set[str]:
    return {*WORD.findall(fold(name))} or {fold(name)}
