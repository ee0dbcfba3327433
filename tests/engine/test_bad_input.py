"""Bad input: a clear error, nothing lost. Each mistake that an author may make, and what is said about it.

The mistakes are made in the base story (``tests/stories/base``) after a good build.
"""

from __future__ import annotations

import re
import shutil

import pytest

HEADER = "year,flow,value_usd_million,precision_usd_million,source_ids\n"
LAST = "2023,total,240110,10,beta-2024"
RANGED = "    hint: the range stands in data/trade.toml:31"
RANGE = "minimum = 1000, maximum = 300000"
NAMELESS = "    hint: draw a word of it beside the series, as a mark of text, or say in the subtitle which is which"
NO_NUMBER = "expected a number like 1234.5 (point for decimals, no separators)"
FIVE = "cells, expected 5 (year, flow, value_usd_million, precision_usd_million, source_ids)"
FRONT = '    hint: begin the file with a line +++, then title = "…" and so on, then a line +++'
PAGE = '+++\ntitle = "T"\ndescription = "D"\n+++\n'


# The kinds of mistakes: each returns a function that makes one in a project.
TITLE = 'title = "Trade came to [more each year](claim:every/more/total.2021/total.2023)"\n'
BARS = "The bars go from [$146.9 billion](fact:total/2021) to [$240.1 billion](fact:total/2023).\n"


LABELS = """navigation = "Pages"
figure_source = "Source: {makers}, read on {count} pages."
figure_table = "The figures as a table"
used_in = "in"
"""


def swap(place, old, new):
    return lambda project: project.replace(place, old, new)


def put(place, content):
    return lambda project: project.write(place, content)


def put_on(place, content):
    return lambda project: project.write(place, project.read(place) + content)


def encode(place, encoding, more=""):
    return lambda project: project.write(place, (project.read(place) + more).encode(encoding))


def copy(old, new):
    return lambda project: project.write(new, project.read(old))


def move(old, new):
    return lambda project: (project.root / old).rename(project.root / new)


def link(place, target):
    return lambda project: (project.root / place).symlink_to(target)


def drop(place):
    def remove(project):
        path = project.root / place
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return remove


def scale(place):
    """Write millions as billions: every number of four digits or more after the first cells of a row."""
    return lambda project: project.write(
        place,
        re.sub(r"(?<=[tl],)[\d.]+", lambda found: f"{float(found[0]) / 1000:.4f}", project.read(place)),
    )


def case(name, mistakes, *lines):
    mistakes = mistakes if isinstance(mistakes, list) else [mistakes]
    return pytest.param(mistakes, "\n".join(lines), id=name)


