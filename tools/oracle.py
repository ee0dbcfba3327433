"""A second opinion: why a changed text is still true, by arithmetic of its own and none of the checker's code."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from press.reading import fold
from tools.mutants import hedges_found, number_place, numbers_found, words_found

if TYPE_CHECKING:
    from press.binding import Fact, Statement
    from press.quantity import Quantity
    from press.reading import Lexicon

POWERS = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
# The rules of the hedges: x is the number, v the figure, k the place of the last digit of x that is no zero.
RULES = {
    "": "true unhedged: within half a unit of its last digit, and no finer than the source",
    "about": "about: true unhedged, or within the smaller of 5% of x (10% of a fraction) and k/2",
    "over": "over: x < v < x + k",
    "at_least": "at least: x ≤ v < x + k",
    "just_over": "just over: x < v ≤ 1.05 x",
    "well_over": "well over: 1.05 x < v < x + k",
    "well_under": "well under: x − k < v < 0.95 x, k at most half of x",
    "under": "under: x − k < v < x, k at most half of x",
    "just_under": "just under: 0.95 x ≤ v < x (0.9 x for fractions)",
    "at_most": "at most: x − k < v ≤ x, k at most half of x",
}
BETWEEN = "a range: its ends are the figure's, rounded or rounded outward, or it is narrow and the figure lies in it"
INHERITED = "a unit left out is the preceding link's"
LEVEL = "a level needs no direction"
ALONE = "a direction may tell a signed figure alone"
AGREES = "a sign may stand beside a direction that it agrees with"
SAID = "the statement's own figure"
SAID_FINER = "the statement's own figure, with a zero that was not said: how exactly it was meant is not known"
UNWRITTEN = ("count", "rank")  # units that nobody writes
SOFTENED = "about: may soften what was said"
ROUNDED = "the statement's own figure, true as far as it is written"
RANGE = re.compile(r"^(?:\s*[-–]\s*|\s+to\s+)\D?\d[\d.,]*")
WELL_FORMED = re.compile(r"(?:0|[1-9]\d*)(?:\.\d+)?")
FREE = {"count", "index"}  # kinds whose unit may stand outside
EXACT = {"rank", "span", "count"}
WORDS_STEP, WORDS_PLACE = Fraction(5, 100), Fraction(1, 4)
HUNDRED = 100


class Rule(NamedTuple):
    """What lets words pass: for their direction, their unit and their number; empty where nothing is special."""

    direction: str
    unit: str
    number: str


class Reading(NamedTuple):
    """What words say, read by the simplest means: the numbers, each with its step and place, and words around them."""

    numbers: tuple[tuple[Fraction, Fraction, Fraction], ...]
    hedge: str
    directions: frozenset[str]
    sign: int
    level: bool
    fraction: bool
    multiple: bool
    units: frozenset[str]


def reading(words: str, lexicon: Lexicon) -> Reading | None:
    """Read words; ``None`` for a number that is not well formed."""
    hedges = hedges_found(words, lexicon)
    hedged = {place for found in hedges for place in range(*found.span())}
    turns = [found for found in words_found(lexicon.directions, words) if found.start() not in hedged]
    tables = {"fraction": lexicon.fractions, "multiple": lexicon.multiples, "word": lexicon.numbers}
    scale = _scale(words, lexicon)
    digits = numbers_found(words, lexicon)
    form = "digits" if digits else next((name for name, table in tables.items() if words_found(table, words)), "")
    if form == "digits":
        numbers = [_number(found[0], scale, lexicon) for found in digits]
        if None in numbers:
            return None
    elif form:
        value = Fraction(str(tables[form][_plain(words_found(tables[form], words)[0])])) * scale
        numbers = [(value, value * WORDS_STEP, value * WORDS_PLACE)]
    else:
        article = number_place(words, lexicon) is not None
        numbers = [(Fraction(1), WORDS_STEP, WORDS_PLACE)] if article else []
    before = words[: digits[0].start()] if digits else ""
    known = {**lexicon.units, **lexicon.short_units}
    units = {" ".join(part for part in known[_plain(found)].split() if part not in POWERS)
             for found in words_found(known, words)}  # fmt: skip
    return Reading(
        tuple(number for number in numbers if number),
        lexicon.hedges[_plain(hedges[0])] if hedges else "",
        frozenset(lexicon.directions[_plain(found)] for found in turns),
        _sign(before),
        any(fold(words[found.end() :]).split()[:1] in ([word] for word in lexicon.into) for found in turns),
        form == "fraction",
        form == "multiple",
        frozenset(units),
    )


def _plain(found: re.Match[str]) -> str:
    return " ".join(found[0].split())


def _sign(before: str) -> int:
    """Return −1 for a minus that stands before a number and after no other character, 1 for a plus, else 0."""
    found = re.search(r"(?:^|\s)([+−–-])\W?$", before)
    return 0 if not found else 1 if found[1] == "+" else -1


def _scale(words: str, lexicon: Lexicon) -> Fraction:
    powers = [lexicon.scales[_plain(found)] for found in words_found(lexicon.scales, words)]
    for found in words_found(lexicon.short_units, words):
        powers += [POWERS[part] for part in lexicon.short_units[_plain(found)].split() if part in POWERS]
    return Fraction(10) ** (powers[0] if powers else 0)


def _number(token: str, scale: Fraction, lexicon: Lexicon) -> tuple[Fraction, Fraction, Fraction] | None:
    """Return a number's value, the unit of its last digit, and the place of its last digit that is no zero."""
    text = token.replace(lexicon.group, "").replace(lexicon.decimal, ".")
    if not WELL_FORMED.fullmatch(text):
        return None
    step = scale / 10 ** len(text.partition(".")[2])
    digits = text.replace(".", "").lstrip("0")
    kept = digits.rstrip("0")
    return Fraction(text) * scale, step, step * 10 ** (len(digits) - len(kept)) * (5 if kept.endswith("5") else 1)


