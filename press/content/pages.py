"""Pages and charts as written: Markdown below a head of TOML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from press.content.words import Strings, Words
from press.ground.derived import Deriving
from press.ground.errors import BuildError, Problem, Problems, quoted
from press.ground.files import parse_file
from press.ground.toml import FrontMatter, Toml, checked, read_front_matter
from press.reading import Text

# a heading with an id: an entry
ENTRY = re.compile(r"^#{2,6} .*\{[^}\n]*#([A-Za-z0-9._-]+)", re.MULTILINE)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NAME = re.compile(r"[a-z_][a-z0-9_]*")
CARD = "card"  # on the picture that stands for a chart where it is shared
STEP_ALT = "step alt"  # of one state of a chart, not of the whole drawing
MOST_STEPS = 9  # of a chart: theme/static/site.css numbers them
ANOTHER_NAME = "another name of small letters, digits and _"
PAGE = {
    "title": str,
    "description": str,
    "label?": str,
    "template?": str,
    "entries?": str,
    "others?": [str],
}
CHART = {
    "title": str,
    "subtitle": str,
    "how_to_read": str,
    "alt": str,
    "notes?": [str],
    "words?": {"*": str},
    "card?": {"number": str, "colour?": str, "line?": str, "level?": str},
    "steps?": [{"name": str, "text": str, "alt?": str}],
    "states?": [{"name": str, "text": str, "alt?": str}],
}


@dataclass(frozen=True, eq=False)
class Page:
    """A page as written: the strings of its front matter without bindings, and its
    Markdown, with their places.
    """

    path: str
    slug: str
    title: str
    description: str
    template: str
    label: str
    lines: Mapping[str, int]  # of the keys in its front matter
    body: Text
    strings: tuple[Text, ...]  # of its front matter
    # the table whose rows its sections tell of, each under the row's id
    entries: str = ""
    others: tuple[str, ...] = ()  # the ids of its sections that tell of no row

    @property
    def file(self) -> str:
        """The name of its file."""
        return self.path.rpartition("/")[2]


class State(NamedTuple):
    """A state of a chart, its name and its alternative text: a step, of which the last
    is the whole chart, or a choice.

    The name of a choice says what is chosen, one word for each question:
    ``rolling_dollars``. Without an alternative text it has no drawing.
    """

    name: str
    alt: str


class Card(NamedTuple):
    """What the card of a chart shows below its title: a number in a few words, and a
    line or the chart's drawing.

    ``line`` is the column of the chart's table that the line shows; ``level`` tells
    what lies across it, if anything.
    """

    number: Text
    level: Text | None
    colour: str  # a name of the palette
    line: str


@dataclass(frozen=True, eq=False)
class ChartText(Deriving):
    """The words of a chart: title (its finding), subtitle (measure and unit),
    alternative text, summary.
    """

    path: str
    name: str
    title: str
    subtitle: str
    alt: str
    words: Words
    body: Text  # the summary
    strings: tuple[Text, ...]  # of its front matter
    steps: tuple[State, ...] = ()
    states: tuple[State, ...] = ()  # of which readers choose one
    card: Card | None = None

    @property
    def pictured(self) -> str:
        """What its card says below the title, in one line."""
        if not self.card:
            return self.subtitle
        shown = [text for text in (self.card.number, self.card.level) if text]
        return "; ".join(text.with_words_for_links for text in shown)


def read_page(path: Path, root: Path) -> Page:
    """Return the page in a file: front matter with title and description, then
    Markdown.

    Raises ``BuildError``.
    """
    return parse_file(path, root, _parse_page)


def _parse_page(source: str, path: str) -> Page:
    """Return the page in the text of a file. Raises ``BuildError``."""
    front = read_front_matter(source, path)
    slug = PurePosixPath(path).stem
    values = checked(front.values, PAGE, front.head)
    if not SLUG.fullmatch(slug):
        found = f"found the page {quoted(slug)}"
        message = f"{found}, expected small letters, digits and hyphens"
        hint = "rename the file: its name is the page's address"
        raise BuildError([Problem(path, 1, message, hint)])
    strings = Strings.of(front)
    words = {
        key: strings.flat(values[key], key, key, strict=True)
        for key in ("title", "description", "label")
        if key in values
    }
    return Page(
        path=path,
        slug=slug,
        title=words["title"],
        description=words["description"],
        template=values.get("template", "page"),
        label=words.get("label", words["title"]),
        lines={key: front.head.line(key) for key in values},
        body=_make_body(front, path, "text"),
        strings=tuple(strings.texts),
        entries=values.get("entries", ""),
        others=tuple(values.get("others", ())),
    )


def read_chart_text(path: Path, root: Path) -> ChartText:
    """Return a chart's words: front matter with title, subtitle and alt, then a
    summary.

    Raises ``BuildError``.
    """
    return parse_file(path, root, _parse_chart_text)


def _parse_chart_text(source: str, path: str) -> ChartText:
    """Return a chart's words in the text of a file. Raises ``BuildError``."""
    front = read_front_matter(source, path)
    values = checked(front.values, CHART, front.head)
    _check_chart(values, front, path)
    strings = Strings.of(front)
    title = strings.flat(values["title"], "title", "title", strict=True)
    subtitle = strings.flat(values["subtitle"], "subtitle", "subtitle")
    strings.flat(values["how_to_read"], "how_to_read", "how_to_read")
    alt = strings.flat(values["alt"], "alt", "alt", strict=True)
    for number, note in enumerate(values.get("notes", ())):
        strings.flat(note, "note", "notes", number)
    own_words = strings.words(values.get("words", {}), "words")
    steps = _parse_states(values, "steps", strings)
    states = _parse_states(values, "states", strings)
    card = _parse_card(values["card"], strings) if "card" in values else None
    return ChartText(
        path=path,
        name=PurePosixPath(path).stem,
        title=title,
        subtitle=subtitle,
        alt=alt,
        words=Words(path, own_words, "[words] lacks {}, which the chart uses"),
        body=_make_body(front, path, "summary"),
        strings=tuple(strings.texts),
        steps=steps,
        states=states,
        card=card,
    )


