"""Bad input: a clear error, nothing lost.

Each mistake that an author may make, and what is said about it.

The mistakes are made in the base story (``tests/engine/stories/base``) after a good
build.
"""

import re
import shutil
from collections.abc import Callable
from typing import NamedTuple

import pytest

from tests.engine.figures.test_pool import end_process

TRADE, DESCRIBED = "data/trade.csv", "data/trade.toml"
SOURCES, SOURCES_DESCRIBED = "data/sources.csv", "data/sources.toml"
SITE, WORDS = "content/site.toml", "content/en/words.toml"
INDEX, LISTED, LOST = (
    "content/en/index.md",
    "content/en/sources.md",
    "content/en/404.md",
)
TOTALS, CODE = "content/en/charts/totals.md", "story/charts.py"
FRAME, LIST, FIGURE = (
    "templates/page.html",
    "templates/sources.html",
    "templates/figure.html",
)
STYLE = "templates/static/site.css"

FACTS, EXCEPTIONS, CHANGES = (
    "content/en/facts.toml",
    "content/en/exceptions.toml",
    "content/en/changes.toml",
)

NAMED = "RIGHT-TO-LEFT OVERRIDE (U+202E), which nobody sees, expected none"
OVERRIDE, DELETE = f"found {NAMED}", "hint: delete it"
MIXED = (
    'found "trаde", a Latin word with CYRILLIC SMALL LETTER A (U+0430), expected'
    " letters of one script"
)
LATIN = (
    "hint: type it anew in Latin letters: those of other scripts only look like them"
)
CHANGE = (
    '[[changes]]\nid = "out"\ndate = 2024-02-01\nkind = "published"\ntitle = "It is'
    ' out"\n'
)
HEADER = "year,flow,value_usd_million,precision_usd_million,source_ids\n"
LAST = "2023,total,240110,10,beta-2024"
RANGED = "hint: its column is described in data/trade.toml:26"
RANGE = "minimum = 1000, maximum = 300000"
UNTOLD = "which is not how Grid.make_tip describes any value of its table"
NO_NUMBER = "expected a number like 1234.5 (point for decimals, no separators)"
FIVE = (
    "cells, expected 5 (year, flow, value_usd_million, precision_usd_million,"
    " source_ids)"
)
NO_FILE = (
    "found a folder, a pipe or a device, expected a file of at most 64,000,000 bytes"
)
FRONT = (
    'hint: begin the file with a line +++, then title = "…" and so on, then a line +++'
)
DESCRIBE = "hint: describe marks with alt.Description and what Grid.make_tip says of their values"
PAGE = '+++\ntitle = "T"\ndescription = "D"\n+++\n'
BARS = (
    "The bars go from [$146.9 billion](fact:total/2021) to [$240.1"
    " billion](fact:total/2023).\n"
)
STEPS = (
    '[[steps]]\nname = "one"\ntext = "A bar."\nalt = "A bar."\n[[steps]]\nname ='
    ' "one"\ntext = "Two bars."\n'
)
STEPS += '[[steps]]\nname = "Two"\ntext = "All bars."\nalt = "All bars."\n'
A_STEP = '[[steps]]\nname = "{}"\ntext = "A bar."\nalt = "A bar."\n'
TEN_STEPS = "".join(map(A_STEP.format, "abcdefghij")).removesuffix('alt = "A bar."\n')
STATES = "".join(
    map(
        '[[states]]\nname = "{}"\nchoice = "Late?"\nverdict = "Late"\ntext = "A bar."\nalt = "A bar."\n'.format,
        ("a_b", "a_b", "a-c", "a"),
    )
)
TWO_STEPS = "".join(map(A_STEP.format, "ab")).removesuffix('alt = "A bar."\n')
LABELS = """navigation = "Pages"
figure_source = "Source: {makers}, read on {count} pages."
figure_table = "The figures as a table"
used_in = "in"
"""


class Mistake(NamedTuple):
    """The file that a mistake is in, and what makes it in a project."""

    place: str
    make: Callable[..., object]


def swap(place, old, new):
    return Mistake(place, lambda project: project.replace(place, old, new))


def put(place, content):
    return Mistake(place, lambda project: project.write(place, content))


def put_on(place, content):
    return Mistake(
        place, lambda project: project.write(place, project.read(place) + content)
    )


def encode(place, encoding, more=""):
    return Mistake(
        place,
        lambda project: project.write(
            place, (project.read(place) + more).encode(encoding)
        ),
    )


def copy(old, new):
    return Mistake(new, lambda project: project.write(new, project.read(old)))


def move(old, new):
    return Mistake(new, lambda project: (project.root / old).rename(project.root / new))


def link(place, target):
    return Mistake(place, lambda project: (project.root / place).symlink_to(target))


def drop(place):
    def remove(project):
        path = project.root / place
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return Mistake(place, remove)


def scale(place):
    """Write millions as billions: every number of four digits or more after the first
    cells of a row.
    """
    in_billions = lambda found: f"{float(found[0]) / 1000:.4f}"  # noqa: E731 - short
    pattern = r"(?<=[tl],)[\d.]+"
    return Mistake(
        place,
        lambda project: project.write(
            place, re.sub(pattern, in_billions, project.read(place))
        ),
    )


def case(name, mistakes, *lines):
    """Return mistakes, and the lines that are said of them: those that begin with a
    number in the first one's file.
    """
    mistakes = [mistakes] if isinstance(mistakes, Mistake) else mistakes
    return pytest.param(mistakes, told(lines, f"{mistakes[0].place}:"), id=name)


def told(lines, place=""):
    """Write problems as a build does: with their file, and hints below them."""
    return "\n".join(
        re.sub(r"^(?=\d+:)", place, re.sub("^hint: ", "    hint: ", line))
        for line in lines
    )


