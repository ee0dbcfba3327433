"""Quantities in words are held to figures: form, unit, direction, range, truth,
precision.
"""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from press.binding.date_words import list_date_errors, replace_date
from press.binding.truth import list_errors_against_figure
from press.binding.words_and_figure import WordsAndFigure
from press.ground.period import Period
from press.reading.phrase import parse_quantity
from tests.engine.wording import ENGLISH, make_figure

EDGE = make_figure("0.5", "0", "percent", "change", signed=True)
CENTS = make_figure("0.1", kind="change", signed=True)
TINY = make_figure("0.02", "0.1", "percent", "change", signed=True)
THIRD_LESS = make_figure("-33", "1", "percent", "change", signed=True)
TOTAL = make_figure("218.176", "0.001")
FELL = make_figure("-16.7", "0.02", kind="change", signed=True)
ROSE = make_figure("26.69", "0.05", "percent", "change", signed=True)
LOST = make_figure("-6.82", "0.05", "percent", "change", signed=True)
STILL = make_figure("0.3", "0.01", "percent", "change", signed=True)
LEVEL = make_figure("228.1", "0.1", change=LOST)
CALM = make_figure("228.1", "0.1", change=STILL)
HALF = make_figure("51.2", "0.1", "percent", "share")
BASES = make_figure("37.5", "1", "percent", "share", low="36", high="39")
POINTS = make_figure("3.4", "0.1", "percentage points", "points", signed=True)
SHARE = make_figure("33.4", "0.1", "percent", "share", change=POINTS)
CHANGED = {"period": Period.parse("2025"), "related": frozenset([Period.parse("2024")])}
LESS = make_figure("-0.51", "0.02", "percentage points", "points", signed=True)
COUNT = make_figure("12", unit="months", kind="count")
PAGES = make_figure("312", unit="pages", kind="count")
CROWD = make_figure("1412345678", unit="people", kind="count")
AMOUNT = make_figure("38.77", "0.01", "billion cubic metres", "amount")
CRUDE = make_figure("107.02", "0.01", "million tonnes", "amount")
PRICE = make_figure("566.3", "0.1", "USD per tonne", "price")
BRENT = make_figure("117.2", "0.1", "USD per barrel", "price")
INDEX = make_figure("132.4", "0.1", "", "index")
FIVEFOLD = make_figure("4.93", "0.01", "", "multiple")
HALVED = make_figure("0.49", "0.01", "", "multiple")
SECOND = make_figure("2", unit="", kind="rank")
EARLY = make_figure("-1", unit="years", kind="span", signed=True)
LATE = make_figure("3", unit="years", kind="span", signed=True)
LASTING = make_figure("14", unit="months", kind="span")
GOAL = make_figure("200", kind="constant")
YUAN = make_figure("2.18", "0.01", "CNY trillion")
GREW = make_figure("110", "1", "percent", "change", signed=True)


def case_of(text, quantity, inherited=(), ways=()):
    return WordsAndFigure(
        text,
        parse_quantity(text, ENGLISH),
        quantity,
        ENGLISH,
        inherited,
        frozenset(ways),
    )


def verdict(text, quantity, inherited=(), ways=()):
    """Return the first that is wrong with a text, ``None`` if it is true."""
    return next(
        iter(list_errors_against_figure(case_of(text, quantity, inherited, ways))), None
    )


def date_verdict(text, quantity):
    return next(iter(list_date_errors(text, quantity)), None)


