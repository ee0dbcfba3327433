"""Facts that are declared: what each kind gives on made-up tables, what it is of, and
what is said of a wrong one.
"""

import shutil
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from press.binding import FactFunctions, Facts
from press.binding.facts import FactError
from press.data import load_tables
from press.facts import (
    FactDescriber,
    FactDescription,
    Mark,
    Panel,
    Thing,
    list_facts_including_imported_siblings,
    year,
)
from press.facts.declared import EARLIER, LATER, make_fact_signature
from press.facts.kinds import DeclaredFact
from press.facts.measures import Measure
from press.ground.errors import BuildError, ToldError
from press.ground.guard import guard_story_code
from press.quantity import Quantity, format_exact_quantity, format_plain_number
from tests.cases import load_cases
from tests.engine.project import run_file_for_names

CASES = load_cases(__file__)

DATA = Path(__file__).parent / "data"
STORY = """
from dataclasses import replace
from press.facts import Mark, Panel, Thing, added, day, month, quarter, year
from press.quantity import quantity_ranging_between
team, land, hall = Thing("team", says="crew"), Thing("land"), Thing("hall")
crop = Thing("crop", ("rye", "oats"), "rye", says=lambda data, crop: {"goods": crop.title()})
games, fields = Panel("medals", year, team), Panel("crops", year, land, crop)
gold, thousands = games.value("gold"), games.value("gold", unit="thousand medals")
golds, gold_share, gold_rank, gold_to = gold.total(team), gold.share(team), gold.rank(team), gold.added_up()
against_bor = gold.share(gold.at(team="BOR"))
teams = games.things_of(team)
named = Thing("team", ("BOR", "COL"))
named_teams = Panel("medals", year, named).things_of(named)
gold_change, gold_growth = gold.change(), gold.growth("before")
gold_times, gold_index = gold.multiple("base"), gold.index()
share_change = gold_share.change("before")
several = Panel("medals", year, Thing("teams", of="team", summed=True)).value("gold")
of_col = Panel("medals", year, team="COL").value("gold")

tonnes = fields.value("crop_t", "width_t", measure="weight")
kilotonnes, worth = fields.value("crop_t", "width_t", "thousand tonnes"), fields.value("worth", unit="USD", signed=True)
worth_rank = worth.rank(land)
price = fields.value("worth").per(kilotonnes, "USD per tonne")
of_lands, of_crops, of_ard, _hidden = tonnes.total(land), tonnes.total(crop, measure="sum"), tonnes.at(land="Ard"), gold
over_rye, tonnes_since = of_crops.share(tonnes), tonnes.change("base")
lands = Panel("crops", year, land).things_of(land)
east = Panel("crops", year, land, crop, part="east")
of_east, crops_of_east = east.value("crop_t"), east.things_of(crop)

rain_to, rain = Panel("rain", month(running=True)).value("rain_mm"), Panel("rain", month).value("rain_mm")
rain_up = Panel("rain", month(running=True)).growth("rain_up", "width")
rain_growth, rain_change = rain_to.growth("before"), rain.change()
printed = replace(rain, find_printed_change=rain_up.find_figure)
printed_to = printed.added_up()
of_twelve = Panel("rain", month(months=12)).own(lambda data, time, place: rain.figure(data, time), kind="amount")
guests = Panel("visits", day, hall).value("guests")
guest_growth, guest_rank = guests.growth("before"), guests.rank(hall)
def _all(data, time, place):
    "All halls added up, as counted.\\n\\nAt their doors."
    return added(guests.figure(data, time, one) for one in guests.choices(data, "hall", {"day": time}))
all_guests = Panel("visits", day).own(_all)
sold = Panel("power", quarter).value("sold")
sold_change, sold_before = sold.change(), sold.change("before")
kings = Panel("kings", year)
age, place = kings.value("age"), kings.value("age", kind="rank")
ages = kings.own(lambda data, time, place: quantity_ranging_between(age.figure(data, 1042), age.figure(data, time)))
guessed = kings.own(lambda data, time, place: (ages if time == 1066 else age).figure(data, time))
lands_change = lands.change()
tide = Panel("tides", month).value("price")
hundred = Mark(100, "medals")
def one(data):
    "Counted, f.o.b."
    return hundred(data)
__all__ = ["one"]
"""


