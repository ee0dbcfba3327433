"""``press new`` and tables as they are found: what is guessed, what is asked, and what
is never said.
"""

from __future__ import annotations

import sys

import click
import pandas as pd
import pytest

from press.desk import commands
from press.desk.placeholders import list_placeholder_problems
from press.ground.errors import BuildError
from press.starter import guess
from press.starter.answers import NOTHING_SAID, TableAnswers
from tests.cases import load_cases
from tests.workbooks import xlsx

CASES = load_cases(__file__)
TOWNS = "Town,Sales\nHill,12\nLake,9\nPort,30\n"
DAYS = "Date,Visits\n01/02/2012,7\n02/02/2012,8\n03/02/2012,5\n"


@pytest.fixture
def guess_table(tmp_path):
    """Return a function that guesses a table of CSV, with what its author says."""

    def guess_table(table, answers=NOTHING_SAID, name="table.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(table.encode(encoding))
        return guess.guess_table(path, answers)

    return guess_table


@pytest.fixture
def find_problems(guess_table):
    """Return a function that takes a table as ``guess_table`` does, and returns the
    problems for which it is refused.
    """

    def find_problems(*table, **options):
        with pytest.raises(BuildError) as error:
            guess_table(*table, **options)
        return error.value.problems

    return find_problems


@pytest.fixture
def find_problem(find_problems):
    """Return a function that returns the only problem of a table."""

    def find_problem(*table, **options):
        (problem,) = find_problems(*table, **options)
        return problem

    return find_problem


def test_no_time_is_invented(find_problem):
    """A table without times is refused, with what to say; the year in its name is only
    a proposal.
    """
    problem = find_problem(TOWNS, name="sales 2023.csv")

    assert (problem.line, problem.message) == (
        1,
        "found no column of times among Town, Sales, expected one",
    )
    assert "--time 2023, or which column" in problem.hint


@pytest.mark.parametrize(
    ("said", "kind"), [("2009", "year"), ("2024-Q3", "quarter"), ("2024-03", "month")]
)
def test_the_time_of_all_rows_is_what_its_author_says(guess_table, said, kind):
    """It is no option of its own: a year, a quarter, a month or a day."""
    found = guess_table(TOWNS, TableAnswers(time=said))

    assert (found.time.name, {*found.cells[kind]}) == (kind, {said})


def test_an_answer_that_is_no_time_and_no_column_is_told(find_problem):
    """With the columns that there are."""
    problem = find_problem(TOWNS, TableAnswers(time="Twon"))

    assert problem.hint == "did you mean Town?"


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (
            f"Year,{TOWNS}".replace("\n", "\n2020,").removesuffix("2020,"),
            'the times are in this column: --time "Year"',
        ),
        (TOWNS, "no column has times; say of which time all rows are: --time 2024,"),
    ],
)
def test_a_column_that_holds_no_times_is_told_with_what_to_say(
    find_problem, table, told
):
    """Which column has them, or how to say the time where none has."""
    problem = find_problem(table, TableAnswers(time="Town"))

    assert problem.message == 'Town: found "Hill", expected a time'
    assert problem.hint.startswith(told)


SERIES = (
    "Country,Indicator,Unit,Year,Value\n"
    "Norway,Population,thousand persons,2023,5520\nNorway,GDP,USD million,2023,485\n"
    "Sweden,Population,thousand persons,2023,10537\nSweden,GDP,USD million,2023,593\n"
)


def test_of_several_series_in_a_column_one_is_asked_for(find_problem):
    """Nobody ranks people and dollars."""
    problem = find_problem(SERIES)

    assert problem.message == (
        "Indicator: found 2 series (Population, GDP), expected one"
    )
    assert problem.hint.startswith('say which: --measure "Population"; ')


def test_a_series_is_a_measure_in_its_own_unit(guess_table):
    """Only its rows are kept, and all that names it is said."""
    found = guess_table(SERIES, TableAnswers(measures=("gdp",)))

    (column,) = found.numbers
    assert (column.name, column.title, column.unit) == ("gdp", "GDP", "USD million")
    assert [*found.cells["gdp"]] == ["485", "593"]
    assert found.kept == "Indicator: GDP"
    assert [thing.title for thing in found.things] == ["Country"]


def test_series_in_heads_that_are_times_have_their_unit(guess_table):
    """As banks of data have them."""
    table = "Country,Series,Unit,2022 [YR2022],2023 [YR2023]\nPeru,Jobs,number,5,6\nPeru,Rain,mm,800.5,700\n"

    found = guess_table(table, TableAnswers(measures=("Rain",)))

    assert [(each.title, each.unit) for each in found.numbers] == [("Rain", "mm")]


