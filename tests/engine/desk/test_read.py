"""Reading: what is shown of a passage, how it is approved, and what a build says of
what nobody has read.
"""

import re

import click
import pytest

from press.desk import commands
from press.desk.placeholders import list_placeholder_problems
from tests.engine.bindings import INDEX, STORY, append_paragraph

FILE = "content/en/read/index.jsonl"
ALL = 43  # passages of the small story
NOBODY = "content/en: nobody has read it yet: python build.py read\n"
ROW, EARLIER = (
    f"data/trade.csv:{line}: year {year}; flow total; value_usd_million {value};"
    f" precision_usd_million {width}; source_ids {sources}"
    for line, year, value, width, sources in (
        (10, 2023, 240110, 10, "beta-2024"),
        (7, 2022, 190271, 1, "alpha-2023, beta-2023"),
    )
)
PAGE = "beta-2024: Beta, Trade of 2023, 2024-03-07, https://beta.example/2024"
# of a passage that is shown
PLACE = re.compile(r"^(content/\S+|data/\S+):(\d+):(\d+): ", re.MULTILINE)


@pytest.fixture
def read(project):
    """Return the small story with all of it read, one by one."""
    places = [
        ":".join(found) for found in PLACE.findall(project.run("read", "--list").out)
    ]
    assert project.run("read", "--accept", *places).out.endswith(
        f"{ALL} sentences read, 0 unread\n{ALL} sentences approved\n"
    )
    return project


def shown(project, words):
    """Return the lines in which a passage with some words is shown."""
    (found,) = (
        part
        for part in project.run("read", "--list").out.split("\n\n")
        if f"\n  {words}\n" in part
    )
    return found.strip().split("\n")


def test_a_passage_is_shown_beside_its_data(make_project):
    """Its linked words marked, what stands around it, each figure in a line with the
    one before it; then the rows and the sources, each once.
    """
    story = make_project(overlay=STORY)
    append_paragraph(
        story,
        "It is so. In 2023 trade [rose](fact:growth/2023) as foretold, to [$240.1"
        " billion](fact:total/2023).",
    )

    assert shown(story, "In 2023 trade [rose] as foretold, to [$240.1 billion].") == [
        f"{INDEX}:26:11: nobody has read these words",
        "  In 2023 trade [rose] as foretold, to [$240.1 billion].",
        '  under or after: "In 2023 imports were more than half of trade"',
        '  under or after: "It is so."',
        "  [rose] Change of trade in 2023: 26.19 percent (2023, 2022)",
        "  [$240.1 billion] Trade in 2023: 240.11 billion US dollars",
        "      before: 2022: 190.271 billion US dollars",
        "  [rose] fact:growth/2023",
        f"      {EARLIER}",
        f"      {ROW}",
        (
            "      alpha-2023: Alpha, Trade of 2022, with a comma, 2023-01-13,"
            " https://alpha.example/2023"
        ),
        "      beta-2023: Beta, Trade of 2022, https://beta.example/2023",
        f"      {PAGE}",
        "  [$240.1 billion] fact:total/2023",
    ]


def test_the_figures_that_decide_are_shown(make_project):
    """Of a superlative the lowest and the highest of its series, and the ones before
    and after.
    """
    story = make_project(overlay=STORY)
    append_paragraph(
        story,
        "In 2022 trade was [the highest](claim:highest/total.2022/2021/2022) from 2021"
        " to 2022.",
    )

    lines = shown(story, "In 2022 trade was [the highest] from 2021 to 2022.")

    low, high = "2021: 146.8869 billion US dollars", "2022: 190.271 billion US dollars"
    assert f"      lowest and before {low}, highest {high}" in lines


def test_a_story_that_nobody_reads_is_told_once(project):
    """One line, not one for each sentence; strictly it is one problem."""
    assert project.run("check").out.startswith(NOBODY)

    outcome = project.run("check", "--strict")

    assert (outcome.status, outcome.err.count("nobody has read")) == (1, 1)


def test_unread_sentences_are_named_beside_false_ones(read):
    """In the same run; the false are problems, the unread are none."""
    append_paragraph(
        read,
        "In 2022 it was [$190.3 billion](fact:total/2022). In 2021 it was [$147.9"
        " billion](fact:total/2021).",
    )

    outcome = read.run("check")

    assert (
        f'{INDEX}:15:1: unread: "In 2022 it was $190.3 billion.": nobody has read these'
        " words" in outcome.out
    )
    assert f"content/en: {ALL} sentences read, 1 unread" in outcome.out
    assert (
        outcome.status,
        outcome.problems.startswith(f'{INDEX}:15:67: found "$147.9 billion"'),
    ) == (1, True)
    assert (
        "To be mended first: 1 problem: python build.py check"
        in read.run("read", "--list").out
    )


def test_strictly_each_unread_sentence_is_a_problem(read):
    """At its line and column, and the site is left as it was."""
    append_paragraph(read, "In 2022 it was [$190.3 billion](fact:total/2022).")

    outcome = read.run("build", "--strict")

    assert outcome.status == 1
    assert outcome.problems.startswith(
        f'{INDEX}:15:1: unread: "In 2022 it was $190.3 billion."'
    )
    assert not read.site.exists()
    assert read.run("build").status == 0


