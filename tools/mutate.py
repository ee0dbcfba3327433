"""Whether the checker notices what it must: ``python -m tools.mutate`` changes the
story's links one at a time.

Every link that is true as it stands gets other words (digits, marks, units, scales,
hedges, directions, comparisons) and other targets (a year, month, flow or name beside
its own), and words around links are changed, too. What is printed first is how many
mutants of each kind were noticed, then each that passed, at its place, with the figures
of its target. A person judges those: "about $228 billion" is as true as "$228 billion".
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from press.binding import Ledger, Prover, check_texts
from press.desk.order import StoryOf, import_story
from press.desk.stages import load_and_hold
from press.ground.errors import BuildError
from press.quantity import UnknownNameError, format_exact_quantity
from press.reading import CHECKED, fold_text, whole_phrase_pattern
from press.story import Bound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from press.binding import Entry, Facts
    from press.content import Language
    from press.reading import Lexicon, Tag, Text

ROOT = Path(__file__).resolve().parents[1]
WORDS, TARGETS, AROUND = "Words of links", "Targets of links", "Words around links"
# in digits, with its marks
NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?")
# Tables of the lexicon whose phrases are changed, and how that is called.
NUMBERS = {
    "numbers": "number word",
    "fractions": "fraction",
    "multiples": "multiple",
    "ordinals": "rank",
}
MEASURES = {
    "hedges": "hedge",
    "units": "unit",
    "short_units": "unit",
    "scales": "scale",
    "months": "month",
}
OF_FACTS = {**NUMBERS, **MEASURES, "directions": "direction"}
OF_CLAIMS = {**NUMBERS, **MEASURES, "comparators": "comparison"}
OUTSIDE = {
    "subjects": "subject",
    "directions": "direction",
    "comparators": "comparison",
    "months": "month",
    **NUMBERS,
}
# of these a phrase becomes the next smaller and the next larger, of others any other
NEXT = {*NUMBERS, "months"}
# the first number in digits: its sign, its currency
SIGNED = re.compile(r"([+−-]?)([^\w\s,.–+−-]?\d)")
YEAR = re.compile(r"(?<![\w.,$€£¥])(?:19|20)\d\d(?!\w|[.,]\d)")
YEAR_ARGUMENT, MONTH_ARGUMENT = re.compile(r"\d{4}"), re.compile(r"(\d{4})-(\d\d)")
QUOTED, WORD = re.compile(r"(?<=[\"“])[^\"”]+(?=[\"”])"), re.compile(r"\w+")
NOWHERE = "?"  # a name that no table holds
MONTHS = 12
SHORT = 30  # as many characters on either side show where a word stands


class Mutant(NamedTuple):
    """One change of a paragraph: its kind, the stretch that it replaces,
    and by what.
    """

    kind: str
    start: int
    end: int
    new: str


class Tried(NamedTuple):
    """A mutant at its place, and what is said of it, which is nothing where it was not
    noticed.
    """

    group: str
    kind: str
    place: str
    change: str
    messages: tuple[str, ...]

    @property
    def noticed(self) -> bool:
        """Whether anything is said of it that was not said before."""
        return bool(self.messages)


# ---- The words of a link


def of_words(words: str, scheme: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield every change to the words of a link, with its kind."""
    for found in NUMBER.finditer(words):
        for kind, number in of_number(found[0]):
            yield kind, words[: found.start()] + number + words[found.end() :]
    tables = OF_CLAIMS if scheme == "claim" else OF_FACTS
    for tag, table in phrases(words, tables, lexicon):
        for new in instead(tag, table, words, lexicon):
            yield f"{tables[table]} changed", _put(words, tag, new)
        yield f"{tables[table]} dropped", _put(words, tag, "")
    yield from _added(words, scheme, lexicon)
    for quoted in QUOTED.finditer(words):
        for found in WORD.finditer(words, *quoted.span()):
            yield (
                "quoted word",
                f"{words[: found.start()]}otherwise{words[found.end() :]}",
            )


def of_number(number: str) -> Iterator[tuple[str, str]]:
    """Yield other numbers in digits, with what was done: digits changed and swapped,
    decimals and marks moved.
    """
    places = [place for place, character in enumerate(number) if character.isdecimal()]
    for place in places:
        digit = int(number[place])
        for other in sorted({digit - 1, digit + 1, 0, 9} - {-1, 10}):
            yield "digit", f"{number[:place]}{other}{number[place + 1 :]}"
    for one, other in pairwise(places):
        between = number[one + 1 : other]
        yield (
            "digits swapped",
            number[:one] + number[other] + between + number[one] + number[other + 1 :],
        )
    whole, mark, part = number.partition(".")
    plain = re.sub(r"\D", "", whole)
    yield "decimal dropped", whole
    yield "decimal dropped", f"{whole}{mark}{part[:-1]}".rstrip(".")
    yield "decimal added", f"{whole}.{part}0"
    for place in (len(plain) - 1, len(plain) + 1):
        moved = f"{(plain + part)[:place]}.{(plain + part)[place:]}"
        yield "decimal mark moved", moved.strip(".")
    yield "decimal mark moved", f"{whole}{',' if mark else mark}{part}"
    yield "grouping removed", f"{plain}{mark}{part}"