def written(root, story):
    """Write tables and the code of facts below a folder; return the facts."""
    shutil.copytree(DATA, root / "data")
    (root / "story").mkdir()
    (root / "story/facts.py").write_text(story, "utf-8")
    with guard_story_code(root, "the story's code", ("story/__init__.py", 1)):
        names = run_file_for_names(root / "story/facts.py")
    return Facts(
        load_tables(root / "data", root),
        FactFunctions(
            root, list_facts_including_imported_siblings(SimpleNamespace(**names))
        ),
    )


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    return written(tmp_path_factory.mktemp("facts") / "x", STORY)


def told(item):
    """Tell all of a figure in one line."""
    parts = [
        format_exact_quantity(item),
        item.kind,
        str(item.period),
        "signed" * item.signed,
        f"from {len(item.rows)}",
    ]
    parts += [f"± {format_plain_number(item.precision)}"] if item.precision else []
    parts += [f"since {period}" for period in sorted(item.related)]
    parts += [f"by {format_exact_quantity(item.change)}"] if item.change else []
    return " ".join(
        filter(
            None, [*parts, *(f"{name} {of}" for name, of in item.dimensions.items())]
        )
    )


@pytest.mark.parametrize(("asked", "expected"), CASES["facts"])
def test_a_declared_fact_is_what_its_kind_says(facts, asked, expected):
    """Value and unit, kind, period, rows and precision go through; an absent row is
    what its table says it is.
    """
    assert told(facts.find_figure(*asked.split("/"))) == expected


def test_what_is_absent_rests_on_the_same_rows(facts):
    """Of a time that has many things, and lacks as many, each would hold all rows by
    itself.
    """
    one, other = (
        facts.get_fact(name, "2004", "COL").quantity for name in ("gold", "thousands")
    )

    assert one.rows is other.rows


def test_what_goes_over_all_things_is_worked_out_once(facts):
    """And not anew for each of the things that is set against all."""
    asked = list[str]()

    def take(_data, _time, place):
        asked.append(place["team"])
        return Quantity(Decimal(len(asked)), Decimal(0), "medals", frozenset())

    ranks = Panel("medals", year, "team").own(take, Thing("team")).rank("team")
    for team in ("ARD", "BOR", "COL"):
        ranks.figure(facts.data, 2000, team)

    assert asked == ["ARD", "ARD", "BOR", "COL", "BOR", "COL"]


def test_what_cannot_be_known_has_no_figure(facts):
    """No row, an empty cell, one of the parts missing, no time before, or a division by
    nothing: there is no figure.
    """
    asked = """
        gold/2008/ARD gold/2016/ARD golds/2016 gold_rank/2016/COL gold_to/2016/ARD gold_to/2008/ARD teams/2008
        gold_growth/2012/COL gold_growth/2000/ARD gold_times/2012/2004/COL tonnes/2021/New-B+B/oats
        tonnes/2023/New-B+B of_lands/2021/oats of_crops/2020/New-B+B of_col/2008 of_east/2020/Ard
        crops_of_east/2020/Ard guest_growth/2024-08-03/1 guest_rank/2024-08-03/2 all_guests/2024-08-02
        sold_before/2024-Q2 rain_up/2024-02 rain_growth/2024-02
    """

    assert {
        fact: facts.find_figure(*fact.split("/")) for fact in asked.split()
    } == dict.fromkeys(asked.split())


