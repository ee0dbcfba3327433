"""Import: what an editor has saved, or written in the project's own columns, is told,
merged, printed as JSON.
"""

import pytest

from tests.engine.desk.test_update import page
from tests.engine.intake.tables import with_log

TRADE, SOURCES = "data/trade.csv", "data/sources.csv"
PLACE = "{'address': document.address}"
HEAD = "year,flow,value_usd_million,precision_usd_million,source_ids\n"
ROWS = "2024,export,115500,10,gamma-2025\n2024,import,129300,10,gamma-2025\n2024,total,244800,10,gamma-2025\n"
SOURCE = (
    'id,publisher,title,address,published\ngamma-2025,Gamma,"Trade, of'
    ' 2024",https://gamma.example/,2025-01-14\n'
)


@pytest.fixture
def story(project):
    """Return the small story, with a log of revisions."""
    return with_log(project)


def test_a_saved_page_comes_in(story, saved):
    """What was understood is said before what was done."""
    outcome = story.run("import", saved(page()))

    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.startswith(
        "Alpha: trade of 2024, USD million\n3 rows new in trade: "
    )
    assert story.read(TRADE).endswith("2024,total,244800,1,alpha-page-2024\n")


def test_no_address_of_a_page_is_made_up(story, saved):
    """It stands in the page as saved, or a person tells it."""
    made = "_release(title[0], rows, publisher)"
    story.replace(
        "story/sources.py",
        f"return {made}",
        f"return {made}._replace(source={made}.source | {PLACE})",
    )
    sources, place = story.sources(), "https://alpha.example/a?b"

    outcome = story.run("import", saved(page()))

    assert (outcome.status, story.sources()) == (1, sources)
    assert (
        ":1: found no address in it, expected that of a page of alpha\n    hint: tell it:"
        " --address ADDRESS; of another site record" in outcome.err
    )

    assert (
        'found the address "here", expected that of a '
        in story.run("import", saved(page()), "--address", "here").err
    )

    for body, told in [
        (b"<!-- saved from url=(0025)" + place.encode() + b" -->", ()),
        (b"", ("--address", place)),
    ]:
        assert story.run("import", saved(body + page()), *told, "--dry-run").status == 0
    story.run("import", saved(page()), "--address", place)

    assert f",{place}," in story.read(SOURCES)
    assert (
        "expected one: each has an address"
        in story.run("import", "a", "b", "--address", place).err
    )
    assert (
        "found --only or --since beside files"
        in story.run("import", "a", "--only", "alpha").err
    )


def test_a_mistake_in_the_story_s_check_is_its_author_s(story, saved):
    """It is told at its line, and nothing is written."""
    check = "def check(tables):\n    known = {2021: 1, 2022: 1, 2023: 1}\n"
    check += (
        "    [known[int(str(row['year']))] for row in tables['trade'].rows]\n    return"
        " []\n"
    )
    story.write("story/checks.py", check)
    sources = story.sources()

    outcome = story.run("import", saved(page()))

    assert (outcome.status, story.sources()) == (1, sources)
    assert outcome.err.startswith(
        "story/checks.py:3: the function check raises KeyError: 2024"
    )