@pytest.mark.parametrize(
    ("quantity", "texts"),
    [
        (
            TOTAL,
            [
                "$218.2 billion",
                "$218.18 billion",
                "$218.176 billion",
                "$218 billion",
                "$0.2 trillion",
                "US$218.2bn",
                "218,176 million dollars",
                "218.2 billion US dollars",
                "about $220 billion",
                "more than $200 billion",
                "over $218 billion",
                "less than $220 billion",
                "nearly $220 billion",
                "just over $210 billion",
                "at least $218 billion",
                "up to $219 billion",
                "close to $220 billion",
            ],
        ),
        (
            FELL,
            [
                "a fall of $16.7 billion",
                "−$16.7 billion",
                "down $16.7 billion",
                "fell",
                "fell by about $17 billion",
                "fell by more than $16 billion",
                "fell by nearly $17 billion",
                "$16.7 billion less",
                "a loss of $17bn",
            ],
        ),
        (
            ROSE,
            [
                "up 26.7%",
                "+26.7%",
                "rose 26.7%",
                "26.7% more",
                "grew by about 27%",
                "rose by more than a quarter",
                "grew by over 26%",
                "rose",
                "27 per cent higher than",
                "up by at least 26%",
                "a 27-percent rise",
            ],
        ),
        (LOST, ["6.8% less", "fell", "a drop of about 7%", "down by nearly 7%", "−7%"]),
        (STILL, ["flat", "unchanged", "nearly flat", "up 0.3%", "up 0.30%", "rose"]),
        (
            make_figure("0.49", "0.01", "percent", "change", signed=True),
            ["flat", "up 0.49%"],
        ),
        (
            make_figure("-0.49", "0.01", "percentage points", "points", signed=True),
            ["flat", "down 0.49 points"],
        ),
        (
            make_figure("0.5", change=STILL),
            ["rose to $0.5 billion", "rose to half a billion dollars"],
        ),
        (
            make_figure("24.06", "1.16", "percent", "change", signed=True),
            ["about 24% more", "about a quarter more"],
        ),
        (
            make_figure("-6.91", "1.0075", "percent", "change", signed=True),
            ["fell by about 7%"],
        ),
        (
            make_figure("-9.46", "0.86", "percent", "change", signed=True),
            ["between 9 and 10% less"],
        ),
        (
            make_figure("37.6", "0.1", "percent", "share", low="36.6", high="38.7"),
            ["between 36 and 39%", "37–39%"],
        ),
        (make_figure("5", unit="people", kind="amount"), ["5"]),
        (
            LEVEL,
            [
                "$228.1 billion",
                "fell to $228.1 billion",
                "dropped to about $230 billion",
                "down to $228 billion",
                "fell to less than $230 billion",
                "fell below $230 billion",
            ],
        ),
        (CALM, ["flat at $228.1 billion", "rose to $228.1 billion"]),
        (
            SHARE,
            [
                "33.4%",
                "a third",
                "one third",
                "one in three",
                "rose to 33%",
                "rose to a third",
                "more than 33%",
                "about a third",
                "just over a third",
                "about 35%",
            ],
        ),
        (
            HALF,
            [
                "more than half",
                "just over half",
                "half",
                "about half",
                "51%",
                "at least half",
            ],
        ),
        (
            BASES,
            [
                "36–39%",
                "36 to 39%",
                "between 36 and 39 percent",
                "more than 35%",
                "less than 40%",
            ],
        ),
        (
            POINTS,
            [
                "up 3.4 percentage points",
                "up 3.4 points",
                "+3 points",
                "rose by more than three points",
                "rose",
            ],
        ),
        (
            LESS,
            [
                "fell by half a percentage point",
                "down about half a point",
                "−0.5 points",
                "fell",
            ],
        ),
        (
            COUNT,
            [
                "12",
                "twelve",
                "the twelve",
                "12 months",
                "about 12",
                "at least 12",
                "more than ten",
            ],
        ),
        (PAGES, ["312", "more than 300", "about 310"]),
        (CROWD, ["1.4 billion", "1,412,345,678", "about 1.4 billion"]),
        (
            AMOUNT,
            ["38.8 billion cubic metres", "38.8 bcm", "nearly 40 bcm", "38.77 bcm"],
        ),
        (
            CRUDE,
            [
                "107 million tonnes",
                "107.0 million tonnes",
                "0.107 billion tonnes",
                "more than 100 million tonnes",
            ],
        ),
        (PRICE, ["$566 a tonne", "$566.3 per tonne", "about $570 per tonne"]),
        (BRENT, ["$117 a barrel", "$117.2 per barrel"]),
        (INDEX, ["132", "132.4", "about 130", "more than 130"]),
        (
            FIVEFOLD,
            [
                "fivefold",
                "4.9 times",
                "nearly fivefold",
                "grew about fivefold",
                "five times",
                "4.93 times as large",
            ],
        ),
        (HALVED, ["halved", "half as much", "about halved", "0.49 times", "half"]),
        (SECOND, ["second", "second-largest", "the second-largest", "2nd"]),
        (
            make_figure("36", unit="", kind="rank"),
            ["36th", "thirty-sixth", "the 36th largest", "thirty-sixth-largest"],
        ),
        (
            make_figure("1", unit="medals", kind="count"),
            ["one", "1 medal", "one medal", "a medal"],
        ),
        (
            make_figure("4", unit="medals", kind="count"),
            ["4", "four medals", "4 medals"],
        ),
        (
            EARLY,
            ["one year early", "a year early", "1 year ahead of schedule", "−1 year"],
        ),
        (LATE, ["three years late", "3 years late", "three years behind"]),
        (LASTING, ["14 months", "more than twelve months", "fourteen months"]),
        (GOAL, ["$200 billion", "$0.2 trillion", "200 billion dollars"]),
        (
            YUAN,
            ["2.18 trillion yuan", "CNY 2.2 trillion", "about 2.2 trillion renminbi"],
        ),
        (
            make_figure("102", "1", "percent", "change", signed=True),
            ["doubled", "about doubled", "more than doubled"],
        ),
        (GREW, ["more than doubled", "up 110%", "rose by more than 100%"]),
        (
            make_figure("50.3", "0.1", "percent", "change", signed=True),
            [
                "half as much again",
                "about half as much again",
                "rose by half",
                "up a half",
            ],
        ),
        (
            make_figure("-49", "1", "percent", "change", signed=True),
            ["halved", "fell by half", "half as much"],
        ),
        (
            make_figure("0", "0", "percent", "change", signed=True),
            ["0%", "zero percent", "unchanged"],
        ),
        (
            make_figure("-9.6", "0.5", "percent", "change", signed=True),
            ["between 9 and 10% less", "down 9–10%"],
        ),
        (
            make_figure("70", kind="constant", low="60", high="80"),
            ["$60–80 billion", "$60 billion to $80 billion"],
        ),
        (make_figure("2023", unit="", kind="year"), ["2023"]),
        (
            make_figure("240.11", "0.01"),
            [
                "about $240,000 million",
                "about 240,000,000,000 dollars",
                "up to $250,000 million",
            ],
        ),
        (
            replace(FELL, kind="money", period=Period.parse("2025")),
            ["a deficit of $16.7 billion"],
        ),
        (
            make_figure("-6.82", "0.05", "percent", "change", signed=True),
            ["6.8% cheaper"],
        ),
        (
            make_figure("33.4", "0.1", "percent", "change", signed=True),
            ["a third dearer"],
        ),
    ],
    ids=lambda item: item.kind if hasattr(item, "kind") else "",
)
def test_true_texts_pass(quantity, texts):
    """A text of the right form, unit and direction that rounds to the figure, or hedges
    it, is true.
    """
    assert {text: wrong for text in texts if (wrong := verdict(text, quantity))} == {}


