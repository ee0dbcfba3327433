"""What is too large, or has no end: it is told at its place, and not begun with."""

import os
import re
import time

import pytest

from press.desk.commands import run_in_current_folder
from press.ground.errors import BuildError
from press.ground.files import read_text
from press.ground.guard import report_engine_errors
from press.reading.text import LONGEST
from tests.engine.test_bad_code import ran
from tests.engine.test_bad_code import story as story  # noqa: PLC0414 - a fixture
from tests.engine.test_bad_input import build_refused

INDEX, TOTALS = "content/en/index.md", "content/en/charts/totals.md"
WORDS, TRADE = "content/en/words.toml", "data/trade.csv"
ENDLESS = (
    "found a folder, a pipe or a device, expected a file of at most 64,000,000 bytes"
)
MARKS = [
    "![",
    "[",
    "](",
    "[a](",
    "<a",
    "<!--",
    "[$1 billion](fact:total/2023) ",
    "[x](fact:nothing/2023) ",
]
PLACES = [
    INDEX,
    TOTALS,
    WORDS,
    "content/en/exceptions.toml",
    "content/en/changes.toml",
    "content/en/facts.toml",
    TRADE,
    "data/trade.toml",
    "templates/page.html",
    "templates/static/site.css",
    "templates/static/more.png",
    "site/.press/manifest.json",
]
DEEP = 20_000
ROOM = 240_000  # characters of a text that is not refused as a whole
MOST_SECONDS = 20  # of processor time, for whatever an author may write
# What is put behind a file of a story, and what is told of it: the line, the message.
TOO_MUCH = {
    "a page as thick as two books": (
        INDEX,
        "A line of words.\n\n" * 16_700,
        "1: found 300,",
    ),
    "settings as thick as two books": (
        "content/site.toml",
        "# a remark\n" * 27_300,
        "1: found 300,",
    ),
    "brackets in each other": (
        INDEX,
        f"\n{'[' * 11}",
        "found brackets more than 10 deep in each other",
    ),
    "parentheses in each other": (
        INDEX,
        f"\n{'[a](' * 11}",
        "found brackets more than 10 deep in each other",
    ),
    "fences of code": (
        INDEX,
        "\n```\n" * 1_001,
        "found 1,001 fences of code, expected at most 1,000",
    ),
    "quotations in each other": (
        INDEX,
        f"\n{'- ' * 600}deep\n",
        "stand too deep in each other to be read",
    ),
    "a key of very many names": (
        WORDS,
        f"\n{'a.' * 100_000}b = 1\n",
        "lists or tables stand too deep in each other",
    ),
    "very many keys of three names": (
        WORDS,
        "\n[dimensions.x]\n" + "".join(f"a.b{n}.c = 1\n" for n in range(15_000)),
        'a is {"b0": {"c": 1}',
    ),
    "very many tables of two names": (
        WORDS,
        "".join(f"\n[dimensions.a{n}]\nb = 1" for n in range(8_000)),
        "b is 1, expected a list with at least one item",
    ),
    "tables in each other": (
        WORDS,
        f"\n[{'.'.join('a' * 101)}]\n",
        "lists or tables stand too deep in each other",
    ),
    "lists in each other": (
        WORDS,
        f"\na = {'[' * 101}{']' * 101}\n",
        "lists or tables stand too deep in each other",
    ),
    "a number of 65 bits": (
        WORDS,
        f"\na = {2**64}\n",
        "a is a number of 65 bits, expected at most 64",
    ),
    "very many wrong rows": (TRADE, "2023,total,x,y,z\n" * 100_000, "here begin "),
    "very many wide rows": (
        TRADE,
        "2023,total,240110,10,a,b,c\n" * 100_000,
        "here begin ",
    ),
    "a row of very many cells": (
        TRADE,
        f"2023{',' * 1_000}\n",
        "found 1,001 cells in a row, expected at most 1,000",
    ),
    "a line without an end": (
        TRADE,
        "1" * 1_000_001,
        "found a line of more than 1,000,000 characters",
    ),
    "more rows than a build types": (
        TRADE,
        "2023,total,240110,10,\n" * 200_000,
        "rows, expected at most 200,000",
    ),
    "very many keys that are unknown": (
        WORDS,
        "".join(f"\nkey_{number} = 1" for number in range(10_000)),
        "unknown",
    ),
}


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize(
    ("place", "before", "line"),
    [
        (INDEX, "\nA few pages", 13),
        (INDEX, 'description = "', 4),
        (TOTALS, 'alt = "', 5),
        (INDEX, "|a|\n|-|\n|", 0),
    ],
)
def test_a_paragraph_without_an_end_is_told(published, mark, place, before, line):
    """Wherever it stands: a page, its description, an alternative text, a cell of a
    table.
    """
    text = published.read(place)
    if not line:
        text, line = f"{text}\n{before}", text.count("\n") + 4
    many = mark * min(DEEP, ROOM // len(mark))
    published.write(place, text.replace(before, f"{before}{many}", 1))
    length = len(many)

    told = build_refused(published)

    assert told.startswith(f"{place}:{line}: found {str(length)[0]}")
    assert f" characters in one paragraph, expected at most {LONGEST:,}" in told


@pytest.mark.parametrize(("place", "added", "message"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_too_much_of_anything_is_told_soon(published, place, added, message):
    """By the processor's time, not the clock's: another may be at work beside."""
    published.write(place, f"{published.read(place)}{added}")
    begun = time.process_time()

    told = build_refused(published)

    assert time.process_time() - begun < MOST_SECONDS
    assert any(
        line.startswith(f"{place}:") and message in line for line in told.splitlines()
    )


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "kind", ["a pipe", "a device", "a folder", "a link to itself", "a large file"]
)
def test_what_is_no_file_to_read_is_told(published, place, kind):
    """Nobody waits for a pipe, and reads no device to its end."""
    path = published.root / place
    path.unlink(missing_ok=True)
    found = ENDLESS
    if kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a device":
        path.symlink_to("/dev/zero")
    elif kind == "a folder":
        path.mkdir()
    elif kind == "a link to itself":
        path.symlink_to(path.name)
        found = "found a file that cannot be read: Too many levels of symbolic links"
    else:
        path.touch()
        os.truncate(path, 64_000_001)
        found = "found 64,000,001 bytes, expected a file of at most 64,000,000 bytes"
    if kind == "a folder" and place.startswith("templates/"):
        return  # one may lie there
    outcome = published.run("build")

    assert outcome.status == 1
    assert f"{place}:1: {found}" in outcome.problems.splitlines()


def test_a_pipe_in_the_place_of_the_build_is_none(tmp_path, monkeypatch, capsys):
    """Nobody waits for one."""
    os.mkfifo(tmp_path / "build.py")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["press", "check"])

    assert run_in_current_folder() == 1
    assert capsys.readouterr().err.startswith(
        "build.py:1: found a folder, a pipe or a device, expected a file"
    )


@pytest.mark.parametrize(
    "braces",
    [
        "{makers:>300000000}",
        "{makers.__class__}",
        "{makers[x]}",
        "{makers!r}",
        "{",
        "{}",
    ],
)
def test_a_place_in_words_is_a_name_alone(published, braces):
    """A width would take all memory, and what hangs on a value is no word
    for readers.
    """
    published.replace(WORDS, "{makers}", braces)

    wrong = (
        "the braces in figure_source cannot be read: only {makers}, {count} can be"
        " filled in"
    )
    assert f"{WORDS}:2: {wrong}" in build_refused(published)


def test_much_that_is_wrong_in_a_file_is_told_as_a_number(published):
    """Of 4,500 wrong cells of a table the first ten are told, and how many there are
    besides.
    """
    published.write(TRADE, published.read(TRADE) + "2023,total,x,y,z\n" * 1500)

    lines = [
        line for line in published.run("build").err.splitlines() if "hint" not in line
    ]

    assert lines[10:] == [
        f"{TRADE}:14: here begin 4,490 problems more of this file",
        "",
        "4500 problems; site/ is as it was.",
    ]
    assert all(re.match(f"{TRADE}:1[1-4]: ", line) for line in lines[:10])


def test_a_chart_of_very_many_rows_is_told(published):
    """It would take minutes to draw, and more than there are pixels are not seen."""
    published.replace(
        "story/charts.py",
        "_bars(values, size), table",
        "_bars(values * 6667, size), table",
    )

    assert "has 20,001 rows of data, expected at most 20,000" in build_refused(
        published
    )


@pytest.mark.parametrize(
    "target", ["fact:total/２０２３", "claim:every/more/total.2021/total.２０２３"]
)
def test_digits_of_another_script_are_no_time(published, target):
    """An address has plain ones, and sums of times take no others."""
    published.replace(INDEX, "fact:total/2023", target)

    assert "expected a year such as 2023" in build_refused(published)


def test_an_empty_template_of_pages_is_told(published):
    """A site of empty files looks like one that was built."""
    published.write("templates/page.html", "")

    assert (
        "templates/page.html:1: found no elements, expected a page (in index.html)"
        in build_refused(published)
    )


def test_a_template_that_reads_a_table_which_is_not_there_is_told(story):
    """Of all tables, or of that of sources alone, which a story may lack."""
    story.replace("templates/page.html", "<main>", "<main>{{ source_data.absent }}")

    assert (
        "data/absent.csv:1: found no such table, expected one: the story reads it"
        in story.run("check").err
    )


def test_a_template_that_counts_without_an_end_is_told(published):
    """No page has a hundred thousand of anything."""
    published.replace(
        "templates/page.html", "<main>", "<main>{% for i in range(10**9) %}{% endfor %}"
    )

    assert (
        "templates/page.html:18: the template raises OverflowError: Range too big."
        in build_refused(published)
    )


def test_links_that_lead_back_are_not_followed(story):
    """Two in a folder are as many ways as there are numbers of forty digits of two
    kinds.
    """
    for name in ("one", "other"):
        (story.root / "templates" / name).symlink_to("..")

    assert ran(story, "check").returncode == 0


def test_a_mistake_of_the_engine_is_told_at_its_line(tmp_path):
    """What is told already stays."""
    with (
        pytest.raises(
            BuildError, match=r"files\.py:\d+: the engine raises AttributeError"
        ),
        report_engine_errors(tmp_path),
    ):
        read_text(None, tmp_path)
    with pytest.raises(BrokenPipeError), report_engine_errors(tmp_path):
        raise BrokenPipeError


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        ("MOST_ROWS", "found 9 rows, expected at most 3"),
        ("MOST_CELLS", "found 45 cells, expected at most 3"),
    ],
)
def test_a_table_of_very_many_rows_is_refused_before_they_are_typed(
    published, monkeypatch, limit, told
):
    """It is told with what to do: a smaller table is worked out first."""
    rows = published.read(TRADE).count("\n") - 1
    monkeypatch.setattr(f"press.data.records.{limit}", 3)
    published.replace(TRADE, "2023,total,240110,10", "2023,total,x,10")

    problems = build_refused(published)

    assert rows == 9
    assert (
        f"{TRADE}:1: {told}\n    hint: work out a smaller table first: A large table"
        in problems
    )
    assert 'found "x"' not in problems