@pytest.mark.parametrize(
    ("asked", "message", "hint"),
    [
        ("gold/2012/XXX", 'the fact gold knows no "XXX"', "there are: ARD, BOR, COL"),
        (
            "several/2012/ARD+XX",
            'the fact several knows no "XX"',
            "there are: ARD, BOR, COL",
        ),
        (
            "several/2012/ARD+ARD",
            'the fact several knows no "ARD+ARD"',
            "did you mean ARD?",
        ),
        (
            "gold_change/2000",
            "found gold_change/2000, expected gold_change/EARLIER/LATER/TEAM",
            "",
        ),
    ],
)
def test_a_declared_fact_says_what_it_takes(facts, asked, message, hint):
    """Times and things are arguments, by their names and types; what the table does not
    have is an unknown name.
    """
    with pytest.raises(FactError) as caught:
        facts.get_fact(*asked.split("/"))

    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_charts_ask_for_figures_and_series(facts):
    """A series has the times that have a figure, in order, each as the fact has it."""
    story, data = SimpleNamespace(**facts.fact_functions.functions), facts.data

    def series(measure, *arguments):
        return {
            time: format_plain_number(item.value)
            for time, item in measure.series(data, *arguments).items()
        }

    assert series(story.gold, "COL") == {2000: "5", 2004: "0", 2012: "9", 2016: "2"}
    assert series(story.gold_growth, None, "BOR") == {
        2004: "40",
        2012: "50",
        2016: "4.76190476",
    }
    assert series(story.gold_index, 2000, "ARD") == {
        2000: "100",
        2004: "200",
        2012: "150",
    }
    assert "_hidden" not in facts.fact_functions.functions
    assert list(series(story.guests, "1")) == ["2024-07-31", "2024-08-01", "2024-08-03"]
    assert story.gold_change.figure(data, 2004, 2012, "ARD").value == -5
    with pytest.raises(
        ToldError, match="found ARD/x, expected 1 arguments after the time"
    ):
        story.gold.figure(data, 2012, "ARD", "x")


@pytest.mark.parametrize(
    ("fact", "parameter", "given", "expected"),
    [
        ("gold", "team", ("2004",), ("ARD", "BOR")),
        ("tonnes", "crop", ("2020", "New-B+B"), ("rye", "oats")),
        ("tonnes", "land", ("2020",), ("Ard", "New-B+B")),
        ("gold_change", "team", ("2000", "2004"), ("ARD", "BOR")),
        ("tonnes_since", "land", ("2021", "2020", "Ard", "oats"), ()),
    ],
)
def test_claims_go_over_the_things_of_a_time(facts, fact, parameter, given, expected):
    """A thing may be what its type says, else what has a row at the time that is
    counted.
    """
    assert facts.get_choices_of_parameter(fact, parameter, given) == expected


MISTAKES = [
    ('Panel("medals", year).value("gold")', "the key of data/medals.csv has team, too"),
    ('Panel("medals", year, team).value("gld")', 'data/medals.csv has no column "gld"'),
    (
        'Panel("medals", year("when"), team).value("gold")',
        'data/medals.csv has no column "when"',
    ),
    (
        'Panel("medals", year, Thing("sport")).value("gold")',
        'data/medals.csv has no column "sport"',
    ),
    (
        'Panel("medals", year, team, sport="judo").value("gold")',
        'data/medals.csv has no column "sport"',
    ),
    (
        'Panel("medals", year, team="ART").value("gold")',
        "no row of data/medals.csv has 'ART' as its team",
    ),
    (
        'Panel("medals", month("year"), team).value("gold")',
        "found another time for the column year of data/medals.csv",
    ),
    ('Panel("medals", "year", team).value("gold")', "found 'year', Thing("),
    (
        'Panel("crops", year, crop, land).value("worth")',
        "ValueError: non-default argument follows default argument",
    ),
    (
        'Panel("crops", year, land, "land").value("worth")',
        "raises ValueError: duplicate parameter name: 'land'",
    ),
    (
        'gold.change("earliest")',
        'found "earliest", expected one of earlier, before, base',
    ),
    ('gold.total(Thing("sport"))', 'found the thing "sport", expected one of: team'),
    ("gold.total(team).rank(team)", 'found the thing "team", expected one of: none'),
    ('gold.at(sport="judo")', 'found the thing "sport", expected one of: team'),
    ("golds.share(gold)", "the other measure takes team, which this one lacks"),
    ("golds.share(rain)", "the other measure is by month, this one by year"),
    ("worth.share(tonnes)", 'cannot set a figure in "USD" over one in "tonnes"'),
    (
        'fields.value("worth", unit="EUR")',
        'found "EUR" for worth of data/crops.csv, which is in "USD million"',
    ),
    (
        'golds.share(Panel("medals", year).own(lambda *_: 1 / 0))',
        "raises ZeroDivisionError: division by zero",
    ),
]


