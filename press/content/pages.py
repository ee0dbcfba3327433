"""Pages and charts as written: Markdown below a head of TOML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import NamedTuple

from press.content.words import Strings, Words
from press.ground.derived import Deriving
from press.ground.errors import BuildError, Problems, quote_words
from press.ground.schemas import check_schema
from press.ground.toml import FrontMatter, Toml, read_front_matter
from press.reading import Text

# a heading with an id: an entry
ENTRY = re.compile(r"^#{2,6} .*\{[^}\n]*#([A-Za-z0-9._-]+)", re.MULTILINE)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NAME = re.compile(r"[a-z_][a-z0-9_]*")
CARD = "card"  # on the picture that stands for a chart where it is shared
STEP_ALT = "step alt"  # of one state of a chart, not of the whole drawing
MOST_STEPS = 9  # of a chart: theme/static/site.css numbers them


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
        told = (
            [text.with_words_in_place_of_bindings for text in self.card[:2] if text]
            if self.card
            else [self.subtitle]
        )
        return "; ".join(told)


def parse_page(source: str, name: str) -> Page:
    """Return the page in the text of the file ``name``: front matter with title and
    description, then Markdown.

    Raises ``BuildError``.
    """
    front = read_front_matter(source, name)
    stem = PurePosixPath(name).stem
    values = check_schema(front.values, "page", front.head)
    if not SLUG.fullmatch(stem):
        message = (
            f"found the page {quote_words(stem)}, expected small letters, digits"
            " and hyphens"
        )
        raise BuildError.at(
            name, 1, message, "rename the file: its name is the page's address"
        )
    lines = {key: front.head.line(key) for key in values}
    strings = Strings.of(front)
    title, description = (
        strings.flat(values[key], key, key, strict=True)
        for key in ("title", "description")
    )
    label = (
        strings.flat(values["label"], "label", "label", strict=True)
        if "label" in values
        else title
    )
    body = _body(front, name, "text")
    return Page(
        path=name,
        slug=stem,
        title=title,
        description=description,
        template=values.get("template", "page"),
        label=label,
        lines=lines,
        body=body,
        strings=tuple(strings.texts),
        entries=values.get("entries", ""),
        others=tuple(values.get("others", ())),
    )


def parse_chart_text(source: str, name: str) -> ChartText:
    """Return a chart's words in the text of the file ``name``: front matter with title,
    subtitle and alt, then a summary.

    Raises ``BuildError``.
    """
    front = read_front_matter(source, name)
    stem = PurePosixPath(name).stem
    values = check_schema(front.values, "chart", front.head)
    problems = Problems()
    if not NAME.fullmatch(stem):
        problems.add(
            name,
            1,
            f"found the chart name {quote_words(stem)}, expected small letters, digits"
            " and _",
        )
    if not front.body.strip():
        problems.add(
            name,
            front.body_line,
            "found no summary, expected a paragraph below the front matter",
        )
    _check_steps(values.get("steps", ()), front.head, problems)
    _check_states(values.get("states", ()), front.head, problems)
    if "level" in values.get("card", {}) and "line" not in values["card"]:
        problems.add(
            name,
            front.head.line("card", "level"),
            "found a level on a card without line",
        )
    problems.stop_if_any()
    strings = Strings.of(front)
    title = strings.flat(values["title"], "title", "title", strict=True)
    subtitle = strings.flat(values["subtitle"], "subtitle", "subtitle")
    strings.flat(values["how_to_read"], "how_to_read", "how_to_read")
    alt = strings.flat(values["alt"], "alt", "alt", strict=True)
    for number, note in enumerate(values.get("notes", ())):
        strings.flat(note, "note", "notes", number)
    words = Words(
        name,
        strings.words(values.get("words", {}), "words"),
        "[words] lacks {}, which the chart uses",
    )
    steps, states = (
        tuple(
            _step(step, strings, key, number)
            for number, step in enumerate(values.get(key, ()))
        )
        for key in ("steps", "states")
    )
    card = _card(values["card"], strings) if "card" in values else None
    body = _body(front, name, "summary")
    return ChartText(
        path=name,
        name=stem,
        title=title,
        subtitle=subtitle,
        alt=alt,
        words=words,
        body=body,
        strings=tuple(strings.texts),
        steps=steps,
        states=states,
        card=card,
    )


def _check_steps(
    steps: Sequence[Mapping[str, str]], head: Toml, problems: Problems
) -> None:
    """Note steps that cannot be told apart or drawn, or whose drawings have no words of
    their own.
    """
    if len(steps) > MOST_STEPS:
        line = head.line("steps", MOST_STEPS)
        problems.add(
            head.path, line, f"found {len(steps)} steps, expected at most {MOST_STEPS}"
        )
    for number, step in enumerate(steps):
        add = partial(problems.add, head.path, head.line("steps", number, "name"))
        name = step["name"]
        last = number == len(steps) - 1
        if not NAME.fullmatch(name) or name in (
            other["name"] for other in steps[:number]
        ):
            add(
                f"found the step {quote_words(name)}, expected another name of small"
                " letters, digits and _"
            )
        if last and "alt" in step:
            add(
                f"found an alt in the last step, {name}: it is the whole chart, whose"
                " alt stands above",
                "leave it out",
            )
        elif not last and "alt" not in step:
            add(f"alt is missing in the step {name}", "say what its drawing shows")


def _check_states(
    states: Sequence[Mapping[str, str]], head: Toml, problems: Problems
) -> None:
    """Note states that no choice leads to, or whose names answer another number of
    questions.
    """
    for number, state in enumerate(states):
        name = state["name"]
        first = states[0]["name"]
        if not NAME.fullmatch(name) or name in (
            other["name"] for other in states[:number]
        ):
            what, hint = "another name of small letters, digits and _", ""
        elif name.count("_") != first.count("_"):
            what = f"as many words as in {quote_words(first)}"
            hint = "each word of a name answers one question"
        else:
            continue
        line = head.line("states", number, "name")
        problems.add(
            head.path,
            line,
            f"found the state {quote_words(name)}, expected {what}",
            hint,
        )


def _card(values: Mapping[str, str], strings: Strings) -> Card:
    """Return what a card shows, and note its words as texts."""
    for key in ("number", "level"):
        if key in values:
            strings.flat(values[key], CARD, "card", key, strict=True)
    number, *level = (text for text in strings.texts if text.description == CARD)
    return Card(
        number,
        next(iter(level), None),
        values.get("colour", "accent"),
        values.get("line", ""),
    )


def _step(values: Mapping[str, str], strings: Strings, key: str, number: int) -> State:
    """Return a state of a chart, and note its words as texts."""
    strings.flat(values["text"], "step", key, number, "text")
    alt = values.get("alt", "")  # the last step has none
    return State(
        values["name"],
        alt and strings.flat(alt, STEP_ALT, key, number, "alt", strict=True),
    )


def _body(front: FrontMatter, name: str, what: str) -> Text:
    """Return the Markdown of a file as a text with its place."""
    start = len(front.source) - len(front.body)
    return Text(
        name, front.source, start, front.body_line, front.body, what, is_markdown=True
    )