def phrases(
    words: str, tables: Iterable[str], lexicon: Lexicon
) -> Iterator[tuple[Tag, str]]:
    """Yield the longest phrase at each place of some words, with each of the tables
    that has it.
    """
    end, wanted = 0, lexicon.matcher.phrases_of(*tables)
    for place, tags in lexicon.matcher.tags_by_start(fold_text(words)).items():
        tag = next((tag for tag in tags if tag.phrase in wanted), None)
        if tag and place >= end:
            end = tag.end
            yield from (
                (tag, table)
                for table in tables
                if tag.phrase in lexicon.get_phrase_list_or_table(table)
            )


def instead(tag: Tag, table: str, words: str, lexicon: Lexicon) -> Iterator[str]:
    """Yield phrases that say something else than a phrase of a table, one for each
    other meaning.
    """
    meanings: Mapping[str, Any] = getattr(lexicon, table)
    own = meanings[tag.phrase]
    of_units = lexicon.units if table == "short_units" else meanings
    others = list(dict.fromkeys(of_units.values()))
    if table in NEXT:
        ordered = sorted(others)
        place = ordered.index(own)
        others = ordered[max(place - 1, 0) : place + 2]
    for other in others:
        if other != own and str(other).startswith("per ") == str(own).startswith(
            "per "
        ):
            yield _form(
                [phrase for phrase, meant in of_units.items() if meant == other],
                tag,
                words,
            )


def _form(forms: Sequence[str], tag: Tag, words: str) -> str:
    """Return the form that takes a phrase's place best: a sign before a digit, else a
    word that ends alike.
    """
    if words[tag.end :][:1].isdecimal():
        return next(
            (
                form
                for form in forms
                if len(form) == 1 and not form.isalnum() and form != "%"
            ),
            tag.phrase,
        )
    written = [form for form in forms if form[0].isalnum()] or forms
    new = next((form for form in written if form[-4:] == tag.phrase[-4:]), written[0])
    return f" {new}" if words[: tag.start][-1:].isdecimal() else new


def _put(words: str, tag: Tag, new: str) -> str:
    """Return words with a phrase replaced, and no space left over where it goes."""
    if not new:
        return " ".join(f"{words[: tag.start]} {words[tag.end :]}".split())
    new = new[0].upper() + new[1:] if words[tag.start].isupper() else new
    return words[: tag.start] + new + words[tag.end :]