@pytest.mark.parametrize(
    ("text", "quantity", "message"),
    [
        # truth, with what is true at the precision written
        (
            "$218.3 billion",
            TOTAL,
            'found "{}", expected "$218.2 billion" (exactly 218.176 USD billion)',
        ),
        (
            "$218.2 million",
            TOTAL,
            '"{}" is not true: the figure is 218.176 USD billion',
        ),
        (
            "about $210 billion",
            TOTAL,
            '"{}" means 205 to 215 USD billion, but the figure is 218.176 USD billion',
        ),
        (
            "more than $218.2 billion",
            TOTAL,
            (
                '"{}" means 218.2 to 218.3 USD billion, but the figure is 218.176 USD'
                " billion"
            ),
        ),
        (
            "more than $100 billion",
            TOTAL,
            '"{}" means 100 to 200 USD billion, but the figure is 218.176 USD billion',
        ),
        ("up 26.8%", ROSE, 'found "{}", expected "up 26.7%" (exactly 26.69 percent)'),
        ("a third", HALF, '"{}" is not true: the figure is 51.2 percent'),
        (
            "79 years",
            make_figure("78.62", "0", "years", "count"),
            '"{}" is not true: the figure is 78.62 years',
        ),
        (
            "nearly half",
            HALF,
            '"{}" means 45 to 50 percent, but the figure is 51.2 percent',
        ),
        ("37%", BASES, '"{}" is not true: the figure is 36 to 39 percent'),
        ("36–38%", BASES, 'found "{}", expected "36–39%" (exactly 36 to 39 percent)'),
        ("35–39%", BASES, 'found "{}", expected "36–39%" (exactly 36 to 39 percent)'),
        (
            "zero to four months",
            make_figure("2", "0", "months", "span", low="1", high="4"),
            '"{}" is not true: the figure is 1 to 4 months',
        ),
        ("eleven", COUNT, 'found "{}", expected "twelve" (exactly 12 months)'),
        (
            "1,412,345,679",
            CROWD,
            'found "{}", expected "1,412,345,678" (exactly 1412345678 people)',
        ),
        (
            "fivefold",
            make_figure("4.8", "0.01", "", "multiple"),
            '"{}" is not true: the figure is 4.8 times',
        ),
        ("third", SECOND, 'found "{}", expected "second" (exactly 2)'),
        (
            "two years late",
            LATE,
            'found "{}", expected "three years late" (exactly 3 years)',
        ),
        (
            "$200.5 billion",
            GOAL,
            'found "{}", expected "$200.0 billion" (exactly 200 USD billion)',
        ),
        (
            "2022",
            make_figure("2023", unit="", kind="year"),
            'found "{}", expected "2023"',
        ),
        ("doubled", ROSE, '"{}" is not true: the figure is 26.69 percent'),
        (
            "between 20 and 40 billion dollars",
            make_figure("30"),
            '"{}" is not true: the figure is 30 USD billion',
        ),
        (
            "between $1 and $10 billion",
            make_figure("5"),
            '"{}" is not true: the figure is 5 USD billion',
        ),
        (
            "between 9 and 10% less",
            make_figure("-9.8", "0.5", "percent", "change", signed=True),
            '"{}" is not true: the figure is −9.8 percent',
        ),
        (
            "36–40%",
            make_figure("37.6", "0.1", "percent", "share", low="36.6", high="38.7"),
            'found "{}", expected "37–39%" (exactly 36.6 to 38.7 percent)',
        ),
        (
            "about doubled",
            make_figure("80", "1", "percent", "change", signed=True),
            '"{}" means 90 to 110 percent, but the figure is 80 percent',
        ),
        (
            "about fivefold",
            HALVED,
            '"{}" means 4.75 to 5.25 times, but the figure is 0.49 times',
        ),
        # precision
        (
            "$218.1760 billion",
            TOTAL,
            '"{}" is more exact than the source, which is exact to 0.001 USD billion',
        ),
        # unit
        ("218.2 billion yuan", TOTAL, '"{}" is in CNY, but the fact is in USD'),
        ("218.2 billion", TOTAL, '"{}" lacks the unit USD'),
        ("up 3.4%", POINTS, '"{}" is in percent, but the fact is in percentage points'),
        (
            "up 26.7 points",
            ROSE,
            '"{}" is in percentage points, but the fact is in percent',
        ),
        ("33.4", SHARE, '"{}" lacks the unit percent'),
        (
            "$566 a barrel",
            PRICE,
            '"{}" is in USD per barrel, but the fact is in USD per tonne',
        ),
        (
            "$218.2 billion a tonne",
            TOTAL,
            '"{}" is in USD per tonne, but the fact is in USD',
        ),
        ("132%", INDEX, '"{}" is in percent, but the fact has no unit'),
        ("4.9", FIVEFOLD, '"{}" lacks the unit times'),
        ("36 months late", LATE, '"{}" is in months, but the fact is in years'),
        ("three late", LATE, '"{}" lacks the unit years'),
        # direction
        (
            "26.7%",
            replace(ROSE, **CHANGED),
            '"{}" does not say up or down: the figure is 26.69 percent',
        ),
        (
            "$16.7 billion",
            FELL,
            '"{}" does not say up or down: the figure is −16.7 USD billion',
        ),
        (
            "a third",
            THIRD_LESS,
            '"{}" does not say up or down: the figure is −33 percent',
        ),
        (
            "down 26.7%",
            ROSE,
            '"{}" has the wrong direction: the figure is 26.69 percent',
        ),
        ("fell", ROSE, '"{}" has the wrong direction: the figure is 26.69 percent'),
        ("rose", TINY, '"{}" is not surely true: the figure is −0.03 to 0.07 percent'),
        (
            "flat",
            ROSE,
            (
                '"{}" means a change of less than half a point, but the figure is 26.69'
                " percent"
            ),
        ),
        (
            "flat",
            EDGE,
            (
                '"{}" means a change of less than half a point, but the figure is 0.5'
                " percent"
            ),
        ),
        (
            "flat",
            CENTS,
            (
                '"{}" means a change of less than half a point, but the figure is 0.1'
                " USD billion"
            ),
        ),
        (
            "up $218.2 billion",
            TOTAL,
            '"{}" has a direction, but the figure is no change: 218.176 USD billion',
        ),
        (
            "fell",
            LEVEL,
            '"{}" has a direction, but the figure is no change: 228.1 USD billion',
        ),
        (
            "fell $228.1 billion",
            LEVEL,
            '"{}" has a direction, but the figure is no change: 228.1 USD billion',
        ),
        (
            "fell to $218.2 billion",
            TOTAL,
            '"fell" in "{}" cannot be checked: the fact has no change',
        ),
        (
            "rose above $220 billion",
            LEVEL,
            '"{}" has the wrong direction: the change is −6.82 percent',
        ),
        (
            "flat at $228.1 billion",
            LEVEL,
            (
                '"flat" means a change of less than half a point, but the change is'
                " −6.82 percent"
            ),
        ),
        (
            "fell to $228.2 billion",
            LEVEL,
            'found "{}", expected "fell to $228.1 billion" (exactly 228.1 USD billion)',
        ),
        (
            "fell to $5 billion",
            make_figure("-5", change=LOST),
            '"{}" reads as a figure above zero, but it is −5 USD billion',
        ),
        (
            "one year late",
            EARLY,
            '"{}" has the wrong direction: the figure is −1 years',
        ),
        ("one year", EARLY, '"{}" does not say late or early: the figure is −1 years'),
        (
            "rose",
            make_figure("0", "0", "percent", "change", signed=True),
            '"{}" is not surely true: the figure is 0 percent',
        ),
        ("fell", STILL, '"{}" has the wrong direction: the figure is 0.3 percent'),
        (
            "grew twofold",
            make_figure("1.5", unit="", kind="multiple"),
            '"{}" is not true: the figure is 1.5 times',
        ),
        ("grew twofold", STILL, '"{}" is not true: the figure is 0.3 percent'),
        ("grew threefold", LOST, '"{}" is not true: the figure is −6.82 percent'),
        # form
        ("2", SECOND, '"{}" is no rank, but the fact is one'),
        ("second", COUNT, '"{}" is a rank, but the fact is 12 months'),
        ("a third", TOTAL, '"{}" is a fraction, but the fact is 218.176 USD billion'),
        (
            "up a third",
            POINTS,
            '"{}" is a fraction, but the fact is 3.4 percentage points',
        ),
        ("doubled", FELL, '"{}" is a multiple, but the fact is −16.7 USD billion'),
        ("rose", FIVEFOLD, '"{}" is no multiple, but the fact is one'),
    ],
)
def test_false_texts_are_told_what_is_true(text, quantity, message):
    """The message says what was found and what was expected, in the words of the text
    where it can.
    """
    wrong = verdict(text, quantity)

    assert wrong is not None
    assert wrong.message == message.format(text)


