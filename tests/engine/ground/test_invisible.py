"""Invisible characters: which they are, and how they are told in texts of authors."""

import pytest

from press.ground.errors import (
    BuildError,
    escape_invisible,
    list_problems_of_invisible_characters,
    quote_words,
)
from press.ground.files import read_text
from press.ground.invisible import (
    describe_character,
    is_invisible,
    locate_invisible_references,
)
from press.ground.toml import TomlText

INVISIBLE = [
    ("\0", "CONTROL CHARACTER (U+0000)"),
    ("\f", "CONTROL CHARACTER (U+000C)"),
    ("\r", "CONTROL CHARACTER (U+000D)"),
    ("\x85", "CONTROL CHARACTER (U+0085)"),
    ("\u00ad", "SOFT HYPHEN (U+00AD)"),
    ("\u034f", "COMBINING GRAPHEME JOINER (U+034F)"),
    ("\u061c", "ARABIC LETTER MARK (U+061C)"),
    ("\u180e", "MONGOLIAN VOWEL SEPARATOR (U+180E)"),
    ("\u200b", "ZERO WIDTH SPACE (U+200B)"),
    ("\u200c", "ZERO WIDTH NON-JOINER (U+200C)"),
    ("\u200d", "ZERO WIDTH JOINER (U+200D)"),
    ("\u200e", "LEFT-TO-RIGHT MARK (U+200E)"),
    ("\u2028", "LINE SEPARATOR (U+2028)"),
    ("\u2029", "PARAGRAPH SEPARATOR (U+2029)"),
    ("\u202e", "RIGHT-TO-LEFT OVERRIDE (U+202E)"),
    ("\u2060", "WORD JOINER (U+2060)"),
    ("\u2063", "INVISIBLE SEPARATOR (U+2063)"),
    ("\u2066", "LEFT-TO-RIGHT ISOLATE (U+2066)"),
    ("\u2800", "BRAILLE PATTERN BLANK (U+2800)"),
    ("\u3164", "HANGUL FILLER (U+3164)"),
    ("\ue000", "PRIVATE USE CHARACTER (U+E000)"),
    ("\ufe0f", "VARIATION SELECTOR-16 (U+FE0F)"),
    ("\ufeff", "ZERO WIDTH NO-BREAK SPACE (U+FEFF)"),
    ("\uffff", "UNASSIGNED CHARACTER (U+FFFF)"),
    ("\ud800", "SURROGATE (U+D800)"),
    ("\U000e0041", "TAG LATIN CAPITAL LETTER A (U+E0041)"),
    ("\U000e0100", "VARIATION SELECTOR-17 (U+E0100)"),
]
OVERRIDE = "found RIGHT-TO-LEFT OVERRIDE (U+202E), which nobody sees, expected none"


def refused(act, *arguments):
    with pytest.raises(BuildError) as caught:
        act(*arguments)
    return [
        (problem.line, problem.column, problem.message)
        for problem in caught.value.problems
    ]


@pytest.mark.parametrize(("character", "name"), INVISIBLE)
def test_an_invisible_character_is_known_and_has_a_name(character, name):
    """Controls, formats, selectors, tags, fillers, and what is no character of any
    font.
    """
    assert (is_invisible(character), describe_character(character)) == (True, name)


@pytest.mark.parametrize(
    "character",
    "\t\n aZ9~é\u0301½²‘’“”–—…€−\u00a0\u2007\u2009\u202f\u3000ЖΩ中あ가ע٢𝟐🚢",
)
def test_what_readers_see_is_not_invisible(character):
    """White space, signs, letters of all scripts, the marks upon them, digits of all
    kinds.
    """
    assert not is_invisible(character)


def test_each_invisible_character_is_told_at_its_place():
    """With line, column and name, so that an author finds what cannot be seen."""
    problems = list_problems_of_invisible_characters(
        "one\ntwo \u202e402\u202c three\n\u200b", "a.md"
    )

    assert [str(problem) for problem in problems] == [
        f"a.md:2:5: {OVERRIDE}\n    hint: delete it",
        (
            "a.md:2:9: found POP DIRECTIONAL FORMATTING (U+202C), which nobody sees,"
            " expected none\n    hint: delete it"
        ),
        (
            "a.md:3:1: found ZERO WIDTH SPACE (U+200B), which nobody sees, expected"
            " none\n    hint: delete it"
        ),
    ]


