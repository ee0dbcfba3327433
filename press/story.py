"""What a story gives to the engine, and what holding its texts to its tables gives
back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from press.ground.guard import find_function_line, guard_story_code

# a build needs nothing that reads what comes in, and what comes in needs no texts and
# no charts
if TYPE_CHECKING:
    from press.binding import Facts, Ledger
    from press.content import Content
    from press.data import Data
    from press.figures import ChartFunction
    from press.ground.colour import Palette
    from press.ground.errors import Problems
    from press.ground.imports import CodeFingerprints
    from press.intake import Adapter
    from press.quantity import Quantity

THEME = Path(__file__).parent / "theme"  # the engine's pages and looks


class Story(NamedTuple):
    """What is Python about the subject: checks of the tables, facts, chart functions,
    colours, adapters.
    """

    # gives texts that the build prints; raises BuildError for what is wrong
    check: Callable[[Data], Iterable[str]]
    facts: Mapping[str, Callable[..., Quantity | None]]
    # between which ends a figure lies that no table holds, if anyone says
    bounds_function: Callable[..., Quantity | None] | None
    charts: Callable[[], Mapping[str, ChartFunction]]
    palette: Palette
    adapters: Callable[[], Sequence[Adapter]] = tuple
    # the folder of pages and looks that the story adds to, or changes
    theme: Path | None = THEME
    # raises BuildError for those that cannot be told apart
    colours: Callable[[], object] = bool
    # fingerprints of its files; without them what was made is made again
    code: CodeFingerprints | None = None


class CheckedStory(NamedTuple):
    """The texts held to the tables, before anything is drawn; ``problems`` are all that
    was found up to here.
    """

    story: Story
    texts: Content
    facts: Facts
    ledger: Ledger
    problems: Problems


def check_tables_by_story(story: Story, data: Data, root: Path) -> list[str]:
    """Check the tables by the story's rules; return what it says of them.

    Raises ``BuildError``, also for no texts.
    """
    place = find_function_line(story.check, root, ("story/checks.py", 1))
    with guard_story_code(root, "the function check", place):
        return [str(line) for line in story.check(data)]
