"""Repairing stale numbers: what an editor would have typed, all of a sentence or
nothing, and no other byte.
"""

from pathlib import Path

import pytest

from press.binding.fix import apply_edits, find_repairs
from tests.engine.bindings import (
    CHART,
    INDEX,
    append_paragraph,
    bind_project,
    make_project_with_overlay,
)

STORIES = Path(__file__).parents[1] / "stories"
TABLE = "data/trade.csv"
SENTENCE = "In 2023 trade came to [{}](fact:total/2023)."


@pytest.fixture(scope="module")
def fixed(tmp_path_factory):
    """Return, by what stands in it, each paragraph of one story before and after it was
    fixed, and what was said.
    """
    project = make_project_with_overlay(tmp_path_factory.mktemp("fix") / "story")
    lines = {
        text: append_paragraph(project, text)
        for text in (*STALE.values(), *UNMENDABLE, *OTHER_WORDS)
    }
    before = project.read(INDEX).split("\n")
    outcome = project.run("fix")
    after = project.read(INDEX).split("\n")
    assert (outcome.status, len(after)) == (1, len(before))
    said = outcome.out.split("\n")
    return {
        text: (
            before[line - 1],
            after[line - 1],
            [item for item in said if item.startswith(f"{INDEX}:{line}:")],
        )
        for text, line in lines.items()
    }


STALE = {
    (old, new): SENTENCE.format(old)
    for old, new in (
        ("$241.9 billion", "$240.1 billion"),
        ("$199 bn", "$240 bn"),
        ("$0.9 billion", "$240.1 billion"),
        ("$1,240.9 billion", "$240.1 billion"),
        ("241.90 billion dollars", "240.11 billion dollars"),
        ("$241.9\u00a0billion", "$240.1\u00a0billion"),
        ("$\u202f241.9 billion", "$\u202f240.1 billion"),
    )
}


@pytest.mark.parametrize(("old", "new"), STALE)
def test_a_stale_number_is_written_as_it_was(fixed, old, new):
    """Decimals, grouping, currency, scale word and every space stay; only the digits
    are another.
    """
    before, after, (said,) = fixed[STALE[old, new]]

    assert after == before.replace(old, new)
    assert said.endswith(f":24: {old} → {new}")


@pytest.mark.parametrize(
    ("mark", "end"), [(b"", "\n"), (b"\xef\xbb\xbf", "\r\n"), (b"", "\r")]
)
def test_every_other_byte_stays(story, mark, end):
    """A byte-order mark, front matter, the line ends of the file and inside of a
    number.
    """
    append_paragraph(story, SENTENCE.format("$241.9\nbillion") + "\n\u00a0—\t x  ")
    raw = mark + story.read(INDEX).replace("\n", end).encode()
    story.write(INDEX, raw)

    outcome = story.run("fix")

    assert (story.root / INDEX).read_bytes() == raw.replace(b"$241.9", b"$240.1")
    done = "1 number written in 1 file, no problems left"
    assert outcome.out == f"{INDEX}:26:24: $241.9 billion → $240.1 billion\n{done}\n"


KINDS = [
    (INDEX, "trade came to [$240.1 billion]", "trade came to [$9.9 billion]"),
    (INDEX, "| 2022 | [$190.3 billion]", "| 2022 | [$1,191.3 billion]"),
    (CHART, "trade from 2021 to [$240.1", "trade from 2021 to [$9.1"),
    (
        CHART,
        "In 2022 trade came to\n[$190.3 billion]",
        "In 2022 trade came to\n[$91.3 billion]",
    ),
    (CHART, "The bars go from [$146.9", "The bars go from [$164.9"),
]


def test_texts_of_every_kind_are_repaired(story):
    """Front matter, alternative texts, notes in several lines, tables and summaries, as
    paragraphs.
    """
    before = story.sources()
    for place, good, stale in KINDS:
        story.replace(place, good, stale)

    outcome = story.run("fix")

    assert [good for place, good, _ in KINDS if good not in story.read(place)] == []
    assert (outcome.status, story.sources()) == (0, before)


def test_two_equal_strings_are_both_repaired(story):
    """Two notes of the same words are two places; a shorter number moves the second."""
    note = '"In 2023 [{}](fact:total/2023)."'
    story.replace(
        CHART,
        '"7 or 8: rounding."',
        ", ".join(
            [
                note.format("$1,240.9 billion"),
                '"7 or 8."',
                note.format("$1,240.9 billion"),
            ]
        ),
    )

    assert story.run("fix").status == 0
    assert story.read(CHART).count("In 2023 [$240.1 billion](fact:total/2023).") == 2


def test_a_comment_with_the_same_words_is_not_what_is_repaired(story):
    """A string with an escape is left to a person, and so is a comment that looks like
    it.
    """
    place = "content/en/words.toml"
    text = story.read(place)
    words = "In 2023: [$241.1 billion](fact:total/2023)"
    escaped = words.replace("1 b", r"1\u0020b")
    stale = f'old = "{escaped}"\n# was: "{words}"\n'
    story.write(place, stale + text)

    outcome = story.run("fix")

    assert (outcome.status, story.read(place)) == (1, stale + text)
    assert f'{place}:1:1: found "$241.1 billion"' in outcome.out