@pytest.mark.parametrize(("declared", "message"), MISTAKES)
def test_a_wrong_declaration_is_told_at_its_line(tmp_path, declared, message):
    """Whether it is noticed at once or by the tables: path, line, what was found and
    what was expected.
    """
    given = {"year": "2020", "month": "2020-01", "land": "Ard"}

    def asked():
        facts = written(tmp_path, f"{STORY}wrong = (\n    {declared}\n)\n")
        facts.get_fact(
            "wrong",
            *(
                given.get(name, "ARD")
                for name, parameter in facts.fact_functions.get_parameters_after_tables(
                    "wrong"
                ).items()
                if parameter.default != "rye"
            ),
        )

    with pytest.raises(BuildError) as caught:
        asked()

    place, _, told = str(caught.value).partition(": ")
    assert (place, message in told) == (
        f"story/facts.py:{STORY.count(chr(10)) + 2}",
        True,
    ), told
    assert "raises ToldError" not in told


OF_TABLES = {
    "GOLD": "Medals of a year: What gold is, c.i.f.",
    "RAIN": "Rain of a year: What rain_mm is, c.i.f.",
    "GUESTS": "Visits of a year: What guests is, c.i.f.",
}
WORDS = Path(__file__).parents[3] / "press/languages/en.toml"


@pytest.mark.parametrize(("fact", "label", "formula"), CASES["formulas"])
def test_readers_are_told_what_follows_from_a_declaration(facts, fact, label, formula):
    """A label alone is enough, or none: the rest follows from the table, or what a fact
    is made of, or its code.
    """
    forms = {
        name: FactDescription(*form)
        for name, form in tomllib.loads(WORDS.read_text("utf-8"))["fact_words"].items()
    }
    given = {
        "gold": FactDescription("Gold of {team}, {year}", ""),
        "tonnes": FactDescription("{crop} of {land}", "Weighed in {land}"),
        "of_ard": FactDescription("{crop} of one", ""),
        "lands": FactDescription("Lands", "Named in {year}"),
    }

    for name, words in OF_TABLES.items():
        formula = formula.replace(name, words)

    assert FactDescriber(
        facts.data, facts.fact_functions.functions, given, forms
    ).describe(facts.fact_functions.functions[fact]) == (label, formula)


@dataclass(frozen=True, eq=False)
class Median(DeclaredFact):
    """A kind of fact that the engine does not have: of the times from one to another,
    the figure in the middle.
    """

    measure: Measure

    @property
    def __signature__(self):
        return make_fact_signature([EARLIER, LATER], int, self.measure.parameters)

    def __call__(self, data, earlier, later, *arguments):
        figures = self.measure.series(data, *arguments).items()
        known = [item for time, item in figures if earlier <= time <= later]
        return sorted(known, key=lambda item: item.value)[len(known) // 2]

    def describe_by_declaration(self, describer):
        words = describer.describe(self.measure)
        return FactDescription("Median", f"{words.formula}; median")


def test_a_kind_of_fact_is_one_class(facts):
    """A class that says what it takes, what it gives and how it is told is all that a
    new kind needs.
    """
    gold = Panel("medals", year, "team").value("gold")
    found = Facts(facts.data, FactFunctions(Path(), {"middle": Median(gold)}))

    assert format_exact_quantity(
        found.find_figure("middle", "2000", "2012", "ARD")
    ) == ("15 medals")
    with pytest.raises(FactError, match="expected middle/EARLIER/LATER/TEAM"):
        found.get_fact("middle", "2000")
    assert FactDescriber(facts.data, {}, {}, {}).describe(Median(gold)) == (
        "Median",
        f"{OF_TABLES['GOLD']}; median",
    )


def test_facts_of_a_module_are_its_own_and_those_beside_it():
    """Measures of the modules of a story that its facts import are facts, too; what
    others hold is not.
    """
    here, beside, elsewhere = (
        ModuleType(name) for name in ("story.facts", "story.measures", "other.measures")
    )
    here.beside, here.elsewhere, here.own = beside, elsewhere, Mark(1)
    beside.near, elsewhere.far = Mark(2), Mark(3)
    for module in (here, beside, elsewhere):
        module.__package__ = module.__name__.partition(".")[0]

    assert list_facts_including_imported_siblings(here) == {
        "near": beside.near,
        "own": here.own,
    }


def test_a_thing_is_called_as_its_column_has_it():
    """A hyphen of a name stays one, though arguments have hyphens for spaces."""
    known = {"Guinea-Bissau": "Guinea-Bissau", "Costa-Rica": "Costa Rica"}

    assert [
        Thing("land").get_values_by_dimension({}, name, known) for name in known
    ] == [{"land": name} for name in known.values()]