def _added(words: str, scheme: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield words with another sign before their number, and with a hedge where there
    is none.
    """
    number = SIGNED.search(words)
    if number:
        for sign in ("−" if number[1] != "−" else "+", ""):
            yield "sign", f"{words[: number.start()]}{sign}{words[number.start(2) :]}"
    counted = [tag.start for tag, _ in phrases(words, ("articles", *NUMBERS), lexicon)]
    start = number.start() if number else min(counted, default=0)
    if not any(phrases(words, ("hedges",), lexicon)) and (
        number or counted or scheme != "said"
    ):
        for name in dict.fromkeys(lexicon.hedges.values()):
            hedge = next(
                phrase for phrase, meant in lexicon.hedges.items() if meant == name
            )
            yield "hedge added", f"{words[:start]}{hedge} {words[start:]}"


# ---- The target of a link


def of_target(target: str, facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield every other target near a link's own, with the kind of the change."""
    scheme, _, rest = target.partition(":")
    parts = rest.split("/")
    if scheme == "fact":
        yield from (
            (kind, f"fact:{'/'.join(key)}") for kind, key in _of_fact(parts, facts)
        )
    elif scheme == "said":
        ids = sorted(str(row["id"]) for row in facts.data["statements"].rows)
        yield from (("target: name", f"said:{other}") for other in _beside(rest, ids))
    elif scheme == "claim":
        operands = [
            index
            for index, part in enumerate(parts)
            if part.split(".")[0] in facts.fact_functions.functions
        ]
        for one, other in pairwise(operands):
            swapped = {one: parts[other], other: parts[one]}
            operand_parts = [
                swapped.get(index, part) for index, part in enumerate(parts)
            ]
            yield "target: operands", f"claim:{'/'.join(operand_parts)}"
        for index in operands:
            for kind, key in _of_fact(parts[index].split("."), facts):
                yield (kind, (f"claim:{_replaced(parts, index, '.'.join(key))}"))


def _replaced(parts: Sequence[str], index: int, new: str) -> str:
    """Return parts of a target with one of them replaced."""
    return "/".join([*parts[:index], new, *parts[index + 1 :]])


def _of_fact(key: Sequence[str], facts: Facts) -> Iterator[tuple[str, list[str]]]:
    """Yield a fact with one argument changed to its neighbours; the first that is left
    out is written.
    """
    name, *arguments = key
    defaults = [
        str(parameter.default)
        for parameter in facts.fact_functions.get_parameters_after_tables(name).values()
    ][len(arguments) :]
    for index, given in enumerate([*arguments, *defaults[:1]]):
        before, after = arguments[:index], arguments[index + 1 :]
        for kind, new in _of_argument(name, [*before, NOWHERE, *after], given, facts):
            yield f"target: {kind}", [name, *before, new, *after]


def _of_argument(
    name: str, around: Sequence[str], given: str, facts: Facts
) -> Iterator[tuple[str, str]]:
    """Yield what else may stand where ``around`` has no name."""
    parameters = list(facts.fact_functions.get_parameters_after_tables(name).values())
    hint = parameters[around.index(NOWHERE)].annotation
    if YEAR_ARGUMENT.fullmatch(given):
        yield from (("year", str(int(given) + step)) for step in (-1, 1))
    elif found := MONTH_ARGUMENT.fullmatch(given):
        count = int(found[1]) * MONTHS + int(found[2]) - 1
        for step in (-MONTHS, -1, 1, MONTHS):
            yield (
                "month",
                f"{(count + step) // MONTHS}-{(count + step) % MONTHS + 1:02d}",
            )
    elif choices := [str(item) for item in get_args(hint)]:
        kind = "flow" if "export" in choices else "name"
        yield from ((kind, choice) for choice in choices if choice != given)
    else:
        yield from (
            ("name", other) for other in _beside(given, _names(name, around, facts))
        )


def _names(name: str, arguments: Sequence[str], facts: Facts) -> list[str]:
    """Return the names that a fact knows where its arguments have one that no table
    holds.
    """
    pairs = zip(
        arguments,
        facts.fact_functions.get_parameters_after_tables(name).values(),
        strict=False,
    )
    try:
        facts.fact_functions.functions[name](
            facts.data,
            *(int(given) if item.annotation is int else given for given, item in pairs),
        )
    except UnknownNameError as error:
        return list(error.known)
    return []


def _beside(name: str, names: list[str]) -> list[str]:
    """Return the names before and after a name, in their order."""
    place = names.index(name) if name in names else 0
    return [other for other in names[max(place - 1, 0) : place + 2] if other != name]


# ---- The words around links


def of_rest(text: Text, lexicon: Lexicon) -> Iterator[Mutant]:
    """Yield changes to a paragraph outside its links: when, whose, of what, which way;
    and what denies its figures.
    """
    for found in YEAR.finditer(text.folded_outside_checked_links):
        yield from (
            Mutant("year", *found.span(), str(int(found[0]) + step)) for step in (-1, 1)
        )
    for tag, table in phrases(text.folded_outside_checked_links, OUTSIDE, lexicon):
        for new in list(
            instead(tag, table, text.folded_outside_checked_links, lexicon)
        )[:1]:
            yield Mutant(OUTSIDE[table], tag.start, tag.end, new)
    for dimension in lexicon.dimensions:
        for found in whole_phrase_pattern(dimension.phrases).finditer(
            text.folded_outside_checked_links
        ):
            own = dimension.phrases[" ".join(found[0].split())]
            others = [
                written
                for named, written in dimension.labels.items()
                if named not in own
            ]
            yield from (
                Mutant(dimension.name, *found.span(), other) for other in others[:1]
            )
    for link in text.bindings:
        if link.scheme in {"fact", "claim"}:
            yield Mutant("never", link.start, link.start, "never ")


# ---- A paragraph


class Paragraph:
    """A paragraph as it stands, and what was found in it: a mutant is noticed by what
    is new.
    """

    def __init__(
        self, text: Text, title: str, language: Language, facts: Facts
    ) -> None:
        """Read the paragraph, which stands under ``title``."""
        self._text, self._title, self._language, self._facts = (
            text,
            title,
            language,
            facts,
        )
        self._prover = Prover(language, facts)
        self._found = self._read(text)
        self._known = _messages(self._found)

    def _read(self, text: Text) -> Ledger:
        return check_texts(self._language, [(self._title, [text])], self._facts)

    def tried(self) -> Iterator[Tried]:
        """Yield every mutant of the paragraph.

        Links that are false as they stand are left alone.
        """
        for entry in self._found.entries:
            if entry.link.scheme in CHECKED and not entry.faults:
                yield from self._of_link(entry)
        for mutant in dict.fromkeys(of_rest(self._text, self._language.lexicon)):
            before, after = (
                self._text.visible_text[: mutant.start],
                self._text.visible_text[mutant.end :],
            )
            note = f"… {before[-SHORT:]}_{after[:SHORT]} …"
            yield self._tried(AROUND, mutant, note, self._new_messages(mutant))

    def _of_link(self, entry: Entry) -> Iterator[Tried]:
        """Yield the mutants of a link.

        What its target refuses is noticed; the rest is read in its place.
        """
        link, known = entry.link, {(entry.words, entry.link.target)}
        words_of = of_words(entry.words, link.scheme, self._language.lexicon)
        mutants = [(WORDS, kind, new, link.target) for kind, new in words_of]
        mutants += [
            (TARGETS, kind, entry.words, new)
            for kind, new in of_target(entry.target_with_newest_time, self._facts)
        ]
        for group, kind, words, target in mutants:
            if words.strip() and (words, target) not in known:
                known.add((words, target))
                mutant = Mutant(kind, link.start, link.end, f"[{words}]({target})")
                fault, figures = self._held(target, words, entry)
                messages = (fault,) if fault else self._new_messages(mutant)
                yield self._tried(group, mutant, figures, messages)

    def _held(self, target: str, words: str, entry: Entry) -> tuple[str, str]:
        """Return why words are not true of a target, whatever stands around them, else
        "", and its figures.
        """
        try:
            context = entry.sentence.read_context(entry.link)
            proof = self._prover.prove_words(target, words, context)
        except BuildError as error:
            return str(error), ""
        if proof.fault:
            return proof.fault, ""
        return "", ", ".join(
            f"{fact.key} is {format_exact_quantity(fact.quantity)}"
            for fact in proof.facts
        )

    def _new_messages(self, mutant: Mutant) -> tuple[str, ...]:
        """Return what is said of a paragraph with a mutant, and not without it."""
        before = self._text.value[: mutant.start]
        changed = f"{before}{mutant.new}{self._text.value[mutant.end :]}"
        found = _messages(
            self._read(replace(self._text, value=changed, without_code=None))
        )
        return tuple((found - self._known).elements())

    def _tried(
        self, group: str, mutant: Mutant, note: str, messages: tuple[str, ...]
    ) -> Tried:
        line, column = self._text.line_and_column(mutant.start)
        change = f"{self._text.value[mutant.start : mutant.end]} → {mutant.new}; {note}"
        return Tried(
            group,
            mutant.kind,
            f"{self._text.path}:{line}:{column}",
            " ".join(change.split()),
            messages,
        )


def _messages(ledger: Ledger) -> Counter[str]:
    return Counter(problem.message for problem in ledger.problems)


# ---- The story


def tried(bound: Bound) -> Iterator[Tried]:
    """Yield every mutant of every text of a story, and whether it was noticed."""
    for title, texts in bound.texts.shown:
        for text in texts:
            for block in text.blocks:
                yield from Paragraph(
                    text.make_paragraph(block), title, bound.texts.language, bound.facts
                ).tried()


def report(found: Sequence[Tried]) -> Iterator[str]:
    """Yield the lines: for each group how many mutants of each kind there were and were
    noticed, then what passed.
    """
    for group in (WORDS, TARGETS, AROUND):
        own = [item for item in found if item.group == group]
        counts, noticed = (
            Counter(item.kind for item in own),
            Counter(item.kind for item in own if item.noticed),
        )
        yield f"{group:32}{'mutants':>9}{'noticed':>9}{'passed':>9}"
        for kind in [*sorted(counts), "together"]:
            every, caught = (
                counts.get(kind, len(own)),
                noticed[kind] if kind in counts else noticed.total(),
            )
            yield f"{kind:32}{every:>9}{caught:>9}{every - caught:>9}"
        yield ""
    yield from (
        f"{item.place}: {item.kind}: {item.change}"
        for item in found
        if not item.noticed
    )


def main(root: Path = ROOT, story: StoryOf = import_story) -> None:
    """Try every mutant of the story, and print what became of them."""
    print("\n".join(report(list(tried(load_and_hold(root, story))))))


if __name__ == "__main__":
    main()
