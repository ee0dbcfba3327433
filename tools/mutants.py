"""Sentences that say something else: every small change to a binding's words, to its target, to a word beside it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_type_hints

from babel.dates import get_month_names

from press.quantity import UnknownNameError
from press.reading import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from press.binding import Facts
    from press.reading import Lexicon, Link, Span, Text

    Maker = Callable[[str, Lexicon], Iterator[tuple[str, str]]]

# Words that a sentence can be turned round with, by what they say; each pair is used both ways.
PAIRS = {
    "flow": "exports imports, export import, exported imported, sales purchases, sells buys, sold bought",
    "rose or fell": "rose fell, rise fall, rises falls, risen fallen, rising falling, grew shrank, growth decline, "
    "climbed dropped, up down, above below, higher lower, dearer cheaper, jumps slips",
    "first or second": "first second",
    "more or less": "more less, more fewer, most least, largest smallest, larger smaller, highest lowest",
    "early or late": "early late, earlier later, ahead behind",
    "before or after": "before after, since until",
}
YEAR = re.compile(r"(?<![\w.,$€£¥])(?:19|20)\d\d(?!\w|[.,]\d)")
YEAR_ARGUMENT, MONTH_ARGUMENT = re.compile(r"\d{4}"), re.compile(r"(\d{4})-(\d\d)")
QUOTED = re.compile(r"[\"“]([^\"”]+)[\"”]")
SIGN = re.compile(r"[+−-](?=[^\w\s]?\d)")
NOWHERE = "?"  # a name that no table holds
MONTHS = 12


class Mutant(NamedTuple):
    """One change: its kind, the stretch of the text that it replaces, and by what."""

    kind: str
    start: int
    end: int
    new: str


def turned(countries: Sequence[str] = ()) -> Iterator[tuple[str, str, str]]:
    """Yield each word that can be turned round, with its kind and what it becomes.

    Of ``countries`` the first half are the names of one, the rest those of the other in the same order.
    """
    pairs = [(kind, *pair.split()) for kind, pairs in PAIRS.items() for pair in pairs.split(", ")]
    pairs += [("country", *pair) for pair in zip(countries, countries[len(countries) // 2 :], strict=False)]
    for kind, one, other in pairs:
        yield kind, one, other
        yield kind, other, one


def turns(word: str) -> list[str]:
    """Return what a folded word becomes when it is turned round."""
    return [other for _, one, other in turned() if fold(one) == word]


def words_found(phrases: Iterable[str], words: str) -> list[re.Match[str]]:
    """Return where folded phrases stand in words, the longest first; one may touch a digit before it (200bn)."""
    parts = []
    for phrase in sorted(phrases, key=lambda item: (-len(item), item)):
        start = r"(?<![^\W\d_])" if phrase[0].isalnum() else ""
        end = r"(?!\w)" if phrase[-1].isalnum() else ""
        parts.append(start + r"\s+".join(map(re.escape, phrase.split())) + end)
    return list(re.finditer("|".join(parts) or r"(?!)", fold(words)))


def numbers_found(words: str, lexicon: Lexicon) -> list[re.Match[str]]:
    """Return where numbers in digits stand, their marks included."""
    group = r"\s" if lexicon.group == " " else re.escape(lexicon.group)
    mark = re.escape(lexicon.decimal)
    return list(re.finditer(rf"(?:\d{{1,3}}(?:{group}\d{{3}})+(?!\d)|\d+)(?:{mark}\d+)?", words))


def hedges_found(words: str, lexicon: Lexicon) -> list[re.Match[str]]:
    """Return where hedges stand: before a number; "up to" or "more than" right after another one is a direction."""
    return [
        found
        for found in words_found(lexicon.hedges, words)
        if _opens(words[found.end() :], lexicon) and not _counted_before(found, words, lexicon)
    ]


def _counted_before(found: re.Match[str], words: str, lexicon: Lexicon) -> bool:
    """Tell whether a phrase that begins with a direction stands right after a number and its units: "11% up to 34%"."""
    numbers = [number.end() for number in numbers_found(words, lexicon) if number.end() <= found.start()]
    if not numbers or _plain(found).split()[0] not in lexicon.directions:
        return False
    between = words[numbers[-1] : found.start()]
    for part in reversed(words_found({**lexicon.units, **lexicon.scales}, between)):
        between = between[: part.start()] + between[part.end() :]
    return not between.strip()


def _opens(rest: str, lexicon: Lexicon) -> bool:
    """Tell whether a number follows."""
    place = number_place(rest, lexicon)
    return place is not None and len(rest[:place].split()) <= 1


def number_place(words: str, lexicon: Lexicon) -> int | None:
    """Return where the first number begins, its article or currency included; ``None`` if there is none."""
    starts = [found.start() for found in numbers_found(words, lexicon)]
    for table in (lexicon.fractions, lexicon.multiples, lexicon.numbers):
        starts += [found.start() for found in words_found(table, words)]
    if not starts:
        counted = _article(words, lexicon)
        return counted.start() if counted else None
    before = re.search(r"(?:\b(?:an?)\s+|[^\w\s,.–-])$", words[: min(starts)])
    return before.start() if before else min(starts)


def _article(words: str, lexicon: Lexicon) -> re.Match[str] | None:
    """Return the article that counts one: "a year", "a billion"."""
    found = words_found([f"{article} {unit}" for article in lexicon.articles for unit in _counted(lexicon)], words)
    return found[0] if found else None


def _counted(lexicon: Lexicon) -> list[str]:
    return [*lexicon.scales, *(unit for unit, name in lexicon.units.items() if not name.startswith("per "))]


def _put(words: str, found: re.Match[str], new: str) -> str:
    """Return the words with a match replaced, and no space left over where it goes."""
    if not new:
        return " ".join(f"{words[: found.start()]} {words[found.end() :]}".split())
    if found[0] and words[found.start()].isupper():
        new = new[0].upper() + new[1:]
    return words[: found.start()] + new + words[found.end() :]


# ---- The words of a binding


def digits(words: str, _lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Each digit one more, one less, 0 and 9."""
    for index, character in enumerate(words):
        if character.isdecimal():
            value = int(character)
            for other in sorted({value - 1, value + 1, 0, 9} - {value, -1, 10}):
                yield "digit", f"{words[:index]}{other}{words[index + 1 :]}"