def rule(words: str, quantity: Quantity, lexicon: Lexicon, inherited: tuple[str, ...] = ()) -> Rule | None:
    """Return the rules by which words are true of a figure, ``None`` if they are not."""
    read = reading(words, lexicon)
    if read is None:
        return None
    direction, unit = _direction_rule(read, quantity), _unit_rule(read, quantity, lexicon, inherited)
    number = _truth(read, quantity)
    return None if direction is None or unit is None or number is None else Rule(direction, unit, number)


def _direction_rule(read: Reading, quantity: Quantity) -> str | None:
    """Return what lets the direction pass, an empty text if nothing need, ``None`` if nothing does."""
    low, high = quantity.ends
    ways = {1 if item == "up" else -1 for item in read.directions} | ({read.sign} - {0})
    if read.level or read.multiple or quantity.kind == "multiple":
        grown = low > 1 if quantity.kind == "multiple" else bool(quantity.change and quantity.change.least > 0)
        return LEVEL if not read.sign and ways <= {1 if grown else -1} else None
    if not quantity.signed:
        return None if ways else LEVEL
    if "flat" in read.directions:
        return ALONE if max(abs(low), abs(high)) < Fraction(1, 2) and "percent" in quantity.unit else None
    way = 1 if low > 0 else -1 if high < 0 else 0
    if ways != {way} or (read.sign and len(read.numbers) > 1):  # "between −9 and 10%" reads as a range around zero
        return None
    return AGREES if read.sign and read.directions else "" if read.numbers else ALONE


def _unit_rule(read: Reading, quantity: Quantity, lexicon: Lexicon, inherited: tuple[str, ...]) -> str | None:
    main, per, by = quantity.base.partition(" per ")
    wanted = {main, f"per {by}"} if per else {main} - {""}
    wanted = {"times"} if quantity.kind == "multiple" else wanted
    if not read.numbers or (read.fraction and not read.units):
        return ""
    left_out = wanted - read.units
    if read.units - wanted:
        return None
    free = quantity.kind in {*FREE, "multiple"} or read.multiple or not wanted & set(lexicon.units.values())
    if not left_out or free:
        return ""
    return INHERITED if left_out <= set(inherited) else None


def _truth(read: Reading, quantity: Quantity) -> str | None:
    """Return the rule of the numbers: interval arithmetic on the exact figure."""
    factor = Fraction(quantity.factor) / (HUNDRED if read.fraction and quantity.base == "percent" else 1)
    ends = [Fraction(end) * factor for end in quantity.ends]
    if read.multiple and quantity.kind != "multiple":
        ends = [1 + end / HUNDRED for end in ends]
    elif read.directions and not read.level:
        ends = sorted(map(abs, ends))
    precision = Fraction(quantity.precision) * factor
    exact = quantity.kind in EXACT
    if not read.numbers:
        return ""
    if len(read.numbers) > 1:
        return BETWEEN if _between(read, ends, precision) else None
    x, u, k = read.numbers[0]
    half = Fraction(0) if exact else u / 2
    few = x / (10 if read.fraction else 20)
    near = max(min(few, k / 2), half if u >= precision else Fraction(0))
    true = all({
        "": abs(v - x) <= half, "about": abs(v - x) <= near, "over": x < v < x + k, "at_least": x <= v < x + k,
        "just_over": x < v <= x * 21 / 20, "under": x - min(k, x / 2) < v < x, "just_under": x - few <= v < x,
        "at_most": x - min(k, x / 2) < v <= x, "well_over": x * 21 / 20 < v < x + k,
        "well_under": x - min(k, x / 2) < v < x * 19 / 20,
    }[read.hedge] for v in ends)  # fmt: skip
    fine = exact or read.hedge or u >= precision
    return RULES[read.hedge] if true and fine else None


