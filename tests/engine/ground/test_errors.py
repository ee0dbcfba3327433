"""Problems as they are shown: short, and without what a terminal or a browser obeys."""

from press.ground.errors import Problem

LONG = "x" * 100_000


def test_a_message_that_quotes_a_whole_file_is_shown_without_its_middle():
    """Its beginning says what was found, its end what was expected."""
    quoted = f'found "{LONG}", expected a year'
    lines = str(Problem(f"{LONG}.md", 3, quoted, f"write {LONG}!")).splitlines()

    path, message = lines[0].split(":3: ")
    hint = lines[1].removeprefix("    hint: ")
    assert [len(path), len(message), len(hint)] == [500, 500, 500]
    assert message.startswith('found "xxx')
    assert message.endswith('xxx", expected a year')
    assert (path[-4:], hint[-2:]) == ("x.md", "x!")


def test_a_message_has_nothing_that_is_not_seen():
    """Of the file's name, too."""
    problem = Problem("a\u202eb.md", 3, "found \u202e", "write \x1b[31m")

    assert str(problem) == (
        r"a\u202eb.md:3: found \u202e"
        "\n"
        r"    hint: write \x1b[31m"
    )