TABLES = [
    case("the file is missing", drop("data/trade.csv"), "data/trade.csv:1: found no such file, expected one"),
    case("the description is missing", drop("data/trade.toml"), "data/trade.toml:1: found no such file, expected one"),
    case(
        "both are missing",
        [drop("data/trade.csv"), drop("data/trade.toml")],
        "data/trade.csv:1: found no such table, expected one: the story reads it",
        "    hint: known: sources",
    ),
    case("all tables are missing", drop("data"), "data:1: found no tables, expected NAME.csv with NAME.toml"),
    case(
        "a description without its file",
        copy("data/trade.toml", "data/more.toml"),
        "data/more.csv:1: found no such file, expected one",
    ),
    case(
        "a folder has the name of a table",
        put("data/more.csv/note.txt", ""),
        "data/more.csv:1: found no such file, expected one",
        "data/more.toml:1: found no such file, expected one",
    ),
    case(
        "a column is missing",
        swap("data/trade.csv", "precision_usd_million,", ""),
        "data/trade.csv:1: found no column 'precision_usd_million', expected it",
        "    hint: did you mean value_usd_million?",
    ),
    case(
        "a column is renamed",
        swap("data/trade.csv", "value_usd_million", "value_usd_milion"),
        "data/trade.csv:1: found no column 'value_usd_million', expected it",
        "    hint: did you mean value_usd_milion or precision_usd_million?",
        "data/trade.csv:1: found the unknown column 'value_usd_milion'",
        "    hint: did you mean value_usd_million or precision_usd_million?",
    ),
    case(
        "a column is unknown",
        swap("data/trade.csv", "source_ids\n", "source_ids,remark\n"),
        "data/trade.csv:1: found the unknown column 'remark'",
        "    hint: did you mean year?",
    ),
    case(
        "a column stands twice",
        swap("data/trade.csv", "source_ids\n", "source_ids,flow\n"),
        "data/trade.csv:1: found the column 'flow' 2 times, expected it once",
    ),
    case(
        "columns change places",
        swap("data/trade.csv", "year,flow", "flow,year"),
        (
            "data/trade.csv:1: found the columns in another order, "
            "expected year, flow, value_usd_million, precision_usd_million, source_ids"
        ),
    ),
    case(
        "a name of a column begins with a space",
        swap("data/trade.csv", "year,flow", "year, flow"),
        "data/trade.csv:1: found no column 'flow', expected it",
        "    hint: did you mean  flow?",
        "data/trade.csv:1: found the unknown column ' flow'",
        "    hint: did you mean flow?",
    ),
    case(
        "an empty file", put("data/trade.csv", ""), "data/trade.csv:1: found an empty file, expected a header and rows"
    ),
    case(
        "a header without rows",
        put("data/trade.csv", HEADER),
        "data/trade.csv:1: found a header and no rows, expected at least one row",
    ),
    case(
        "UTF-16",
        encode("data/trade.csv", "utf-16"),
        "data/trade.csv:1: found UTF-16, expected UTF-8",
        "    hint: save the file as UTF-8",
    ),
    case(
        "UTF-16 without a byte-order mark",
        encode("data/trade.csv", "utf-16-be"),
        "data/trade.csv:1: found a NUL byte, expected text in UTF-8",
    ),
    case(
        "Latin-1",
        put("data/sources.csv", "id,publisher\nalpha,Caf\u00e9\n".encode("latin-1")),
        "data/sources.csv:2: found byte 0xe9, expected UTF-8",
        "    hint: save the file as UTF-8",
    ),
    case(
        "a NUL byte",
        swap("data/trade.csv", LAST, "2023,to\0tal,240110,10,beta-2024"),
        "data/trade.csv:10: found a NUL byte, expected text in UTF-8",
    ),
    case(
        "a table's name with a space",
        move("data/trade.csv", "data/our trade.csv"),
        "data/our trade.csv:1: found the table name 'our trade', expected small letters, digits and _",
        "data/our trade.toml:1: found no such file, expected one",
        "data/trade.csv:1: found no such file, expected one",
    ),
    case(
        "tabs between the cells",
        put("data/trade.csv", HEADER.replace(",", "\t")),
        "data/trade.csv:1: found tabs between the cells, expected commas",
        "    hint: save the file as CSV with commas",
    ),
    case(
        "semicolons between the cells",
        put("data/trade.csv", HEADER.replace(",", ";")),
        "data/trade.csv:1: found semicolons between the cells, expected commas",
        "    hint: save the file as CSV with commas",
    ),
    case(
        "a link in a circle",
        [drop("data/trade.csv"), link("data/trade.csv", "trade.csv")],
        "data/trade.csv:1: found a file that cannot be read: Too many levels of symbolic links",
    ),
]
CELLS = [
    case("a cell too many", swap("data/trade.csv", "110970", "110,970"), "data/trade.csv:8: found 6 " + FIVE),
    case("a cell too few", swap("data/trade.csv", "110970,10", "110970"), "data/trade.csv:8: found 4 " + FIVE),
    case("an empty line", swap("data/trade.csv", LAST, "\n" + LAST), "data/trade.csv:10: found 0 " + FIVE),
    case(
        "a key that stands twice",
        swap("data/trade.csv", LAST, LAST + "\n" + LAST),
        "data/trade.csv:11: found year 2023, flow total again, expected it once (first in line 10)",
    ),
    case(
        "an address that stands twice",
        swap("data/sources.csv", "https://beta.example/2024", "https://alpha.example/2022"),
        "data/sources.csv:5: found address https://alpha.example/2022 again, expected it once (first in line 2)",
    ),
    case(
        "a required cell is empty",
        swap("data/trade.csv", "240110", ""),
        "data/trade.csv:10: value_usd_million: found an empty cell, expected a value",
    ),
    case(
        "white space around a value",
        swap("data/trade.csv", "240110", " 240110"),
        "data/trade.csv:10: value_usd_million: found ' 240110', expected no white space around the value",
    ),
    case(
        "text for a number",
        swap("data/trade.csv", "240110", "about 240110"),
        "data/trade.csv:10: value_usd_million: found 'about 240110', " + NO_NUMBER,
    ),
    case(
        "NaN",
        swap("data/trade.csv", "240110", "NaN"),
        "data/trade.csv:10: value_usd_million: found 'NaN', " + NO_NUMBER,
    ),
    case(
        "infinity",
        swap("data/trade.csv", "240110", "-inf"),
        "data/trade.csv:10: value_usd_million: found '-inf', " + NO_NUMBER,
    ),
    case(
        "a decimal comma",
        swap("data/trade.csv", "146886.9", '"146886,9"'),
        "data/trade.csv:4: value_usd_million: found '146886,9', " + NO_NUMBER,
    ),
    case(
        "a decimal comma without quotation marks",
        swap("data/trade.csv", "146886.9", "146886,9"),
        "data/trade.csv:4: found 6 " + FIVE,
    ),
    case(
        "a comma between thousands",
        swap("data/trade.csv", "240110", '"240,110"'),
        "data/trade.csv:10: value_usd_million: found '240,110', " + NO_NUMBER,
    ),
    case(
        "a space between thousands",
        swap("data/trade.csv", "240110", "240\u00a0110"),
        "data/trade.csv:10: value_usd_million: found '240\\xa0110', " + NO_NUMBER,
    ),
    case(
        "an exponent",
        swap("data/trade.csv", "240110", "2.4011e5"),
        "data/trade.csv:10: value_usd_million: found '2.4011e5', " + NO_NUMBER,
    ),
    case(
        "a leading zero",
        swap("data/trade.csv", "240110", "0240110"),
        "data/trade.csv:10: value_usd_million: found '0240110', " + NO_NUMBER,
    ),
    case(
        "a plus",
        swap("data/trade.csv", "240110", "+240110"),
        "data/trade.csv:10: value_usd_million: found '+240110', " + NO_NUMBER,
    ),
    case(
        "a typographic minus",
        swap("data/trade.csv", "240110", "\u2212240110"),
        "data/trade.csv:10: value_usd_million: found '−240110', " + NO_NUMBER,
    ),
    case(
        "digits of another script",
        swap("data/trade.csv", "240110", "\u0662\u0664"),
        "data/trade.csv:10: value_usd_million: found '٢٤', " + NO_NUMBER,
    ),
    case(
        "a year with decimals",
        swap("data/trade.csv", "2023,total", "2023.0,total"),
        "data/trade.csv:10: year: found '2023.0', expected a year like 2023",
    ),
    case(
        "a word that is not allowed",
        swap("data/trade.csv", "2023,total", "2023,totals"),
        "data/trade.csv:10: flow: found 'totals', expected one of export, import, total",
    ),
    case(
        "an impossible date",
        swap("data/sources.csv", "2024-03-07", "2023-02-29"),
        "data/sources.csv:5: published: found '2023-02-29', expected a date like 2023-12-07",
    ),
    case(
        "a date in another order",
        swap("data/sources.csv", "2024-03-07", "7.3.2024"),
        "data/sources.csv:5: published: found '7.3.2024', expected a date like 2023-12-07",
    ),
    case(
        "above the range",
        swap("data/trade.csv", "240110", "340110"),
        "data/trade.csv:10: value_usd_million: found 340110, expected at most 300000 USD million",
        RANGED,
    ),
    case(
        "a year later than the table knows",
        swap("data/trade.csv", LAST, LAST.replace("2023", "2027")),
        "data/trade.csv:10: year: found 2027, expected at most 2026",
        "    hint: the range stands in data/trade.toml:16",
    ),
    case(
        "below the range",
        swap("data/trade.csv", "240110", "-240110"),
        "data/trade.csv:10: value_usd_million: found -240110, expected at least 1000 USD million",
        RANGED,
    ),
    case(
        "a cell off by 1,000",
        swap("data/trade.csv", "240110", "240.11"),
        "data/trade.csv:10: value_usd_million: found 240.11, expected at least 1000 USD million",
        RANGED,
    ),
    case(
        "a column off by 1,000",
        scale("data/trade.csv"),
        "data/trade.csv:2: value_usd_million: found 67.5651, expected at least 1000 USD million",
        RANGED,
        "data/trade.csv:3: value_usd_million: found 79.3218, expected at least 1000 USD million",
        RANGED,
        "data/trade.csv:4: value_usd_million: found 146.8869, expected at least 1000 USD million",
        RANGED,
        "data/trade.csv:5: value_usd_million: found 76.1220, expected at least 1000 USD million",
        RANGED,
        "data/trade.csv:6: value_usd_million: found 114.1490, expected at least 1000 USD million",
        RANGED,
        "data/trade.csv:7: value_usd_million: found 190.2710, expected at least 1000 USD million",
        RANGED,
        "data/trade.csv:8: value_usd_million: found 110.9700, expected at least 1000 USD million",
        RANGED,
        "data/trade.csv:9: value_usd_million: found 129.1400, expected at least 1000 USD million",
        RANGED,
        "data/trade.csv:10: value_usd_million: found 240.1100, expected at least 1000 USD million",
        RANGED,
    ),
    case(
        "a column off by 1,000 and its range widened",
        [scale("data/trade.csv"), swap("data/trade.toml", RANGE, "minimum = 1, maximum = 300000")],
        "data/trade.csv:10: value_usd_million: found 240.1100, expected 240110 ± 10 for 2023, total",
        "    hint: the publisher printed 240.11 billion dollars",
        ("data/trade.toml:26: found a range for value_usd_million (1 to 300000) that lets a column off by 1,000 pass"),
        "    hint: the values go from 67.5651 to 240.1100",
    ),
    case(
        "a column off by 1,000 and its range moved along",
        [scale("data/trade.csv"), swap("data/trade.toml", RANGE, "minimum = 1, maximum = 300")],
        "data/trade.csv:10: value_usd_million: found 240.1100, expected 240110 ± 10 for 2023, total",
        "    hint: the publisher printed 240.11 billion dollars",
    ),
    case(
        "a range that a column off by 1,000 would pass",
        swap("data/trade.toml", RANGE, "minimum = 1000, maximum = 300000000"),
        (
            "data/trade.toml:26: found a range for value_usd_million (1000 to 300000000) that lets a column "
            "off by 1,000 pass"
        ),
        "    hint: the values go from 67565.1 to 240110",
    ),
    case(
        "an unknown source",
        swap("data/trade.csv", LAST, "2023,total,240110,10,beta-2025"),
        "data/trade.csv:10: source_ids: found 'beta-2025', expected a value of data/sources.csv",
        "    hint: did you mean beta-2024 or beta-2023 or alpha-2023?",
    ),
    case(
        "a source twice in a cell",
        swap("data/trade.csv", "alpha-2023;beta-2023", "beta-2023;beta-2023"),
        (
            "data/trade.csv:7: source_ids: found 'beta-2023;beta-2023', "
            "expected different values with ';' between them, no spaces"
        ),
    ),
    case(
        "a space between sources",
        swap("data/trade.csv", "alpha-2023;beta-2023", "alpha-2023; beta-2023"),
        (
            "data/trade.csv:7: source_ids: found 'alpha-2023; beta-2023', "
            "expected different values with ';' between them, no spaces"
        ),
    ),
    case(
        "a list that ends with its delimiter",
        swap("data/trade.csv", "alpha-2023;beta-2023", "alpha-2023;"),
        (
            "data/trade.csv:7: source_ids: found 'alpha-2023;', "
            "expected different values with ';' between them, no spaces"
        ),
    ),
    case(
        "flows that do not add up",
        swap("data/trade.csv", "110970", "111970"),
        "data/trade.csv:10: value_usd_million: found 240110, expected 241110 ± 15 (exports + imports of 2023)",
    ),
    case(
        "not what the publisher printed",
        [swap("data/trade.csv", "240110", "240170"), swap("data/trade.csv", "110970", "111030")],
        "data/trade.csv:10: value_usd_million: found 240170, expected 240110 ± 10 for 2023, total",
        "    hint: the publisher printed 240.11 billion dollars",
    ),
    case(
        "a text that does not fit its pattern",
        swap("data/sources.csv", "https://beta.example/2024", "beta.example/2024"),
        "data/sources.csv:5: address: found 'beta.example/2024', expected the pattern https://.+",
    ),
    case(
        "a text too short",
        swap("data/sources.csv", "Trade of 2023", "T"),
        "data/sources.csv:5: title: found 'T', expected at least 3 characters",
    ),
    case(
        "a text too long",
        swap("data/sources.csv", "beta-2024,Beta", "beta-2024," + "B" * 41),
        "data/sources.csv:5: publisher: found 41 characters, expected at most 40",
    ),
    case(
        "a quotation mark too many",
        swap("data/sources.csv", "Trade of 2022, with", 'Trade of "2022", with'),
        "data/sources.csv:3: found broken CSV: ',' expected after '\"'",
        "    hint: a quotation mark inside a quoted cell is written twice",
    ),
    case(
        "a quotation mark without its second",
        swap("data/sources.csv", "Beta,Trade of 2023", 'Beta,"Trade of 2023'),
        "data/sources.csv:5: found broken CSV: unexpected end of data",
        "    hint: a quotation mark inside a quoted cell is written twice",
    ),
]
DESCRIPTIONS = [
    case(
        "broken TOML",
        swap("data/trade.toml", "[schema]\n", "[schema\n"),
        "data/trade.toml:7: found broken TOML: Expected ']' at the end of a table declaration",
    ),
    case(
        "an empty file",
        put("data/trade.toml", ""),
        "data/trade.toml:1: found no description, expected one",
        "data/trade.toml:1: found no licenses, expected one",
        "data/trade.toml:1: found no schema, expected one",
        "data/trade.toml:1: found no sources, expected one",
        "data/trade.toml:1: found no title, expected one",
    ),
    case(
        "a title that is a number",
        swap("data/trade.toml", '"Trade by year"', "3"),
        "data/trade.toml:1: found 3 for title, expected words",
    ),
    case(
        "an unknown key",
        swap("data/trade.toml", "[[anchors]]", "[[anchor]]"),
        "data/trade.toml:53: found the unknown key 'anchor'",
        "    hint: did you mean anchors?",
    ),
    case(
        "licences that are text",
        swap("data/trade.toml", '[{ name = "facts", title = "Facts; no licence claimed" }]', '"facts"'),
        "data/trade.toml:3: found 'facts' for licenses, expected a list with something in it",
    ),
    case(
        "primaryKey misspelled",
        swap("data/trade.toml", "primaryKey", "primarykey"),
        "data/trade.toml:7: found no primaryKey in schema, expected one",
        "data/trade.toml:8: found the unknown key 'primarykey' in schema",
        "    hint: did you mean primaryKey?",
    ),
    case(
        "primaryKey is text",
        swap("data/trade.toml", '["year", "flow"]', '"year"'),
        "data/trade.toml:8: found 'year' for primaryKey, expected a list with something in it",
    ),
    case(
        "primaryKey names no column",
        swap("data/trade.toml", '["year", "flow"]', '["yaer", "flow"]'),
        "data/trade.toml:8: found no column 'yaer'",
        "    hint: did you mean year?",
    ),
    case(
        "a type misspelled",
        swap("data/trade.toml", 'type = "year"', 'type = "Year"'),
        (
            "data/trade.toml:12: found the type 'Year' of year, "
            "expected one of string, integer, number, boolean, date, year, yearmonth, list"
        ),
    ),
    case(
        "constraints are text",
        swap("data/trade.toml", "{ required = true, minimum = 1992, maximum = 2026 }", '"required"'),
        "data/trade.toml:16: found 'required' for constraints, expected a table",
    ),
    case(
        "a constraint misspelled",
        swap("data/trade.toml", "minimum = 1992", "minimun = 1992"),
        "data/trade.toml:16: found the unknown constraint 'minimun' of the year year",
        "    hint: did you mean minimum or maximum or minLength?",
    ),
    case(
        "a minimum that is text",
        swap("data/trade.toml", "minimum = 1992", 'minimum = "nineteen"'),
        "data/trade.toml:16: minimum of year: found 'nineteen', expected a year like 2023",
    ),
    case(
        "a minimum that is not a number",
        swap("data/trade.toml", RANGE, "minimum = nan, maximum = 300000"),
        "data/trade.toml:31: minimum of value_usd_million: found 'nan', " + NO_NUMBER,
    ),
    case(
        "a maximum without end",
        swap("data/trade.toml", RANGE, "minimum = 1000, maximum = inf"),
        "data/trade.toml:31: maximum of value_usd_million: found 'inf', " + NO_NUMBER,
    ),
    case(
        "no range",
        swap("data/trade.toml", ", " + RANGE, ""),
        "data/trade.toml:26: found no range for the number value_usd_million, expected minimum and maximum",
    ),
    case(
        "no unit",
        swap("data/trade.toml", 'year"\nunit = "USD million"', 'year"'),
        "data/trade.toml:26: found no unit for the number value_usd_million, expected one",
    ),
    case(
        "a key of a column misspelled",
        swap("data/trade.toml", 'delimiter = ";"', 'delimeter = ";"'),
        "data/trade.toml:44: found the unknown key 'delimeter' in fields 5",
        "    hint: did you mean delimiter?",
    ),
    case(
        "a foreign key from no column",
        swap("data/trade.toml", 'fields = ["source_ids"]', 'fields = ["source_id"]'),
        "data/trade.toml:49: found no column 'source_id'",
        "    hint: did you mean source_ids?",
    ),
    case(
        "a foreign key to no column",
        swap("data/trade.toml", 'fields = ["id"]', 'fields = ["di"]'),
        "data/trade.toml:49: found a foreign key to the column 'di', expected one of data/sources.csv",
        "    hint: did you mean id?",
    ),
    case(
        "a foreign key to no table",
        swap("data/trade.toml", 'resource = "sources"', 'resource = "source"'),
        "data/trade.toml:49: found a foreign key to the table 'source', expected a table of data",
        "    hint: did you mean sources?",
    ),
    case(
        "an anchor that another print contradicts",
        swap("data/trade.toml", 'value = "240110"', 'value = "241000"'),
        "data/trade.csv:10: value_usd_million: found 240110, expected 241000 ± 10 for 2023, total",
        "    hint: the publisher printed 240.11 billion dollars",
    ),
    case(
        "an anchor on no row",
        swap("data/trade.toml", '{ year = "2023", flow', '{ year = "2024", flow'),
        "data/trade.toml:53: found 0 rows for the anchor 2024, total, expected one",
    ),
    case(
        "an anchor on three rows",
        swap("data/trade.toml", '{ year = "2023", flow = "total" }', '{ year = "2023" }'),
        "data/trade.toml:53: found 3 rows for the anchor 2023, expected one",
    ),
    case(
        "an anchor in no column",
        swap("data/trade.toml", 'column = "value_usd_million"', 'column = "value"'),
        "data/trade.toml:53: found no column 'value'",
        "    hint: known: flow, precision_usd_million, source_ids, value_usd_million, year",
    ),
    case(
        "an anchor in a column of text",
        swap("data/trade.toml", 'column = "value_usd_million"', 'column = "flow"'),
        "data/trade.toml:53: found an anchor for the string flow, expected a number",
    ),
    case(
        "licences without a table",
        swap("data/trade.toml", '[{ name = "facts", title = "Facts; no licence claimed" }]', '["facts"]'),
        "data/trade.toml:3: found 'facts' for licenses 1, expected a table",
    ),
    case(
        "makers without a table",
        swap("data/trade.toml", '[{ title = "The customs service" }]', '["customs"]'),
        "data/trade.toml:4: found 'customs' for sources 1, expected a table",
    ),
    case(
        "a maker without a title",
        swap("data/trade.toml", '{ title = "The customs service" }', '{ titel = "customs" }'),
        "data/trade.toml:4: found no title in sources 1, expected one",
        "data/trade.toml:4: found the unknown key 'titel' in sources 1",
        "    hint: did you mean title?",
    ),
    case(
        "notes that are text",
        swap("data/trade.toml", '["A year without a row has no figure."]', '"A year"'),
        "data/trade.toml:5: found 'A year' for notes, expected a list with something in it",
    ),
    case(
        "a note that is a date",
        swap("data/trade.toml", '["A year without a row has no figure."]', "[2023-01-01]"),
        "data/trade.toml:5: found datetime.date(2023, 1, 1) for notes 1, expected words",
    ),
    case(
        "primaryKey of a number",
        swap("data/trade.toml", '["year", "flow"]', "[1]"),
        "data/trade.toml:8: found 1 for primaryKey 1, expected words",
    ),
    case(
        "another sign for an empty cell",
        swap("data/trade.toml", 'missingValues = [""]', 'missingValues = ["-"]'),
        "data/trade.toml:9: found missingValues ['-'], expected [\"\"]: an empty cell",
    ),
    case(
        "an unknown key of the schema",
        swap("data/trade.toml", 'missingValues = [""]', "foreignKey = []"),
        "data/trade.toml:9: found the unknown key 'foreignKey' in schema",
        "    hint: did you mean foreignKeys or primaryKey?",
    ),
    case(
        "a column twice",
        swap("data/trade.toml", 'name = "flow"', 'name = "year"'),
        "data/trade.toml:8: found no column 'flow'",
        "    hint: known: precision_usd_million, source_ids, value_usd_million, year",
        "data/trade.toml:19: found the column 'year' again, expected it once",
        "data/trade.toml:53: found no column 'flow'",
        "    hint: known: precision_usd_million, source_ids, value_usd_million, year",
    ),
    case(
        "a name that is a number",
        swap("data/trade.toml", 'name = "year"', "name = 1"),
        "data/trade.toml:12: found 1 for name, expected words",
    ),
    case(
        "a title of a column that is a list",
        swap("data/trade.toml", 'title = "Year"', 'title = ["Year"]'),
        "data/trade.toml:14: found ['Year'] for title, expected words",
    ),
    case(
        "a delimiter that is empty",
        swap("data/trade.toml", 'delimiter = ";"', 'delimiter = ""'),
        "data/trade.toml:44: found an empty delimiter, expected words",
    ),
    case(
        "a delimiter that is a number",
        swap("data/trade.toml", 'delimiter = ";"', "delimiter = 5"),
        "data/trade.toml:44: found 5 for delimiter, expected words",
    ),
    case(
        "required is text",
        swap("data/trade.toml", "{ required = true, minimum = 1992", '{ required = "false", minimum = 1992'),
        "data/trade.toml:16: found 'false' for required, expected true or false",
    ),
    case(
        "a minimum above the maximum",
        swap("data/trade.toml", "minimum = 1992, maximum = 2026", "minimum = 2026, maximum = 1992"),
        "data/trade.toml:12: found a minimum above the maximum of year",
    ),
    case(
        "a minimum of text",
        swap("data/trade.toml", 'enum = ["export", "import", "total"]', "minimum = 3"),
        "data/trade.toml:23: found the unknown constraint 'minimum' of the string flow",
        "    hint: did you mean enum?",
    ),
    case(
        "an enumeration that is text",
        swap("data/trade.toml", 'enum = ["export", "import", "total"]', 'enum = "export"'),
        "data/trade.toml:23: enum of flow: found 'export', expected a list with something in it",
    ),
    case(
        "an enumeration of nothing",
        swap("data/trade.toml", 'enum = ["export", "import", "total"]', "enum = []"),
        "data/trade.toml:23: enum of flow: found [], expected a list with something in it",
    ),
    case(
        "a foreign key without fields",
        swap("data/trade.toml", 'fields = ["source_ids"]', "fields = []"),
        "data/trade.toml:50: found [] for fields, expected a list with something in it",
    ),
    case(
        "a foreign key of text",
        swap("data/trade.toml", 'fields = ["source_ids"]', 'fields = "source_ids"'),
        "data/trade.toml:50: found 'source_ids' for fields, expected a list with something in it",
    ),
    case(
        "a foreign key without a reference",
        swap("data/trade.toml", 'reference = { resource = "sources", fields = ["id"] }\n', ""),
        "data/trade.toml:49: found no reference in foreignKeys 1, expected one",
    ),
    case(
        "a reference that is text",
        swap("data/trade.toml", '{ resource = "sources", fields = ["id"] }', '"sources"'),
        "data/trade.toml:51: found 'sources' for reference, expected a table",
    ),
    case(
        "an anchor that is not a number",
        swap("data/trade.toml", 'value = "240110"', 'value = "240,110"'),
        "data/trade.toml:53: found the value '240,110' of an anchor, expected a number",
    ),
    case(
        "an anchor that is NaN",
        swap("data/trade.toml", 'value = "240110"', 'value = "NaN"'),
        "data/trade.toml:53: found the value 'NaN' of an anchor, expected a number",
    ),
    case(
        "an anchor without a tolerance",
        swap("data/trade.toml", 'tolerance = "10"\n', ""),
        "data/trade.toml:53: found no tolerance in anchors 1, expected one",
    ),
    case(
        "an anchor whose row is text",
        swap("data/trade.toml", '{ year = "2023", flow = "total" }', '"2023"'),
        "data/trade.toml:54: found '2023' for row, expected a table",
    ),
    case(
        "a pattern that is none",
        swap("data/sources.toml", "[a-z0-9-]+", "[a-z0-9-+"),
        "data/sources.toml:15: pattern of id: unterminated character set at position 0",
    ),
    case(
        "a length that is text",
        swap("data/sources.toml", "maxLength = 40", 'maxLength = "40"'),
        "data/sources.toml:22: found '40' for maxLength, expected a whole number",
    ),
    case(
        "a number of 5,000 digits",
        swap("data/trade.toml", "300000 }", "9" * 5000 + " }"),
        (
            "data/trade.toml:59: found broken TOML: Exceeds the limit (4300 digits) for integer string "
            "conversion: value has 5000 digits; use sys.set_int_max_str_digits() to increase the limit"
        ),
    ),
]
CONTENT = [
    case("no content", drop("content"), "content/site.toml:1: found no such file, expected one"),
    case("no settings", drop("content/site.toml"), "content/site.toml:1: found no such file, expected one"),
    case(
        "no folder of the language",
        drop("content/en"),
        "content/site.toml:2: found no folder for the language 'en'",
        "    hint: make content/en/",
    ),
    case("no words", drop("content/en/words.toml"), "content/en/words.toml:1: found no such file, expected one"),
    case(
        "a page in Latin-1",
        encode("content/en/index.md", "latin-1", "\u00e9"),
        "content/en/index.md:14: found byte 0xe9, expected UTF-8",
        "    hint: save the file as UTF-8",
    ),
    case(
        "a page in UTF-16",
        encode("content/en/index.md", "utf-16"),
        "content/en/index.md:1: found UTF-16, expected UTF-8",
        "    hint: save the file as UTF-8",
    ),
    case(
        "a page with a NUL byte",
        swap("content/en/index.md", "In 2023", "In \0 2023"),
        "content/en/index.md:7: found a NUL byte, expected text in UTF-8",
    ),
    case(
        "an empty page",
        put("content/en/index.md", ""),
        "content/en/index.md:1: found no front matter, expected +++",
        FRONT,
    ),
    case(
        "a folder has the name of a page",
        put("content/en/more.md/note.txt", ""),
        "content/en/more.md:1: found no such file, expected one",
    ),
    case(
        "a link to a file that is gone",
        link("content/en/more.md", "gone.md"),
        "content/en/more.md:1: found no such file, expected one",
    ),
    case(
        "front matter missing",
        put("content/en/index.md", "Just text.\n"),
        "content/en/index.md:1: found no front matter, expected +++",
        FRONT,
    ),
    case(
        "front matter of YAML",
        put("content/en/index.md", "---\ntitle: Trade\n---\n"),
        "content/en/index.md:1: found no front matter, expected +++",
        FRONT,
    ),
    case(
        "front matter without an end",
        put("content/en/index.md", "+++\ntitle = 1\n"),
        "content/en/index.md:1: found front matter without an end, expected +++",
        FRONT,
    ),
    case(
        "front matter broken",
        swap("content/en/index.md", 'label = "The story"', "label = The story"),
        "content/en/index.md:3: found broken TOML: Invalid value",
    ),
    case(
        "front matter broken in its last line",
        swap("content/en/index.md", '"What a small table says."', '"What a small table'),
        "content/en/index.md:4: found broken TOML: Unterminated string",
    ),
    case(
        "a key unknown",
        swap("content/en/index.md", 'label = "The', 'lable = "The'),
        "content/en/index.md:3: found the unknown key 'lable'",
        "    hint: did you mean label?",
    ),
    case(
        "a title missing",
        swap("content/en/index.md", 'title = "Trade went up"\n', ""),
        "content/en/index.md:2: found no title, expected one",
    ),
    case(
        "a title empty",
        swap("content/en/index.md", 'title = "Trade went up"', 'title = ""'),
        "content/en/index.md:2: found an empty title, expected words",
    ),
    case(
        "a title that is a list",
        swap("content/en/index.md", '"Trade went up"', '["Trade"]'),
        "content/en/index.md:2: found ['Trade'] for title, expected words",
    ),
    case(
        "a description missing",
        swap("content/en/index.md", 'description = "What a small table says."\n', ""),
        "content/en/index.md:2: found no description, expected one",
    ),
    case(
        "an address with capitals",
        move("content/en/404.md", "content/en/Lost.md"),
        "content/en/Lost.md:1: found the address 'Lost', expected small letters, digits and hyphens",
        "    hint: rename the file, or set slug in its front matter",
    ),
    case(
        "an address with a space",
        swap("content/en/404.md", "title", 'slug = "not found"\ntitle'),
        "content/en/404.md:2: found the address 'not found', expected small letters, digits and hyphens",
        "    hint: rename the file, or set slug in its front matter",
    ),
    case(
        "an address that is a number",
        swap("content/en/404.md", "title", "slug = 404\ntitle"),
        "content/en/404.md:2: found 404 for slug, expected words",
    ),
    case(
        "two pages with one address",
        swap("content/en/404.md", "title", 'slug = "sources"\ntitle'),
        "content/en/sources.md:1: found the address sources.html, which content/en/404.md has already",
    ),
    case(
        "settings broken",
        swap("content/site.toml", '"sources"]', '"sources"'),
        "content/site.toml:4: found broken TOML: Unclosed array",
    ),
    case(
        "settings empty",
        put("content/site.toml", ""),
        "content/site.toml:1: found no language, expected one",
        "content/site.toml:1: found no name, expected one",
        "content/site.toml:1: found no navigation, expected one",
    ),
    case(
        "navigation that is text",
        swap("content/site.toml", '["index", "sources"]', '"index"'),
        "content/site.toml:3: found 'index' for navigation, expected a list with something in it",
    ),
    case(
        "navigation to no page",
        swap("content/site.toml", '["index", "sources"]', '["index", "sources.md"]'),
        "content/site.toml:3: found 'sources.md' in the navigation, expected a page of content/en",
        "    hint: did you mean sources?",
    ),
    case(
        "a language without a folder",
        swap("content/site.toml", '"en"', '"de"'),
        "content/site.toml:2: found no folder for the language 'de'",
        "    hint: make content/de/",
    ),
    case(
        "a folder that is no language",
        put("content/images/map.svg", ""),
        "content/images:1: found 'images', expected the code of a language, such as en",
    ),
    case(
        "an address of the site without a scheme",
        put_on("content/site.toml", 'base_url = "example.org"\n'),
        (
            "content/site.toml:4: base_url: found 'example.org', "
            "expected an address such as https://example.org/repository"
        ),
    ),
    case(
        "words broken",
        swap("content/en/words.toml", 'used_in = "in"', "used_in = in"),
        "content/en/words.toml:4: found broken TOML: Invalid value",
    ),
    case(
        "words without =",
        swap("content/en/words.toml", 'used_in = "in"', 'used_in "in"'),
        "content/en/words.toml:4: found broken TOML: Expected '=' after a key in a key/value pair",
    ),
    case(
        "a word twice",
        swap("content/en/words.toml", 'used_in = "in"', 'used_in = "in"\nused_in = "again"'),
        "content/en/words.toml:5: found broken TOML: Cannot overwrite a value",
    ),
    case(
        "a word that is a number",
        swap("content/en/words.toml", 'used_in = "in"', "used_in = 5"),
        "content/en/words.toml:4: found 5 for used_in, expected words",
    ),
    case(
        "a word that is blank",
        swap("content/en/words.toml", 'used_in = "in"', 'used_in = " "'),
        "content/en/words.toml:4: found an empty used_in, expected words",
    ),
    case(
        "a word missing",
        swap("content/en/words.toml", 'used_in = "in"\n', ""),
        "content/en/words.toml:1: found no word 'used_in', expected one: it is used",
        "    hint: known: figure_source, figure_table, navigation",
    ),
    case(
        "a title that is blank",
        swap("content/en/index.md", "Trade went up", " "),
        "content/en/index.md:2: found an empty title, expected words",
    ),
    case(
        "a label that is empty",
        swap("content/en/index.md", "The story", ""),
        "content/en/index.md:3: found an empty label, expected words",
    ),
    case(
        "a list of numbers for navigation",
        swap("content/site.toml", '["index", "sources"]', "[1]"),
        "content/site.toml:3: found 1 for navigation 1, expected words",
    ),
    case(
        "a brace too few in a word",
        swap("content/en/words.toml", "{count}", "{count"),
        (
            "content/en/words.toml:2: found braces that do not match in figure_source, "
            "expected no places in braces but {makers}, {count}"
        ),
        "    hint: a brace that is meant as one is written twice",
    ),
    case(
        "a place in a word that is not filled",
        swap("content/en/words.toml", "{count}", "{number}"),
        (
            "content/en/words.toml:2: found {number} in figure_source, "
            "expected no places in braces but {makers}, {count}"
        ),
        "    hint: a brace that is meant as one is written twice",
    ),
    case(
        "an empty list of words",
        swap("content/en/words.toml", LABELS, ""),
        "content/en/words.toml:1: found no word 'figure_table', expected one: it is used",
        "content/en/words.toml:1: found no word 'navigation', expected one: it is used",
    ),
]
LINKS = [
    case(
        "to no page",
        swap("content/en/index.md", "sources.md#list", "source.md"),
        "content/en/index.md:13: found a link to source.md, expected a page of this language",
        "    hint: did you mean sources.md?",
    ),
    case(
        "with a capital",
        swap("content/en/index.md", "sources.md#list", "Sources.md"),
        "content/en/index.md:13: found a link to Sources.md, expected a page of this language",
        "    hint: did you mean sources.md?",
    ),
    case(
        "to no anchor of another page",
        swap("content/en/index.md", "sources.md#list", "sources.md#lists"),
        (
            "content/en/index.md:13: found a link to sources.html#lists, "
            "expected an anchor #lists in sources.html (in index.html)"
        ),
        "    hint: did you mean list?",
    ),
    case(
        "to no anchor of the page itself",
        swap("content/en/index.md", "sources.md#list", "#nowhere"),
        ("content/en/index.md:13: found a link to #nowhere, expected an anchor #nowhere in index.html (in index.html)"),
        "    hint: known: totals, totals-title, what-it-rests-on",
    ),
    case(
        "to no file",
        swap("content/en/index.md", "sources.md#list", "data/trades.csv"),
        "content/en/index.md:13: found a link to data/trades.csv, expected a file of the site (in index.html)",
        "    hint: did you mean data/trade.csv or data/sources.csv?",
    ),
    case(
        "to a folder above the site",
        swap("content/en/index.md", "sources.md#list", "../index.html"),
        "content/en/index.md:13: found a link to ../index.html, expected a file of the site (in index.html)",
        "    hint: did you mean index.html or sources.html or 404.html?",
    ),
    case(
        "with a scheme misspelled",
        swap("content/en/index.md", "sources.md#list", "htps://example.org"),
        "content/en/index.md:13: found a link with the unknown scheme 'htps', expected a page or an address",
        "    hint: did you mean https or http?",
    ),
    case(
        "that runs a script",
        swap("content/en/index.md", "sources.md#list", "javascript:alert()"),
        "content/en/index.md:13: found a link with the unknown scheme 'javascript', expected a page or an address",
        "    hint: known: claim, fact, http, https, mailto, said, source, term",
    ),
    case(
        "with a title, to no page",
        swap("content/en/index.md", "(sources.md#list)", '(nope.md "A title")'),
        "content/en/index.md:13: found a link to nope.md, expected a page of this language",
        "    hint: did you mean index.md or sources.md?",
    ),
    case(
        "in angle brackets, to no page",
        swap("content/en/index.md", "(sources.md#list)", "(<nope.md>)"),
        "content/en/index.md:13: found a link to nope.md, expected a page of this language",
        "    hint: did you mean index.md or sources.md?",
    ),
    case(
        "in a chart's summary, to no page",
        swap("content/en/charts/totals.md", "The bars", "[The bars](nope.md)"),
        "content/en/charts/totals.md:13: found a link to nope.md, expected a page of this language",
        "    hint: did you mean index.md or sources.md?",
    ),
    case(
        "a picture without an alternative text",
        swap("content/en/index.md", "In 2023", "![](sources.html)\n\nIn 2023"),
        "content/en/index.md:7: found no alternative text for sources.html, expected one",
        "    hint: say in the square brackets what the picture shows",
    ),
    case(
        "a picture that is not there",
        swap("content/en/index.md", "In 2023", "![A map](map.png)\n\nIn 2023"),
        "content/en/index.md:7: found a link to map.png, expected a file of the site (in index.html)",
        (
            "    hint: known: 404.html, assets/site.7a581775da.css, data/datapackage.json, "
            "data/sources.csv, data/trade.csv, index.html, sources.html"
        ),
    ),
    case(
        "a picture on another host",
        swap("content/en/index.md", "In 2023", "![A map](https://example.org/map.png)\n\nIn 2023"),
        (
            "content/en/index.md:7: found <img> loading https://example.org/map.png, "
            "expected nothing from another host (in index.html)"
        ),
    ),
    case(
        "a heading of the first level",
        swap("content/en/index.md", "## What", "# What"),
        "content/en/index.md:11: found a heading of the first level, expected ## and below",
    ),
    case(
        "without an address",
        swap("content/en/index.md", "sources.md#list", ""),
        "content/en/index.md:13: found a link without an address, expected one",
    ),
    case(
        "from the root",
        swap("content/en/index.md", "sources.md#list", "/sources.html"),
        "content/en/index.md:13: found a link to /sources.html, expected one that does not begin at the root",
        "    hint: name the Markdown file of a page, such as sources.md",
    ),
    case(
        "by a reference that is not there",
        swap("content/en/index.md", "(sources.md#list)", "[nope]"),
        "content/en/index.md:13: found a link to the reference 'nope', expected one below",
        "    hint: write [text](address)",
    ),
    case(
        "by reference, to no page",
        swap("content/en/index.md", "(sources.md#list).", "[there].\n\n[there]: nope.md"),
        "content/en/index.md:15: found a link to nope.md, expected a page of this language",
        "    hint: did you mean index.md or sources.md?",
    ),
    case(
        "that is no address",
        swap("content/en/index.md", "sources.md#list", "http://[broken"),
        (
            "content/en/index.md:13: found a link to http://[broken, "
            "expected an address: Invalid IPv6 URL (in index.html)"
        ),
    ),
    case(
        "twice to no page",
        swap("content/en/index.md", "A few pages", "[A](nope.md)\n\n[B](nope.md)\n\nA few pages"),
        "content/en/index.md:13: found a link to nope.md, expected a page of this language",
        "    hint: did you mean index.md or sources.md?",
        "content/en/index.md:15: found a link to nope.md, expected a page of this language",
        "    hint: did you mean index.md or sources.md?",
    ),
    case(
        "in a chart's summary, to no anchor",
        swap("content/en/charts/totals.md", "The bars", "[The bars](sources.md#nope)"),
        (
            "content/en/charts/totals.md:13: found a link to sources.html#nope, "
            "expected an anchor #nope in sources.html (in index.html)"
        ),
        "    hint: known: alpha-2022, alpha-2023, beta-2023, beta-2024, list",
    ),
    case(
        "in raw HTML, to no file",
        swap("content/en/index.md", "In 2023", '<a href="nope.html">x</a> In 2023'),
        "content/en/index.md:7: found a link to nope.html, expected a file of the site (in index.html)",
        "    hint: did you mean index.html or sources.html or 404.html?",
    ),
    case(
        "a heading underlined as the first level",
        swap("content/en/index.md", "## What it rests on", "What it rests on\n==="),
        "content/en/index.md:11: found a heading of the first level, expected ## and below",
    ),
    case(
        "two headings of one id",
        swap("content/en/index.md", "## What it rests on", "## A {#x}\n\n## B {#x}"),
        "content/en/index.md:13: found the id 'x' 2 times in index.html, expected it once",
    ),
    case(
        "a heading with the id of the chart",
        swap("content/en/index.md", "rests on\n", "rests on {#totals}\n"),
        "content/en/index.md:11: found the id 'totals' 2 times in index.html, expected it once",
    ),
    case(
        "a script in raw HTML",
        swap("content/en/index.md", "In 2023", "<script>alert()</script>\n\nIn 2023"),
        "content/en/index.md:7: found <script> in a text, which the site's policy forbids",
    ),
    case(
        "a style in raw HTML",
        swap("content/en/index.md", "In 2023", '<p style="color: red">x</p>\n\nIn 2023'),
        "content/en/index.md:7: found the attribute style in a text, which the site's policy forbids",
    ),
    case(
        "a frame in raw HTML",
        swap("content/en/index.md", "In 2023", '<iframe src="https://example.org"></iframe>\n\nIn 2023'),
        "content/en/index.md:7: found <iframe> in a text, which the site's policy forbids",
    ),
    case(
        "a picture in raw HTML without an alternative text",
        swap("content/en/index.md", "In 2023", '<img src="data/trade.csv">\n\nIn 2023'),
        "content/en/index.md:7: found <img> without alt in index.html, expected a text for data/trade.csv",
    ),
]
CHARTS = [
    case(
        "unknown",
        put("content/en/404.md", PAGE + "\n![](chart:total)\n"),
        "content/en/404.md:6: found the unknown chart 'total', expected a file content/en/charts/total.md",
        "    hint: did you mean totals?",
    ),
    case(
        "on no page",
        swap("content/en/index.md", "![](chart:totals)\n", ""),
        "content/en/charts/totals.md:1: found the chart totals on no page, expected it on one",
        "    hint: put ![](chart:totals) into a page, or delete this file",
    ),
    case(
        "inside a line",
        swap("content/en/index.md", "![](chart:totals)", "See ![](chart:totals)"),
        "content/en/index.md:9: found the chart totals inside a text, expected it on a line of its own",
        "    hint: leave an empty line before it and after it",
    ),
    case(
        "twice in a page",
        swap("content/en/index.md", "![](chart:totals)", "![](chart:totals)\n\n![](chart:totals)"),
        "content/en/index.md:11: found the chart totals again, expected it once in a page",
    ),
    case(
        "with an alternative text in the page",
        swap("content/en/index.md", "![](chart:totals)", "![Trade](chart:totals)"),
        "content/en/index.md:9: found an alternative text for the chart totals, which has its own",
        "    hint: write ![](chart:totals), and the words in charts/totals.md",
    ),
    case(
        "as a link",
        swap("content/en/404.md", "index.md", "chart:totals"),
        "content/en/404.md:6: found a link with the unknown scheme 'chart', expected a page or an address",
        "    hint: known: claim, fact, http, https, mailto, said, source, term",
    ),
    case(
        "words broken",
        swap("content/en/charts/totals.md", "[words]", "[words"),
        "content/en/charts/totals.md:8: found broken TOML: Expected ']' at the end of a table declaration",
    ),
    case(
        "alternative text missing",
        swap("content/en/charts/totals.md", 'alt = "Bar chart of trade from 2021 to 2023."\n', ""),
        "content/en/charts/totals.md:2: found no alt, expected one",
    ),
    case(
        "alternative text empty",
        swap("content/en/charts/totals.md", "Bar chart of trade from 2021 to 2023.", ""),
        "content/en/charts/totals.md:5: found an empty alt, expected words",
    ),
    case(
        "title missing",
        swap("content/en/charts/totals.md", TITLE, ""),
        "content/en/charts/totals.md:2: found no title, expected one",
    ),
    case(
        "subtitle missing",
        swap("content/en/charts/totals.md", 'subtitle = "Trade by year, billions of US dollars"\n', ""),
        "content/en/charts/totals.md:2: found no subtitle, expected one",
    ),
    case(
        "summary missing",
        swap("content/en/charts/totals.md", BARS, ""),
        "content/en/charts/totals.md:12: found no summary, expected a paragraph below the front matter",
    ),
    case(
        "notes that are text",
        swap("content/en/charts/totals.md", '["In current dollars."]', '"In current dollars."'),
        ("content/en/charts/totals.md:6: found 'In current dollars.' for notes, expected a list with something in it"),
    ),
    case(
        "a key unknown",
        swap("content/en/charts/totals.md", "notes =", "note ="),
        "content/en/charts/totals.md:6: found the unknown key 'note'",
        "    hint: did you mean notes?",
    ),
    case(
        "a name with a hyphen",
        move("content/en/charts/totals.md", "content/en/charts/the-totals.md"),
        ("content/en/charts/the-totals.md:1: found the chart name 'the-totals', expected small letters, digits and _"),
    ),
    case(
        "words without a function",
        [
            copy("content/en/charts/totals.md", "content/en/charts/other.md"),
            swap("content/en/404.md", "Begin", "![](chart:other)\n\nBegin"),
        ],
        (
            "content/en/charts/other.md:1: found words for the chart 'other', "
            "expected a function of that name in story/charts"
        ),
        "    hint: known: totals",
    ),
    case(
        "a function without words",
        swap("story/charts.py", "def _bars(values, size):", "def other():\n    pass\n\n\ndef _bars(values, size):"),
        (
            "content/en/charts/other.md:1: found no words for the chart other, "
            "expected its title, subtitle, alt and summary"
        ),
    ),
    case(
        "a word missing",
        swap("content/en/charts/totals.md", 'corner = "Year"\n', ""),
        "content/en/charts/totals.md:1: found no word 'corner' in [words], expected one: it is used",
        "    hint: known: value",
    ),
    case(
        "raises",
        swap("story/charts.py", "    cells = [", '    raise RuntimeError("no luck")\n    cells = ['),
        "story/charts.py:18: the chart totals raises RuntimeError: no luck",
    ),
    case(
        "raises while it is drawn",
        swap("story/charts.py", '"type": "bar"', '"type": size.nope'),
        "story/charts.py:33: the chart totals raises AttributeError: 'Size' object has no attribute 'nope'",
    ),
    case(
        "takes other arguments",
        swap("story/charts.py", "def totals(data, words, language)", "def totals(data)"),
        (
            "story/charts.py:14: the chart totals raises TypeError: totals() takes 1 positional argument "
            "but 3 were given"
        ),
    ),
    case(
        "reads a table that is not there",
        swap("story/charts.py", 'data["trade"]', 'data["trades"]'),
        "data/trades.csv:1: found no such table, expected one: the story reads it",
        "    hint: did you mean trade?",
    ),
    case(
        "reads a column that is not there",
        swap("story/charts.py", 'row["flow"]', 'row["flwo"]'),
        "data/trade.toml:1: found no column 'flwo', which the story reads",
        "    hint: did you mean flow?",
    ),
    case(
        "reads a text as a number",
        swap("story/charts.py", 'row.number("value_usd_million")', 'row.number("flow")'),
        "data/trade.csv:4: found no number in flow, which the story reads",
    ),
    case(
        "loads its data from a URL",
        swap("story/charts.py", 'data={"values": values}', 'data={"url": "https://example.org/x.json"}'),
        "story/charts.py:14: the chart totals loads https://example.org/x.json, expected all of it in the chart",
        "    hint: give the chart a frame: nothing is fetched while drawing",
    ),
    case(
        "has layers that load",
        swap("story/charts.py", "mark={", 'layer=[{"data": {"url": "x.json"}, "mark": "point"}],\n        mark={'),
        "story/charts.py:14: the chart totals loads x.json, expected all of it in the chart",
        "    hint: give the chart a frame: nothing is fetched while drawing",
    ),
    case(
        "a series without a name",
        [
            swap("story/charts.py", '"$ bn")], cells', '"Trade"), Column("half_usd_billion", "Halves")], cells'),
            swap("story/charts.py", "number(total, 1), total)]", 'number(total, 1), total), Cell("half", total / 2)]'),
            swap("story/charts.py", 'told(number, "total_usd_billion")', "told(number, name)"),
            swap(
                "story/charts.py",
                "strict=True))\n    ]\n    return",
                'strict=True))\n        for name in ("total_usd_billion", "half_usd_billion")\n    ]\n    return',
            ),
        ],
        *(
            f"content/en/charts/totals.md:3: found no name for the series 'Halves' in the {size} drawing of totals or "
            f"in its subtitle, expected one\n{NAMELESS}"
            for size in ("narrow", "wide")
        ),
    ),
    case(
        "is wider than its place",
        swap("story/charts.py", "width=size.width", "width=900"),
        "story/charts.py:14: found a chart totals 900 px wide, expected 672 (the wide size)",
        "    hint: set width to size.width with autosize fit",
    ),
    case(
        "glued to a text",
        swap("content/en/index.md", "![](chart:totals)\n", "Text\n![](chart:totals)\nmore\n"),
        "content/en/index.md:10: found the chart totals inside a text, expected it on a line of its own",
        "    hint: leave an empty line before it and after it",
    ),
    case(
        "in a comment",
        swap("content/en/index.md", "![](chart:totals)", "<!--\n![](chart:totals)\n-->"),
        "content/en/charts/totals.md:1: found the chart totals on no page, expected it on one",
        "    hint: put ![](chart:totals) into a page, or delete this file",
    ),
    case(
        "in raw HTML",
        swap("content/en/index.md", "![](chart:totals)", "<p>![](chart:totals)</p>"),
        "content/en/charts/totals.md:1: found the chart totals on no page, expected it on one",
        "    hint: put ![](chart:totals) into a page, or delete this file",
    ),
    case(
        "in its own summary",
        swap("content/en/charts/totals.md", "The bars", "![](chart:totals)\n\nThe bars"),
        "content/en/charts/totals.md:13: found the chart totals in a summary, expected text",
    ),
    case(
        "words and use gone",
        [drop("content/en/charts/totals.md"), swap("content/en/index.md", "![](chart:totals)\n", "")],
        (
            "content/en/charts/totals.md:1: found no words for the chart totals, "
            "expected its title, subtitle, alt and summary"
        ),
    ),
    case(
        "alternative text blank",
        swap("content/en/charts/totals.md", "Bar chart of trade from 2021 to 2023.", " "),
        "content/en/charts/totals.md:5: found an empty alt, expected words",
    ),
    case(
        "a word that is empty",
        swap("content/en/charts/totals.md", 'corner = "Year"', 'corner = ""'),
        "content/en/charts/totals.md:9: found an empty corner, expected words",
    ),
    case(
        "a word that is a table",
        swap("content/en/charts/totals.md", 'corner = "Year"', "corner = { x = 5 }"),
        "content/en/charts/totals.md:9: found {'x': 5} for corner, expected words",
    ),
    case(
        "a place in a word that is not filled",
        swap("content/en/charts/totals.md", "{year}", "{yaer}"),
        "content/en/charts/totals.md:10: found {yaer} in value, expected no places in braces but {year}",
        "    hint: a brace that is meant as one is written twice",
    ),
    case(
        "a brace too few in a word",
        swap("content/en/charts/totals.md", "{year}", "{year"),
        (
            "content/en/charts/totals.md:10: found braces that do not match in value, "
            "expected no places in braces but {year}"
        ),
        "    hint: a brace that is meant as one is written twice",
    ),
    case(
        "syntax broken",
        swap("story/charts.py", "def totals(", "def totals(("),
        (
            "story/charts.py:14: the module of charts raises SyntaxError: Function parameters cannot be "
            "parenthesized (charts.py, line 14)"
        ),
    ),
    case(
        "an import that fails",
        swap("story/charts.py", "from press.figures", "from press.figure"),
        "story/charts.py:5: the module of charts raises ModuleNotFoundError: No module named 'press.figure'",
    ),
    case(
        "a name that is not there when it is imported",
        swap("story/charts.py", "def _bars", "nope\n\n\ndef _bars"),
        "story/charts.py:30: the module of charts raises NameError: name 'nope' is not defined",
    ),
    case(
        "returns nothing",
        swap("story/charts.py", "    return Plot(lambda", "    Plot(lambda"),
        "story/charts.py:14: the chart totals returns NoneType, expected a Plot",
    ),
    case(
        "draws nothing",
        swap("story/charts.py", "    return _Specification(", "    _Specification("),
        "story/charts.py:14: the chart totals raises AttributeError: 'NoneType' object has no attribute 'to_dict'",
    ),
    case(
        "returns no function that draws",
        swap("story/charts.py", "lambda size: _bars(values, size)", "5"),
        "story/charts.py:14: the chart totals draws with 5, expected a function of the size",
    ),
    case(
        "returns no table",
        swap("story/charts.py", "size), table, frozenset", "size), None, frozenset"),
        "story/charts.py:14: the chart totals has the table None, expected a Grid",
    ),
    case(
        "returns a table of numbers",
        swap("story/charts.py", "Cell(language.number(total, 1), total)", "Cell(total, total)"),
        (
            "story/charts.py:22: the chart totals raises ValueError: "
            "found the cell Cell(text=Decimal('146.8869'), value=Decimal('146.8869')), expected Cell(text, value)"
        ),
    ),
    case(
        "returns a table of an empty row",
        swap("story/charts.py", '"$ bn")], cells)', '"$ bn")], [[], *cells])'),
        (
            "story/charts.py:22: the chart totals raises ValueError: "
            "found 0 cells in a row, expected 2, as there are columns"
        ),
    ),
    case(
        "returns no rows",
        swap("story/charts.py", "frozenset(rows)", "frozenset()"),
        "story/charts.py:14: the chart totals names no rows that it used, expected those of its figures",
        "    hint: rows_of(quantities) collects them: the credits follow from them",
    ),
    case(
        "returns rows that are none",
        swap("story/charts.py", "frozenset(rows)", "None"),
        "story/charts.py:14: the chart totals names no rows that it used, expected those of its figures",
        "    hint: rows_of(quantities) collects them: the credits follow from them",
    ),
    case(
        "describes a mark as what its table does not say",
        swap(
            "story/charts.py", '"point": table.told(number, "total_usd_billion").text', '"point": f"about {total:.0f}"'
        ),
        *(
            line
            for value in (147, 190, 240)
            for line in (
                (
                    f"story/charts.py:14: the chart totals describes a mark as 'about {value}', "
                    "which no value of its table is told as"
                ),
                "    hint: describe marks with alt.Description and what Grid.told says of their values",
            )
        ),
    ),
    case(
        "describes no mark",
        swap("story/charts.py", '            "description": {"field": "point"},\n', ""),
        (
            "story/charts.py:14: the chart totals describes none of its marks, "
            "expected those that show a value of its table"
        ),
        "    hint: describe marks with alt.Description and what Grid.told says of their values",
    ),
    case(
        "describes a mark by a column that is not there",
        swap("story/charts.py", 'told(number, "total_usd_billion")', 'told(number, "total")'),
        (
            "story/charts.py:24: the chart totals raises ValueError: "
            "found the column 'total', expected one of year, total_usd_billion"
        ),
    ),
    case(
        "draws decimals",
        swap("story/charts.py", "float(total)", "total"),
        "story/charts.py:14: the chart totals raises TypeError: Object of type Decimal is not JSON serializable",
    ),
    case(
        "loads a picture",
        swap("story/charts.py", '"type": "bar"', '"type": "image", "url": "https://example.org/x.png"'),
        (
            "story/charts.py:14: the chart totals has the mark image, "
            "expected one of bar, circle, line, point, rect, rule, text, tick"
        ),
        "    hint: see press/figures/rules.py",
        "story/charts.py:14: the chart totals loads https://example.org/x.png, expected all of it in the chart",
        "    hint: give the chart a frame: nothing is fetched while drawing",
    ),
    case(
        "ends the program",
        swap("story/charts.py", "    cells = [", "    raise SystemExit(3)\n    cells = ["),
        "story/charts.py:18: the chart totals raises SystemExit: 3",
    ),
    case(
        "is no Vega-Lite",
        swap("story/charts.py", '        mark={"type": "bar", "color": "var(--accent)"},\n', "        mark=None,\n"),
        (
            "story/charts.py:14: the chart totals cannot be drawn: Vega-Lite to SVG conversion failed: "
            "TypeError: Cannot read properties of undefined (reading 'filled')"
        ),
    ),
    case(
        "a scale of text",
        swap(
            "story/charts.py", '"type": "quantitative"}', '"type": "quantitative", "scale": {"domain": "unaggregated"}}'
        ),
        "story/charts.py:14: the chart totals has the mark bar on a scale that does not begin at zero",
        "    hint: its length is the figure",
    ),
    case(
        "an encoding of nothing",
        swap("story/charts.py", '{"field": "value", "type": "quantitative"}', "None"),
        "story/charts.py:14: the chart totals has the mark bar on a scale that does not begin at zero",
        "    hint: its length is the figure",
    ),
    case(
        "bars that do not begin at zero",
        swap("story/charts.py", '"type": "quantitative"}', '"type": "quantitative", "scale": {"domain": [50, 300]}}'),
        "story/charts.py:14: the chart totals has the mark bar on a scale that does not begin at zero",
        "    hint: its length is the figure",
    ),
    case(
        "computes",
        swap("story/charts.py", "mark={", 'transform=[{"calculate": "1", "as": "x"}],\n        mark={'),
        "story/charts.py:14: the chart totals has the transform as, expected none that computes",
        "    hint: compute in story/measures.py",
        "story/charts.py:14: the chart totals has the transform calculate, expected none that computes",
        "    hint: compute in story/measures.py",
    ),
]
TEMPLATES = [
    case(
        "a page's template is missing",
        swap("content/en/sources.md", '"sources"', '"source"'),
        "content/en/sources.md:4: found no template source.html, expected a file in templates/",
        "    hint: did you mean sources or figure?",
    ),
    case(
        "the chart's template is missing",
        drop("templates/figure.html"),
        "content/en/charts/totals.md:1: found no template figure.html, expected a file in templates/",
        "    hint: known: page, sources",
    ),
    case(
        "a tag misspelled",
        swap("templates/page.html", "{% endfor %}", "{% endfr %}"),
        (
            "templates/page.html:16: the template raises TemplateSyntaxError: Encountered unknown tag "
            "'endfr'. Jinja was looking for the following tags: 'endfor' or 'else'. "
            "The innermost block that needs to be closed is 'for'."
        ),
    ),
    case(
        "a filter misspelled",
        swap("templates/page.html", "{{ page.title }}</h1>", "{{ page.title | uper }}</h1>"),
        "templates/page.html:19: the template raises TemplateAssertionError: No filter named 'uper'.",
    ),
    case(
        "a name undefined",
        swap("templates/page.html", "{{ page.title }}</h1>", "{{ titel }}</h1>"),
        "templates/page.html:19: the template raises UndefinedError: 'titel' is undefined",
    ),
    case(
        "an attribute undefined",
        swap("templates/page.html", "{{ page.title }}</h1>", "{{ page.titel }}</h1>"),
        (
            "templates/page.html:19: the template raises UndefinedError: 'press.content.language.Page object' has no "
            "attribute 'titel'"
        ),
    ),
    case(
        "an attribute undefined in a chart",
        swap("templates/figure.html", "{{ text.title }}", "{{ text.titel }}"),
        (
            "templates/figure.html:2: the template raises UndefinedError: 'press.content.language.ChartText object' "
            "has no attribute 'titel'"
        ),
    ),
    case(
        "raises",
        swap("templates/page.html", "{{ page.title }}</h1>", "{{ 1 / 0 }}</h1>"),
        "templates/page.html:19: the template raises ZeroDivisionError: division by zero",
    ),
    case(
        "a word that is not there",
        swap("templates/page.html", "words.navigation", "words.navigaton"),
        "content/en/words.toml:1: found no word 'navigaton', expected one: it is used",
        "    hint: did you mean navigation?",
    ),
    case(
        "a table that is not there",
        swap("templates/sources.html", "data.sources.rows", "data.source.rows"),
        "data/source.csv:1: found no such table, expected one: the story reads it",
        "    hint: did you mean sources?",
    ),
    case(
        "a column that is not there",
        swap("templates/sources.html", "source.title", "source.titel"),
        "data/sources.toml:1: found no column 'titel', which the story reads",
        "    hint: did you mean title?",
    ),
    case(
        "an asset that is not there",
        swap("templates/sources.html", '<ol id="list">', '<ol id="list">{{ asset("nope.css") }}'),
        "templates/sources.html:1: found no asset 'nope.css', which the template sources.html uses",
        "    hint: did you mean site.css?",
    ),
    case(
        "a style sheet that loads from another host",
        put_on("templates/static/site.css", '@import "https://example.org/x.css";\n'),
        (
            "templates/static/site.css:1: found a style sheet (assets/site.5753f69e3f.css) that loads "
            "another file, expected none"
        ),
    ),
    case(
        "in Latin-1",
        encode("templates/page.html", "latin-1", "\u00e9"),
        "templates/page.html:26: found byte 0xe9, expected UTF-8",
        "    hint: save the file as UTF-8",
    ),
    case(
        "in UTF-16",
        encode("templates/figure.html", "utf-16"),
        "templates/figure.html:1: found UTF-16, expected UTF-8",
        "    hint: save the file as UTF-8",
    ),
    case(
        "an included template is missing",
        swap("templates/page.html", "<h1>", '{% include "nope.html" %}<h1>'),
        "templates/page.html:19: the template raises TemplateNotFound: nope.html",
    ),
    case(
        "an extended template is missing",
        swap("templates/sources.html", '"page.html"', '"pages.html"'),
        "templates/sources.html:1: the template raises TemplateNotFound: pages.html",
    ),
    case(
        "an empty template",
        put("templates/figure.html", ""),
        "content/en/charts/totals.md:1: found the chart totals on no page, expected it on one",
        "    hint: put ![](chart:totals) into a page, or delete this file",
    ),
    case(
        "a page without a heading",
        swap("templates/sources.html", '{% extends "page.html" %}', '<html lang="en"><title>T</title><main></main>'),
        "templates/sources.html:1: found 0 <h1> in sources.html, expected one",
    ),
    case(
        "a link to no file",
        swap("templates/sources.html", '<ol id="list">', '<a href="nope.html">x</a><ol id="list">'),
        "templates/sources.html:1: found a link to nope.html, expected a file of the site (in sources.html)",
        "    hint: did you mean index.html or sources.html or 404.html?",
    ),
    case(
        "a style in a tag",
        swap("templates/sources.html", '<ol id="list">', '<ol id="list" style="x">'),
        "templates/sources.html:1: found the attribute style in <ol> of sources.html, which the policy forbids",
    ),
    case(
        "a script from another host",
        swap(
            "templates/sources.html", '<ol id="list">', '<script src="https://example.org/x.js"></script><ol id="list">'
        ),
        (
            "templates/sources.html:1: found <script> loading https://example.org/x.js, "
            "expected nothing from another host (in sources.html)"
        ),
    ),
    case(
        "a style sheet in Latin-1",
        encode("templates/static/site.css", "latin-1", "\u00e9"),
        "templates/static/site.css:3: found byte 0xe9, expected UTF-8",
        "    hint: save the file as UTF-8",
    ),
    case(
        "a style sheet that loads a picture",
        put_on("templates/static/site.css", "p { background: url(nope.png); }\n"),
        (
            "templates/static/site.css:1: found a style sheet (assets/site.f3152f3a76.css) that loads "
            "another file, expected none"
        ),
    ),
]