def test_heads_that_end_with_years_are_measures(guess_table):
    """Each has a column, and each year a row."""
    found = guess_table(
        "Place,No. of falls 2006,Hurt 2006,No. of falls 2007\nGoa,1,2,3\n"
    )

    assert [*found.cells["falls"]] == ["1", "3"]
    assert [*found.cells["hurt"]] == ["2", ""]


def test_figures_in_several_units_are_not_one_measure(guess_table, find_problem):
    """Whatever the column is called that has the units."""
    table = "Year,Crop,Unit,Harvest\n2023,Rice,tonnes,5\n2023,Wine,litres,7\n"
    problem = find_problem(table)

    found = guess_table(table, TableAnswers(measures=("tonnes",)))

    assert "Unit: found 2 series (tonnes, litres)" in problem.message
    assert [*found.cells["harvest"]] == ["5"]
    assert (found.numbers[0].title, found.numbers[0].unit) == ("Harvest", "tonnes")


def test_series_that_are_alike_are_things(guess_table):
    """If the author says so, and they have no units of their own."""
    table = "Year,Measure,n\n2023,Thefts,5\n2023,Burglaries,7\n"

    found = guess_table(table, TableAnswers(things=("Measure",)))

    assert [thing.title for thing in found.things] == ["Measure"]


def test_an_author_cannot_call_figures_in_several_units_alike(find_problem):
    """A thing has a unit."""
    problem = find_problem(SERIES, TableAnswers(things=("Indicator", "Country")))

    assert problem.message.startswith("Unit: found 2 series")


def test_a_unit_that_all_rows_have_is_that_of_the_measure(guess_table):
    """From a column of its own."""
    found = guess_table(
        "Year,Crop,Unit,Harvest\n2023,Rice,tonnes,5\n2023,Oats,tonnes,7\n"
    )

    assert (found.numbers[0].title, found.numbers[0].unit) == ("Harvest", "tonnes")


@pytest.mark.parametrize("dash", ["–", "—", "--", "…", "*"])
def test_a_dash_is_a_figure_that_is_not_known(guess_table, dash):
    """Whatever its length."""
    found = guess_table(f"year,town,n\n2020,Hill,{dash}\n2020,Lake,5\n")

    assert [*found.cells["n"]] == ["", "5"]


def test_a_dash_is_no_name(find_problem):
    """Its row is told."""
    problem = find_problem("year,town,n\n2020,–,3\n2020,Lake,5\n")

    assert (problem.line, problem.message) == (
        2,
        "found no town, expected one in each row",
    )


def test_a_list_of_events_is_told(find_problem):
    """Its things stand at one time alone, and nothing can be compared."""
    problem = find_problem("year,name,age\n2020,Ada,3\n2020,Bo,5\n2021,Cy,4\n")

    assert problem.message.startswith("found 3 of 3 names in name at one time alone")


def test_names_that_links_cannot_tell_apart_are_told(find_problem):
    """They would be of the same figure."""
    problem = find_problem("year,town,n\n2020,St. Ives,3\n2020,St Ives,5\n")

    assert (problem.line, problem.hint) == (3, "write a name alike in each row")
    assert problem.message.startswith('found "St Ives" and "St. Ives", expected names')


def test_an_order_of_days_that_is_none_is_asked_for(find_problem):
    """As if nobody had said it."""
    problem = find_problem(DAYS, TableAnswers(time="Date=ymd"))

    assert "which may be two days" in problem.message


@pytest.mark.parametrize("name", CASES["times"])
def test_times_are_read_as_they_are_written(guess_table, name):
    """Whatever they are called."""
    head, cells, kind, known = CASES["times"][name]
    rows = "".join(f"{cell},{row}.5\n" for row, cell in enumerate(cells.split()))

    found = guess_table(f"{head},n\n{rows}")

    assert (found.time.type, [*found.cells[found.time.name]]) == (kind, known.split())


def test_days_that_may_be_others_are_asked_for(find_problem):
    """01/02/2012 is a day in January, or one in February."""
    problem = find_problem(DAYS)

    assert problem.message.startswith('Date: found "01/02/2012", which may')
    assert '--time "Date=dmy" for the day' in problem.hint


@pytest.mark.parametrize(
    ("order", "first"), [("dmy", "2012-02-01"), ("mdy", "2012-01-02")]
)
def test_the_order_of_days_is_what_the_author_says(guess_table, order, first):
    """By an option."""
    found = guess_table(DAYS, TableAnswers(time=f"Date={order}"))

    assert found.cells[found.time.name].iloc[0] == first