TABLES = [
    case("the file is missing", drop(TRADE), "1: found no such file, expected one"),
    case(
        "the description is missing",
        drop(DESCRIBED),
        "1: found no such file, expected one",
    ),
    case(
        "both are missing",
        [drop(TRADE), drop(DESCRIBED)],
        "1: found no such table, expected one: the story reads it",
        "hint: there are: sources",
    ),
    case(
        "all tables are missing",
        drop("data"),
        "1: found no tables, expected NAME.csv with NAME.toml",
    ),
    case(
        "a folder has the name of a table",
        put("data/more.csv/note.txt", ""),
        f"data/more.csv:1: {NO_FILE}",
        "data/more.toml:1: found no such file, expected one",
    ),
    case(
        "a column is missing",
        swap(TRADE, "precision_usd_million,", ""),
        '1: the column "precision_usd_million" is missing',
        "hint: did you mean value_usd_million?",
    ),
    case(
        "a column is unknown",
        swap(TRADE, "source_ids\n", "source_ids,remark\n"),
        '1: found the unknown column "remark"',
        "hint: did you mean year?",
    ),
    case(
        "a column stands twice",
        swap(TRADE, "source_ids\n", "source_ids,flow\n"),
        '1: found the column "flow" 2 times, expected it once',
    ),
    case(
        "columns change places",
        swap(TRADE, "year,flow", "flow,year"),
        "1: found the columns in another order, expected year, flow, value_usd_million,"
        " precision_usd_million, source_ids",
    ),
    case(
        "an empty file",
        put(TRADE, ""),
        "1: found an empty file, expected a header and rows",
    ),
    case(
        "a header without rows",
        put(TRADE, HEADER),
        "1: found a header and no rows, expected at least one row",
    ),
    case(
        "UTF-16 without a byte-order mark",
        encode(TRADE, "utf-16-be"),
        "1: found a NUL byte, expected text in UTF-8",
        "hint: save the file as UTF-8",
    ),
    case(
        "Latin-1",
        put(SOURCES, "id,publisher\nalpha,Caf\u00e9\n".encode("latin-1")),
        "2: found byte 0xe9, expected UTF-8",
        "hint: save the file as UTF-8",
    ),
    case(
        "a NUL byte",
        swap(TRADE, LAST, "2023,to\0tal,240110,10,beta-2024"),
        "10: found a NUL byte, expected text in UTF-8",
        "hint: save the file as UTF-8",
    ),
    case(
        "a table's name with a space",
        move(TRADE, "data/our trade.csv"),
        '1: found the table name "our trade", expected small letters, digits and _',
        "data/our trade.toml:1: found no such file, expected one",
        "data/trade.csv:1: found no such file, expected one",
    ),
    case(
        "tabs between the cells",
        put(TRADE, HEADER.replace(",", "\t")),
        "1: found tabs between the cells, expected commas",
        "hint: save the file as CSV with commas",
    ),
    case(
        "semicolons between the cells",
        put(TRADE, HEADER.replace(",", ";")),
        "1: found semicolons between the cells, expected commas",
        "hint: save the file as CSV with commas",
    ),
    case(
        "a link to a table elsewhere",
        [drop(TRADE), link(TRADE, __file__)],
        "1: found a file that lies elsewhere, expected one in data/",
        "hint: put the file itself there",
    ),
    case(
        "a link to a static file elsewhere",
        link("templates/static/x.png", __file__),
        "1: found a file that lies elsewhere, expected one in templates/",
        "hint: put the file itself there",
    ),
    case(
        "a link in a circle",
        [drop(TRADE), link(TRADE, "trade.csv")],
        "1: found a file that cannot be read: Too many levels of symbolic links",
    ),
]
CELLS = [
    case("a cell too many", swap(TRADE, "110970", "110,970"), "8: found 6 " + FIVE),
    case("a cell too few", swap(TRADE, "110970,10", "110970"), "8: found 4 " + FIVE),
    case(
        "a key that stands twice",
        swap(TRADE, LAST, LAST + "\n" + LAST),
        "11: line 10 has year 2023, flow total already",
    ),
    case(
        "an address that stands twice",
        swap(SOURCES, "https://beta.example/2024", "https://alpha.example/2022"),
        "5: line 2 has address https://alpha.example/2022 already",
    ),
    case(
        "a required cell is empty",
        swap(TRADE, "240110", ""),
        "10: value_usd_million: found an empty cell, expected a value",
        RANGED,
    ),
    case(
        "white space around a value",
        swap(TRADE, "240110", " 240110"),
        '10: value_usd_million: found " 240110", expected no white space around the'
        " value",
        RANGED,
    ),
    case(
        "text for a number",
        swap(TRADE, "240110", "about 240110"),
        '10: value_usd_million: found "about 240110", ' + NO_NUMBER,
        RANGED,
    ),
    case(
        "a word that is not allowed",
        swap(TRADE, "2023,total", "2023,totals"),
        '10: flow: found "totals", expected one of export, import, total',
        "hint: its column is described in data/trade.toml:19",
    ),
    case(
        "above the range",
        swap(TRADE, "240110", "340110"),
        "10: value_usd_million: found 340110, expected at most 300000 USD million",
        RANGED,
    ),
    case(
        "below the range",
        swap(TRADE, "240110", "-240110"),
        "10: value_usd_million: found -240110, expected at least 1000 USD million",
        RANGED,
    ),
    case(
        "a column off by 1,000",
        scale(TRADE),
        *(
            line
            for number, found in enumerate(
                (
                    "67.5651",
                    "79.3218",
                    "146.8869",
                    "76.1220",
                    "114.1490",
                    "190.2710",
                    "110.9700",
                    "129.1400",
                    "240.1100",
                ),
                2,
            )
            for line in (
                (
                    f"{number}: value_usd_million: found {found}, expected at least"
                    " 1000 USD million"
                ),
                RANGED,
            )
        ),
    ),
    case(
        "an unknown source",
        swap(TRADE, LAST, "2023,total,240110,10,beta-2025"),
        '10: source_ids: "beta-2025" is not in the column id of data/sources.csv',
        "hint: did you mean beta-2024 or beta-2023 or alpha-2023?",
    ),
    case(
        "a source twice in a cell",
        swap(TRADE, "alpha-2023;beta-2023", "beta-2023;beta-2023"),
        '7: source_ids: found "beta-2023;beta-2023", expected a list such as a;b (none'
        " twice, no spaces around)",
        "hint: its column is described in data/trade.toml:42",
    ),
    case(
        "flows that do not add up",
        swap(TRADE, "110970", "111970"),
        "10: value_usd_million: found 240110, expected 241110 ± 15 (exports + imports"
        " of 2023)",
    ),
    case(
        "not what the publisher printed",
        [swap(TRADE, "240110", "240170"), swap(TRADE, "110970", "111030")],
        "10: value_usd_million: found 240170, expected 240110 ± 10 for 2023, total",
        "hint: the publisher printed 240.11 billion dollars",
    ),
    case(
        "a text that does not fit its pattern",
        swap(SOURCES, "https://beta.example/2024", "beta.example/2024"),
        '5: address: found "beta.example/2024", which does not match the pattern'
        " https://.+",
        "hint: its column is described in data/sources.toml:32",
    ),
    case(
        "a text too short",
        swap(SOURCES, "Trade of 2023", "T"),
        '5: title: found "T", expected at least 3 characters',
        "hint: its column is described in data/sources.toml:25",
    ),
    case(
        "a quotation mark too many",
        swap(SOURCES, "Trade of 2022, with", 'Trade of "2022", with'),
        "3: found broken CSV: ',' expected after '\"'",
        "hint: a quotation mark inside a quoted cell is written twice",
    ),
    case(
        "a quotation mark without its second",
        swap(SOURCES, "Beta,Trade of 2023", 'Beta,"Trade of 2023'),
        "5: found broken CSV: unexpected end of data",
        "hint: a quotation mark inside a quoted cell is written twice",
    ),
]
DESCRIPTIONS = [
    case(
        "broken TOML",
        swap(DESCRIBED, "[schema]\n", "[schema\n"),
        "7: found broken TOML: Expected ']' at the end of a table declaration",
    ),
    case(
        "an empty file",
        put(DESCRIBED, ""),
        "1: description is missing",
        "1: licenses is missing",
        "1: schema is missing",
        "1: sources is missing",
        "1: title is missing",
    ),
    case(
        "a title that is a number",
        swap(DESCRIBED, '"Trade by year"', "3"),
        "1: title is 3, expected text in quotes",
    ),
    case(
        "an unknown key",
        swap(DESCRIBED, "[[anchors]]", "[[anchor]]"),
        '53: found the unknown key "anchor"',
        "hint: did you mean anchors?",
    ),
    case(
        "licences that are text",
        swap(
            DESCRIBED,
            '[{ name = "facts", title = "Facts; no licence claimed" }]',
            '"facts"',
        ),
        '3: licenses is "facts", expected a list with at least one item',
    ),
    case(
        "primaryKey names no column",
        swap(DESCRIBED, '["year", "flow"]', '["yaer", "flow"]'),
        '8: the primary key names the column "yaer", which this table does not have',
        "hint: did you mean year?",
    ),
    case(
        "a type misspelled",
        swap(DESCRIBED, 'type = "year"', 'type = "Year"'),
        '12: found the type "Year" of year, expected one of string, integer, number,'
        " boolean, date, year, quarter, yearmonth, list",
    ),
    case(
        "constraints are text",
        swap(
            DESCRIBED,
            "{ required = true, minimum = 1992, maximum = 2026 }",
            '"required"',
        ),
        '16: constraints is "required", expected a table',
    ),
    case(
        "a constraint misspelled",
        swap(DESCRIBED, "minimum = 1992", "minimun = 1992"),
        '16: found the unknown constraint "minimun" of the year year',
        "hint: did you mean minimum or maximum or minLength?",
    ),
    case(
        "a minimum that is not a number",
        swap(DESCRIBED, RANGE, "minimum = nan, maximum = 300000"),
        '31: minimum of value_usd_million: found "nan", ' + NO_NUMBER,
    ),
    case(
        "no range",
        swap(DESCRIBED, ", " + RANGE, ""),
        "26: found no range for the number value_usd_million, expected a minimum, and a"
        " maximum or, where values grow, a jump",
    ),
    case(
        "no unit",
        swap(DESCRIBED, 'year"\nunit = "USD million"', 'year"'),
        "26: found no unit for the number value_usd_million, expected one",
    ),
    case(
        "a foreign key from no column",
        swap(DESCRIBED, 'fields = ["source_ids"]', 'fields = ["source_id"]'),
        '49: a foreign key names the column "source_id", which this table does not'
        " have",
        "hint: did you mean source_ids?",
    ),
    case(
        "a foreign key to no column",
        swap(DESCRIBED, 'fields = ["id"]', 'fields = ["di"]'),
        '49: a foreign key names the column "di", which data/sources.csv does not have',
        "hint: did you mean id?",
    ),
    case(
        "a foreign key to no table",
        swap(DESCRIBED, 'resource = "sources"', 'resource = "source"'),
        '49: a foreign key names the table "source", which data/ does not have',
        "hint: did you mean sources?",
    ),
    case(
        "a range too wide",
        swap(DESCRIBED, RANGE, "minimum = 67, maximum = 300000"),
        "26: the range of value_usd_million (67 to 300000) is too wide: values off by a"
        " factor of 1,000 would pass",
        "hint: narrow minimum and maximum: the values go from 67565.1 to 240110",
    ),
    case(
        "an anchor on no row",
        swap(DESCRIBED, '{ year = "2023", flow', '{ year = "2024", flow'),
        "53: the anchor 2024, total fits 0 rows, expected one row",
    ),
    case(
        "an anchor in no column",
        swap(DESCRIBED, 'column = "value_usd_million"', 'column = "value"'),
        '53: an anchor names the column "value", which this table does not have',
        "hint: there are: flow, precision_usd_million, source_ids, value_usd_million,"
        " year",
    ),
    case(
        "an anchor in a column of text",
        swap(DESCRIBED, 'column = "value_usd_million"', 'column = "flow"'),
        "53: found an anchor for the string flow, expected a number",
    ),
    case(
        "licences without a table",
        swap(
            DESCRIBED,
            '[{ name = "facts", title = "Facts; no licence claimed" }]',
            '["facts"]',
        ),
        '3: licenses 1 is "facts", expected a table',
    ),
    case(
        "another sign for an empty cell",
        swap(DESCRIBED, "primaryKey =", 'missingValues = ["-"]\nprimaryKey ='),
        '8: found the unknown key "missingValues" in schema',
        "hint: there are: fields, foreignKeys, primaryKey",
    ),
    case(
        "a column twice",
        swap(DESCRIBED, 'name = "flow"', 'name = "year"'),
        '8: the primary key names the column "flow", which this table does not have',
        "hint: there are: precision_usd_million, source_ids, value_usd_million, year",
        '19: found the column "year" again, expected it once',
        '53: an anchor names the column "flow", which this table does not have',
        "hint: there are: precision_usd_million, source_ids, value_usd_million, year",
    ),
    case(
        "required is text",
        swap(
            DESCRIBED,
            "{ required = true, minimum = 1992",
            '{ required = "false", minimum = 1992',
        ),
        '16: required is "false", expected true or false',
    ),
    case(
        "a minimum above the maximum",
        swap(
            DESCRIBED,
            "minimum = 1992, maximum = 2026",
            "minimum = 2026, maximum = 1992",
        ),
        "12: found a minimum above the maximum of year",
    ),
    case(
        "a minimum of text",
        swap(DESCRIBED, 'enum = ["export", "import", "total"]', "minimum = 3"),
        '23: found the unknown constraint "minimum" of the string flow',
        "hint: did you mean enum?",
    ),
    case(
        "an enumeration of nothing",
        swap(DESCRIBED, 'enum = ["export", "import", "total"]', "enum = []"),
        "23: enum of flow: found [], expected a list with at least one item",
    ),
    case(
        "a foreign key without fields",
        swap(DESCRIBED, 'fields = ["source_ids"]', "fields = []"),
        "50: fields is [], expected a list with at least one item",
    ),
    case(
        "a foreign key of two columns",
        swap(DESCRIBED, 'fields = ["id"]', 'fields = ["id", "title"]'),
        "49: found a foreign key of several columns, expected one column",
    ),
    case(
        "an anchor that is not a number",
        swap(DESCRIBED, 'value = "240110"', 'value = "240,110"'),
        '53: found the value "240,110" of an anchor, expected a number',
    ),
    case(
        "an anchor that is NaN",
        swap(DESCRIBED, 'value = "240110"', 'value = "NaN"'),
        '53: found the value "NaN" of an anchor, expected a number',
    ),
    case(
        "an anchor without a tolerance",
        swap(DESCRIBED, 'tolerance = "10"\n', ""),
        "53: tolerance is missing in anchors 1",
    ),
    case(
        "a pattern that is none",
        swap(SOURCES_DESCRIBED, "[a-z0-9-]+", "[a-z0-9-+"),
        "15: pattern of id: unterminated character set at position 0",
    ),
    case(
        "a length that is a truth value",
        swap(SOURCES_DESCRIBED, "maxLength = 40", "maxLength = true"),
        "22: maxLength is true, expected a whole number",
    ),
    case(
        "a number of 5,000 digits",
        swap(DESCRIBED, "300000 }", "9" * 5000 + " }"),
        "59: found broken TOML: Exceeds the limit (4300 digits) for integer string"
        " conversion: value has 5000 digits; use sys.set_int_max_str_digits() to"
        " increase the limit",
    ),
]
PLACED = [
    case(
        "an address of a source that is none",
        swap(SOURCES, "https://alpha.example/2022", "https://[::1/x"),
        "2: found a link to https://[::1/x, expected an address: Invalid IPv6 URL (in"
        " sources.html)",
    ),
    case(
        "a day of a source that is none",
        swap(SOURCES, "2022-01-14", "2024-13-45"),
        '2: published: found "2024-13-45", expected a date like 2023-12-07',
        "hint: its column is described in data/sources.toml:39",
    ),
    case(
        "a licence that is a program",
        swap(
            SOURCES_DESCRIBED,
            "https://creativecommons.org/licenses/by/4.0/",
            "javascript:a()",
        ),
        '3: path: found "javascript:a()", expected an address such as'
        " https://example.org/page",
    ),
    case(
        "an address of a publisher that is none",
        swap(
            SOURCES_DESCRIBED,
            'title = "This project"',
            'title = "T", path = "https://[::1/x"',
        ),
        '4: path: found "https://[::1/x", expected an address such as'
        " https://example.org/page",
    ),
    case(
        "a step of more bits than a number may have",
        swap(DESCRIBED, 'type = "year"', 'type = "year"\nevery = 99999999999999999999'),
        "14: every is a number of 67 bits, expected at most 64",
    ),
    case(
        "a step that no calendar has",
        swap(DESCRIBED, 'type = "year"', 'type = "year"\nevery = 9999999999999999'),
        "14: found every = 9999999999999999 of year: expected a whole number from 1 to"
        ' 1,000, or "row"',
    ),
    case(
        "a title of an invisible character",
        swap(INDEX, 'title = "Trade went up"', 'title = "\\u0000"'),
        "2:10: found \\u0000, CONTROL CHARACTER (U+0000), which nobody sees, expected none",
        "hint: delete it",
    ),
    case(
        "a term where there is no glossary",
        swap(INDEX, "In 2023 trade", "In 2023 [trade](term:nope)"),
        '7:10: glossary.md has no entry "nope"',
    ),
]
CONTENT = [
    case(
        "no content",
        drop("content"),
        "content/en/words.toml:1: found no such file, expected one",
        "content/site.toml:1: found no such file, expected one",
    ),
    case("no settings", drop(SITE), "1: found no such file, expected one"),
    case(
        "no folder of texts",
        drop("content/en"),
        "content/en/words.toml:1: found no such file, expected one",
    ),
    case("no words", drop(WORDS), "1: found no such file, expected one"),
    case(
        "a page in Latin-1",
        encode(INDEX, "latin-1", "\u00e9"),
        "14: found byte 0xe9, expected UTF-8",
        "hint: save the file as UTF-8",
    ),
    case(
        "a folder has the name of a page",
        put("content/en/more.md/note.txt", ""),
        f"content/en/more.md:1: {NO_FILE}",
    ),
    case(
        "a link to a file that is gone",
        link("content/en/more.md", "gone.md"),
        "1: found no such file, expected one",
    ),
    case(
        "front matter missing",
        put(INDEX, "Just text.\n"),
        "1: found no front matter, expected +++",
        FRONT,
    ),
    case(
        "front matter without an end",
        put(INDEX, "+++\ntitle = 1\n"),
        "1: the front matter has no second line +++",
        FRONT,
    ),
    case(
        "front matter broken",
        swap(INDEX, 'label = "The story"', "label = The story"),
        "3: found broken TOML: Invalid value",
    ),
    case(
        "lists deep in lists",
        swap(INDEX, 'label = "The story"', f"label = {'[' * 5000}{']' * 5000}"),
        "2: lists or tables stand too deep in each other",
    ),
    case(
        "a title missing",
        swap(INDEX, 'title = "Trade went up"\n', ""),
        "2: title is missing",
    ),
    case(
        "an address with capitals",
        move(LOST, "content/en/Lost.md"),
        '1: found the page "Lost", expected small letters, digits and hyphens',
        "hint: rename the file: its name is the page's address",
    ),
    case(
        "a short heading of no section",
        swap(INDEX, 'label = "The story"', 'short_headings = { nowhere = "Here" }'),
        '3: found a short heading of "nowhere", expected the id of a heading',
    ),
    case(
        "settings empty",
        put(SITE, ""),
        "1: name is missing",
        "1: navigation is missing",
    ),
    case(
        "navigation to no page",
        swap(SITE, '["index", "sources"]', '["index", "sources.md"]'),
        '2: found "sources.md" in the navigation, expected a page of content/en',
        "hint: did you mean sources?",
    ),
    case(
        "pages below a page that is not named",
        put_on(SITE, '[below]\nindx = ["404"]\n'),
        '4: found the key "indx" in [below], expected a page of the navigation',
        "hint: did you mean index?",
    ),
    case(
        "no page below one",
        put_on(SITE, '[below]\nindex = ["404", "source"]\n'),
        '4: found "source" below "index", expected a page of content/en',
        "hint: did you mean sources?",
    ),
    *(
        case(
            f"{key} is {address}",
            put_on(SITE, f'{key} = "{address}"\n'),
            f'3: {key}: found "{address}", expected an address such as'
            f" https://example.org/{example}",
        )
        for key, example in (("base_url", "repository"), ("repository", "page"))
        for address in (
            "javascript:alert()",
            "//example.org/a",
            "https://",
            "https:///a",
            "ftp://example.org",
            "a.html",
            "https://example.org/a b",
            "https://example.org/<b>",
            "https://exa mple.org",
            " https://example.org",
            "mailto:example.org",
            "data:text/html,x",
        )
    ),
    case(
        "a base URL with a question",
        put_on(SITE, 'base_url = "https://example.org/?a"\n'),
        '3: base_url: found "https://example.org/?a", expected an address such as'
        " https://example.org/repository",
    ),
    case(
        "a licence without an address",
        put_on(SITE, '[licence]\ntitle = "L"\npath = "javascript:alert()"\n'),
        '5: path: found "javascript:alert()", expected an address such as'
        " https://example.org/page",
    ),
    case(
        "a word twice",
        swap(WORDS, 'used_in = "in"', 'used_in = "in"\nused_in = "again"'),
        "5: found broken TOML: Cannot overwrite a value",
    ),
    case(
        "a word missing",
        swap(WORDS, 'used_in = "in"\n', ""),
        "1: used_in is missing, which the site uses",
        "hint: did you mean search_hint or past_edition or tips_hint?",
    ),
    case(
        "a title that is blank",
        swap(INDEX, "Trade went up", " "),
        "2: title is empty, expected text",
    ),
    case(
        "a brace too few in a word",
        swap(WORDS, "{count}", "{count"),
        "2: the braces in figure_source cannot be read: only {makers}, {count} can be"
        " filled in",
        "hint: to show a brace, write it twice: {{",
    ),
    case(
        "a place in a word that is not filled",
        swap(WORDS, "{count}", "{number}"),
        "2: figure_source has {number}, but only {makers}, {count} can be filled in",
        "hint: to show a brace, write it twice: {{",
    ),
    case(
        "an empty list of words",
        swap(WORDS, LABELS, ""),
        "1: figure_table is missing, which the site uses",
        "hint: did you mean figure_tables or figure_table_of or figure_pages?",
        "1: used_in is missing, which the site uses",
        "hint: did you mean search_hint or past_edition or tips_hint?",
    ),
]
LINKS = [
    case(
        "to no page",
        swap(INDEX, "sources.md#list", "source.md"),
        "13: found a link to source.md, expected a page of the story",
        "hint: did you mean sources.md?",
    ),
    case(
        "to no anchor of another page",
        swap(INDEX, "sources.md#list", "sources.md#lists"),
        "13: found a link to sources.html#lists, expected an anchor #lists in"
        " sources.html (in index.html)",
        "hint: did you mean list?",
    ),
    case(
        "to no anchor of the page itself",
        swap(INDEX, "sources.md#list", "#nowhere"),
        "13: found a link to #nowhere, expected an anchor #nowhere in index.html (in"
        " index.html)",
        "hint: there are: totals, totals-title, what-it-rests-on",
    ),
    case(
        "to no file",
        swap(INDEX, "sources.md#list", "data/trades.csv"),
        "13: found a link to data/trades.csv, expected a file of the site (in"
        " index.html)",
        "hint: did you mean data/trade.csv or data/sources.csv?",
    ),
    case(
        "with a scheme misspelled",
        swap(INDEX, "sources.md#list", "htps://example.org"),
        '13: found a link with the unknown scheme "htps", expected a page or an'
        " address",
        "hint: did you mean https or http?",
    ),
    case(
        "that runs a script",
        swap(INDEX, "sources.md#list", "javascript:alert()"),
        '13: found a link with the unknown scheme "javascript", expected a page or an'
        " address",
        "hint: there are: claim, fact, http, https, mailto, said, source, term",
    ),
    case(
        "a picture without an alternative text",
        swap(INDEX, "In 2023", "![](sources.html)\n\nIn 2023"),
        "7: the picture sources.html has no alternative text",
        "hint: say in the square brackets what the picture shows",
    ),
    case(
        "a picture that is not there",
        swap(INDEX, "In 2023", "![A map](map.png)\n\nIn 2023"),
        "7: found a link to map.png, expected a file of the site (in index.html)",
        "hint: there are: 404.html, assets/site.7ae2dd8204.css, data/datapackage.json,"
        " data/sources.csv, data/trade.csv, index.html, sources.html",
    ),
    case(
        "a picture on another host",
        swap(INDEX, "In 2023", "![A map](https://example.org/map.png)\n\nIn 2023"),
        "7: found <img> loading https://example.org/map.png, expected nothing from"
        " another host (in index.html)",
    ),
    case(
        "a heading of the first level",
        swap(INDEX, "## What", "# What"),
        "11: found a heading of the first level, expected ## and below",
    ),
    case(
        "without an address",
        swap(INDEX, "sources.md#list", ""),
        "13: found a link without an address, expected one",
    ),
    case(
        "from the root",
        swap(INDEX, "sources.md#list", "/sources.html"),
        "13: the link /sources.html begins with a slash",
        "hint: name the Markdown file of a page, such as sources.md",
    ),
    case(
        "by a reference that is not there",
        swap(INDEX, "(sources.md#list)", "[nope]"),
        '13: found a link to the reference "nope", expected one below',
        "hint: write [text](address)",
    ),
    case(
        "that is no address",
        swap(INDEX, "sources.md#list", "http://[broken"),
        "13: found a link to http://[broken, expected an address: Invalid IPv6 URL (in"
        " index.html)",
    ),
    case(
        "twice to no page",
        swap(INDEX, "A few pages", "[A](nope.md)\n\n[B](nope.md)\n\nA few pages"),
        "13: found a link to nope.md, expected a page of the story",
        "hint: did you mean index.md or sources.md?",
        "15: found a link to nope.md, expected a page of the story",
        "hint: did you mean index.md or sources.md?",
    ),
    case(
        "in a chart's summary, to no anchor",
        swap(TOTALS, "The bars", "[The bars](sources.md#nope)"),
        "13: found a link to sources.html#nope, expected an anchor #nope in"
        " sources.html (in index.html)",
        "hint: there are: alpha-2022, alpha-2023, beta-2023, beta-2024, list",
    ),
    case(
        "a heading underlined as the first level",
        swap(INDEX, "## What it rests on", "What it rests on\n==="),
        "11: found a heading of the first level, expected ## and below",
    ),
    case(
        "two headings of one id",
        swap(INDEX, "## What it rests on", "## A {#x}\n\n## B {#x}"),
        '13: found the id "x" 2 times in index.html, expected it once',
    ),
]
CHARTS = [
    case(
        "unknown",
        put(LOST, PAGE + "\n![](chart:total)\n"),
        '6: found the unknown chart "total", expected a file'
        " content/en/charts/total.md",
        "hint: did you mean totals?",
    ),
    case(
        "on no page",
        swap(INDEX, "![](chart:totals)\n", ""),
        "content/en/charts/totals.md:1: no page shows the chart totals",
        "hint: put ![](chart:totals) into a page, or delete this file",
    ),
    case(
        "inside a line",
        swap(INDEX, "![](chart:totals)", "See ![](chart:totals)"),
        "9: found the chart totals inside a text, expected it on a line of its own",
        "hint: leave an empty line before it and after it",
    ),
    case(
        "twice in a page",
        swap(INDEX, "![](chart:totals)", "![](chart:totals)\n\n![](chart:totals)"),
        "11: found the chart totals again, expected it once in a page",
    ),
    case(
        "with an alternative text in the page",
        swap(INDEX, "![](chart:totals)", "![Trade](chart:totals)"),
        "9: the chart totals has its alternative text in charts/totals.md: leave the"
        " square brackets empty",
        "hint: write ![](chart:totals)",
    ),
    case(
        "as a link",
        swap(LOST, "index.md", "chart:totals"),
        '6: found a link with the unknown scheme "chart", expected a page or an'
        " address",
        "hint: there are: claim, fact, http, https, mailto, said, source, term",
    ),
    case(
        "alternative text empty",
        swap(TOTALS, "Bar chart of trade from 2021 to 2023.", ""),
        "5: alt is empty, expected text",
    ),
    case(
        "summary missing",
        swap(TOTALS, BARS, ""),
        "12: found no summary, expected a paragraph below the front matter",
    ),
    case(
        "steps",
        swap(TOTALS, f"+++\n\n{BARS}", f"{STEPS}+++\n\n{BARS}"),
        "16: alt is missing in the step one",
        "hint: say what its drawing shows",
        '16: found the step "one", expected another name of small letters, digits'
        " and _",
        "19: found an alt in the last step, Two: it is the whole chart, whose alt"
        " stands above",
        "hint: leave it out",
        '19: found the step "Two", expected another name of small letters, digits'
        " and _",
    ),
    case(
        "too many steps",
        swap(TOTALS, f"+++\n\n{BARS}", f"{TEN_STEPS}+++\n\n{BARS}"),
        "47: found 10 steps, expected at most 9",
    ),
    case(
        "states",
        swap(TOTALS, f"+++\n\n{BARS}", f"{STATES}+++\n\n{BARS}"),
        '18: found the state "a_b", expected another name of small letters, digits'
        " and _",
        '24: found the state "a-c", expected another name of small letters, digits'
        " and _",
    ),
    case(
        "a step that draws nothing",
        swap(TOTALS, f"+++\n\n{BARS}", f"{TWO_STEPS}+++\n\n{BARS}"),
        "story/charts.py:14: the chart totals draws nothing new in the step b",
        'hint: name a layer "from_b_1": it is seen from that step on',
    ),
    case(
        "a name with a hyphen",
        move(TOTALS, "content/en/charts/the-totals.md"),
        '1: found the chart name "the-totals", expected small letters, digits and _',
    ),
    case(
        "words without a function",
        [
            copy(TOTALS, "content/en/charts/other.md"),
            swap(LOST, "Begin", "![](chart:other)\n\nBegin"),
        ],
        '1: found words for the chart "other", expected a function of that name in'
        " story/charts",
        "hint: there are: totals",
    ),
    case(
        "a function without words",
        swap(
            CODE,
            "def _bars(values, size):",
            "def other():\n    pass\n\n\ndef _bars(values, size):",
        ),
        "content/en/charts/other.md:1: found no words for the chart other, expected its"
        " title, subtitle, alt and summary",
    ),
    case(
        "a word missing",
        swap(TOTALS, 'corner = "Year"\n', ""),
        "1: [words] lacks corner, which the chart uses",
        "hint: there are: value",
    ),
    case(
        "raises",
        swap(CODE, "    cells = [", '    raise RuntimeError("no luck")\n    cells = ['),
        "18: the chart totals raises RuntimeError: no luck",
    ),
    case(
        "raises while it is drawn",
        swap(CODE, '"type": "bar"', '"type": size.nope'),
        "33: the chart totals raises AttributeError: 'Size' object has no attribute"
        " 'nope'",
    ),
    case(
        "reads a table that is not there",
        swap(CODE, 'data["trade"]', 'data["trades"]'),
        "data/trades.csv:1: found no such table, expected one: the story reads it",
        "hint: did you mean trade?",
    ),
    case(
        "reads a column that is not there",
        swap(CODE, 'row["flow"]', 'row["flwo"]'),
        'data/trade.toml:1: found no column "flwo", which the story reads',
        "hint: did you mean flow?",
    ),
    case(
        "reads a text as a number",
        swap(CODE, 'row.number("value_usd_million")', 'row.number("flow")'),
        "data/trade.csv:4: found no number in flow, which the story reads",
    ),
    case(
        "is wider than its place",
        swap(CODE, "width=size.width", "width=900"),
        "14: found a chart totals 900 px wide, expected 684 (the wide size)",
        "hint: set width to size.width with autosize fit",
    ),
    case(
        "in a comment",
        swap(INDEX, "![](chart:totals)", "<!--\n![](chart:totals)\n-->"),
        "content/en/charts/totals.md:1: no page shows the chart totals",
        "hint: put ![](chart:totals) into a page, or delete this file",
    ),
    case(
        "in raw HTML",
        swap(INDEX, "![](chart:totals)", "<p>![](chart:totals)</p>"),
        "9: found the chart totals inside a text, expected it on a line of its own",
        "hint: leave an empty line before it and after it",
    ),
    case(
        "in its own summary",
        swap(TOTALS, "The bars", "![](chart:totals)\n\nThe bars"),
        "13: found the chart totals in a summary, expected text",
    ),
    case(
        "syntax broken",
        swap(CODE, "def totals(", "def totals(("),
        "14: the module of charts raises SyntaxError: Function parameters cannot be"
        " parenthesized (charts.py, line 14)",
    ),
    case(
        "an import that fails",
        swap(CODE, "from press.figures", "from press.figure"),
        "5: the module of charts raises ModuleNotFoundError: No module named"
        " 'press.figure'",
    ),
    case(
        "returns nothing",
        swap(CODE, "    return Plot(lambda", "    Plot(lambda"),
        "14: the chart totals returns NoneType, expected a Plot",
    ),
    case(
        "returns no function that draws",
        swap(CODE, "lambda size: _bars(values, size)", "5"),
        "14: the chart totals raises TypeError: 'int' object is not callable",
    ),
    case(
        "has another width",
        swap(CODE, "frozenset(rows)", 'frozenset(rows), "wide"'),
        "14: the chart totals has the width 'wide', expected one of inset, column,"
        " full",
    ),
    case(
        "returns no rows",
        swap(CODE, "frozenset(rows)", "frozenset()"),
        "14: the chart totals names no rows that it used, expected those of its"
        " figures",
        "hint: rows_behind(quantities) collects them: the credits follow from them",
    ),
    case(
        "describes a mark as what its table does not say",
        swap(
            CODE,
            '"point": table.make_tip(number, "total_usd_billion").text',
            '"point": f"about {total:.0f}"',
        ),
        *(
            line
            for value in (147, 190, 240)
            for line in (
                f'14: the chart totals describes a mark as "about {value}", {UNTOLD}',
                DESCRIBE,
            )
        ),
    ),
    case(
        "describes no mark",
        swap(CODE, '            "description": {"field": "point"},\n', ""),
        "14: the chart totals describes none of its marks, expected those that show a"
        " value of its table",
        DESCRIBE,
    ),
    case(
        "loads a picture",
        swap(
            CODE, '"type": "bar"', '"type": "image", "url": "https://example.org/x.png"'
        ),
        "14: the chart totals has the address https://example.org/x.png, but a drawing"
        " loads nothing and links to nothing",
        "hint: give the chart its data as a pandas frame, and leave out links",
        "14: the chart totals has the mark image, expected one of area, bar, circle,"
        " geoshape, line, point, rect, rule, text, tick",
        "hint: see press/figures/rules.py",
    ),
    case(
        "is no Vega-Lite",
        swap(
            CODE,
            '        mark={"type": "bar", "color": "var(--accent)"},\n',
            "        mark=None,\n",
        ),
        "14: the chart totals is no valid Vega-Lite",
        "hint: Altair says what is wrong",
    ),
]
TEMPLATES = [
    case(
        "a page's template is missing",
        swap(LISTED, '"sources"', '"source"'),
        "4: found no template source.html, expected a file in templates/",
        "hint: did you mean sources or figure?",
    ),
    case(
        "the chart's template is missing",
        drop(FIGURE),
        "content/en/charts/totals.md:1: found no template figure.html, expected a file"
        " in templates/",
        "hint: there are: page, sources",
    ),
    case(
        "a tag misspelled",
        swap(FRAME, "{% endfor %}", "{% endfr %}"),
        "16: the template raises TemplateSyntaxError: Encountered unknown tag 'endfr'."
        " Jinja was looking for the following tags: 'endfor' or 'else'. The innermost"
        " block that needs to be closed is 'for'.",
    ),
    case(
        "a name undefined",
        swap(FRAME, "{{ page.title }}</h1>", "{{ titel }}</h1>"),
        "19: the template raises UndefinedError: 'titel' is undefined",
    ),
    case(
        "raises",
        swap(FRAME, "{{ page.title }}</h1>", "{{ 1 / 0 }}</h1>"),
        "19: the template raises ZeroDivisionError: division by zero",
    ),
    case(
        "a word that is not there",
        swap(FRAME, "words.navigation", "words.navigaton"),
        "content/en/words.toml:1: navigaton is missing, which the site uses",
        "hint: did you mean navigation?",
    ),
    case(
        "a table that is not there",
        swap(LIST, "data.sources.rows", "data.source.rows"),
        "data/source.csv:1: found no such table, expected one: the story reads it",
        "hint: did you mean sources?",
    ),
    case(
        "a column that is not there",
        swap(LIST, "source.title", "source.titel"),
        'data/sources.toml:1: found no column "titel", which the story reads',
        "hint: did you mean title?",
    ),
    case(
        "an asset that is not there",
        swap(LIST, '<ol id="list">', '<ol id="list">{{ asset("nope.css") }}'),
        '1: found no asset "nope.css", which the template sources.html uses',
        "hint: did you mean site.css?",
    ),
    case(
        "in Latin-1",
        encode(FRAME, "latin-1", "\u00e9"),
        "26: found byte 0xe9, expected UTF-8",
        "hint: save the file as UTF-8",
    ),
    case(
        "an extended template is missing",
        swap(LIST, '"page.html"', '"pages.html"'),
        "1: the template raises TemplateNotFound: pages.html",
    ),
    case(
        "an empty template",
        put(FIGURE, ""),
        "content/en/charts/totals.md:1: no page shows the chart totals",
        "hint: put ![](chart:totals) into a page, or delete this file",
    ),
    case(
        "a link to no file",
        swap(LIST, '<ol id="list">', '<a href="nope.html">x</a><ol id="list">'),
        "3: found a link to nope.html, expected a file of the site (in sources.html)",
        "hint: did you mean index.html or sources.html or 404.html?",
    ),
    case(
        "a page of another host",
        swap(
            LIST,
            '<ol id="list">',
            '<iframe src="https://example.org/x"></iframe><ol id="list">',
        ),
        "3: found <iframe> loading https://example.org/x, expected nothing from"
        " another host (in sources.html)",
    ),
]
INVISIBLE = [
    case(
        "in a text",
        swap(INDEX, "In 2023 trade", "In 2023 \u202etrade"),
        f"7:9: {OVERRIDE}",
        DELETE,
    ),
    case(
        "in the words of a link",
        swap(INDEX, "$240.1", "$\u202e1.042"),
        f"7:25: {OVERRIDE}",
        DELETE,
    ),
    case(
        "in a number word",
        put_on(INDEX, "\nIt was nine\u200bty of them.\n"),
        "15:12: found ZERO WIDTH SPACE (U+200B), which nobody sees, expected none",
        DELETE,
    ),
    case(
        "in a heading",
        swap(INDEX, "## What", "## \u2067What"),
        "11:4: found RIGHT-TO-LEFT ISOLATE (U+2067), which nobody sees, expected none",
        DELETE,
    ),
    case(
        "in a title",
        swap(INDEX, "Trade went up", "Trade \u202ewent up"),
        f"2:16: {OVERRIDE}",
        DELETE,
    ),
    case(
        "in an alternative text",
        swap(TOTALS, "Bar chart", "Bar\u00ad chart"),
        "5:11: found SOFT HYPHEN (U+00AD), which nobody sees, expected none",
        DELETE,
    ),
    case(
        "in a cell of words",
        swap(SOURCES, "Trade of 2023,", "Trade of\x1b[31m 2023,"),
        "5:24: found CONTROL CHARACTER (U+001B), which nobody sees, expected none",
        DELETE,
    ),
    case(
        "in a cell of a number",
        swap(TRADE, "240110", "2401\u206010"),
        "10:16: found WORD JOINER (U+2060), which nobody sees, expected none",
        DELETE,
    ),
    case(
        "in the description of a table",
        swap(DESCRIBED, "Trade by year", "Trade\u202e by year"),
        f"1:15: {OVERRIDE}",
        DELETE,
    ),
    case(
        "in the settings",
        swap(SITE, "A small story", "A small\u2028story"),
        "1:16: found LINE SEPARATOR (U+2028), which nobody sees, expected none",
        DELETE,
    ),
    case(
        "in a label",
        swap(WORDS, '"Pages"', '"Pages\ufe0e"'),
        "1:20: found VARIATION SELECTOR-15 (U+FE0E), which nobody sees, expected none",
        DELETE,
    ),
    case(
        "in the label of a fact",
        put(FACTS, 'total = "Trade\u202e in {year}"\n'),
        f"1:15: {OVERRIDE}",
        DELETE,
    ),
    case(
        "in an exception",
        put(EXCEPTIONS, '["index.md"]\n"5 \u202ecars" = "A name."\n'),
        f"2:4: {OVERRIDE}",
        DELETE,
    ),
    case(
        "in a change",
        put(CHANGES, '[[changes]]\ntitle = "\u202eOut"\n'),
        f"2:10: {OVERRIDE}",
        DELETE,
    ),
    case(
        "in an approval",
        put("content/en/read/index.jsonl", '{"own":"\u202ea","around":"b"}\n'),
        f"1:9: {OVERRIDE}",
        DELETE,
    ),
    case(
        "in a template",
        swap(FRAME, "<main>", "<main>\u202e"),
        f"18:7: {OVERRIDE}",
        DELETE,
    ),
    case(
        "in a style sheet",
        put_on(STYLE, '\np::before { content: "\u202e" }\n'),
        f"4:23: {OVERRIDE}",
        DELETE,
    ),
    case(
        "in the code of charts",
        put_on(CODE, "# \u202etrade\n"),
        f"43:3: {OVERRIDE}",
        DELETE,
    ),
    case(
        "by an escape in a title",
        swap(INDEX, "Trade went up", "Trade \\u202ewent up"),
        f"2:16: found \\u202e, {NAMED}",
        DELETE,
    ),
    case(
        "by an escape in the settings",
        swap(SITE, "A small", "A\\U0000202e small"),
        f"1:10: found \\U0000202e, {NAMED}",
        DELETE,
    ),
    case(
        "by an escape in a label",
        swap(WORDS, '"Pages"', '"Pages\\u202e"'),
        f"1:20: found \\u202e, {NAMED}",
        DELETE,
    ),
    case(
        "by an escape in the label of a fact",
        put(FACTS, '[total]\nlabel = "\\u202eTrade"\nformula = "T"\n'),
        f"2:10: found \\u202e, {NAMED}",
        DELETE,
    ),
    case(
        "by an escape in the description of a table",
        swap(DESCRIBED, "Trade by year", "Trade\\u202e by year"),
        f"1:15: found \\u202e, {NAMED}",
        DELETE,
    ),
    case(
        "by an escape in an approval",
        put("content/en/read/index.jsonl", '{"own":"\\u202ea","around":"b"}\n'),
        f"1: {OVERRIDE}",
        DELETE,
    ),
    case(
        "by an escape in the code of charts",
        swap(CODE, '"type": "ordinal"', '"type": "ordinal", "title": "\\u202e402"'),
        f"35: {OVERRIDE}",
        DELETE,
        f"{FRAME}:1: {OVERRIDE} (in index.html)",
    ),
    case(
        "by a reference in a text",
        swap(INDEX, "In 2023", "In &#x202e;&zwj; 2023"),
        f"7: found &#x202e;, {NAMED}",
        DELETE,
        "7: found &zwj;, ZERO WIDTH JOINER (U+200D), which nobody sees, expected none",
        DELETE,
    ),
    case(
        "by a reference in a template",
        swap(FRAME, "<main>", "<main>&shy;&#x202e"),
        "18:7: found &shy;, SOFT HYPHEN (U+00AD), which nobody sees, expected none",
        DELETE,
        f"18:12: found &#x202e, {NAMED}",
        DELETE,
    ),
    case(
        "by an expression in a template",
        swap(FRAME, "<main>", '<main>{{ "\\u202e" }}'),
        f"1: {OVERRIDE} (in 404.html)",
        f"1: {OVERRIDE} (in index.html)",
        f"{LIST}:1: {OVERRIDE} (in sources.html)",
    ),
    case(
        "by code that makes a head of a table",
        swap(CODE, 'words["corner"]', 'words["corner"] + chr(0x202e)'),
        f"{FRAME}:1: {OVERRIDE} (in index.html)",
    ),
    case(
        "by code that makes a title in a drawing",
        swap(
            CODE, '"type": "ordinal"', '"type": "ordinal", "title": chr(0x202e) + "402"'
        ),
        f"{FRAME}:1: {OVERRIDE} (in index.html)",
    ),
    case(
        "of several kinds",
        [
            swap(INDEX, "In 2023", "In\u200b \u202e2023"),
            swap(SITE, "small", "sm\u00adall"),
        ],
        "7:3: found ZERO WIDTH SPACE (U+200B), which nobody sees, expected none",
        DELETE,
        f"7:5: {OVERRIDE}",
        DELETE,
        "content/site.toml:1:13: found SOFT HYPHEN (U+00AD), which nobody sees,"
        " expected none",
        DELETE,
    ),
]
LETTERS = [
    case(
        "scripts in a text",
        swap(INDEX, "In 2023 trade", "In 2023 trаde"),
        f"7:9: {MIXED}",
        LATIN,
    ),
    case(
        "scripts in a heading",
        swap(INDEX, "## What", "## So trаde"),
        f"11:7: {MIXED}",
        LATIN,
    ),
    case(
        "scripts in a title",
        swap(INDEX, "Trade went up", "So trаde went up"),
        f"2:13: {MIXED}",
        LATIN,
    ),
    case(
        "scripts by an escape",
        swap(INDEX, "Trade went up", "So tr\\u0430de went up"),
        f"2:1: {MIXED}",
        LATIN,
    ),
    case(
        "scripts in an alternative text",
        swap(TOTALS, "chart of trade", "chart of trаde"),
        f"5:21: {MIXED}",
        LATIN,
    ),
    case(
        "scripts in the words of a chart",
        swap(TOTALS, '"Trade of', '"All trаde of'),
        f"10:14: {MIXED}",
        LATIN,
    ),
    case(
        "scripts in a label",
        swap(WORDS, '"Pages"', '"All trаde"'),
        f"1:19: {MIXED}",
        LATIN,
    ),
    case(
        "scripts in the label of a fact",
        put(FACTS, 'total = "All trаde in {year}"\n'),
        f"1:1: {MIXED}",
        LATIN,
    ),
    case(
        "scripts in the settings",
        swap(SITE, "A small story", "A story of trаde"),
        f"1:20: {MIXED}",
        LATIN,
    ),
    case(
        "scripts in a cell",
        swap(SOURCES, "Trade of 2023", "All trаde of 2023"),
        f"5:20: {MIXED}",
        LATIN,
    ),
    case(
        "scripts in a description",
        swap(DESCRIBED, "Trade by year", "All trаde by year"),
        f"1:14: {MIXED}",
        LATIN,
    ),
    case(
        "scripts in a change",
        put(CHANGES, CHANGE.replace("It is out", "All trаde")),
        f"5:14: {MIXED}",
        LATIN,
    ),
    case(
        "scripts in the code of charts",
        [
            swap(CODE, '"type": "ordinal"', '"type": "ordinal", "title": "trаde"'),
            swap(CODE, '"$ bn"', '"$ bn of trаde"'),
        ],
        f"22:1: {MIXED}",
        LATIN,
        f"35:1: {MIXED}",
        LATIN,
    ),
    case(
        "scripts and a binding without words",
        swap(INDEX, "In 2023", "In all trаde [](fact:total/2023) in 2023"),
        f"7:8: {MIXED}",
        LATIN,
        "7:14: found a link to fact:total/2023 without words, expected some",
        "hint: write its words between the brackets, [words](fact:total/2023), or"
        " delete it",
    ),
]