def refused(project, mistakes):
    """Make mistakes after a good build, and return what the next one says; it must not have changed anything."""
    for mistake in mistakes:
        mistake(project)
    sources, site = project.sources(), project.published()

    outcome = project.run("build")

    assert outcome.status == 1
    assert "Traceback" not in outcome.out + outcome.err
    assert project.published() == site
    assert project.sources() == sources
    return outcome.problems


@pytest.mark.parametrize(("mistakes", "expected"), TABLES)
def test_a_mistake_in_a_table_is_told_and_nothing_is_lost(published, mistakes, expected):
    """A table that is missing, not text, empty or without its columns stops the build, which says where and why."""
    assert refused(published, mistakes) == expected


@pytest.mark.parametrize(("mistakes", "expected"), CELLS)
def test_a_mistake_in_a_cell_is_told_and_nothing_is_lost(published, mistakes, expected):
    """A row or a cell that cannot be true stops the build, which says where and why."""
    assert refused(published, mistakes) == expected


@pytest.mark.parametrize(("mistakes", "expected"), DESCRIPTIONS)
def test_a_mistake_in_a_description_is_told_and_nothing_is_lost(published, mistakes, expected):
    """A description that no table can be held to stops the build, which says where and why."""
    assert refused(published, mistakes) == expected