def test_what_is_read_passes_strictly(read):
    """Then a strict build is as good as any, and says if the site that is to be
    published has no address.
    """
    nowhere = read.run("build", "--strict")
    somewhere = read.run("build", "--strict", "--base-url", "https://example.org/story")
    plain = read.run("build")

    assert (nowhere.status, somewhere.status, plain.status) == (0, 0, 0)
    assert ["No address" in each.out for each in (nowhere, somewhere, plain)] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            ",Alpha,",
            ",A publisher to be named,",
            'found the placeholder "A publisher to be named"\n    hint: write who',
        ),
        (
            "https://alpha.example/",
            "https://example.org/",
            'found the placeholder "https://example.org/2022"\n    hint: write where',
        ),
    ],
)
def test_strictly_a_placeholder_is_a_problem_at_its_line(read, old, new, told):
    """One each, with what to write; any other check lets it pass."""
    sources = read.read("data/sources.csv")
    read.write("data/sources.csv", sources.replace(old, new, 1))

    outcome = read.run("check", "--strict")

    assert (outcome.status, f"data/sources.csv:2: {told}" in outcome.err) == (1, True)
    assert outcome.err.count("placeholder") == 1
    assert read.run("check").status == 0


def test_a_source_without_a_licence_is_a_placeholder(tmp_path):
    """An empty one, as well as one that is to be named, also in the description."""
    data = tmp_path / "data"
    data.mkdir()
    table = "id,note,licence\na,,\nb,,not stated\nc,,Licence to be named\n"
    (data / "sources.csv").write_text(table, "utf-8")
    (data / "towns.toml").write_text('\ntitle = "Licence to be named"\n', "utf-8")

    problems = [*list_placeholder_problems(tmp_path)]

    assert sorted((problem.path, problem.line) for problem in problems) == [
        ("data/sources.csv", 2),
        ("data/sources.csv", 4),
        ("data/towns.toml", 2),
    ]
    assert {problem.hint for problem in problems} == {
        "write the licence, such as CC BY 4.0, or: not stated"
    }


def test_what_fix_has_written_is_unread(read):
    """A number is true again, and nobody has read its sentence."""
    for place in ("data/trade.csv", "data/trade.toml"):
        read.write(
            place,
            read.read(place).replace("240110", "240410").replace("129140", "129440"),
        )

    read.run("fix")

    assert "$240.4 billion" in read.read(INDEX)
    assert (
        f'{INDEX}:7:1: unread: "In 2023 trade came to $240.4 billion."'
        in read.run("check").out
    )


@pytest.mark.parametrize(
    "place", [f"{INDEX}:8", f"{INDEX}:7:2", "content/en/404.md:1", "index"]
)
def test_a_place_where_nothing_begins_is_told(project, place):
    """Nothing is approved then, not at the other places either."""
    outcome = project.run("read", "--accept", f"{INDEX}:7", place)

    assert (outcome.status, outcome.err.split("\n")[0]) == (
        1,
        f"{place}: no passage to be read begins here",
    )
    assert not (project.root / FILE).exists()


def test_one_of_two_on_a_line_is_approved_by_its_column(read):
    """A line without a column approves all that begins on it."""
    append_paragraph(
        read,
        "In 2022 it was [$190.3 billion](fact:total/2022). In 2021 it was [$146.9"
        " billion](fact:total/2021).",
    )

    assert "1 unread" in read.run("read", "--accept", f"{INDEX}:15:51").out


@pytest.fixture
def press(monkeypatch):
    """Return a function that presses keys when a reader is asked."""

    def press(*keys):
        left = iter(keys)
        monkeypatch.setattr(click, "getchar", lambda: next(left))
        monkeypatch.setattr(commands.sys.stdin, "isatty", lambda: True, raising=False)

    return press


def test_passages_are_read_one_by_one(project, press):
    """Yes approves, later leaves it, a key shows rows and sources; the last answer is
    taken back; a summary ends it.
    """
    press(*"lysuuyyq")

    out = project.run("read").out

    unread = [ALL - count for count in (0, 1, 2, 2, 1, 0, 1, 2)]
    assert [
        int(count) for count in re.findall(r"^(\d+) unread$", out, re.MULTILINE)
    ] == unread
    assert out.endswith(
        f"content/en: 2 sentences read, {ALL - 2} unread\n2 read, 0 edited, 0 left\n"
    )


def test_what_a_passage_rests_on_is_shown_on_a_key(project, press):
    """Its rows and its sources, and the passage once more."""
    press(*"lllllls", "\x03")

    out = project.run("read").out

    assert out.count("data/trade.csv:10: year 2023; flow total") == 1
    assert "0 read, 0 edited, 6 left\n" in out


def test_what_is_edited_meanwhile_is_shown_as_it_is_then(project, monkeypatch, press):
    """After each answer the story is read anew; what was edited counts as such, neither
    as read nor as left.
    """
    press()
    left = iter("lllllllq")

    def getchar():
        if "trade came to" in project.read(INDEX):
            project.replace(INDEX, "trade came to", "trade went to")
        return next(left)

    monkeypatch.setattr(click, "getchar", getchar)

    out = project.run("read").out

    assert "  In 2023 trade went to [$240.1 billion]." in out