def test_rows_in_the_project_s_own_columns_come_in(story, saved):
    """Every column as it is written, several files at once: rows and the page that they
    cite.
    """
    outcome = story.run(
        "import",
        saved(HEAD + ROWS, "trade.csv"),
        saved("\ufeff" + SOURCE.replace("\n", "\r\n"), "sources.csv"),
    )

    assert (outcome.status, outcome.err) == (0, "")
    assert (
        "trade: 3 rows in its own columns\nsources: 1 row in its own columns\n"
        in outcome.out
    )
    assert story.read(TRADE).endswith(ROWS)
    assert SOURCE.splitlines()[1] in story.read(SOURCES).splitlines()


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("", ":1: found nothing in it, expected a page, a spreadsheet, CSV or JSON"),
        (
            "a,b\n1,2\n",
            (
                "\n    alpha: found no trade of Alpha, expected a year\n    beta: found"
                " no trade of Beta, expected"
            ),
        ),
        (
            page(unit="tonnes"),
            (
                ":1: found the title Alpha: trade of 2024, tonnes, 2025-01-13, expected"
                " year"
            ),
        ),
        (HEAD, ":1: found a header and no rows, expected at least one row"),
        (
            HEAD + ROWS.replace("115500", "many"),
            ':2: value_usd_million: found "many", expected a number like 1234.5',
        ),
        (HEAD + "2024,export\n", ":2: found 2 cells, expected 5 ("),
        (HEAD.encode() + b"2024,\xff,1,1,x\n", ":1: found bytes that are no UTF-8"),
        (
            HEAD + ROWS,
            (
                'data/trade.csv:11: source_ids: "gamma-2025" is not in the column id of'
                " data/sources.csv"
            ),
        ),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_written(story, saved, body, message):
    """With the file, what was found and what was expected."""
    sources = story.sources()

    outcome = story.run("import", saved(body, "trade.csv"))

    assert (outcome.status, story.sources()) == (1, sources)
    assert message in outcome.err


def test_a_table_bears_its_own_name(story, saved):
    """One with another name is no publisher's either, and the hint says how it is
    called.
    """
    outcome = story.run("import", saved(HEAD + ROWS, "any.csv"))

    assert outcome.status == 1
    assert (
        "hint: such a table has the name and the first line of that in data/\n"
        in outcome.err
    )


def test_a_mistake_in_a_text_keeps_no_figure_out(story, saved):
    """The texts are not looked at."""
    story.write("content/en/site.toml", "no TOML")
    story.write("content/en/index.md", b"\0")

    assert story.run("import", saved(page())).status == 0
    assert story.run("check").status == 1


def test_a_file_that_is_none_is_told(story, tmp_path):
    """Missing, a folder, or far too large."""
    assert (
        f"{tmp_path}/x.html:1: found no such file, expected one"
        in story.run("import", f"{tmp_path}/x.html").err
    )
    assert (
        "found a folder, a pipe or a device, expected a file"
        in story.run("import", str(tmp_path)).err
    )

    (tmp_path / "x.html").write_bytes(b"x" * 5_000_001)

    outcome = story.run("import", f"{tmp_path}/x.html")
    assert (
        "x.html:1: found 5,000,001 bytes, expected a file of at most 5,000,000 bytes"
        in outcome.err
    )


@pytest.fixture
def far(story, saved):
    """Return a file whose figures are further from those before than is plausible."""
    toml = story.read("data/trade.toml").replace("maximum = 300000", "maximum = 400000")
    story.write(
        "data/trade.toml",
        toml.replace('unit = "USD million"\n', 'unit = "USD million"\njump = 0.1\n', 1),
    )
    return saved(page(values=(165500, 179300, 344800)))


def test_a_jump_is_answered(story, far):
    """The answers that the message names are taken."""
    sources = story.sources()

    outcome = story.run("import", far)

    assert (outcome.status, story.sources()) == (1, sources)
    names = [
        line.split("--answer ")[1]
        for line in outcome.out.splitlines()
        if "--answer " in line
    ]
    assert len(names) == 3
    assert outcome.out.endswith("3 questions: nothing is written\n")

    assert story.run("import", far, *(f"--answer={name}" for name in names)).status == 0
    assert "2024,total,344800" in story.read(TRADE)


def test_a_page_is_known_to_the_rows_that_are_told_before_it(story, saved):
    """The log of revisions has its day, whichever of the files comes first."""
    rows = saved(f"{HEAD}2023,total,240120,10,gamma-2025\n", "trade.csv")

    assert story.run("import", rows, saved(SOURCE, "sources.csv")).status == 0

    assert story.read("data/revisions.csv").endswith(
        ",240110,240120,2025-01-14,beta-2024,gamma-2025\n"
    )
