"""What keeps an approval, and what withdraws it."""

import shutil
from pathlib import Path

import pytest

from tests.engine.approvals.reading import TABLE, read_all, reviewed, unread, why
from tests.engine.bindings import (
    CHART,
    INDEX,
    append_paragraph,
    make_project_with_overlay,
)
from tests.engine.desk.test_diff import git

ROOT = Path(__file__).resolve().parents[3]
LINE = "In 2023 trade came to [$240.1 billion](fact:total/2023)."
WORDS = "In 2023 trade came to $240.1 billion."
NEWER = (
    "was fact:total/2023: 240100 USD million, of the newest row; is fact:total/2023:"
    " 240100 USD million"
)
COMPARED = (
    "claim:every/more/total.2021/total.2023: 146900 USD million, 240100 USD million"
)
EACH = f"was {COMPARED}, of the newest row; is {COMPARED}"
OVER = "was 2023, a newest year; is so no longer"
BESIDE = "was 2023 with the newest row; drawn: $ bn 146.9 to 240.1; is 2023"
SOURCES = "data/sources.csv"
HEAD = "month,flow,value_usd_million,precision_usd_million,source_ids\n"
NEXT = "2024,total,250000,10,beta-2024\n2024,export,120000,10,beta-2024\n2024,import,130000,10,beta-2024\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"{LINE}\n\n![](chart:totals)", f"![](chart:totals)\n\n{LINE}"),
        (LINE, LINE.replace(" trade came ", "\ntrade  came\n")),
        ("fact:total/2023", "fact:total/2023 "),
    ],
)
def test_what_nobody_reads_keeps_it(story, old, new):
    """Another place under the same heading, whatever stands between;
    other white space.
    """
    story.replace(INDEX, old, new)

    assert unread(story) == []


def test_a_renamed_page_keeps_its_approvals(story):
    """A line is found by content in any file of approvals."""
    (story.root / INDEX).rename(story.root / "content/en/front.md")
    for place in ("404.md", "sources.md"):
        story.write(
            f"content/en/{place}",
            story.read(f"content/en/{place}").replace("index.md", "front.md"),
        )

    assert unread(story) == []


AROUND = "the words that it stands under or after have changed"
NOBODY = "nobody has read these words"


@pytest.mark.parametrize(
    ("old", "new", "reasons"),
    [
        (
            "trade came to",
            "trade now came to",
            {WORDS.replace("trade", "trade now"): NOBODY},
        ),
        (LINE, f"A word before. {LINE}", {"A word before.": NOBODY, WORDS: AROUND}),
        (LINE, f"## A heading\n\n{LINE}", {"A heading": NOBODY, WORDS: AROUND}),
        (
            'title = "Trade went up"',
            'title = "Trade went down"',
            {"Trade went down": NOBODY, WORDS: AROUND},
        ),
    ],
)
def test_other_words_in_it_or_around_it_withdraw_it(story, old, new, reasons):
    """An edit, another sentence before it, another heading, another title above the
    first heading.
    """
    story.replace(INDEX, old, new)

    assert why(story) == reasons


OLDER = "In {} it was [{}](fact:total/{})."


@pytest.mark.parametrize(
    ("after", "unread_too"),
    [
        (OLDER.format(2021, "$146.9 billion", 2021), False),
        ("It had risen little.", True),
        ("Trade was [higher](claim:more/total.2023/total.2022) in 2023.", False),
        ("So be it.", False),
    ],
)
def test_a_number_before_it_is_of_what_has_none_itself(story, after, unread_too):
    """Another number in the sentence before is its own matter; but what has no figure
    may lean on it.
    """
    append_paragraph(story, f"\n{OLDER.format(2023, '$240.1 billion', 2023)} {after}")
    read_all(story)
    story.replace(
        INDEX,
        OLDER.format(2023, "$240.1 billion", 2023),
        OLDER.format(2022, "$190.3 billion", 2022),
    )

    assert [*why(story).values()] == [NOBODY, AROUND][: 1 + unread_too]


def test_a_number_above_it_is_a_matter_of_the_heading(story):
    """It withdraws no approval of what stands below, whatever that compares."""
    append_paragraph(story, "\n## After 2021\n\nIt had risen little.")
    read_all(story)
    story.replace(INDEX, "## After 2021", "## After 2022")

    assert why(story) == {"After 2022": NOBODY}