UNMENDABLE = [
    f"In 2023 trade came to [$250 billion](fact:total/2023), {second}. In 2023 it was"
    " [$250 billion](fact:total/2023)."
    for second in (
        "[more](claim:more/total.2022/total.2023)",
        "[fell by 26.2%](fact:growth/2023)",
        "[$201 billion](said:goal-2022)",
        "[$191 billion](fact:totl/2022)",
        "nearly [$190 billion](fact:total/2022) in 2022",
        "and [$191 billion](fact:total/2022) in 2021",
    )
]


@pytest.mark.parametrize("text", UNMENDABLE)
def test_a_sentence_with_what_a_person_must_mend_is_left(fixed, text):
    """A false claim, direction, statement, name or hedge beside a stale number: none of
    the sentence is written.
    """
    before, after, said = fixed[text]

    assert after == "[$240 billion]".join(before.rsplit("[$250 billion]", 1))
    assert [" → " in item for item in said].count(True) == 1 < len(said)


OTHER_WORDS = {
    f"In 2023 it was {text}.": told_of
    for text, told_of in (
        ("[fell by 26.9%](fact:growth/2023)", "has the wrong direction"),
        (
            "[26.9%](fact:growth/2023)",
            "does not say up or down: the figure is 26.19369",
        ),
        (
            "[nearly $240 billion](fact:total/2023)",
            "but the figure is 240110 USD million",
        ),
        (
            "[$240.9 million](fact:total/2023)",
            "is not true: the figure is 240110 USD million",
        ),
        ("[half](fact:growth/2023)", "does not say up or down"),
        (
            "[$241,900 million](fact:total/2023)",
            "is not true: the figure is 240110 USD million",
        ),
    )
}


@pytest.mark.parametrize("text", OTHER_WORDS)
def test_what_needs_other_words_is_listed(fixed, text):
    """Sign or direction, a hedge that no longer holds, another scale, a word for a
    number: a person writes these.
    """
    before, after, (said,) = fixed[text]

    assert after == before
    assert OTHER_WORDS[text] in said


UNTOUCHED = [
    "```\n[$250 billion](fact:total/2023)\n```",
    "`[$250 billion](fact:total/2023)`",
    "<!-- [$250 billion](fact:total/2023) -->",
    (
        "In 2022 he promised [$200 billion](said:goal-2022) and [it](source:beta-2023),"
        " a [goal](term:goal)."
    ),
    "In 2023 it [passed $200 billion](claim:crossed/total.2023/limit).",
]


def test_code_statements_and_claims_are_never_touched(story):
    """Nothing but the number of a fact is written, however the tables change."""
    for text in UNTOUCHED:
        append_paragraph(story, text)
    story.replace(TABLE, "2023,export,110970", "2023,export,120970")
    story.replace(TABLE, "2023,total,240110", "2023,total,250110")
    story.write(
        "data/trade.toml", story.read("data/trade.toml").partition("\n[[anchors]]")[0]
    )

    story.run("fix")

    assert [text for text in UNTOUCHED if f"\n{text}\n" not in story.read(INDEX)] == []
    assert "[$250.1 billion](fact:total/2023)" in story.read(INDEX)


def test_a_problem_is_counted_as_often_as_it_is_listed(story):
    """A fact that raises at each of its uses is one problem."""
    story.replace(
        "story/facts.py",
        'year."""\n    return _flow(data, "total", year)\n',
        'year."""\n    1 / 0\n',
    )

    assert (
        story.run("fix").out
        == "story/facts.py:16: the fact total raises ZeroDivisionError: division by"
        " zero\n"
        "Nothing to fix, 1 problem left to correct by hand\n"
    )


def test_a_text_that_was_saved_meanwhile_is_left(story):
    """Numbers are written where they were read, or not at all."""
    append_paragraph(story, SENTENCE.format("$241.9 billion"))
    bound = bind_project(story)
    made = find_repairs(bound.texts.language, bound.ledger, bound.facts)
    raw = b"x" + (story.root / INDEX).read_bytes()

    with pytest.raises(
        Exception,
        match=(
            f"^{INDEX}:1: the file was changed while fix was running; nothing was"
            " written"
        ),
    ):
        apply_edits(raw, made)


def test_a_number_that_would_grow_a_billionfold_is_listed(story):
    """A scale that stands outside the link is no reason to write all its
    zeros into it.
    """
    story.replace(
        "story/facts.py",
        '"value_usd_million", "precision_usd_million").with_meaning("constant")',
        '"value_usd_million", "nothing").with_meaning("constant")',
    )
    story.replace("data/limits.csv", "precision_usd_million", "nothing")
    story.replace("data/limits.toml", "precision_usd_million", "nothing")
    story.replace("data/limits.csv", "200000,1,", "200000,0,")
    story.replace(
        "data/limits.toml", "minimum = 0.1, maximum = 100", "minimum = 0, maximum = 0.1"
    )
    line = append_paragraph(story, "The goal was [$20](fact:limit) billion.")

    outcome = story.run("fix")

    assert outcome.out.startswith(f'{INDEX}:{line}:15: found "$20", expected "$200,000')
    assert outcome.out.endswith("\nNothing to fix, 1 problem left to correct by hand\n")


def test_a_number_is_not_written_where_it_brings_a_doubt(make_project):
    """After "fell to" stands no figure that is that of the time before, too."""
    project = make_project("games", STORIES / "games")
    append_paragraph(
        project,
        "After the Games of 1912 Corvia’s gold medals fell to"
        " [999](fact:gold/1956/Corvia) in 1956.",
    )

    outcome = project.run("fix")

    assert outcome.status == 1
    assert "→" not in outcome.out