def refused(project, mistakes):
    """Make mistakes after a good build, and return what the next one says; it must not
    have changed anything.
    """
    for mistake in mistakes:
        mistake.make(project)
    sources, site = project.sources(), project.published()

    outcome = project.run("build")

    assert outcome.status == 1
    assert "Traceback" not in outcome.out + outcome.err
    assert project.published() == site
    assert project.sources() == sources
    return outcome.problems


@pytest.mark.parametrize(
    ("mistakes", "expected"),
    [
        *TABLES,
        *CELLS,
        *DESCRIPTIONS,
        *PLACED,
        *CONTENT,
        *LINKS,
        *CHARTS,
        *TEMPLATES,
        *INVISIBLE,
        *LETTERS,
    ],
)
def test_a_mistake_is_told_and_nothing_is_lost(published, mistakes, expected):
    """What cannot be read, true, shown or drawn stops the build, which says where and
    why.
    """
    assert refused(published, mistakes) == expected


def test_nine_steps_are_not_too_many(published):
    """The style sheet numbers so many."""
    nine = TEN_STEPS.replace(A_STEP.format("a"), "", 1)
    swap(TOTALS, f"+++\n\n{BARS}", f"{nine}+++\n\n{BARS}").make(published)

    assert "steps, expected at most" not in published.run("check").err