def test_years_are_no_figures_and_figures_no_years(guess_table):
    """A number that looks like a year is one where another column is the time."""
    found = guess_table("Year,Jobs (thousands)\n2023,1540\n")

    assert [column.title for column in found.numbers] == ["Jobs"]


@pytest.mark.parametrize(
    "codes", ["fips\n01001\n01003\n10001\n", "County code\n1\n3\n5\n", "id\n7\n8\n9\n"]
)
def test_codes_are_neither_ranked_nor_added_up(guess_table, codes):
    """They begin with zeros, or their heads say so; names tell rows apart before."""
    rows = zip(
        codes.split("\n"), ["name,n", "Hill,1", "Lake,2", "Port,4"], strict=False
    )
    table = "\n".join(",".join(row) for row in rows)

    found = guess_table(table, TableAnswers(time="2020"))

    assert [column.title for column in found.numbers] == ["N"]
    assert [thing.title for thing in found.things] == ["Name"]


@pytest.mark.parametrize(
    "name",
    ["Total", "Illinois total", "Total, Illinois", "Illinois (total)", "Total (all)"],
)
def test_a_total_beside_its_parts_is_one(guess_table, name):
    """By its name, with another before or after it."""
    table = f'year,source,GWh\n2023,Wind,5\n2023,Sun,2\n2023,"{name}",7\n'

    assert guess_table(table).totals == [name]


def test_a_name_that_only_sounds_like_a_total_is_none(guess_table):
    """It is another word."""
    found = guess_table("year,firm,n\n2023,Totalis,5\n2023,Subtotalo,2\n")

    assert found.totals == []


@pytest.mark.parametrize(
    "head",
    [
        "kind",
        "period",
        "rows",
        "value",
        "precision",
        "low",
        "high",
        "unit",
        "dimensions",
    ],
)
def test_a_column_may_be_called_as_something_of_the_engine(guess_table, head):
    """Its name in code is another then."""
    found = guess_table(f"year,{head},n\n2020,a,1\n2020,b,2\n")

    assert [thing.name for thing in found.things] == [f"column_{head}"]


@pytest.mark.parametrize("head", CASES["units"])
def test_a_unit_in_a_head_is_taken(guess_table, head):
    """Where it is one."""
    found = guess_table(f'year,"{head}"\n2020,1\n2021,2\n')

    assert [found.numbers[0].title, found.numbers[0].unit] == CASES["units"][head]


def test_what_the_author_says_is_before_what_is_guessed(guess_table):
    """The things, the measure and its unit."""
    table = "year,place,cylinders,n,Income\n2020,a,4,5,1\n2020,a,6,5,2\n2020,b,4,6,3\n"
    answers = TableAnswers(
        things=("place", "cylinders"), measures=("income",), unit="$ million"
    )

    found = guess_table(table, answers)

    assert [thing.name for thing in found.things] == ["place", "cylinders"]
    assert [column.name for column in found.numbers] == ["income", "n"]
    assert found.numbers[0].unit == "USD million"


def test_a_measure_without_numbers_is_told(find_problem):
    """Whoever names one is told that it has none."""
    problem = find_problem(
        "year,n,m\n2020,1,\n2021,2,n/a\n", TableAnswers(measures=("m",))
    )

    assert problem.message == "M: found no numbers, expected some"


def test_numbers_without_fractions_are_whole(guess_table):
    """A workbook has 22,318.0 for them."""
    found = guess_table("year,n\n2020,22318.0\n2021,7.0\n")

    assert (found.numbers[0].type, [*found.cells["n"]]) == ("integer", ["22318", "7"])


def test_all_cells_that_are_wrong_are_told_together(find_problems):
    """Each with its line."""
    rows = "".join(f"{2000 + row},{row},{row}\n" for row in range(12))

    problems = find_problems(f"year,n,m\n{rows}20x9,x,1\n2010,z,y\n")

    assert [(each.line, each.message[:13]) for each in problems] == [
        (14, 'n: found "x",'),
        (14, 'year: found "'),
        (15, 'm: found "y",'),
        (15, 'n: found "z",'),
    ]


def test_all_rows_that_stand_twice_are_told_together(find_problems):
    """Each with its line."""
    problems = find_problems(
        "year,name,n\n2020,a,1\n2020,a,2\n2020,b,2\n2020,b,3\n,c,1\n"
    )

    assert [each.line for each in problems] == [3, 5, 6]


