"""The stories in press/examples build as they are, and what the engine's pages say
holds on them.
"""

import os
import re
import shutil
import subprocess
import sys
import textwrap
from functools import cache
from pathlib import Path

import pytest

from press.binding import check_texts
from press.desk.stages import load_story_and_check_texts
from press.reading import Text
from tests.engine.authoring import run_press_as_author
from tests.engine.project import Project, load_story

ROOT = Path(__file__).resolve().parents[2]
PRESS = ROOT / "press"
PROOFS = {"games": 25, "marathon": 22}
README, BINDING, FACTS, CHARTS = (
    (PRESS / name).read_text("utf-8")
    for name in ("README.md", "docs/binding.md", "docs/facts.md", "docs/charts.md")
)
SAID = re.findall(r"\| `([A-Z][^`\n]*\]\([^`\n]*)` \|$", README + BINDING, re.MULTILINE)
OF_A_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def copied(name, folder):
    """Return a copy of an example, with the build.py that every story has."""
    shutil.copytree(PRESS / "examples" / name, folder)
    shutil.copy(ROOT / "build.py", folder)
    return Project(folder)


def run(project, *arguments):
    """Run a command of a story in a process of its own, as its author does; return what
    it printed.
    """
    command = [sys.executable, "build.py", *arguments]
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT}",
        "CHROME": "none-of-this-computer",
    }
    done = subprocess.run(
        command,
        cwd=project.root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a function that gives an example that is built once, and what that
    printed; nobody may change it.
    """

    @cache
    def made(name):
        project = copied(name, tmp_path_factory.mktemp("made") / name)
        return project, run(project, "build")

    return made


@pytest.fixture
def games(made, tmp_path):
    """Return a copy of an example with its drawings, for a test to change."""
    project, _ = made("games")
    return Project(shutil.copytree(project.root, tmp_path / "games"))


def listed(project):
    """Return the lines of what can be bound."""
    return project.run("explain").out.splitlines()


def blocks(page, kind):
    return [
        textwrap.dedent(block)
        for block in re.findall(rf" *```{kind}\n(.*?)```", page, re.DOTALL)
    ]


@pytest.fixture(scope="module")
def bound():
    """Return the examples, bound."""
    return {
        name: load_story_and_check_texts(PRESS / "examples" / name, load_story)
        for name in PROOFS
    }


def ledger_of(story, texts):
    return check_texts(
        story.texts.language,
        [
            (
                "",
                [
                    Text("page.md", text, 0, 1, text, "text", is_markdown=True)
                    for text in texts
                ],
            )
        ],
        story.facts,
    )


@pytest.mark.parametrize("name", PROOFS)
def test_an_example_builds(made, name):
    """Each is a whole story, whose numbers are proved, with a chart and a page of
    sources.
    """
    project, printed = made(name)

    assert f"{PROOFS[name]} proved on data, 0 match" in printed
    assert {"index.html", "numbers.html", "sources.html"} < project.published().keys()
    assert re.findall(rb'<h3 id="(\w+)"', project.published()["sources.html"]) == [
        b"reprint"
    ]


@pytest.mark.parametrize("sentence", SAID)
def test_a_sentence_of_the_engine_s_pages_holds(bound, sentence):
    """How to say the common things: each sentence is bound, and neither refused nor
    doubted.
    """
    ledger = ledger_of(
        bound["marathon" if OF_A_DAY.search(sentence) else "games"], [sentence]
    )

    assert [
        *map(str, ledger.problems),
        *(doubt.message for _, doubt in ledger.doubts),
    ] == []
    assert ledger.checked_links


def test_the_message_that_readme_shows_is_the_checker_s_own(bound):
    """A number that is not its fact's is told as README tells it."""
    ledger = ledger_of(
        bound["games"],
        ["In 1976 it won [12 gold medals](fact:gold/1976/Soviet-Union)."],
    )

    assert [problem.message for problem in ledger.problems] == [
        re.search(r"index\.md:\d+:\d+: (.*)", README)[1]
    ]


def test_the_page_on_facts_declares_facts(tmp_path):
    """What docs/facts.md shows, put together, gives facts that ``explain`` lists."""
    project = copied("games", tmp_path / "games")
    imports = (
        "from press.data import Data\nfrom press.ground.period import Period\nfrom"
        " press.quantity import Quantity"
    )
    project.write(
        "story/facts.py",
        "\n\n".join([imports, *blocks(FACTS, "python"), '__all__ = ["leader_share"]']),
    )

    lines = listed(project)

    assert len([line for line in lines if line[:1].isalpha()]) == 11


@pytest.mark.parametrize("code", blocks(CHARTS, "python"))
def test_the_page_on_charts_makes_a_chart(games, pool, code):
    """Its words and each of its functions give a chart with a page, and with a table
    for programs.
    """
    (words,) = blocks(CHARTS, "markdown")
    games.write("content/en/charts/medals.md", words.replace("TODO", "Bars"))
    games.replace(
        "content/en/index.md",
        "![](chart:so_far)",
        "![](chart:so_far)\n\n![](chart:medals)",
    )
    games.replace("story/charts.py", '["so_far"]', '["medals", "so_far"]')
    games.write("story/charts.py", f"{games.read('story/charts.py')}\n\n{code}")

    outcome = run_press_as_author(games.root, pool, "build")

    assert words.count("TODO") == 2
    assert outcome.status == 0, outcome.err
    assert "gold_medals" in games.published()["charts/medals.csv"].decode()
    assert b"<h1" in games.published()["charts/medals.html"]


def test_a_source_that_no_row_cites_is_listed_alone(games, pool):
    """A page may be cited without a number; what no table rests on names none."""
    row = (
        "spare,Nobody,Spare page,https://example.org/,undated,dataset,false,primary,not"
        " stated"
    )
    games.write(
        "data/sources.csv", f"{games.read('data/sources.csv').rstrip()}\n{row}\n"
    )

    outcome = run_press_as_author(games.root, pool, "build")

    assert outcome.status == 0, outcome.err
    shown = (
        (games.site / "sources.html")
        .read_text("utf-8")
        .partition('id="spare"')[2]
        .partition("</li>")[0]
    )
    assert '<p class="small">Data set.' in shown
    assert "Cited in" not in shown


def test_a_chart_that_cannot_be_drawn_is_one_problem_beside_all_charts(games, pool):
    """The page that shows all of them says nothing more of it."""
    games.write(
        "content/en/charts.md",
        '+++\ntitle = "Charts"\ndescription = "All charts."\ntemplate = "gallery"\n+++\n',
    )
    games.replace(
        "story/charts.py", "return draw_lines(", "return draw_lines(nothing, "
    )

    outcome = run_press_as_author(games.root, pool, "check")

    assert outcome.problems.startswith("story/charts.py:")
    assert "raises NameError: name 'nothing'" in outcome.problems
    assert "KeyError" not in outcome.problems


@pytest.mark.parametrize("template", ["receipt", "chart", "glossary"])
def test_a_template_for_something_else_is_told_in_the_page_that_names_it(
    games, pool, template
):
    """The engine's template is as it should be; the author's front matter is not."""
    games.replace(
        "content/en/sources.md", 'template = "sources"', f'template = "{template}"'
    )

    outcome = run_press_as_author(games.root, pool, "check")

    told = r"content/en/sources\.md:\d+: the template raises UndefinedError: '\w+' is"
    assert re.match(told, outcome.err), outcome.err


def test_a_link_of_the_theme_to_what_an_author_took_away_is_told_in_the_text(
    games, pool
):
    """No file of the engine is to be changed."""
    games.replace("content/en/data-and-methods.md", 'template = "methods"\n', "")

    told = run_press_as_author(games.root, pool, "check").problems

    assert "found a link to data-and-methods.html#games, expected an anchor" in told
    assert {line.split("/")[0] for line in told.splitlines() if line[:1].strip()} == {
        "content"
    }
