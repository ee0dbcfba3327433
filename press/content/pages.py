"""Pages and charts as written: Markdown below a head of TOML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from press.content.words import TextCollector, Words
from press.ground.errors import (
    BuildError,
    Problems,
    quote_words,
    suggest_similar_or_all,
)
from press.ground.memoizing import Memoizing
from press.ground.schemas import get_values_keeping_to_schema
from press.ground.toml import FrontMatter, TomlText, parse_front_matter
from press.reading import Text

# a heading with an id: an entry
ENTRY = re.compile(r"^#{2,6} .*\{[^}\n]*#([A-Za-z0-9._-]+)", re.MULTILINE)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NAME = re.compile(r"[a-z_][a-z0-9_]*")
CARD = "card"  # on the picture that stands for a chart where it is shared
STEP_ALT = "step alt"  # of one state of a chart, not of the whole drawing
VERDICT = "verdict"  # of a state that readers choose, and the words of the choice
CHOSEN = ("choice", VERDICT)
ANOTHER_NAME = "another name of small letters, digits and _"
MOST_STEPS = 9  # of a chart: theme/static/steps.css numbers them


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
    # what the bar of the page calls its sections, by id; others have their headings
    short_headings: Mapping[str, str] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The name of its file."""
        return self.path.rpartition("/")[2]


class ChartState(NamedTuple):
    """A state of a chart, its name and its alternative text: a step, of which the last
    is the whole chart and has none, or one that readers choose: the words of its
    ``choice``, and its ``verdict``.
    """

    name: str
    alt: str
    verdict: str = ""
    choice: str = ""


class CardText(NamedTuple):
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
class ChartText(Memoizing):
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
    steps: tuple[ChartState, ...] = ()
    states: tuple[ChartState, ...] = ()  # of which readers choose one
    card: CardText | None = None

    @property
    def words_below_card_title(self) -> str:
        """What its card says below the title, in one line."""
        if self.card is None:
            return self.subtitle
        texts = filter(None, (self.card.number, self.card.level))
        return "; ".join(text.with_words_in_place_of_bindings for text in texts)


def parse_page(source: str, file_name: str) -> Page:
    """Return the page in the text of the file ``file_name``: front matter with title
    and description, then Markdown.

    Raises ``BuildError``.
    """
    front = parse_front_matter(source, file_name)
    stem = PurePosixPath(file_name).stem
    values = get_values_keeping_to_schema(front.values, "page", front.head)
    if not SLUG.fullmatch(stem):
        message = (
            f"found the page {quote_words(stem)}, expected small letters, digits and"
            " hyphens"
        )
        raise BuildError.at(
            file_name, 1, message, "rename the file: its name is the page's address"
        )
    lines = {key: front.head.find_line_or_closest(key) for key in values}
    strings = TextCollector.of_front_matter(front)
    title = strings.note_and_unlink_text(
        values["title"], "title", "title", must_link_comparisons=True
    )
    description = values["description"]
    description = strings.note_and_unlink_text(
        description, "description", "description", must_link_comparisons=True
    )
    label = title
    if "label" in values:
        label = strings.note_and_unlink_text(
            values["label"], "label", "label", must_link_comparisons=True
        )
    body = _make_text_of_body(front, file_name, "text")
    short_headings = _parse_short_headings_noting_texts(front, values, strings)
    return Page(
        path=file_name,
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
        short_headings=short_headings,
    )


def _parse_short_headings_noting_texts(
    front: FrontMatter, values: Mapping[str, Any], strings: TextCollector
) -> Mapping[str, str]:
    """Return the short headings of a page by the ids of its sections, and note them as
    texts. Raises ``BuildError`` for an id that no heading has.
    """
    ids = ENTRY.findall(front.body)
    problems = Problems()
    headings = dict[str, str]()
    for section, written in values.get("short_headings", {}).items():
        key = ("short_headings", section)
        headings[section] = strings.note_and_unlink_text(
            written, "label", *key, must_link_comparisons=True
        )
        if section not in ids:
            message = (
                f"found a short heading of {quote_words(section)}, expected the id of"
                " a heading"
            )
            hint = suggest_similar_or_all(section, ids)
            problems.add(
                front.head.path, front.head.find_line_or_closest(*key), message, hint
            )
    problems.stop_if_any()
    return headings