def test_a_row_that_stands_twice_is_told_with_both_lines(find_problem):
    """And what to do."""
    problem = find_problem("year,name,n\n2020,a,1\n2020,a,1\n2020,b,2\n")

    assert (problem.line, problem.hint) == (3, "both are the same: delete one")
    assert problem.message.endswith("again, expected one row of it: it is in line 2")


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-8-sig"])
def test_a_table_in_another_encoding_is_read(guess_table, encoding):
    """As programs for offices save it."""
    table = "Année;Ville;Densité\n2020;Évreux;1 764,3\n2020;Nîmes;914,7\n"

    found = guess_table(table, encoding=encoding)

    assert [*found.cells["ville"]] == ["Évreux", "Nîmes"]


def test_cyrillic_in_an_old_encoding_is_refused(find_problem):
    """It would read as accents."""
    problem = find_problem("Год;Город;Доля\n2020;Тверь;5\n", encoding="cp1251")

    assert problem.hint == "save the file as UTF-8"


def test_a_workbook_is_a_table(tmp_path):
    """Its first sheet; whole numbers are whole."""
    rows = [["Year", "Income (million $)"], [2022, 120.5], [2023, 131]]
    (tmp_path / "book.xlsx").write_bytes(xlsx(rows))

    found = guess.guess_table(tmp_path / "book.xlsx", NOTHING_SAID)

    assert [*found.cells["year"]] == ["2022", "2023"]
    assert [float(cell) for cell in found.cells["income"]] == [120.5, 131]
    assert found.numbers[0].unit == "million USD"


def test_a_file_that_is_no_workbook_is_told(tmp_path):
    """Whatever its name says."""
    (tmp_path / "book.xlsx").write_text("Year,n\n", "utf-8")

    with pytest.raises(BuildError) as error:
        guess.guess_table(tmp_path / "book.xlsx", NOTHING_SAID)

    (problem,) = error.value.problems
    assert problem.hint == "save the sheet as CSV in UTF-8"


@pytest.fixture
def write_page(tmp_path, monkeypatch, capsys):
    """Return a function that begins a story of a table, unchecked, and gives its first
    page.
    """
    monkeypatch.setattr("press.starter.new._check", lambda _draft: "")

    def write_page(table, *options):
        (tmp_path / "table.csv").write_text(table, "utf-8")
        story = tmp_path / "story"
        command = ["new", str(story), "--table", str(tmp_path / "table.csv"), *options]
        monkeypatch.setattr(sys, "argv", ["press", *command])
        assert commands.run_in_current_folder() == 0, capsys.readouterr()
        return (story / "content/en/index.md").read_text("utf-8")

    return write_page


def test_of_two_things_one_is_ranked_for_a_name_of_the_other(write_page):
    """The second of all is not the second of those."""
    table = (
        "year,region,drink,n\n2020,N,tea,9\n2020,N,ale,8\n2020,S,tea,5\n2020,S,ale,1\n"
    )

    page = write_page(table)

    assert "In 2020, for tea, N had [the highest n]" in page
    assert "S" not in page.partition("+++\n\n")[2].partition("The figures")[0]


def test_equals_are_not_ranked(write_page):
    """Neither is the first."""
    page = write_page("year,town,n\n2020,Hill,9\n2020,Lake,9\n")

    assert "accounted" not in page
    assert "highest" not in page


def test_a_total_is_not_ranked(write_page, tmp_path):
    """Nor added to its parts, nor drawn beside them."""
    table = "year,source,GWh\n2023,Wind,5\n2023,Sun,2\n2023,Total,7\n"

    page = write_page(table)

    assert "Wind accounted for [71%](fact:share/2023/Wind) of the total" in page
    assert "[7 GWh](fact:total/2023)" in page
    assert 'parts = Thing("source", ("Wind", "Sun", ))' in (
        tmp_path / "story/story/facts.py"
    ).read_text("utf-8")


def test_the_newest_time_is_one_at_which_all_is_known(write_page):
    """A gap may hold the highest."""
    page = write_page(
        "year,town,n\n2022,Hill,9\n2022,Lake,5\n2022,Port,3\n2022,Ford,1\n"
        "2023,Hill,9\n2023,Lake,6\n2023,Port,3\n2023,Ford,–\n"
    )

    assert "In 2022, n came to [18](fact:total/2022) in all." in page


def test_where_a_figure_is_never_known_nothing_is_ranked(write_page):
    """But what is known is told, and what is not."""
    page = write_page(
        "year,county,Homicides\n2023,Cook,620\n2023,Lake,15\n2023,Will,–\n"
        "2023,Illinois total,700\n"
    )

    assert "In 2023 there were [700](fact:total/2023) homicides in all." in page
    assert "For Lake the figure was [15](fact:homicides/2023/Lake)." in page
    assert "No figure is known for Will." in page
    assert "claim:" not in page