MORE = "In 2023 it was [more](claim:more/total.2023/total.2022) than before."
VALUES = "claim:more/total.2023/total.2022: 240100 USD million, {} USD million"


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        (INDEX, MORE, MORE.replace("total.2022", "total.2021"), NOBODY),
        (
            TABLE,
            "2022,total,190271",
            "2022,total,190371",
            f"was {VALUES.format(190300)}; is {VALUES.format(190400)}",
        ),
        (TABLE, "2022,total,190271", "2022,total,190272", None),
    ],
)
def test_another_target_or_value_withdraws_it(story, file, old, new, reason):
    """Words that are still true of another value, too, and what it was is told; a digit
    behind those told is not.
    """
    story.replace(INDEX, LINE, MORE)
    read_all(story)
    story.replace(file, old, new)

    assert why(story).get("In 2023 it was more than before.") == reason


def test_a_newer_row_withdraws_what_stood_at_the_edge(story):
    """What rested on the newest row is read again once there is a newer, unless it
    names its time and says nothing beside its links; what rests on an older one is
    history.
    """
    append_paragraph(
        story,
        "\nIn 2022 it had been [$190.3 billion](fact:total/2022). The figures end with"
        " 2023.",
    )
    read_all(story)
    story.write(TABLE, story.read(TABLE) + NEXT)

    assert why(story) == {
        "Trade came to more each year": EACH,
        "The figures end with 2023.": OVER,
        "Bar chart of trade from 2021 to 2023.": BESIDE,
        "The bars go from $146.9 billion to $240.1 billion.": NEWER,
    }


@pytest.mark.parametrize("times", ["of the twelve months to March 2023", "of 2021"])
def test_an_older_time_is_history(story, times):
    """A newer year will not make a sentence false that names an older one."""
    append_paragraph(story, f"\nThe first figures are {times}.")
    read_all(story)
    story.write(TABLE, story.read(TABLE) + NEXT)

    assert not [words for words in why(story) if times in words]


@pytest.mark.parametrize("more", [{"first": "2024-06"}, {"second": "2024-05"}])
def test_a_table_that_goes_on_or_catches_up_withdraws_what_names_its_month(story, more):
    """What sets two tables apart by their months is read again when they end with other
    months or with the same.
    """
    for name, month in (("first", "2024-05"), ("second", "2024-04")):
        described = story.read("data/trade.toml").partition("[[anchors]]")[0]
        for old, new in (
            ('type = "year"', 'type = "yearmonth"'),
            ('"year"', '"month"'),
            ("minimum = 1992, maximum = 2026", 'minimum = "2024-01"'),
        ):
            described = described.replace(old, new)
        story.write(f"data/{name}.toml", described)
        story.write(f"data/{name}.csv", f"{HEAD}{month},total,5000,1,alpha-2022\n")
    append_paragraph(story, "\nThose of the second do not go as far as May 2024.")
    read_all(story)
    for name, month in more.items():
        story.write(
            f"data/{name}.csv",
            story.read(f"data/{name}.csv") + f"{month},total,6000,1,alpha-2022\n",
        )

    assert "Those of the second do not go as far as May 2024." in unread(story)


MANY = [*(f"Gamma {letter}" for letter in "bcdfghijk"), "The customs service"]
PLACES = {
    CHART: '["In current dollars."]',
    "data/trade.toml": '["A year without a row has no figure."]',
}


@pytest.mark.parametrize(("file", "old"), [*PLACES.items()])
def test_what_a_table_gains_withdraws_what_speaks_of_it(story, file, old):
    """Of a chart's note and a table's description: newer rows or other sources of a
    time named, another publisher.
    """
    story.replace(
        file,
        old,
        '["2022 rests on one report.", "2023 is the last.", "Some pages are copies.",'
        ' "2021 is old."]',
    )
    read_all(story)

    story.write(
        SOURCES,
        f"{story.read(SOURCES)}gamma-2025,Gamma,Trade,https://gamma.example/2025,2025-01-13\n",
    )
    story.write(
        TABLE,
        story.read(TABLE).replace("76122,1,alpha-2023", "76122,1,gamma-2025") + NEXT,
    )
    found = why(story)

    assert "2022: 3 rows from 3 sources" in found["2022 rests on one report."]
    assert found["2023 is the last."].startswith(
        "was 2023 with the newest row, of 2023: 3 rows from 1 source; "
    )
    for words in ("Some pages are copies.", "Facts; no licence claimed"):
        assert "is pages of Alpha, Beta, Gamma" in found[words]
    assert "2021 is old." not in found  # it speaks of no page


