"""The ledger: bindings in every kind of text with their places, what is false or
unbound, exceptions, coverage.
"""

import pytest

from tests.engine.bindings import (
    CHART,
    INDEX,
    append_paragraph,
    bind_project,
    check_file,
    check_words,
    format_problems,
    list_problems,
)

WORDS, FACTS, EXCEPTIONS = (
    "content/en/words.toml",
    "content/en/facts.toml",
    "content/en/exceptions.toml",
)
FALSE = 'found "$241.9 billion", expected "$240.1 billion" (exactly 240110 USD million)'
FALSE_LINK = "[$241.9 billion](fact:total/2023)"
UNREADABLE = "a link to a fact, a claim, a statement, a source or a term cannot be read"


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "In 2023 trade came to [$241.9\nbillion](fact:total/2023).",
            'found "$241.9 billion"',
        ),
        (
            (
                "In 2023 trade was [no\nmore](claim:more/total.2022/total.2023) than in"
                " 2022."
            ),
            '"no more" is not true',
        ),
    ],
)
def test_words_over_two_lines_are_told_in_one(bound, sentence, found):
    """A message is one line, however the text is broken."""
    messages = [problem.message for problem in check_words(bound, sentence).problems]

    assert [message for message in messages if "\n" in message] == []
    assert [message for message in messages if message.startswith(found)] != []


def test_bindings_are_counted_by_class_and_never_summed(story):
    """Proved, matched, cited, defined and excepted; what is false is named only where
    there is any.
    """
    ledger = bind_project(story).ledger
    good = (
        "22 proved on data, 2 match a cited statement, 3 cited, 2 defined, 4 excepted"
    )
    append_paragraph(story, f"In 2023 trade came to {FALSE_LINK}.")

    assert ledger.summarize_verdicts_exceptions_and_doubts() == good
    assert bind_project(
        story
    ).ledger.summarize_verdicts_exceptions_and_doubts() == good.replace(
        "defined,", "defined, 1 false,"
    )


@pytest.mark.parametrize(
    ("place", "old", "new"),
    [
        (INDEX, "[$240.1 billion](fact:total/2023), [more]", f"{FALSE_LINK}, [more]"),
        (INDEX, 'description = "', f'description = "It was {FALSE_LINK} in 2023. '),
        (INDEX, 'title = "', f'title = "Trade of {FALSE_LINK}, '),
        (INDEX, 'label = "', f'label = "{FALSE_LINK} in '),
        (INDEX, "## In 2023", f"## In 2023 it came to {FALSE_LINK}. In 2023"),
        (INDEX, "| December 2023 |", f"| 2023 | {FALSE_LINK} |\n| December 2023 |"),
        (CHART, '\ntitle = "', f'\ntitle = "In 2023 {FALSE_LINK}. '),
        (CHART, 'subtitle = "', f'subtitle = "In 2023 {FALSE_LINK}. '),
        (CHART, 'alt = "', f'alt = "In 2023 {FALSE_LINK}. '),
        (
            CHART,
            '"7 or 8: rounding."',
            f'"In 2023 it came to {FALSE_LINK}.", "7 or 8: rounding."',
        ),
        (CHART, '"7 or 8: rounding."', f'"7 or 8: rounding.", "In 2023 {FALSE_LINK}."'),
        (CHART, '"""\nIn 2022', f'"""\nIn 2023\n{FALSE_LINK}.\nIn 2022'),
        (CHART, '"""\nIn 2022', f'"""In 2023 {FALSE_LINK}.\nIn 2022'),
        (CHART, '"7 or 8: rounding."', f"'In 2023 {FALSE_LINK}.', \"7 or 8\""),
        (CHART, '"7 or 8: rounding."', f"'''\nIn 2023 {FALSE_LINK}.''', \"7 or 8\""),
        (CHART, 'corner = "Year"', f'corner = "In 2023 {FALSE_LINK}"'),
        (CHART, "The bars go", f"In 2023 it was {FALSE_LINK}. The bars go"),
        (WORDS, 'used_in = "in"', f'used_in = "2023: {FALSE_LINK}"'),
    ],
)
def test_a_binding_is_held_wherever_readers_see_it(story, bound, place, old, new):
    """Pages, headings, tables, front matter, notes, words and labels: told at line and
    column of the words.
    """
    story.replace(place, old, new)
    lines = story.read(place).split("\n")
    line, column = next(
        (number, text.index("$241.9"))
        for number, text in enumerate(lines, 1)
        if "$241.9" in text
    )

    assert format_problems(check_file(story, bound.facts, place)[1]) == [
        f"{place}:{line}:{column + 1}: {FALSE}"
    ]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('"7 or 8: rounding."', f'"7 or 8: \\"so\\". In 2023 {FALSE_LINK}."', 6),
        ('alt = "', f'alt = "\\u0049n 2023 {FALSE_LINK}. ', 5),
        ('alt = "', f'alt = """\\\n   In 2023 {FALSE_LINK}.""" # "', 5),
    ],
)
def test_behind_an_escape_the_line_alone_is_known(story, bound, old, new, line):
    """A string that TOML writes in another way than it reads is told at the line of its
    key.
    """
    story.replace(CHART, old, new)

    assert format_problems(check_file(story, bound.facts, CHART)[1]) == [
        f"{CHART}:{line}:1: {FALSE}"
    ]


