"""The command line: verbs, exit status, and what is said."""

import re
import shlex

import pytest

from press.desk import commands
from tests.cases import load_cases

CASES = load_cases(__file__)


def test_a_build_says_what_was_built_and_how_to_open_it(project):
    """The counts, and the file to open."""
    outcome = project.run("build")
    lines = outcome.out.split("\n")

    assert (outcome.status, outcome.err) == (0, "")
    assert lines.pop(0) == "content/en: nobody has read it yet: python build.py read"
    assert (
        lines.pop(0)
        == "4 proved on data, 0 match a cited statement, 0 cited, 0 defined, 0 excepted"
    )
    assert lines[:2] == [
        "3 pages, 1 chart, 2 tables, 7 files",
        f"Open {project.site / 'index.html'} in a browser.",
    ]
    assert re.fullmatch(
        r"site/: 7 written, 0 deleted, 0 unchanged, \d+\.\d s\n", "\n".join(lines[2:])
    )


@pytest.mark.parametrize("verb", ["build", "check"])
def test_mistakes_end_with_status_1_and_their_count(project, verb):
    """Problems go to standard error, followed by how many there are and what became of
    the site.
    """
    project.replace("data/trade.csv", "240110", "NaN")
    project.replace("data/trade.csv", "110970", "x")
    project.replace("content/site.toml", '"A small story"', "5")

    outcome = project.run(verb)

    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.split("\n")[5:] == ["", "3 problems; site/ is as it was.", ""]
    assert not project.site.exists()


@pytest.mark.parametrize(("command", "message"), CASES["wrong"].items())
def test_a_wrong_command_is_explained(tmp_path, capsys, command, message):
    """A command that is not understood ends with status 2, before anything is built."""
    status = commands.run_in_story(
        shlex.split(command),
        tmp_path,
        *[lambda *_: pytest.fail("something was built")] * 2,
    )
    told = " ".join(capsys.readouterr().err.split())

    assert status == 2
    assert "Usage: press " in told
    assert message in told


def test_a_mistake_of_ours_is_told_as_one(tmp_path, capsys):
    """What is no author's mistake is not dressed up as one: it is told at the engine's
    line.
    """

    def build(*_, **__):
        raise ZeroDivisionError

    assert commands.run_in_story(["check"], tmp_path, build, build) == 1
    assert re.search(
        r"press/desk/verbs\.py:\d+: the engine raises ZeroDivisionError",
        capsys.readouterr().err,
    )


@pytest.mark.parametrize(
    "arguments", [["fix"], ["explain", "total/2023"], ["read", "--list"]]
)
def test_broken_sources_are_told_by_every_verb(project, arguments):
    """A table that cannot be read ends each verb with status 1, its problem and the
    count.
    """
    project.replace("data/trade.csv", "240110", "NaN")

    outcome = project.run(*arguments)

    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.startswith('data/trade.csv:10: value_usd_million: found "NaN"')
    assert outcome.err.endswith("\n\n1 problem.\n")


@pytest.mark.parametrize(
    "arguments",
    [["fix", "--dry-run"], ["explain", "total/2023"], ["read", "--list"], ["check"]],
)
def test_verbs_that_only_look_write_no_source_and_no_site(published, arguments):
    """Sources and site are the same bytes before and after."""
    published.replace("content/en/index.md", "$240.1 billion", "$241.9 billion")
    sources, site = published.sources(), published.published()

    published.run(*arguments)

    assert (published.sources(), published.published()) == (sources, site)


def test_explaining_needs_no_good_texts(project):
    """Where a number comes from can be asked while sentences are false."""
    project.replace("content/en/index.md", "$240.1 billion", "$241.9 billion")

    outcome = project.run("explain", "total/2023")

    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.partition("  used in\n")[2].startswith(
        "    content/en/index.md:7:24: $241.9 billion\n"
    )


def test_a_chart_is_described_before_its_words_are_right(project):
    """The draft of its alternative text and summary comes from its table, whatever is
    wrong with the texts.
    """
    project.replace("content/en/charts/totals.md", "$240.1 billion", "$241.9 billion")

    outcome = project.run("describe", "totals")

    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.startswith(
        "alt:     Bar chart of 1 series, Trade of 2021 to Trade of 2023. $ bn: from"
        " 146.9 in Trade of 2021 to 240.1"
    )
    assert "\nsummary: $ bn" in outcome.out


def test_a_chart_that_is_not_there_cannot_be_described(project):
    """The nearest names are told, as everywhere."""
    outcome = project.run("describe", "totls")

    assert (outcome.status, outcome.out) == (1, "")
    assert (
        outcome.err
        == 'there is no chart "totls": content/en/charts/totls.md is missing\n    hint:'
        " did you mean totals?\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["{}"],
        ["--{}"],
        ["check", "{}"],
        ["check", "--base-url", "{}"],
        ["build", "--day", "{}"],
        ["import", "--since", "{}"],
        ["import", "{}"],
        ["explain", "{}"],
        ["describe", "{}"],
        ["record", "{}"],
        ["record", "trade", "{}=1"],
        ["read", "--accept", "{}:1"],
        ["edition", "{}"],
    ],
    ids=" ".join,
)
def test_what_was_typed_is_told_shortly_and_gives_a_terminal_no_orders(
    project, arguments
):
    """However much it is, and whatever characters it has."""
    typed = f"\x1b]0;a\x07\u202e{'x' * 100_000}"

    outcome = project.run(*(argument.format(typed) for argument in arguments))

    assert outcome.status
    assert max(map(len, outcome.err.splitlines())) < 2 * 500
    assert not set("\x1b\x07\u202e") & set(outcome.err)