@pytest.mark.parametrize(
    ("text", "quantity", "inherited", "true"),
    [
        ("up 27", ROSE, ("percent",), True),
        ("up 27", ROSE, ("USD",), False),
        ("up 3.4", POINTS, ("percent",), False),
        ("218.2 billion", TOTAL, ("percent", "USD"), True),
        ("$117", BRENT, (), True),
        ("117", BRENT, ("USD", "per barrel"), True),
        ("$117", BRENT, ("per tonne",), False),
        ("4.9", FIVEFOLD, ("times",), True),
        ("132", INDEX, ("percent",), True),
        ("three late", LATE, ("months",), False),
    ],
)
def test_a_unit_left_out_stands_elsewhere_in_the_sentence(
    text, quantity, inherited, true
):
    """What a text leaves out of its unit its sentence has, and of what a price is by it
    names no other.
    """
    assert (verdict(text, quantity, inherited) is None) is true


@pytest.mark.parametrize(
    ("text", "quantity", "ways", "message"),
    [
        ("26.7%", ROSE, ["rose"], None),
        ("6.8%", LOST, ["rose", "fell"], None),
        (
            "6.8%",
            LOST,
            ["rose"],
            (
                'the sentence has the wrong direction for "6.8%": the figure is −6.82'
                " percent"
            ),
        ),
        (
            "26.7%",
            ROSE,
            ["fell"],
            (
                'the sentence has the wrong direction for "26.7%": the figure is 26.69'
                " percent"
            ),
        ),
        ("26.7%", ROSE, ["late"], None),
        ("three years", LATE, ["late"], None),
        (
            "three years",
            LATE,
            ["fell", "early"],
            'the sentence has the wrong direction for "three years": the figure is 3',
        ),
        (
            "6.9%",
            LOST,
            ["fell"],
            'found "6.9%", expected "6.8%" (exactly −6.82 percent)',
        ),
    ],
)
def test_a_direction_may_stand_elsewhere_in_the_sentence(text, quantity, ways, message):
    """Of a change the magnitude is enough where its sentence says which way it went."""
    wrong = verdict(text, quantity, ways=ways)

    assert wrong is None if message is None else wrong.message.startswith(message)