def test_a_string_is_looked_for_from_its_key_on(story):
    """The same words in a comment before it are not taken for the string."""
    note = f'"In 2023 {FALSE_LINK}."'
    story.replace(
        CHART,
        'notes = ["7 or 8: rounding."',
        f'# was {note}\nnotes = [{note}, "7 or 8"',
    )

    assert list_problems(story) == [f"{CHART}:7:20: {FALSE}"]


def test_a_unit_left_out_is_that_of_the_link_before(bound):
    """In a sentence the dollars of one figure are those of the next, whatever link
    stands between.
    """
    ledger = check_words(
        bound,
        "In 2023 trade came to [$240.1 billion](fact:total/2023), as he"
        " [said](source:beta-2024), in 2022 to [190.3 billion](fact:total/2022).\nIn"
        " 2023 it was [240.1 billion](fact:total/2023).",
    )

    assert format_problems(ledger) == [
        f'{INDEX}:2:17: "240.1 billion" lacks the unit USD'
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[so [it] is](fact:total/2023)",
        "[$240.1 billion] (fact:total/2023)",
        "[so](fact: total/2023)",
        "[so](\nfact:total/2023 x)",
    ],
)
def test_a_binding_that_cannot_be_read_is_told(bound, text):
    """Brackets in the words, spaces in or before the target: what looks like a binding
    is one, or a mistake.
    """
    told_of = [
        item
        for item in format_problems(check_words(bound, f"So it is:\n{text}"))
        if UNREADABLE in item
    ]

    assert [item.startswith(f"{INDEX}:2:") for item in told_of] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "`[so](fact: total/2023)`",
        "```\n[so](fact: total/2023)\n```",
        "<!-- [so](fact: x) -->",
    ],
)
def test_code_and_comments_bind_nothing(bound, text):
    """What is shown as code, or not at all, is neither a binding nor a broken one."""
    ledger = check_words(bound, text)

    assert (ledger.problems, ledger.checked_links) == ((), ())


@pytest.mark.parametrize(
    ("heading", "wrong"),
    [
        ("## In 2023: [$240.1 billion](fact:total/2023)", True),
        ("## In 2023: [$240.1 billion](fact:total/2023) {#so}", False),
        ("## In 2023: [$240.1 billion](fact:total/2023) {.wide #so}", False),
        ("## The end", False),
    ],
)
def test_a_heading_with_a_binding_has_an_anchor_of_its_own(bound, heading, wrong):
    """A number written anew must not change the address of its heading."""
    message = (
        "a heading with a link to a number needs an id of its own: write {#id} at"
        " its end"
    )

    assert format_problems(check_words(bound, heading)) == (
        [f"{INDEX}:1:1: {message}"] if wrong else []
    )


