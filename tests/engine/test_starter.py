"""``press new``: a story of each kind of table, or a word on what to change in it;
nothing half-written or lost.
"""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from press.desk import commands, upgrading
from press.ground.files import LOCK
from press.ground.lock import hold_lock
from tests.engine.authoring import run_press_as_author

ROOT = Path(__file__).resolve().parents[2]
OLD, MINE = (
    "def build(order):\n    return 'old'\n",
    "def build(order):\n    return 'mine'\n",
)
TOWNS = ("Hill", "River", "Lake")
THING_BY_YEAR = (
    "year,team,gold (medals),Share"
    " %\n2016,Oslo,9,45\n2016,Rome,11,55\n2020,Oslo,12,60\n2020,Rome,8,40\n"
)
WIDE = "Team,Code,2019,2020\nOslo,OSL,1.5,2.5\nRome,ROM,2,..\n"
ODD = (
    "Rank,Год,Город,2019 всего!,класс (чел.),класс (чел.),cases_per_million,value,\n"
    "1,2019,Москва,12,7,3,1,1,\n2,2019,St. “Ives”,10,8,2,2,2,\n"
    "1,2020,Москва,15,6,1,3,3,\n2,2020,St. “Ives”,11,9,2,4,4,\n"
)
DAYS = "date,visits\n" + "".join(
    f"{day:02}/03/2024,{900 - 7 * day}\n" for day in range(1, 31)
)
GAPS = "year,team,gold\n1896,Oslo,5\n1896,Rome,7\n1900,Oslo,\n1908,Oslo,9\n1908,Rome,8\n1908,Bonn,3\n1920,Rome,4\n"
MANY = "day,sensor,Level (mm)\n" + "".join(
    f"{1900 + day // 336}-{day % 336 // 28 + 1:02}-{day % 28 + 1:02},Sensor"
    f" {sensor},{day % 97 + sensor / 10}\n"
    for day in range(1000)
    for sensor in range(100)
)
# A table, what is said of it, and what its first page says.
TABLES = {
    "by year": (
        "Year,Visitors (thousands)\n2019,120\n2020,80\n2021,131\n",
        [
            "year: the time, from 2019 to 2021",
            'visitors: the number "Visitors", in thousand',
        ],
        [
            "In 2021 there were [131,000](fact:visitors/2021) visitors, ",
            "[up 64%](fact:growth/2020/2021) from 2020.",
            "Visitors reached [a high](claim:highest/visitors.2021) in 2021",
            "chart:times",
        ],
    ),
    "by thing": (
        (
            'Year,Country,area_km2,"Price, $"\n2020,Peru,"1,285,216",12.50\n2020,Côte'
            ' d\'Ivoire,"322,463",9.25\n'
        ),
        [
            "year: the time, from 2020 to 2020",
            'area: the number "Area", in km²',
            'price: the number "Price", in USD',
        ],
        [
            "area came to [1.61 million km²](fact:total/2020) in all.",
            "Peru accounted for [80%](fact:share/2020/Peru) of the total, ",
            "Peru also had [the highest price](claim:highest/price.2020.Peru/over.country)",
            "at [$12.50](fact:price/2020/Peru)",
            "chart:things",
        ],
    ),
    "thing by year": (
        THING_BY_YEAR,
        ['team: the thing "Team", 2 of them', 'share: the number "Share", in percent'],
        [
            "gold came to [20 medals](fact:total/2020) in all.",
            "Oslo accounted for [60%](fact:share/2020/Oslo) of the total",
            "at [60%](fact:column_share/2020/Oslo)",
        ],
    ),
    "a column for each year": (
        WIDE,
        ['my_table: the number "My table"'],
        ["[2](fact:my_table/2019/Rome)"],
    ),
    "by day": (
        DAYS,
        ["from 2024-03-01 to 2024-03-30"],
        ["On 30 March 2024 there were [690](fact:visits/2024-03-30) visits"],
    ),
    "quarterly": (
        "Quarter;Output (million t)\n"
        + "".join(
            f"Q{q} {y};{q + y - 2000},5\n" for y in (2022, 2023) for q in (1, 2, 3, 4)
        ),
        ["decimals behind a comma", "in million tonnes"],
        ["In the 4th quarter 2023, output came to [27.5 million tonnes](fact:output/"],
    ),
    "three decimals": (
        (
            "country,year,life expectancy"
            " (years)\nPeru,1952,43.902\nCuba,1952,59.421\nCuba,2007,78.273\n"
        ),
        ['life_expectancy: the number "Life expectancy", in years'],
        ["[59.4 years](fact:life_expectancy/1952/Cuba)"],
    ),
    "with gaps": (
        GAPS,
        ["team: the thing"],
        ["Oslo accounted for [45%](fact:share/1908/Oslo)", "chart:times"],
    ),
    "a shared record": (
        "year,gold\n2016,12\n2018,7\n2020,12\n2022,9\n",
        ["left out: content/en/index.md"],
        ["gold came to [9](fact:gold/2022), [down 25%](fact:growth/2020/2022)"],
    ),
    "odd names": (
        ODD,
        [
            'the thing "Город"',
            "in чел.",
            'the number "Cases per million", without a unit',
        ],
        ["fact:share/2020/Москва", "over.column"],
    ),
    "semicolons": (
        (
            "Jahr;Land;Wert (€"
            " million)\n2020;Österreich;1.234,5\n2020;Baden-Baden;987,25\n"
        ),
        ["decimals behind a comma", "in EUR million"],
        ["wert came to [€2.22 billion](fact:total/2020) in all"],
    ),
}
# One of these is checked as an author's is, twice, since something is left out of it.
APART = "a shared record"
# A table, and what is wrong with it.
WRONG = {
    "no numbers": (
        "year,event\n1999,Launch\n2003,Landing\n",
        "1: found no column of numbers among Event, expected one",
    ),
    "a word for a number": (
        THING_BY_YEAR + "2024,Oslo,twelve,60\n",
        '6: gold (medals): found "twelve", expected a number or nothing',
    ),
    "a row too often": (
        THING_BY_YEAR + "2020,Oslo,3,1\n",
        "6: found 2020, Oslo again, expected one row of it",
    ),
    "a short row": (THING_BY_YEAR + "2024,Oslo\n", "6: found 2 cells, expected 4"),
    "a title above": (
        "Medals won\n" + THING_BY_YEAR,
        (
            "1: found 1 cell, expected 4, as in most lines\n    hint: the first line is"
            " to be the heads"
        ),
    ),
    "a time left out": (
        THING_BY_YEAR + ",Oslo,3,1\n",
        "6: found no year, expected one in each row",
    ),
    "a slip in a time": (
        DAYS + "31/13/2024,5\n",
        '32: date: found "31/13/2024", expected a time like the others',
    ),
    "a total below fiscal years": (
        "FY,gold\nFY 2021,2\nFY 2022,3\nFY 2023,4\nFY 2024,5\nTotal,14\n",
        (
            '6: FY: found "Total", expected a time like the others\n    hint: take the'
            " row of totals out: facts add up what they need"
        ),
    ),
    "no rows": ("year,gold\n", "1: found no rows"),
    "nothing": ("", "1: found no rows"),
}