def test_all_that_is_wrong_is_told_at_once():
    """An author need not mend the unit to learn of the direction and of the number."""
    messages = [
        wrong.message for wrong in list_errors_against_figure(case_of("down €5", ROSE))
    ]

    assert messages == [
        '"down €5" is in EUR, but the fact is in percent',
        '"down €5" has the wrong direction: the figure is 26.69 percent',
        '"down €5" is not true: the figure is 26.69 percent',
    ]


MONTH = make_figure(2023 * 12 + 10, unit="", kind="month")
DAY = make_figure(dt.date(2023, 11, 7).toordinal(), unit="", kind="date")


@pytest.mark.parametrize(
    ("date", "true", "false"),
    [
        (
            MONTH,
            [
                "November 2023",
                "november 2023",
                "November\u00a02023",
                "November",
                "2023",
            ],
            [
                "October 2023",
                "November 2022",
                "Nov",
                "11/2023",
                "in November",
                "7 November 2023",
                "1 November 2023",
            ],
        ),
        (
            DAY,
            [
                "7 November 2023",
                "7 November",
                "November 7, 2023",
                "November 2023",
                "2023",
            ],
            [
                "8 November 2023",
                "7 October 2023",
                "7 November 2022",
                "07 November 2023",
                "2023-11-07",
                "7",
            ],
        ),
        (
            make_figure("2023", unit="", kind="year"),
            ["2023", "２０２３"],
            ["2022", "23"],
        ),
    ],
)
def test_a_date_is_written_in_any_usual_way(date, true, false):
    """A day before or behind its month, a month with or without its year, or what they
    lie in.
    """
    assert [date_verdict(text, date) for text in true] == [None] * len(true)
    assert None not in [date_verdict(text, date) for text in false]