def test_a_doubt_is_told_at_its_place_and_refuses_nothing(story):
    """A comparison in a description that no link proves is for a reader; one in a
    paragraph is for nobody.
    """
    append_paragraph(story, "It is the highest of all.")
    story.replace(INDEX, 'description = "', 'description = "The highest. ')
    ledger = bind_project(story).ledger

    ((text, doubt),) = [each for each in ledger.doubts if "highest" in each[1].message]
    assert doubt.message == 'the comparison "highest" has no link that proves it'
    assert text.value[doubt.start : doubt.end] == "highest"
    assert list_problems(story) == []


@pytest.mark.parametrize(
    ("target", "words", "around"),
    [
        ("fact:total/2022", "$190.3 billion", "In 2023 trade came to {}."),
        ("claim:more/total.2022/total.2021", "more", "In 2023 trade was {}."),
        ("said:goal-2022", "$200 billion", "In March 2023 he said {}."),
        (
            "claim:most/flow.import.2023/total.2023",
            "most",
            "In 2023 exports were {} of it.",
        ),
        ("fact:total/2023", "$240 billion", "In 2023 trade came to nearly {}."),
    ],
)
def test_the_sentence_around_a_binding_is_held_as_well(bound, target, words, around):
    """A true number beside another year, flow or hedge is a false sentence."""
    ledger = check_words(bound, around.format(f"[{words}]({target})"))

    assert [
        (entry.words, entry.link.target, entry.verdict)
        for entry in ledger.checked_links
    ] == [(words, target, "false")]
    assert len(ledger.problems) == 1


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("Brandt promised [$200 billion](said:goal-2022).", ""),
        (
            (
                "Karl Brandt promised [$200 billion](said:goal-2022), Ames"
                " [hoped](said:hope-2023)."
            ),
            "",
        ),
        ("The ministry promised [$200 billion](said:goal-2022).", ""),
        ("Ames promised [$200 billion](said:goal-2022).", "Ames"),
        ("Karl Ames promised [$200 billion](said:goal-2022).", "Ames"),
    ],
)
def test_a_clause_names_the_speaker_or_nobody(story, sentence, wrong):
    """Words of one person beside the name of another are told at that name."""
    with_people(story)
    line = append_paragraph(story, sentence)

    problem = (
        f'{INDEX}:{line}:{sentence.index(wrong) + 1}: "{wrong}" is named, but Karl'
        " Brandt said it"
    )
    assert list_problems(story) == ([problem] if wrong else [])


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("Brandt called it “a disgrace”.", "“a disgrace”"),
        ("Brandt said “not later than in 2024”.", ""),
        ("Brandt called it “remarkable”.", ""),
        ("Nobody called it “a disgrace”.", ""),
        ("Brandt called it [“a disgrace”](source:beta-2024).", ""),
    ],
)
def test_a_quotation_of_a_person_is_a_statement_s(story, sentence, wrong):
    """Beside the name of somebody who made a statement several quoted words have a
    link, or are in the table.
    """
    with_people(story)
    line = append_paragraph(story, sentence)

    problem = f"{INDEX}:{line}:18: the quotation {wrong} has no link to a statement"
    assert list_problems(story) == ([problem] if wrong else [])


def with_people(story):
    """Make people of the speakers of a story."""
    text = story.read("data/statements.toml")
    field = (
        '[[schema.fields]]\nname = "role"\ntype = "string"\ntitle = "Role"\ndescription'
        ' = "Role"\n\n'
    )
    at = text.index('[[schema.fields]]\nname = "said_on"')
    story.write("data/statements.toml", text[:at] + field + text[at:])
    rows = (
        story.read("data/statements.csv")
        .replace("id,speaker,", "id,speaker,role,")
        .replace("A bank,", "A bank,,")
    )
    rows = rows.replace("A minister,", "Karl Brandt,minister,").replace(
        "An envoy,", "Karl Ames,envoy,"
    )
    story.write("data/statements.csv", rows)