@pytest.mark.parametrize(("mistakes", "expected"), CONTENT)
def test_a_mistake_in_settings_words_or_a_page_is_told_and_nothing_is_lost(published, mistakes, expected):
    """Settings, words and pages that cannot be read, or lack something, stop the build, which says where and why."""
    assert refused(published, mistakes) == expected


@pytest.mark.parametrize(("mistakes", "expected"), LINKS)
def test_a_mistake_in_a_text_is_told_and_nothing_is_lost(published, mistakes, expected):
    """A link that leads nowhere, or a picture without words, stops the build, which says where and why."""
    assert refused(published, mistakes) == expected


@pytest.mark.parametrize(("mistakes", "expected"), CHARTS)
def test_a_mistake_in_a_chart_is_told_and_nothing_is_lost(published, mistakes, expected):
    """A chart without words, or one that cannot be drawn, stops the build, which says where and why."""
    assert refused(published, mistakes) == expected


@pytest.mark.parametrize(("mistakes", "expected"), TEMPLATES)
def test_a_mistake_in_a_template_is_told_and_nothing_is_lost(published, mistakes, expected):
    """A template that cannot be rendered stops the build, which says where and why."""
    assert refused(published, mistakes) == expected


def test_all_mistakes_are_told_in_one_run(published):
    """Mistakes in several tables, pages and words are reported together, in the order of files and lines."""
    mistakes = [
        swap("data/trade.csv", "240110", "NaN"),
        swap("data/trade.csv", "110970", "1"),
        swap("data/trade.csv", "beta-2024\n2023,total", "beta-2025\n2023,total"),
        swap("data/sources.toml", 'title = "Pages"\n', ""),
        swap("content/site.toml", 'language = "en"', "language = 1"),
        swap("content/en/words.toml", 'used_in = "in"', "used_in = 5"),
        swap("content/en/index.md", "label", "lable"),
        swap("content/en/404.md", "+++\n\n", "\n"),
        swap("content/en/charts/totals.md", "notes =", "note ="),
    ]
    hint = 'begin the file with a line +++, then title = "…" and so on, then a line +++'

    assert refused(published, mistakes).split("\n") == [
        "content/en/404.md:1: found front matter without an end, expected +++",
        f"    hint: {hint}",
        "content/en/charts/totals.md:6: found the unknown key 'note'",
        "    hint: did you mean notes?",
        "content/en/index.md:3: found the unknown key 'lable'",
        "    hint: did you mean label?",
        "content/en/words.toml:4: found 5 for used_in, expected words",
        "content/site.toml:2: found 1 for language, expected words",
        "data/sources.toml:1: found no title, expected one",
        "data/trade.csv:8: value_usd_million: found 1, expected at least 1000 USD million",
        RANGED,
        "data/trade.csv:10: value_usd_million: found 'NaN', " + NO_NUMBER,
    ]