def test_among_many_publishers_one_more_says_nothing(story):
    """But one that has made the figures does: what was read on pages that quote it is
    read at itself then.
    """
    lines = [
        f"page-{name[-1]},{name},Trade,https://gamma.example/{name[-1]},2025-01-13"
        for name in MANY
    ]
    story.write(SOURCES, "\n".join([*story.read(SOURCES).splitlines(), *lines, ""]))
    names = [f"page-{name[-1]}" for name in MANY]
    table = story.read(TABLE).replace(
        "76122,1,alpha-2023", f"76122,1,{';'.join(names[:-2])}"
    )
    story.replace(
        "data/trade.toml",
        "A year without a row has no figure.",
        "No page is of customs itself.",
    )
    story.write(TABLE, table)
    read_all(story)

    asked = []
    for name in names[-2:]:
        story.write(TABLE, table.replace("114149,1,", f"114149,1,{name};"))
        asked.append(why(story).get("No page is of customs itself."))

    assert asked == [
        None,
        (
            "was pages of many publishers; is pages of many publishers, The customs"
            " service"
        ),
    ]


def test_a_row_withdraws_what_cites_its_source(story):
    """A sentence that speaks of a page is read again when another row rests on it."""
    append_paragraph(story, "\nOnly the totals rest on [one page](source:beta-2023).")
    read_all(story)
    story.replace(TABLE, "76122,1,alpha-2023", "76122,1,alpha-2023;beta-2023")

    assert (
        why(story)["Only the totals rest on one page."]
        == "was source:beta-2023: cited in 1 rows; is source:beta-2023: cited in 2 rows"
    )


def test_back_to_a_read_state_is_read(story):
    """The line of what was read is still there after an edit that nobody has read."""
    before = story.read(INDEX)
    story.replace(INDEX, "trade came to", "trade only came to")
    assert unread(story)
    story.write(INDEX, before)

    assert unread(story) == []


def test_what_nothing_needs_is_dropped_once_all_is_read(story):
    """While something is unread the old lines say what has changed; then they go."""
    story.replace(INDEX, "trade came to", "trade only came to")
    append_paragraph(story, "\nThe figures end with 2023.")
    file = "content/en/read/index.jsonl"
    first, second = (item.passage for item in reviewed(story).unread)
    count = story.read(file).count('"own"')
    story.write(file, reviewed(story).format_files_changed_by_approving([first])[file])
    assert story.read(file).count('"own"') == count + 1

    story.write(file, reviewed(story).format_files_changed_by_approving([second])[file])

    assert story.read(file).count('"own"') == count + 1
    assert "trade came to" not in story.read(file)


def test_a_new_approval_takes_the_place_of_the_old(story):
    """Of the same words under the same heading one line is kept, that of what was read
    last.
    """
    file = "content/en/read/charts/totals.jsonl"
    before = story.read(file)
    story.write(TABLE, story.read(TABLE) + NEXT)

    read_all(story)

    assert story.read(file) != before
    assert story.read(file).count('"own"') == before.count('"own"')


def test_git_merges_the_approvals_of_two_editors(tmp_path):
    """Each reads another sentence of one page on a branch of their own."""
    story = make_project_with_overlay(tmp_path / "story", None)
    append_paragraph(
        story,
        "\nIn 2022 it was [$190.3 billion](fact:total/2022). In 2021 it was [$146.9"
        " billion](fact:total/2021).",
    )
    shutil.copy(ROOT / ".gitattributes", story.root)
    git(story.root, "init", "--quiet", "--initial-branch", "main")
    git(story.root, "add", "--all")
    git(story.root, "commit", "--quiet", "--message", "begin")
    for branch, part in (("one", slice(0, None, 2)), ("two", slice(1, None, 2))):
        git(story.root, "checkout", "--quiet", "-b", branch, "main")
        found = reviewed(story)
        for place, body in found.format_files_changed_by_approving(
            [item.passage for item in found.unread[part]]
        ).items():
            story.write(place, body)
        git(story.root, "add", "--all")
        git(story.root, "commit", "--quiet", "--message", f"read {branch}")

    git(story.root, "merge", "--quiet", "--no-edit", "one")

    assert unread(story) == []
