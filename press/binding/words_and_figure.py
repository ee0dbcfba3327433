"""Words held to a figure, and how messages write the figure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from press.binding.comparators import COMPARATORS
from press.quantity import Quantity, format_plain_number
from press.reading import Lexicon, WrittenQuantity

DIGITS_SHOWN = 7  # significant digits of a value in a message
DIRECTION_BY_COMPARATOR = {
    each.name: each.direction for each in COMPARATORS if each.has_base
}


@dataclass(frozen=True)
class WordsAndFigure:
    """Words held to a figure: the text of a link, what it reads as, and the quantity
    that it must be true of.

    ``inherited_units`` are those that the text may leave out, because its sentence has
    them elsewhere; ``direction_words`` are those for directions in its sentence.
    """

    text: str
    phrase: WrittenQuantity
    quantity: Quantity
    lexicon: Lexicon
    inherited_units: tuple[str, ...] = ()
    direction_words: frozenset[str] = frozenset()

    @property
    def directions_in_sentence(self) -> set[str]:
        """The directions in the sentence.

        "Early" and "late" are those of a span of time, and of nothing else.
        """
        timely = self.lexicon.lists["timely"]
        is_span = self.quantity.kind_rules.is_span
        fitting = (word for word in self.direction_words if (word in timely) == is_span)
        return {*filter(None, map(self._find_direction_said_or_compared, fitting))}

    def _find_direction_said_or_compared(self, word: str) -> str | None:
        """Return the direction that a word says, or a comparison that it is for;
        ``None`` for another word.
        """
        direction = self.lexicon.directions.get(word)
        if direction:
            return direction
        return DIRECTION_BY_COMPARATOR.get(self.lexicon.comparators.get(word, ""))

    @property
    def is_phrase_fraction_of_whole(self) -> bool:
        """Whether it is a fraction of a whole, and not of a unit: "a third", not "half
        a point".
        """
        return self.phrase.number_form == "fraction" and not self.phrase.is_measured

    @property
    def is_exact(self) -> bool:
        """Whether the number must be the figure itself, as that of a rank must."""
        exact = self.quantity.kind_rules.exact
        return exact == "always" or (exact == "unscaled" and not self.phrase.scale)

    @property
    def is_multiple_of_percent_change(self) -> bool:
        """Whether a multiple is said of a change in percent: "doubled" of a rise by
        100 percent.
        """
        return (
            self.phrase.number_form == "multiple" and self.quantity.kind != "multiple"
        )


def format_known_figure(quantity: Quantity) -> str:
    """Write a figure for a message: its value or its two ends, and its unit."""
    return format_ends_in_unit(quantity, *quantity.low_and_high)


def format_ends_in_unit(
    quantity: Quantity, low: Decimal | Fraction, high: Decimal | Fraction
) -> str:
    """Write two numbers with the unit of a figure: "5 to 7 tonnes"; one of two that
    look the same.
    """
    ends = dict.fromkeys(
        shorten_value_with_ellipsis(Fraction(end)) for end in (low, high)
    )
    unit = "times" if quantity.kind == "multiple" else quantity.unit
    return f"{' to '.join(ends)} {unit}".rstrip()


def shorten_value_with_ellipsis(value: Fraction) -> str:
    """Write a value with seven digits, and "…" where there are more."""
    size = abs(value)
    places = max(0, DIGITS_SHOWN - len(str(int(size))))
    rounded = Decimal(round(size * 10**places)).scaleb(-places)
    sign = "−" if value < 0 else ""
    rest = "…" if Fraction(rounded) != size else ""
    return f"{sign}{format_plain_number(rounded)}{rest}"