def test_all_mistakes_are_told_in_one_run(published):
    """Mistakes in several tables, pages and words are reported together, in the order
    of files and lines.
    """
    mistakes = [
        swap("data/trade.csv", "240110", "NaN"),
        swap("data/trade.csv", "110970", "1"),
        swap("data/trade.csv", "beta-2024\n2023,total", "beta-2025\n2023,total"),
        swap("data/sources.toml", 'title = "Pages"\n', ""),
        swap("content/site.toml", 'name = "A small story"', "name = 1"),
        swap("content/en/words.toml", 'used_in = "in"', "used_in = 5"),
        swap("content/en/index.md", "label", "lable"),
        swap("content/en/404.md", "+++\n\n", "\n"),
        swap("content/en/charts/totals.md", "notes =", "note ="),
        put("content/fr/index.md", "Text in a second language\n"),
    ]

    assert refused(published, mistakes) == told(
        [
            "content/en/404.md:1: the front matter has no second line +++",
            FRONT,
            'content/en/charts/totals.md:6: found the unknown key "note"',
            "hint: did you mean notes?",
            'content/en/index.md:3: found the unknown key "lable"',
            "hint: did you mean label?",
            "content/en/words.toml:4: used_in is 5, expected text in quotes",
            (
                "content/fr: found a second folder of texts, expected content/en alone:"
                " a story has one language"
            ),
            "content/site.toml:1: name is 1, expected text in quotes",
            "data/sources.toml:1: title is missing",
            (
                "data/trade.csv:8: value_usd_million: found 1, expected at least 1000"
                " USD million"
            ),
            RANGED,
            'data/trade.csv:10: value_usd_million: found "NaN", ' + NO_NUMBER,
            RANGED,
        ]
    )