def _between(read: Reading, ends: list[Fraction], precision: Fraction) -> bool:
    """Tell whether a range holds: of a figure with two ends both round to its own, outward at least."""
    (low, u, place), (high, other_u, other_place) = read.numbers[:2]
    least, most = ends[0] - precision / 2, ends[1] + precision / 2
    if ends[0] != ends[1]:
        rounded = abs(ends[0] - low) <= u / 2 and abs(ends[1] - high) <= other_u / 2
        return rounded or (low <= least < low + u and high - other_u < most <= high)
    return low <= least and most <= high and high - low <= min(max(place, other_place), high / 2)


def rule_of_claim(words: str, operands: tuple[Fact, ...], lexicon: Lexicon) -> str:
    """Return the rule by which a claim's other words pass: its number is an operand's; words alone have no rule."""
    for found in words_found(lexicon.comparators, words):
        words = words[: found.start()] + " " * len(found[0]) + words[found.end() :]
    if number_place(words, lexicon) is None:
        return ""
    found_rules = (rule(words, item.quantity, lexicon) for item in operands)
    return next((item.number for item in found_rules if item), "")


def rule_of_statement(words: str, said: Statement, lexicon: Lexicon) -> str:
    """Return the rule by which words repeat a statement: each number is one of its figures, or its year."""
    years = {str(said.row["said_on"])[:4]}
    figures = dict[tuple[Fraction, str], str]()  # value and unit, and the word that belongs before it
    for row in said.figures:
        parts = str(row["unit"]).split()
        factor = Fraction(10) ** sum(POWERS.get(part, 0) for part in parts)
        unit = " ".join(part for part in parts if part not in {*POWERS, *UNWRITTEN}).partition(" per ")[0]
        figures |= {(Fraction(row.number(end)) * factor, unit): str(row["qualifier"]) for end in ("low", "high")}
        years |= {str(int(row.number(end))) for end in ("low", "high") if unit == "year"}
    numbers, qualifiers, rounded = list[Fraction](), set[str](), False
    before = ""
    for found, unit in zip(numbers_found(words, lexicon), _units_of_numbers(words, lexicon), strict=True):
        after = RANGE.sub("", words[found.end() :]).lstrip()  # of a range the second number has the scale of both
        number = _number(found[0], _scale(after.partition(" ")[0], lexicon), lexicon)
        if number is None or _sign(words[: found.start()]):
            return ""
        before = unit or before
        numbers.append(number[0])
        if found[0] in years:
            continue
        near = [key for key in figures if key[1] == before and abs(key[0] - number[0]) <= number[1] / 2]
        if not near:
            return ""
        qualifiers |= {figures[key] for key in near}
        rounded = rounded or (number[0], before) not in near
    if not _moves_as_told(words, numbers, lexicon):
        return ""
    hedges = {lexicon.hedges[_plain(found)] for found in hedges_found(words, lexicon)}
    if hedges:
        qualifiers = qualifiers or {str(row["qualifier"]) for row in said.figures}  # of years and number words
        return SOFTENED if hedges == {"about"} and qualifiers <= {"none", "about"} else ""
    return ROUNDED if rounded else SAID


def _units_of_numbers(words: str, lexicon: Lexicon) -> list[str]:
    """Return the unit of each number in digits: the sign before it, or the unit after it and before the next number.

    The first of a range has the unit of the second, if it has none: "from 11 to 34%".
    """
    numbers = numbers_found(words, lexicon)
    ends = [*(found.start() for found in numbers[1:]), len(words)]
    found_units = []
    for found, end in zip(numbers, ends, strict=False):
        after = words_found(lexicon.units, words[found.end() : end])
        inside = [item for item in after if words[found.end() + item.end() : end].strip() or end == len(words)]
        own = lexicon.units.get(words[: found.start()][-1:]) or next(
            (lexicon.units[_plain(item)] for item in inside), ""
        )
        found_units.append(own)
    first = next((unit for unit in found_units if unit), "")
    return [unit or (first if index == 0 else "") for index, unit in enumerate(found_units)]


def _moves_as_told(words: str, numbers: list[Fraction], lexicon: Lexicon) -> bool:
    """Tell whether two numbers go the way of the direction beside them: "from 47% down to 11%"."""
    ways = {lexicon.directions[_plain(found)] for found in words_found(lexicon.directions, words)}
    if not ways or len(numbers) != 2:  # noqa: PLR2004 - from one to another
        return True
    return ways == {"up" if numbers[0] < numbers[1] else "down"}
