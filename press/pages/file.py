"""The site as a value: addresses and files, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from press.ground.guard import PathAndLine


@dataclass(frozen=True)
class File:
    """A file of the site; ``origin`` and ``places`` say which source file and line a
    problem in it is reported at.
    """

    # or what makes it: pictures take long, and are made when they are needed
    content: bytes | Callable[[], bytes]
    origin: str  # the file that it was made from, or by
    # where link targets and ids ("#id") were written
    places: Mapping[str, PathAndLine] = field(default_factory=dict)
    kept: bool = False  # in an edition: nothing in it is held to the site of today

    @cached_property
    def body(self) -> bytes:
        """The file's bytes; made once.

        Raises ``BuildError`` where they cannot be made.
        """
        return self.content if isinstance(self.content, bytes) else self.content()

    @property
    def text(self) -> str:
        """The file's text."""
        return self.body.decode()

    def find_place_of(self, what: str) -> PathAndLine:
        """Return path and line on which a link's target or an id was written; else the
        file that made it.
        """
        return self.places.get(what, (self.origin, 1))


FilesByAddress = dict[str, File]  # files of the site, all or some
