"""What an author says of a table beforehand, or on being asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from press.ground.errors import ToldError


class Question(NamedTuple):
    """What no program can know of a table: words for people, and the answer that is
    suggested.

    The ``problem`` says the same where nobody can be asked; without one, no answer is
    needed.
    """

    words: str
    suggested: str
    problem: ToldError | None = None


Ask = Callable[[Question], str]


def refuse_to_ask(question: Question) -> str:
    """Return the answer "" where nobody can be asked.

    Raises ``ToldError`` where one is needed.
    """
    if question.problem:
        raise question.problem
    return ""


@dataclass(frozen=True)
class TableAnswers:
    """What is known of a table beforehand, each "" or empty where it is to be guessed.

    ``time`` is a column, with the order of its days (``Date=dmy``), or the time that
    all rows are of. ``things`` and ``measures`` are columns; ``unit`` is that of the
    first measure. ``ask`` is how others are asked.
    """

    time: str = ""
    things: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    unit: str = ""
    title: str = ""
    publisher: str = ""
    ask: Ask = refuse_to_ask


NOTHING_SAID = TableAnswers()