@pytest.fixture
def press_new(tmp_path, monkeypatch, capsys):
    """Return a function that begins a story of a table; it gives the exit status, and
    what is said.
    """
    # as if the engine were installed, for the tests of the story
    monkeypatch.setenv("PYTHONPATH", str(ROOT))

    def press_new(table, folder="story"):
        (tmp_path / "my table.csv").write_text(table, "utf-8")
        monkeypatch.setattr(
            sys,
            "argv",
            [
                "press",
                "new",
                str(tmp_path / folder),
                "--table",
                str(tmp_path / "my table.csv"),
            ],
        )
        status = commands.run_in_current_folder()
        return status, "".join(capsys.readouterr())

    return press_new


@pytest.fixture
def unchecked(monkeypatch):
    """Let no new story be checked, for tests of something else."""
    monkeypatch.setattr("press.starter.new._check", lambda _draft: "")


@pytest.fixture
def _checked_here(name, monkeypatch, pool):
    """Let the story of a table be checked by the same command in this process; one is
    checked in a process of its own, as authors' stories are.
    """

    def check(draft):
        outcome = run_press_as_author(draft, pool, "check")
        return (
            (outcome.err.strip() or f"exit status {outcome.status}")
            if outcome.status
            else ""
        )

    if name != APART:
        monkeypatch.setattr("press.starter.new._check", check)


@pytest.mark.usefixtures("_checked_here")
@pytest.mark.parametrize("name", TABLES)
def test_a_table_becomes_a_story_that_holds(tmp_path, press_new, name):
    """What is guessed is said; the page has a rank or a record, and figures with their
    units.
    """
    table, guessed, said = TABLES[name]

    status, out = press_new(table)
    page = (
        (tmp_path / "story/content/en/index.md").read_text("utf-8")
        if not status
        else ""
    )

    assert (status, [part for part in guessed if part not in out]) == (0, []), out
    assert [part for part in said if part not in page] == [], page