def parse_chart_text(source: str, file_name: str) -> ChartText:
    """Return a chart's words in the text of the file ``file_name``: front matter with
    title, subtitle and alt, then a summary.

    Raises ``BuildError``.
    """
    front = parse_front_matter(source, file_name)
    stem = PurePosixPath(file_name).stem
    values = get_values_keeping_to_schema(front.values, "chart", front.head)
    problems = Problems()
    if not NAME.fullmatch(stem):
        problems.add(
            file_name,
            1,
            f"found the chart name {quote_words(stem)}, expected small letters, digits"
            " and _",
        )
    if not front.body.strip():
        problems.add(
            file_name,
            front.body_line,
            "found no summary, expected a paragraph below the front matter",
        )
    _check_step_count_names_and_alts(values.get("steps", ()), front.head, problems)
    _check_names_of_states(values.get("states", ()), front.head, problems)
    if "level" in values.get("card", {}) and "line" not in values["card"]:
        problems.add(
            file_name,
            front.head.find_line_or_closest("card", "level"),
            "found a level on a card without line",
        )
    problems.stop_if_any()
    strings = TextCollector.of_front_matter(front)
    title = strings.note_and_unlink_text(
        values["title"], "title", "title", must_link_comparisons=True
    )
    subtitle = strings.note_and_unlink_text(values["subtitle"], "subtitle", "subtitle")
    strings.note_and_unlink_text(values["how_to_read"], "how_to_read", "how_to_read")
    alt = strings.note_and_unlink_text(
        values["alt"], "alt", "alt", must_link_comparisons=True
    )
    for number, note in enumerate(values.get("notes", ())):
        strings.note_and_unlink_text(note, "note", "notes", number)
    words = Words(
        file_name,
        strings.note_words(values.get("words", {}), "words"),
        "[words] lacks {}, which the chart uses",
    )
    steps = _make_steps_or_states_noting_texts("steps", values, strings)
    states = _make_steps_or_states_noting_texts("states", values, strings)
    card = (
        _make_card_noting_texts(values["card"], strings) if "card" in values else None
    )
    body = _make_text_of_body(front, file_name, "summary")
    return ChartText(
        path=file_name,
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


def _check_step_count_names_and_alts(
    steps: Sequence[Mapping[str, str]], head: TomlText, problems: Problems
) -> None:
    """Note steps that cannot be told apart or drawn, or whose drawings have no words of
    their own.
    """
    if len(steps) > MOST_STEPS:
        line = head.find_line_or_closest("steps", MOST_STEPS)
        message = f"found {len(steps)} steps, expected at most {MOST_STEPS}"
        problems.add(head.path, line, message)
    for number, step in enumerate(steps):
        add = partial(
            problems.add, head.path, head.find_line_or_closest("steps", number, "name")
        )
        name = step["name"]
        is_last = number == len(steps) - 1
        if _is_name_wrong(name, steps[:number]):
            add(f"found the step {quote_words(name)}, expected {ANOTHER_NAME}")
        if is_last and "alt" in step:
            message = (
                f"found an alt in the last step, {name}: it is the whole chart, whose"
                " alt stands above"
            )
            add(message, "leave it out")
        elif not is_last and "alt" not in step:
            add(f"alt is missing in the step {name}", "say what its drawing shows")


def _check_names_of_states(
    states: Sequence[Mapping[str, str]], head: TomlText, problems: Problems
) -> None:
    """Note states that cannot be told apart."""
    for number, state in enumerate(states):
        name = state["name"]
        if _is_name_wrong(name, states[:number]):
            line = head.find_line_or_closest("states", number, "name")
            message = f"found the state {quote_words(name)}, expected {ANOTHER_NAME}"
            problems.add(head.path, line, message)


def _is_name_wrong(name: str, others: Iterable[Mapping[str, str]]) -> bool:
    """Tell whether a step or a state has no name of its own."""
    return not NAME.fullmatch(name) or name in {other["name"] for other in others}


def _make_card_noting_texts(
    values: Mapping[str, str], strings: TextCollector
) -> CardText:
    """Return what a card shows, and note its words as texts."""
    for key in ("number", "level"):
        if key in values:
            strings.note_and_unlink_text(
                values[key], CARD, "card", key, must_link_comparisons=True
            )
    number, *level = (text for text in strings.texts if text.description == CARD)
    return CardText(
        number,
        next(iter(level), None),
        values.get("colour", "accent"),
        values.get("line", ""),
    )


def _make_steps_or_states_noting_texts(
    key: str, values: Mapping[str, Any], strings: TextCollector
) -> tuple[ChartState, ...]:
    """Return the ``steps`` or ``states`` of a chart, and note their words as texts."""
    states = []
    for number, value in enumerate(values.get(key, ())):
        strings.note_and_unlink_text(value["text"], "step", key, number, "text")
        alt = value.get("alt", "")  # the last step has none
        if alt:
            place = (key, number, "alt")
            alt = strings.note_and_unlink_text(
                alt, STEP_ALT, *place, must_link_comparisons=True
            )
        chosen = dict[str, str]()
        for part in filter(value.get, CHOSEN):
            place = (key, number, part)
            chosen[part] = strings.note_and_unlink_text(
                value[part], VERDICT, *place, must_link_comparisons=True
            )
        states.append(ChartState(value["name"], alt, **chosen))
    return tuple(states)


def _make_text_of_body(front: FrontMatter, file_name: str, description: str) -> Text:
    """Return the Markdown of a file as a text with its place."""
    start = len(front.source) - len(front.body)
    return Text(
        file_name,
        front.source,
        start,
        front.body_line,
        front.body,
        description,
        is_markdown=True,
    )
