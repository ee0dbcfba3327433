"""What follows from a frozen value alone, such as a pattern from its words: made once,
and kept.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Self, TypeVar

Made = TypeVar("Made")


class Memoizing:
    """A frozen value that keeps what is made of it: a ``cached_property`` whose maker
    is in another module.
    """

    @cached_property
    def _memoized(self) -> dict[Callable[..., Any], Any]:
        """What was made, by what made it."""
        return {}

    def get_memoized(self, make: Callable[[Self], Made]) -> Made:
        """Return what ``make``, a class or a function, makes of this value alone; it is
        made once.
        """
        if make not in self._memoized:
            self._memoized[make] = make(self)
        return self._memoized[make]  # type: ignore[no-any-return]  # of this maker