@pytest.mark.usefixtures("unchecked")
def test_a_slip_of_a_digit_is_outside_of_what_is_guessed(tmp_path, press_new):
    """Figures may be up to the next power of ten."""
    press_new("year,medals\n2021,7\n2022,95\n2023,12\n")
    described = (tmp_path / "story/data/my_table.toml").read_text("utf-8")

    assert "minimum = 0, maximum = 100 }" in described


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_with_a_table_is_told_with_its_line(tmp_path, press_new, name):
    """The message has the file and its line, and nothing is written."""
    table, told = WRONG[name]

    status, out = press_new(table)

    assert (status, f"{tmp_path}/my table.csv:{told}" in out) == (1, True), out
    assert [path.name for path in tmp_path.iterdir()] == ["my table.csv"]


@pytest.mark.long
def test_a_hundred_thousand_rows_become_a_story(tmp_path, press_new):
    """A large table is a table."""
    assert press_new(MANY)[0] == 0
    assert (
        len((tmp_path / "story/data/my_table.csv").read_text("utf-8").splitlines())
        == 100_001
    )


def test_a_folder_with_something_in_it_is_left_alone(tmp_path, press_new):
    """Nothing is overwritten."""
    (tmp_path / "story").mkdir()
    (tmp_path / "story/mine.txt").write_text("mine", "utf-8")

    status, out = press_new(THING_BY_YEAR)

    assert (status, "which is not empty, expected a new folder" in out) == (1, True)
    assert [path.name for path in (tmp_path / "story").iterdir()] == ["mine.txt"]