def test_a_drawing_process_that_dies_is_told_and_nothing_is_lost(
    published, monkeypatch
):
    """A drawing process that dies stops the build, which names the chart that was being
    drawn.
    """
    monkeypatch.setattr("press.figures.pool.draw_svg", end_process)
    published.pool = None

    problems = refused(published, [swap("story/charts.py", "height=120", "height=130")])

    assert (
        problems
        == "story/charts.py:14: the chart totals cannot be drawn: a process that draws"
        " has died"
    )


@pytest.mark.parametrize(
    "place",
    [SITE, WORDS, INDEX, TOTALS, TRADE, DESCRIBED, SOURCES, FRAME, FIGURE, STYLE],
)
@pytest.mark.parametrize("change", ["a byte-order mark", "CRLF", "both"])
def test_a_byte_order_mark_and_windows_line_ends_are_accepted(published, place, change):
    """Files as Windows programs save them give the same site as without their marks and
    line ends.
    """
    body = published.read(place).encode()
    body = body if change == "a byte-order mark" else body.replace(b"\n", b"\r\n")
    published.write(place, body if change == "CRLF" else b"\xef\xbb\xbf" + body)
    site = published.published()

    outcome = published.run("build")

    assert (outcome.status, outcome.err) == (0, "")
    assert published.published() == site