def test_an_exception_is_counted_wherever_it_is_needed(story):
    """A number that is excepted is no problem."""
    append_paragraph(story, "Of 9 in 9, say.")
    story.replace(EXCEPTIONS, '["index.md"]\n', '["index.md"]\n"9 in 9" = "a game"\n')
    ledger = bind_project(story).ledger

    assert list_problems(story) == []
    assert ledger.used_exceptions.count(("index.md", "9 in 9")) == 2
    assert ledger.summarize_verdicts_exceptions_and_doubts().endswith("6 excepted")


@pytest.mark.parametrize(
    ("old", "new", "line", "told_of"),
    [
        (
            '["index.md"]\n',
            '["index.md"]\n"9" = "a game"\n',
            5,
            '"9" is not needed: index.md',
        ),
        (
            '["charts/totals.md"]\n',
            '["charts/totals.md"]\n"9" = "a game"\n',
            2,
            '"9" is not needed: charts/totals.md',
        ),
        (
            '["index.md"]\n',
            '["404.md"]\n"7 or 8" = "a game"\n\n["index.md"]\n',
            5,
            '"7 or 8" is not needed: 404.md',
        ),
    ],
)
def test_an_exception_that_nothing_needs_is_a_problem(story, old, new, line, told_of):
    """It is told at its line, so that no exception outlives what it was made for."""
    story.replace(EXCEPTIONS, old, new)

    assert list_problems(story) == [
        (
            f"{EXCEPTIONS}:{line}: the exception {told_of} has no such number without a"
            " link"
        )
    ]


def test_an_exception_holds_for_its_own_file_only(story):
    """The same number in another text is unbound."""
    line = append_paragraph(story, "It is 7 or 8.", "content/en/404.md")

    assert list_problems(story) == [
        f'content/en/404.md:{line}:{column}: the number "{number}" has no link to a'
        " fact"
        for column, number in ((7, 7), (12, 8))
    ]


@pytest.mark.parametrize(
    ("place", "old", "new", "problem"),
    [
        (
            FACTS,
            "[limit]",
            "[limits]",
            f"{FACTS}:9: [limits] describes a fact that story/ does not have",
        ),
        (
            FACTS,
            "Trade in {month}",
            "Trade in {mont}",
            f"{FACTS}:13: {{mont}} is no argument of the fact month_total",
        ),
        (
            INDEX,
            "[about 54%](fact:share/import/2023)",
            "[$129 billion](fact:flow/import/2023)",
            "story/facts.py:24: no text uses the fact share",
        ),
    ],
)
def test_facts_have_words_and_texts(story, place, old, new, problem):
    """Each label has a fact, its places are parameters, and some text
    uses each fact.
    """
    story.replace(place, old, new)

    assert problem in list_problems(story)


def test_a_name_among_the_arguments_uses_no_fact(story):
    """A fact called as an argument of another is in no text all the same."""
    story.replace("story/facts.py", "__all__ = [", '__all__ = ["borsia", ')
    story.write(
        "story/facts.py",
        story.read("story/facts.py")
        + "\n\ndef borsia(_data: Data) -> None:\n    pass\n",
    )
    story.write(FACTS, story.read(FACTS) + '\n[borsia]\nlabel = "R"\nformula = "R"\n')

    assert [line.partition(": ")[2] for line in list_problems(story)] == [
        "no text uses the fact borsia"
    ]


def test_a_fact_that_raises_is_told_once_and_hides_nothing(story):
    """Its problem stands at its line, once for all texts; other mistakes are told as
    well.
    """
    story.replace(
        "story/facts.py",
        'year."""\n    return _flow(data, "total", year)\n',
        'year."""\n    1 / 0\n',
    )
    line = append_paragraph(story, "It came to 5%.")

    assert list_problems(story) == [
        f'{INDEX}:{line}:12: the number "5%" has no link to a fact',
        "story/facts.py:16: the fact total raises ZeroDivisionError: division by zero",
    ]


def test_words_that_are_still_to_be_written_are_told(story):
    """A text that says TODO is not published, wherever it stands."""
    story.replace(CHART, 'how_to_read = "', 'how_to_read = "TODO ')
    line = append_paragraph(story, "Here is more TODO.")

    assert list_problems(story) == [
        f"{CHART}:4:16: TODO still stands here",
        f"{INDEX}:{line}:14: TODO still stands here",
    ]