def test_a_drawing_process_that_dies_is_told_and_nothing_is_lost(published, tmp_path, monkeypatch):
    """A drawing process that dies stops the build, which names the chart that was being drawn."""
    (tmp_path / "worker.py").write_text("raise SystemExit(3)\n", "utf-8")
    monkeypatch.setattr("press.figures.worker.PROGRAM", tmp_path / "worker.py")
    published.worker = None

    problems = refused(published, [swap("story/charts.py", "height=120", "height=130")])

    assert problems == "story/charts.py:14: the chart totals cannot be drawn: the drawing process died (exit status 3)"


@pytest.mark.parametrize(
    "place",
    [
        "content/site.toml",
        "content/en/words.toml",
        "content/en/index.md",
        "content/en/charts/totals.md",
        "data/trade.csv",
        "data/trade.toml",
        "data/sources.csv",
        "templates/page.html",
        "templates/figure.html",
        "templates/static/site.css",
    ],
)
@pytest.mark.parametrize("change", ["a byte-order mark", "CRLF", "both"])
def test_a_byte_order_mark_and_windows_line_ends_are_accepted(published, place, change):
    """Files as Windows programs save them give the same site as without their marks and line ends."""
    body = published.read(place).encode()
    body = body if change == "a byte-order mark" else body.replace(b"\n", b"\r\n")
    published.write(place, body if change == "CRLF" else b"\xef\xbb\xbf" + body)
    site = published.published()

    outcome = published.run("build")

    assert (outcome.status, outcome.err) == (0, "")
    assert published.published() == site