def digits_swapped(words: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Each two neighbouring digits of a number, a mark between them or not."""
    for found in numbers_found(words, lexicon):
        places = [index for index in range(*found.span()) if words[index].isdecimal()]
        for one, other in pairwise(places):
            if words[one] != words[other]:
                between = words[one + 1 : other]
                yield "digits swapped", words[:one] + words[other] + between + words[one] + words[other + 1 :]


def decimals(words: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """The last decimal dropped, all of them, one more zero."""
    for found in numbers_found(words, lexicon):
        whole, mark, part = found[0].partition(lexicon.decimal)
        if mark:
            yield "decimal dropped", _put(words, found, whole)
            yield "decimal dropped", _put(words, found, f"{whole}{mark}{part[:-1]}".rstrip(mark))
        yield "decimal added", _put(words, found, f"{whole}{lexicon.decimal}{part}0")


def marks(words: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """The decimal mark one place to either side, or written as the mark of groups; groups run together."""
    for found in numbers_found(words, lexicon):
        whole, _, part = found[0].partition(lexicon.decimal)
        plain = re.sub(r"\D", "", whole)
        for place in (len(plain) - 1, len(plain) + 1):
            if 0 < place <= len(plain + part):
                moved = f"{(plain + part)[:place]}{lexicon.decimal}{(plain + part)[place:]}".rstrip(lexicon.decimal)
                yield "decimal mark moved", _put(words, found, moved)
        if part:
            yield "decimal mark moved", _put(words, found, f"{whole}{lexicon.group}{part}")
        if plain != whole:
            yield "grouping removed", _put(words, found, found[0].replace(whole, plain))


def directions(words: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Each direction turned round, flat, and left out."""
    phrases = [item for item in words_found(lexicon.hedges, words) if not _counted_before(item, words, lexicon)]
    hedged = {place for found in phrases for place in range(*found.span())}
    for found in words_found(lexicon.directions, words):
        if found.start() in hedged:
            continue
        own = lexicon.directions[_plain(found)]
        for other in sorted(set(lexicon.directions.values()) - {own}):
            yield "direction turned", _put(words, found, _of_class(found, lexicon.directions, other))
        yield "direction dropped", _put(words, found, "")


def signs(words: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """A sign turned round, or one where there is none."""
    found = SIGN.search(words)
    place = number_place(words, lexicon)
    if found and found.start() == (place if place is not None else -1):
        yield "sign turned", _put(words, found, "+" if found[0] in "−-" else "−")
        yield "sign turned", _put(words, found, "")
    elif place is not None and re.match(r"\W?\d", words[place:]):
        yield "sign added", f"{words[:place]}−{words[place:]}"


def units(words: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Each unit replaced by every other, and left out."""
    known = {**lexicon.units, **lexicon.short_units}
    for found in words_found(known, words):
        own = known[_plain(found)]
        money = own.isupper()
        before_number = len(found[0]) == 1 and not found[0].isalnum() and words[found.end() :][:1].isdecimal()
        for other in dict.fromkeys(lexicon.units.values()):
            if other != own and other.startswith("per ") == own.startswith("per "):
                forms = [form for form, name in lexicon.units.items() if name == other]
                if new := _form(forms, sign=before_number):
                    touching = not found[0].isalnum() and words[: found.start()][-1:].isdecimal()
                    yield "unit changed", _put(words, found, f" {new}" if touching and not before_number else new)
        yield "currency dropped" if money else "unit dropped", _put(words, found, "")


def _form(forms: list[str], *, sign: bool) -> str:
    """Return the sign of a currency or the first form that is a word; an empty text if there is none."""
    if sign:
        return next((form for form in forms if len(form) == 1 and not form.isalnum() and form != "%"), "")
    return next((form for form in forms if form.replace(" ", "").isalpha()), "")


def scales(words: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Each scale replaced by every other, and left out."""
    for found in words_found(lexicon.scales, words):
        own = lexicon.scales[_plain(found)]
        for other in sorted(set(lexicon.scales.values()) - {own}):
            yield "scale changed", _put(words, found, _of_class(found, lexicon.scales, other))
        yield "scale dropped", _put(words, found, "")


def hedges(words: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Each hedge left out and replaced by one of every other class; one of every class where there is none."""
    classes = list(dict.fromkeys(lexicon.hedges.values()))
    found = next(iter(hedges_found(words, lexicon)), None)
    place = number_place(words, lexicon)
    if found:
        own = lexicon.hedges[_plain(found)]
        yield "hedge dropped", _put(words, found, "")
        for other in classes:
            if other != own:
                yield "hedge changed", _put(words, found, _of_class(found, lexicon.hedges, other))
        return
    for other in classes:
        hedge = next(phrase for phrase, name in lexicon.hedges.items() if name == other)
        start = place or 0
        yield "hedge added", f"{words[:start]}{hedge} {words[start:]}"


def number_words(words: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Each number word one more and one less; "a year" as two."""
    taken = {place for found in words_found(lexicon.fractions, words) for place in range(*found.span())}
    found = [item for item in words_found(lexicon.numbers, words) if item.start() not in taken]
    for item in found:
        for step in (-1, 1):
            if new := _of_value(lexicon.numbers, lexicon.numbers[_plain(item)] + step):
                yield "number word", _put(words, item, new)
    counted = _article(words, lexicon)
    if counted and not found and not taken and not numbers_found(words, lexicon):
        article = re.compile(r"\w+").match(words, counted.start())
        if article and (two := _of_value(lexicon.numbers, 2)):
            yield "number word", _put(words, article, two)


def parts(words: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Fractions, multiples and ranks replaced by the next smaller and the next larger."""
    tables: tuple[tuple[str, Mapping[str, Any]], ...] = (
        ("fraction", lexicon.fractions),
        ("multiple", lexicon.multiples),
        ("ordinal", lexicon.ordinals),
    )
    for kind, table in tables:
        for found in words_found(table, words):
            values = sorted(set(table.values()))
            index = values.index(table[_plain(found)])
            for value in (*values[max(index - 1, 0) : index], *values[index + 1 : index + 2]):
                new = _put(words, found, _like(found[0], table, value))
                yield kind, re.sub(r"\ban? (?=(?:one|two|three|four|five|six|seven|eight|nine)\b)", "", new)


def _like(old: str, table: Mapping[str, Any], value: object) -> str:
    """Return a phrase that means the value, one that ends as the old one does if there is one."""
    forms = [phrase for phrase, meant in table.items() if meant == value]
    return next((form for form in forms if form[-4:] == old[-4:]), forms[0])


def comparators(words: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Each comparator word replaced by one of every other class, and left out."""
    for found in words_found(lexicon.comparators, words):
        own = lexicon.comparators[_plain(found)]
        for other in dict.fromkeys(lexicon.comparators.values()):
            if other != own:
                yield "comparator", _put(words, found, _of_class(found, lexicon.comparators, other))
        yield "comparator", _put(words, found, "")


def steps(words: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Years and months, which tell the steps of a series, exchanged: "every month"."""
    for found in words_found(lexicon.units, words):
        others = {"years": "months", "months": "years"}
        if other := others.get(lexicon.units[_plain(found)]):
            plural = found[0].endswith("s")
            forms = [form for form, name in lexicon.units.items() if name == other and form.endswith("s") == plural]
            yield "unit changed", _put(words, found, forms[0])


def months(words: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Each month replaced by the one before and the one after it."""
    names = [str(name) for _, name in sorted(get_month_names("wide", locale=lexicon.locale).items())]
    for found in re.finditer(rf"\b(?:{'|'.join(names)})\b", words):
        place = names.index(found[0])
        for step in (-1, 1):
            yield "month", _put(words, found, names[(place + step) % MONTHS])


def quoted(words: str, _lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Each quoted word replaced by one that nobody said."""
    for quotation in QUOTED.finditer(words):
        for found in re.finditer(r"\w+", quotation[1]):
            start, end = quotation.start(1) + found.start(), quotation.start(1) + found.end()
            yield "quoted word", f"{words[:start]}otherwise{words[end:]}"


QUANTITY: tuple[Maker, ...] = (
    digits, digits_swapped, decimals, marks, directions, signs, units, scales, hedges, number_words, parts, months,
)  # fmt: skip
MAKERS: dict[str, tuple[Maker, ...]] = {
    "fact": QUANTITY,
    "said": (*QUANTITY, quoted),
    "claim": (digits, digits_swapped, decimals, marks, scales, hedges, number_words, parts, comparators, steps),
}


def of_words(link: Link, words: str, lexicon: Lexicon) -> Iterator[Mutant]:
    """Yield every change to the words of a binding, each once."""
    known = {words}
    for maker in MAKERS.get(link.scheme, ()):
        if link.scheme == "said" and maker is hedges and number_place(words, lexicon) is None:
            continue  # nothing that a hedge could soften
        for kind, new in maker(words, lexicon):
            if new not in known and new.strip():
                known.add(new)
                yield Mutant(kind, link.words_start, link.words_end, new)


def _plain(found: re.Match[str]) -> str:
    return " ".join(found[0].split())


def _of_class(found: re.Match[str], table: Mapping[str, Any], name: object) -> str:
    """Return the opposite of a word if it is of the class, else the first word that is."""
    forms = [phrase for phrase, meant in table.items() if meant == name]
    return next((word for word in turns(_plain(found)) if word in forms), forms[0])


def _of_value(table: Mapping[str, int], value: int) -> str:
    return next((phrase for phrase, meant in table.items() if meant == value), "")


# ---- The target of a binding


def of_target(target: str, facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield every other target near a binding's own, with the kind of the change."""
    scheme, _, rest = target.partition(":")
    if scheme == "fact":
        yield from ((kind, f"fact:{'/'.join(new)}") for kind, new in _of_fact(rest.split("/"), facts))
    elif scheme == "claim":
        yield from ((kind, f"claim:{new}") for kind, new in _of_claim(rest.split("/"), facts))
    elif scheme == "said":
        names = sorted(str(row["id"]) for row in facts.data["statements"].rows)
        yield from (("target: name", f"said:{name}") for name in _beside(rest, names))


def _of_claim(parts_of: list[str], facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield the claim with two operands changed about, and with each operand changed."""
    operands = [index for index, part in enumerate(parts_of) if part.split(".")[0] in facts.functions]
    if len(operands) > 1:
        one, other = operands[:2]
        swapped = {one: parts_of[other], other: parts_of[one]}
        yield "target: operands", "/".join(swapped.get(index, part) for index, part in enumerate(parts_of))
    for index in operands:
        for kind, new in _of_fact(parts_of[index].split("."), facts):
            yield kind, "/".join([*parts_of[:index], ".".join(new), *parts_of[index + 1 :]])


def _of_fact(key: list[str], facts: Facts) -> Iterator[tuple[str, list[str]]]:
    """Yield the fact with one argument changed to its neighbours; one that is left out is written."""
    name, *arguments = key
    if name not in facts.functions:
        return
    hints = get_type_hints(facts.functions[name])
    for index, (parameter, default) in enumerate(facts.parameters(name).items()):
        given = arguments[index] if index < len(arguments) else str(default)
        if index > len(arguments):
            break
        for kind, new in _of_argument(name, arguments, index, given, hints.get(parameter), facts):
            yield f"target: {kind}", [name, *arguments[:index], new, *arguments[index + 1 :]]


def _of_argument(  # noqa: PLR0913, PLR0917 - an argument, where it stands and what it may be
    name: str, arguments: list[str], index: int, given: str, hint: object, facts: Facts
) -> Iterator[tuple[str, str]]:
    if YEAR_ARGUMENT.fullmatch(given):
        yield from (("year", str(int(given) + step)) for step in (-1, 1))
    elif found := MONTH_ARGUMENT.fullmatch(given):
        count = int(found[1]) * MONTHS + int(found[2]) - 1
        for step in (-MONTHS, -1, 1, MONTHS):
            yield "month", f"{(count + step) // MONTHS}-{(count + step) % MONTHS + 1:02d}"
    elif choices := [str(item) for item in get_args(hint)]:
        kind = "flow" if "export" in choices else "name"
        yield from ((kind, choice) for choice in choices if choice != given)
    else:
        names = _names(name, [*arguments[:index], NOWHERE, *arguments[index + 1 :]], facts)
        yield from (("name", other) for other in _beside(given, names))


def _names(name: str, arguments: list[str], facts: Facts) -> list[str]:
    """Return the names that a fact knows where its arguments have one that no table holds."""
    function = facts.functions[name]
    hints = get_type_hints(function)
    pairs = zip(facts.parameters(name), arguments, strict=False)
    try:
        function(facts.data, *(int(value) if hints.get(parameter) is int else value for parameter, value in pairs))
    except UnknownNameError as error:
        return list(error.known)
    return []


def _beside(name: str, names: list[str]) -> list[str]:
    """Return the names before and after a name, in their order."""
    place = names.index(name) if name in names else 0
    return [other for other in (*names[max(place - 1, 0) : place], *names[place + 1 : place + 2]) if other != name]


# ---- The words around


def of_context(text: Text, block: Span, lexicon: Lexicon) -> Iterator[Mutant]:
    """Yield every change to a word of a paragraph outside facts and statements: when, who, which way."""
    plain = _unbound(text, block)
    found = [*_years(plain, block), *_months(plain, block, lexicon), *_turned(plain, block, lexicon)]
    yield from sorted(set(found), key=lambda item: (item.start, item.kind, item.new))


def of_meaning(text: Text, block: Span, lexicon: Lexicon) -> Iterator[Mutant]:
    """Yield what makes another thing of a figure: other goods, another country, a denial, a rate."""
    plain = _unbound(text, block)
    found = [*_values(plain, block, lexicon), *_foreign(plain, block, lexicon), *_added(text, block)]
    yield from sorted(set(found), key=lambda item: (item.start, item.kind, item.new))


def _unbound(text: Text, block: Span) -> str:
    """Return the words of a text, spaces in place of those of facts and statements in a block."""
    words = list(text.plain)
    for link in text.within(block):
        if link.scheme in {"fact", "said"}:
            words[link.words_start : link.words_end] = " " * (link.words_end - link.words_start)
    return "".join(words)


def _values(plain: str, block: Span, lexicon: Lexicon) -> Iterator[Mutant]:
    """Each word for a value of a dimension replaced by one for the next value, such as other goods."""
    for dimension in lexicon.dimensions:
        values = list(dimension.written)
        for found in words_found(dimension.phrases, plain):
            own = dimension.phrases[_plain(found)]
            others = [value for value in values if value not in own]
            if others and block.start <= found.start() < block.end:
                later = [value for value in others if values.index(value) > min(map(values.index, own))]
                new = dimension.written[(later or others)[0]]
                yield Mutant(dimension.name, found.start(), found.end(), new)


def _foreign(plain: str, block: Span, lexicon: Lexicon) -> Iterator[Mutant]:
    """Each party replaced by a country elsewhere, where a story tells countries apart."""
    elsewhere = [value for item in lexicon.dimensions if item.name == "country" for value in item.written.values()]
    names = [name for name in lexicon.parties if name.isalpha()][::2]
    for found in words_found(names, plain) if elsewhere and names else ():
        if block.start <= found.start() < block.end:
            yield Mutant("country elsewhere", found.start(), found.end(), elsewhere[0])


def _added(text: Text, block: Span) -> Iterator[Mutant]:
    """Before each figure and comparison what denies it, behind each figure what makes a rate of it."""
    for link in text.within(block):
        if link.scheme in {"fact", "claim"}:
            yield from (Mutant(words, link.start, link.start, f"{words} ") for words in ("failed to", "never"))
        if link.scheme == "fact":
            yield Mutant("every month", link.end, link.end, " every month")


def _years(plain: str, block: Span) -> Iterator[Mutant]:
    for found in YEAR.finditer(plain, block.start, block.end):
        for step in (-1, 1):
            yield Mutant("year", found.start(), found.end(), str(int(found[0]) + step))


def _months(plain: str, block: Span, lexicon: Lexicon) -> Iterator[Mutant]:
    names = [str(name) for _, name in sorted(get_month_names("wide", locale=lexicon.locale).items())]
    for found in re.finditer(rf"\b(?:{'|'.join(names)})\b", plain):
        if block.start <= found.start() < block.end:
            for step in (-1, 1):
                new = names[(names.index(found[0]) + step) % MONTHS]
                yield Mutant("month", found.start(), found.end(), new)


def _turned(plain: str, block: Span, lexicon: Lexicon) -> Iterator[Mutant]:
    for kind, one, other in turned([name for name in lexicon.parties if name.isalpha()]):  # no genitives
        for found in re.compile(rf"\b{one}\b", re.IGNORECASE).finditer(plain, block.start, block.end):
            new = other.capitalize() if found[0][0].isupper() else other
            yield Mutant(kind, found.start(), found.end(), new)