def test_a_new_story_passes_its_own_tests(tmp_path, press_new):
    """They build its site; README names each file that it has to be told of, in few
    words.
    """
    assert press_new(THING_BY_YEAR, "a folder/deep")[0] == 0
    story = tmp_path / "a folder/deep"

    done = subprocess.run(
        [sys.executable, "-m", "unittest", "discover", "tests"],
        cwd=story,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert (story / "site/index.html").exists()
    assert len((story / "README.md").read_text("utf-8").split()) <= 400
    assert (
        story / (story / "engine.txt").read_text("utf-8").strip()
    ).resolve() == ROOT / "press"


FONT_FACE = (
    '@font-face { font-family: "Ours"; src: url(serif.woff2) format("woff2");'
    " font-weight: 400 700; }"
)
TEXT_FONT = ':root { --text: "Ours", Georgia, serif; }'


@pytest.mark.usefixtures("unchecked")
def test_a_built_story_has_its_own_font_and_says_no_more_than_is_known(
    tmp_path, press_new, pool
):
    """Set as its theme.py says; fetched first, from the site alone. Receipts claim no
    origin, and call fiscal years so, for programs, too; no head is told twice.
    """
    press_new("FY,Homicides\nFY22,9\nFY23,8\n")
    story = tmp_path / "story"
    told = (story / "story/theme.py").read_text("utf-8")
    folder = story / "templates/static"
    folder.mkdir(parents=True)
    (folder / "serif.woff2").write_bytes(b"a font")
    (folder / "story.css").write_text(f"{FONT_FACE}\n{TEXT_FONT}\n", "utf-8")

    outcome = run_press_as_author(
        story, pool, "build", "--base-url", "https://example.org/"
    )
    page = (story / "site/index.html").read_text("utf-8")
    (font,) = (story / "site/assets").glob("serif.*.woff2")
    numbers = json.loads((story / "site/numbers.json").read_text("utf-8"))
    receipts = (story / "site/numbers.html").read_text("utf-8")

    assert outcome.status == 0, outcome.err
    assert (FONT_FACE in told, TEXT_FONT in told) == (True, True)
    assert font.read_bytes() == b"a font"
    assert f'"Ours";src:url(assets/{font.name})' in page
    assert f'as="font" type="font/woff2" href="assets/{font.name}"' in page
    assert "Homicides: fiscal 2023" in {each["label"] for each in numbers["numbers"]}
    assert {each["strength"] for each in numbers["sources"].values()} == {"unstated"}
    assert "from the origin itself" not in receipts
    assert "Homicides, Homicides" not in (story / "site/charts/times.html").read_text(
        "utf-8"
    )


def test_an_upgrade_names_the_pages_to_look_at(tmp_path, monkeypatch, capsys):
    """What the story has in place of a page of the theme is named where that has
    changed; the rest is the engine's.
    """
    engine, story, asked = tmp_path / "press", tmp_path / "story", []
    for path, text in {
        engine / "theme/base.html": "old",
        engine / "theme/table.html": "same",
        engine / "requirements.txt": "old",
        engine / "starter/files/build.py.jinja": OLD,
        story / "build.py": MINE,
        story / "requirements.txt": "old",
        story / "engine.txt": "../press",
        story / "templates/base.html": "mine",
        story / "templates/table.html": "mine",
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def pip(command, **_):
        asked.extend(command[1:])
        for name in (
            "theme/base.html",
            "requirements.txt",
            "starter/files/build.py.jinja",
        ):
            (engine / name).write_text("new", "utf-8")
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(upgrading, "ENGINE", engine)
    monkeypatch.setattr(subprocess, "run", pip)
    monkeypatch.setattr(sys, "argv", ["press", "upgrade"])
    monkeypatch.chdir(story)

    assert commands.run_in_current_folder() == 0
    assert capsys.readouterr().out.splitlines() == [
        "requirements.txt: is the new engine's",
        (
            "templates/base.html: the engine's has changed: look whether yours is to"
            " follow"
        ),
        "build.py: the engine's has changed: look whether yours is to follow",
        "Upgraded: 1 file written, 2 to look at",
    ]
    assert asked[-2:] == ["-r", "engine.txt"]
    # nothing but the engine: what it needs is pinned in requirements.txt
    assert {"--no-deps", "--no-build-isolation"} < {*asked}
    assert [
        (story / name).read_text("utf-8") for name in ("build.py", "requirements.txt")
    ] == [MINE, "new"]


@pytest.fixture
def press(tmp_path, monkeypatch, capsys):
    """Return a function that runs the command ``press`` in a folder; it gives the exit
    status, and both outputs.
    """

    def press(*arguments, folder="."):
        monkeypatch.chdir(tmp_path / folder)
        monkeypatch.setattr(sys, "argv", ["press", *arguments])
        return commands.run_in_current_folder(), *capsys.readouterr()

    return press


@pytest.fixture
def carrying(tmp_path, monkeypatch):
    """Return a story whose engine lies in it, so that nothing is installed."""
    story = tmp_path / "story"
    for path, text in {
        "press/starter/files/build.py.jinja": OLD,
        "build.py": OLD,
    }.items():
        (story / path).parent.mkdir(parents=True, exist_ok=True)
        (story / path).write_text(text, "utf-8")
    monkeypatch.setattr(upgrading, "ENGINE", story / "press")
    return story


BROKEN = [
    "",
    "\n",
    "import sys\n",
    "def build(order)\n",
    "from press.ground.nothing import begin\n",
    OLD.rstrip(),
    None,
]


@pytest.mark.parametrize("text", BROKEN)
def test_an_upgrade_writes_a_build_that_is_not_the_engines(press, carrying, text):
    """It is missing, empty, no Python, of an older engine, or lacks its last newline:
    no other command would go on.
    """
    if text is None:
        (carrying / "build.py").unlink()
    else:
        (carrying / "build.py").write_text(text, "utf-8")

    told = press("upgrade", folder="story")

    assert told == (
        0,
        "build.py: is the new engine's\nUpgraded: 1 file written, 0 to look at\n",
        "",
    )
    assert (carrying / "build.py").read_text("utf-8") == OLD


@pytest.mark.parametrize("text", [OLD, MINE])
def test_an_upgrade_leaves_what_is_right_or_an_authors(press, carrying, text):
    """And says that nothing was to be done."""
    (carrying / "build.py").write_text(text, "utf-8")

    told = press("upgrade", folder="story")

    assert told == (0, "Upgraded: 0 files written, 0 to look at\n", "")
    assert (carrying / "build.py").read_text("utf-8") == text


def test_a_folder_that_is_no_story_cannot_be_upgraded(press, tmp_path):
    """What begins one is told."""
    status, out, err = press("upgrade")

    assert (status, out, [*tmp_path.iterdir()]) == (1, "", [])
    assert err.startswith(
        "engine.txt:1: found no such file, expected one that says where the engine is\n"
        "    hint: "
    )


def test_an_engine_that_cannot_be_installed_changes_nothing(
    press, tmp_path, monkeypatch
):
    """Nor is anything left to be done."""
    (tmp_path / "engine.txt").write_text("nowhere", "utf-8")
    monkeypatch.setattr(
        subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 1)
    )

    status, out, err = press("upgrade")

    assert (status, out) == (1, "")
    assert err.startswith(
        "the engine could not be installed\n    hint: engine.txt is to name its folder"
    )
    assert [path.name for path in tmp_path.iterdir() if path.name != ".cache"] == [
        "engine.txt"
    ]


def test_an_upgrade_that_cannot_write_a_file_installs_nothing(press, carrying):
    """It is told before."""
    (carrying / "build.py").unlink()
    (carrying / "build.py").mkdir()

    status, out, err = press("upgrade", folder="story")

    assert (status, out) == (1, "")
    assert err.startswith(
        "build.py:1: found a file that cannot be written: Is a directory\n    hint:"
        " nothing has been"
    )
    assert [
        path.name
        for path in carrying.iterdir()
        if path.name.startswith(".") and path.name != ".cache"
    ] == []


# What is asked of ``press new``, the status, what is told: one message.
ASKED = {
    "no such table": (
        ["story", "--table", "no.csv"],
        1,
        "no.csv:1: found no such file, expected one",
    ),
    "a folder for a table": (
        ["story", "--table", "."],
        1,
        ".:1: found a folder, a pipe or a device, expected a file",
    ),
    "no name": (
        [""],
        2,
        "Error: Invalid value for 'FOLDER': found \"\", expected the name of a folder",
    ),
    "a line of no name": (["a\nb"], 2, 'found "a\\nb", expected the name of a folder'),
    "a file": (["file.csv"], 1, "/file.csv, which is no folder, expected a new folder"),
    "below a file": (
        ["file.csv/story"],
        1,
        "/file.csv, which is no folder, expected a new folder",
    ),
    "a long name": (
        ["x" * 300],
        1,
        (
            ": found a place that cannot be read or written: File name too long\n   "
            " hint: "
        ),
    ),
    "here": (["."], 1, ", which is not empty, expected a new folder"),
    "no folder": ([], 2, "Error: Missing argument 'FOLDER'."),
}


@pytest.mark.parametrize("what", ASKED)
def test_what_stands_in_the_way_of_a_story_is_one_message(press, tmp_path, what):
    """Without a traceback, and nothing is written."""
    arguments, expected, told = ASKED[what]
    (tmp_path / "file.csv").write_text("a", "utf-8")

    status, out, err = press("new", *arguments)

    assert (status, out) == (expected, "")
    assert told in err
    assert "Traceback" not in err
    assert [path.name for path in tmp_path.iterdir()] == ["file.csv"]


def test_a_full_disk_is_told_and_nothing_is_left(press, tmp_path, monkeypatch):
    """At the file that had no room."""

    def refuse(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", refuse)

    status, out, err = press("new", "story")

    assert (status, out, [*tmp_path.iterdir()]) == (1, "", [])
    assert err == (
        "Makefile:1: found a file that cannot be written: No space"
        " left on device\n    hint: no source has been changed\n\n1 problem; nothing was"
        " written.\n"
    )


def test_a_place_that_nobody_may_write_is_told(press, tmp_path, monkeypatch):
    """Before anything is made."""

    def refuse(**_):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("tempfile.mkdtemp", refuse)

    status, out, err = press("new", "story")

    told = (
        f"{tmp_path}/story: found a place that cannot be read or written: Permission"
        " denied\n    hint: "
    )
    assert (status, out, [*tmp_path.iterdir()]) == (1, "", [])
    assert err.startswith(told)


@pytest.mark.usefixtures("unchecked")
def test_what_a_killed_command_has_left_is_deleted_and_what_another_works_on_is_not(
    press, tmp_path
):
    """Its lock says which is which."""
    for name in ("left", "held"):
        (tmp_path / f".draft-of-new-{name}").mkdir()

    with hold_lock(LOCK, tmp_path / ".draft-of-new-held"):
        status, out, _ = press("new", "story")

    assert status == 0
    assert out.endswith(f"{tmp_path}/story: 28 files written; see README.md there\n")
    assert [path.name for path in tmp_path.glob(".*")] == [".draft-of-new-held"]


def test_every_story_has_the_same_build():
    """What the starter writes is what this project has."""
    made = (ROOT / "press/starter/files/build.py.jinja").read_text("utf-8")

    assert made == (ROOT / "build.py").read_text("utf-8")