def _check_chart(values: Mapping[str, Any], front: FrontMatter, path: str) -> None:
    """Raise ``BuildError`` for a chart's name, states or card that cannot be used, and
    where there is no summary.
    """
    name = PurePosixPath(path).stem
    problems = Problems()
    if not NAME.fullmatch(name):
        found = f"found the chart name {quoted(name)}"
        problems.add(path, 1, f"{found}, expected small letters, digits and _")
    if not front.body.strip():
        message = "found no summary, expected a paragraph below the front matter"
        problems.add(path, front.body_line, message)
    _check_steps(values.get("steps", ()), front.head, problems)
    _check_states(values.get("states", ()), front.head, problems)
    card = values.get("card", {})
    if "level" in card and "line" not in card:
        line = front.head.line("card", "level")
        problems.add(path, line, "found a level on a card without line")
    problems.stop_if_any()


def _check_steps(
    steps: Sequence[Mapping[str, str]], head: Toml, problems: Problems
) -> None:
    """Note steps that cannot be told apart or drawn, or whose drawings have no words of
    their own.
    """
    if len(steps) > MOST_STEPS:
        line = head.line("steps", MOST_STEPS)
        message = f"found {len(steps)} steps, expected at most {MOST_STEPS}"
        problems.add(head.path, line, message)
    earlier = set[str]()
    for number, step in enumerate(steps):
        add = partial(problems.add, head.path, head.line("steps", number, "name"))
        name = step["name"]
        is_last = number == len(steps) - 1
        if name in earlier or not NAME.fullmatch(name):
            add(f"found the step {quoted(name)}, expected {ANOTHER_NAME}")
        earlier.add(name)
        if is_last and "alt" in step:
            add(
                f"found an alt in the last step, {name}: it is the whole chart, whose"
                " alt stands above",
                "leave it out",
            )
        elif not is_last and "alt" not in step:
            add(f"alt is missing in the step {name}", "say what its drawing shows")


def _check_states(
    states: Sequence[Mapping[str, str]], head: Toml, problems: Problems
) -> None:
    """Note states that no choice leads to, or whose names answer another number of
    questions.
    """
    earlier = set[str]()
    for number, state in enumerate(states):
        name = state["name"]
        first = states[0]["name"]
        line = head.line("states", number, "name")
        found = f"found the state {quoted(name)}"
        if name in earlier or not NAME.fullmatch(name):
            problems.add(head.path, line, f"{found}, expected {ANOTHER_NAME}")
        elif name.count("_") != first.count("_"):
            message = f"{found}, expected as many words as in {quoted(first)}"
            hint = "each word of a name answers one question"
            problems.add(head.path, line, message, hint)
        earlier.add(name)


def _parse_card(values: Mapping[str, str], strings: Strings) -> Card:
    """Return what a card shows, and note its words as texts."""
    texts: dict[str, Text] = {}
    for key in ("number", "level"):
        if key in values:
            strings.flat(values[key], CARD, "card", key, strict=True)
            texts[key] = strings.texts[-1]
    return Card(
        number=texts["number"],
        level=texts.get("level"),
        colour=values.get("colour", "accent"),
        line=values.get("line", ""),
    )


def _parse_states(
    values: Mapping[str, Any], key: str, strings: Strings
) -> tuple[State, ...]:
    """Return the steps or the states of a chart, and note their words as texts."""
    states = list[State]()
    for number, state in enumerate(values.get(key, ())):
        strings.flat(state["text"], "step", key, number, "text")
        alt = ""  # as the last step has none
        if "alt" in state:
            alt = strings.flat(state["alt"], STEP_ALT, key, number, "alt", strict=True)
        states.append(State(state["name"], alt))
    return tuple(states)


def _make_body(front: FrontMatter, name: str, what: str) -> Text:
    """Return the Markdown of a file as a text with its place."""
    start = len(front.source) - len(front.body)
    return Text(
        name, front.source, start, front.body_line, front.body, what, is_markdown=True
    )