def test_rates_are_not_added_up(write_page):
    """Nobody has an average age of 90."""
    page = write_page("year,town,Average age\n2020,Hill,49\n2020,Lake,41\n")

    assert "in all" not in page


SECTORS = (
    "Month,Sector,Jobs (thousands)\n"
    "2023-06,Shops,22301.4\n2023-06,Farms,22390.0\n2023-06,Mines,150.0\n"
    "2024-06,Shops,22318.0\n2024-06,Farms,22344.0\n2024-06,Mines,120.5\n"
)


def test_a_number_is_as_short_as_newspapers_write_it(write_page):
    """But two that differ are never written alike."""
    page = write_page(SECTORS)

    assert "In June 2024 there were [44.8 million](fact:total/2024-06) jobs" in page
    assert "from [22.30 million](fact:jobs/2023-06/Shops)" in page
    assert "to [22.32 million](fact:jobs/2024-06/Shops)" in page
    assert "from [150,000](fact:jobs/2023-06/Mines)" not in page


def test_it_says_how_many_rose_and_which_most(write_page):
    """From the same time of the year before, told once."""
    page = write_page(SECTORS)

    assert (
        "Between June 2023 and June 2024, jobs rose for"
        " [one](fact:risen/2023-06/2024-06) of the [three](fact:count/2024-06) sectors."
    ) in page
    assert "Shops had [the largest](claim:highest/change.2023-06.2024-06.Shops/" in page


def test_no_sentence_stands_twice(write_page, tmp_path):
    """On the page and beside both charts."""
    write_page(SECTORS)
    texts = [
        path.read_text("utf-8").rpartition("+++\n")[2]
        for path in (tmp_path / "story/content/en").rglob("*.md")
    ]
    sentences = [line for text in texts for line in text.splitlines() if line]

    assert len(sentences) > 10
    assert len({*sentences}) == len(sentences)


def test_fiscal_years_are_called_so(write_page):
    """2023/24 is not 2024."""
    page = write_page("Year,n\n2022/23,9\n2023/24,8\n")

    assert "In fiscal 2024, n came to [8](fact:n/2024), [down 11%]" in page
    assert "from fiscal 2023." in page


def test_receipts_call_fiscal_years_so(write_page, tmp_path):
    """And what is published for programs, which has the same labels."""
    write_page("FY,n\nFY23,9\nFY24,8\n")
    words = (tmp_path / "story/content/en/words.toml").read_text("utf-8")

    assert '[arguments]\n"2023" = "fiscal 2023"\n"2024" = "fiscal 2024"\n' in words


def test_no_source_is_called_the_origin_before_somebody_says_so(write_page, tmp_path):
    """Nor is it said whether it is a state's; checked strictly, it is to be said."""
    write_page("year,n\n2020,9\n")
    sources = pd.read_csv(tmp_path / "story/data/sources.csv")
    problems = [*list_placeholder_problems(tmp_path / "story")]

    assert [*sources["strength"]] == ["unstated"]
    assert sources["state_media"].isna().all()
    assert [each.hint[:33] for each in problems if "unstated" in each.message] == [
        "write how near it is to the origin"[:33]
    ]


def test_the_publisher_is_whom_the_author_names(write_page, tmp_path):
    """In the table of sources and in the description."""
    write_page("year,n\n2020,9\n", "--publisher", 'Office "A"')

    sources = pd.read_csv(tmp_path / "story/data/sources.csv")
    described = (tmp_path / "story/data/table.toml").read_text("utf-8")
    assert [*sources["publisher"]] == ['Office "A"']
    assert r'sources = [{ title = "Office \"A\"" }]' in described


def test_on_a_terminal_what_cannot_be_known_is_asked(write_page, monkeypatch):
    """The time, with the year of the name proposed, and the publisher."""
    answers = {"No column has times": "2019", "Who published": ""}
    asked = []

    def prompt(words, **_):
        asked.append(words)
        return next(text for start, text in answers.items() if words.startswith(start))

    monkeypatch.setattr(click, "prompt", prompt)
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)

    page = write_page(TOWNS)

    assert len(asked) == len(answers)
    assert "In 2019 there were [51](fact:total/2019) sales in all." in page


def test_a_unit_may_be_of_several_words(write_page):
    """A figure in "births per woman" is written with it, and holds."""
    page = write_page(
        "Country,Year,Fertility (births per woman)\n"
        "Ardland,2001,6.91\nArdland,2002,5.02\nBelmark,2001,4.3\nBelmark,2002,3.91\n"
    )

    assert "at [5.02 births per woman](fact:fertility/2002/Ardland)." in page