def test_of_very_many_invisible_characters_the_first_are_told():
    """A text that a program has hyphenated has thousands; how many more there are
    stands in the last hint.
    """
    problems = list_problems_of_invisible_characters("hy\u00adphen\n" * 5000, "a.md")

    assert (len(problems), problems[-1].line) == (20, 20)
    assert problems[-1].hint == "delete it, and 4980 such characters more behind it"


@pytest.mark.parametrize(
    ("character", "reason"),
    [
        ("\ue000", "which each font shows otherwise"),
        ("\U0001ccf0", "which is no character yet"),
    ],
)
def test_what_fonts_may_show_is_refused_as_well(character, reason):
    """Nobody knows what readers see: of the newest digits this program does not know
    that they are some.
    """
    (problem,) = list_problems_of_invisible_characters(character, "a.md")

    assert f"{reason}, expected none" in problem.message


def test_a_file_with_invisible_characters_is_not_read(tmp_path):
    """A mark of the order of bytes at its beginning is none of its text; a second one
    is.
    """
    path = tmp_path / "content" / "a.md"
    path.parent.mkdir()
    path.write_bytes("\ufeff\ufeffa\r\n402 \u202e402\n".encode())

    assert refused(read_text, path, tmp_path) == [
        (
            1,
            1,
            (
                "found ZERO WIDTH NO-BREAK SPACE (U+FEFF), which nobody sees, expected"
                " none"
            ),
        ),
        (2, 5, OVERRIDE),
    ]


def test_escapes_of_toml_are_told_where_they_stand():
    """In values and keys, by either number and by letters; not where a backslash is a
    backslash.
    """
    text = (
        'a = "nine\\u200bty \\\\u202e"\n"b\\u00ad" = 1\nc = ["\\U000E0041", "\\b"]\n'
        'd = \'\\u2060\'\n[e]\nf = """\nx \\\\\\u202e"""\n'
    )

    assert refused(TomlText(text, "a.toml", 5).parse) == [
        (
            5,
            10,
            (
                "found \\u200b, ZERO WIDTH SPACE (U+200B), which nobody sees, expected"
                " none"
            ),
        ),
        (6, 3, "found \\u00ad, SOFT HYPHEN (U+00AD), which nobody sees, expected none"),
        (
            7,
            7,
            (
                "found \\U000E0041, TAG LATIN CAPITAL LETTER A (U+E0041), which nobody"
                " sees, expected none"
            ),
        ),
        (
            7,
            21,
            "found \\b, CONTROL CHARACTER (U+0008), which nobody sees, expected none",
        ),
        (
            11,
            5,
            (
                "found \\u202e, RIGHT-TO-LEFT OVERRIDE (U+202E), which nobody sees,"
                " expected none"
            ),
        ),
    ]


def test_escapes_of_what_readers_see_are_free():
    """A tab, a line end, a letter by its number; a pattern with an escape
    of its own.
    """
    text = 'a = "\\t\\n\\u00e9\\u00a0"\nb = \'[\\u200b]\'\nc = "\\\\u202e"\n'

    assert TomlText(text, "a.toml").parse() == {
        "a": "\t\né\u00a0",
        "b": "[\\u200b]",
        "c": "\\u202e",
    }


@pytest.mark.parametrize(
    "reference",
    ["&shy;", "&zwj;", "&#x202e;", "&#X202E;", "&#8203;", "&#x202e", "&NoBreak;"],
)
def test_references_of_html_to_invisible_characters_are_found(reference):
    """By name and by number, also without the semicolon, which browsers do not need."""
    assert [
        (found.start, found.written)
        for found in locate_invisible_references(f"AT&T {reference} &amp;")
    ] == [(5, reference)]


def test_references_to_what_readers_see_are_free():
    """Signs that HTML needs, spaces, letters by number; what is no reference at all."""
    assert (
        locate_invisible_references(
            "&amp; &lt; &nbsp; &#8239; &eacute; &#233; AT&T &x; & a&b&&c"
        )
        == []
    )


def test_messages_show_what_cannot_be_seen():
    """Neither a terminal nor a page that shows a message is turned round by what it
    quotes.
    """
    assert quote_words("\u202e402\ufe0f\u00a0\x1b") == '"\\u202e402\\ufe0f\\xa0\\x1b"'
    assert (
        escape_invisible("402\u202e \x1b[31m\u00a0\ufe0f\U000e0041\n\té")
        == "402\\u202e \\x1b[31m\u00a0\\ufe0f\\U000e0041\n\té"
    )