def test_a_wrong_date_is_told_the_right_one():
    """The message has the date as it is usually written."""
    day = make_figure(dt.date(2023, 11, 7).toordinal(), unit="", kind="date")

    assert (
        date_verdict("8 November", day).message
        == 'found "8 November", expected "7 November 2023"'
    )


def test_long_fractions_are_shortened_in_messages():
    """A ratio of two decimals is shown with seven digits and a sign that there are
    more.
    """
    wrong = verdict(
        "a half", make_figure(Decimal(1) / 3 * 100, "0.1", "percent", "share")
    )

    assert wrong is not None
    assert wrong.message == '"a half" is not true: the figure is 33.33333… percent'


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("$2 trillion", make_figure("0.2")),
        ("two years late", make_figure("1", unit="years", kind="span", signed=True)),
    ],
)
def test_no_message_shows_words_that_nobody_would_write(text, quantity):
    """Neither "$0 trillion" nor "one years late" is expected of anyone."""
    message = verdict(text, quantity).message

    assert message.startswith(f'"{text}" is not true: the figure is ')


@pytest.mark.parametrize(
    ("kind", "text", "new"),
    [
        ("year", "2026", "2027"),
        ("year", "26", None),
        ("month", "April 2026", "September 2027"),
        ("month", "April\u00a02026", "September\u00a02027"),
        ("month", "April\n2026", "September\n2027"),
        ("month", "April", "September"),
        ("month", "2026", "2027"),
        ("month", "spring 2026", None),
        ("date", "7 April 2026", "12 September 2027"),
        ("date", "April 7, 2026", "September 12, 2027"),
        ("date", "April 7", "September 12"),
        ("date", "April 2026", "September 2027"),
    ],
)
def test_another_date_is_written_in_the_same_way(kind, text, new):
    """Its parts, their order and every space stay; words that are no date stay as they
    are.
    """
    day = dt.date(2027, 9, 12)
    count = {
        "year": day.year,
        "month": day.year * 12 + day.month - 1,
        "date": day.toordinal(),
    }[kind]

    assert replace_date(text, make_figure(str(count), "0", "", kind)) == new
