"""Bad code in a story: what it raises or returns is a problem at its line, and nothing
is lost.
"""

import os
import signal
import subprocess
import sys

import pytest

from press.desk.start import INTERRUPTED
from tests.engine.previewing import PATIENCE, ROOT, Server, make_story
from tests.engine.test_bad_input import build_refused

CHECKS, FACTS, CHARTS = "story/checks.py", "story/facts.py", "story/charts.py"
CHECK = "def check(data):\n    {}\n"
FACT = '    row = data["trade"].by_key'
CHART = '    rows = [row for row in data["trade"].rows'
DRAWN = "    return _Specification("
WAIT = "import time; time.sleep(1e6)"
# on one line
ENDLESS = "print('here', flush=True); all(number == 0 for number in iter(int, 1))"
UNKNOWN = (
    "data/trades.csv:1: found no such table, expected one: the story reads it\n   "
    " hint: did you mean trade?"
)
FROZEN = "raises TypeError: 'mappingproxy' object does not support item assignment"


@pytest.fixture
def story(tmp_path, tmp_path_factory):
    """Return a story that ``build.py`` imports, with its good site."""
    return make_story(
        tmp_path_factory.getbasetemp(), tmp_path / "story", published=True
    )


def put(project, place, old, code):
    """Put a line of code, or several, before the line of a file that begins with
    ``old``; for "" at its end.
    """
    if not old:
        project.write(place, f"{project.read(place)}{code}\n")
        return
    project.replace(place, f"\n{old}", f"\n    {code}\n{old}")


def ran(story, *arguments):
    """Run a verb as a process, which must end; return its outcome, which must have
    changed nothing.
    """
    sources, site = story.sources(), story.published()
    command = [sys.executable, "build.py", *arguments]
    done = subprocess.run(
        command,
        cwd=story.root,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )

    assert (story.sources(), story.published()) == (sources, site)
    return done


@pytest.mark.parametrize(
    ("place", "before", "where"),
    [
        (FACTS, FACT, "story/facts.py:12"),
        (FACTS, "", "story/facts.py:22"),
        (CHECKS, "    return []", "story/checks.py:6"),
        (CHARTS, DRAWN, "story/charts/totals.py:31"),
    ],
)
def test_ctrl_c_ends_code_that_never_ends_and_says_where_it_was(
    story, place, before, where
):
    """At Python's next instruction; site and sources stay as they were."""
    sources, site = story.sources(), story.published()
    put(story, place.replace("charts.py", "charts/totals.py"), before, ENDLESS)
    spoilt = story.sources()
    server = Server(story.root, verb="check")
    server.wait_for("here")

    server.end(lambda: os.kill(server.process.pid, signal.SIGINT))

    assert server.process.returncode == INTERRUPTED
    assert server.complained == [f"interrupted at {where}"]
    assert (story.sources(), story.published()) == (spoilt, site)
    assert sources != spoilt


def test_who_terminates_a_build_ends_all_of_it(story):
    """A program tells only the process that it has started; none of it is left."""
    put(story, FACTS, FACT, f"print('here', flush=True); {WAIT}")
    server = Server(story.root, verb="check")
    server.wait_for("here")

    server.end(lambda: os.kill(server.process.pid, signal.SIGTERM))

    assert server.process.returncode == -signal.SIGTERM
    assert server.complained == []


@pytest.mark.parametrize(
    "verb", [["fix"], ["explain", "total/2023"], ["read", "--list"], ["check"]]
)
def test_code_that_asks_to_exit_does_not_end_a_command(story, verb):
    """As if all were well: the exit status is another than the code has asked for."""
    put(story, FACTS, FACT, "import sys; sys.exit(0)")

    assert ran(story, *verb).returncode == 1


def test_colours_that_cannot_be_told_apart_are_refused(story):
    """A build looks at those of the story, as they are on light and on dark paper."""
    palette = (
        'FOLDER, PALETTE = None, {**colour.PALETTE, "muted": ("#fdfcf9", "#b0aca2")}'
    )
    roles = 'ROLES = colour.ColourRoles("paper", ["muted"], [], [])'
    story.write(
        "story/theme.py", f"from press.ground import colour\n\n{palette}\n{roles}\n"
    )

    done = ran(story, "check")

    told = "story/theme.py:1: found muted at 1.0:1 to paper, light, expected 4.5:1"
    assert (done.returncode, done.stderr) == (
        1,
        f"{told}\n\n1 problem; site/ is as it was.\n",
    )


def test_code_that_lets_nothing_call_anything_is_left_with_that_alone(story):
    """How deep calls may go is set back after each call of it."""
    put(story, CHECKS, "    return []", "import sys; sys.setrecursionlimit(60)")

    assert ran(story, "check").returncode == 0


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (
            "raise ValueError('no luck')",
            "2: the function check raises ValueError: no luck",
        ),
        ("import sys; sys.exit(0)", "2: the function check raises SystemExit: 0"),
        (
            "return None",
            "1: the function check raises TypeError: 'NoneType' object is not iterable",
        ),
        ("yield data['trades']", UNKNOWN),
        ("data['trade'].rows[0].values['year'] = 1", f"2: the function check {FROZEN}"),
    ],
)
def test_a_check_that_fails_is_told_at_its_line(published, code, said):
    """What a check raises or returns is no traceback."""
    published.write(CHECKS, CHECK.format(code))
    told = said if said.startswith("data/") else f"{CHECKS}:{said}"

    assert build_refused(published) == told


@pytest.mark.parametrize(
    "code", ["return ['a', 'b']", "return ('a', 'b')", "yield 'a'; yield 'b'"]
)
def test_what_a_check_says_is_reported(published, code):
    """Any series of texts will do."""
    published.write(CHECKS, CHECK.format(code))

    assert published.run("check").out.startswith("a\nb\n")


CHANGES = [
    (
        "data['trade'] = 1",
        "raises TypeError: 'RecordedMapping' object does not support item assignment",
    ),
    ("data['trade'].rows[0].values['year'] = 1", FROZEN),
    (
        "data['trade'].by_key.clear()",
        "raises AttributeError: 'mappingproxy' object has no attribute 'clear'",
    ),
    ("data['trade'].by_key[1] = 2", FROZEN),
    ("data['trade'].description.raw['title'] = 'x'", FROZEN),
    ("data['trade'].description.raw['schema']['fields'][0]['name'] = 'x'", FROZEN),
    ("data['trade'].description.fields['year'].constraints['x'] = 1", FROZEN),
    ("data['trade'].description.fields['x'] = 1", FROZEN),
    ("data['trade'].description.licenses[0]['title'] = 'x'", FROZEN),
    (
        "data['trade'].description.notes.append(1)",
        "raises AttributeError: 'tuple' object has no attribute 'append'",
    ),
    ("data['trade'].description.anchors[0].row['year'] = 'x'", FROZEN),
    (
        "data.pop('trade')",
        "raises AttributeError: 'RecordedMapping' object has no attribute 'pop'",
    ),
]
OF_CHARTS = [
    (
        "words['corner'] = 'x'",
        "raises TypeError: 'Words' object does not support item assignment",
    ),
    (
        "language.headings_by_table_and_row['trade'] = {}",
        "raises TypeError: 'mappingproxy' object does not support item assignment",
    ),
]


@pytest.mark.parametrize(("code", "error"), CHANGES)
def test_a_fact_cannot_change_the_tables(published, code, error):
    """Whatever a fact is handed is as it was read, also for the next that reads it."""
    put(published, FACTS, FACT, code)

    assert build_refused(published) == f"{FACTS}:12: the fact total {error}"


@pytest.mark.parametrize(("code", "error"), [*CHANGES, *OF_CHARTS])
def test_a_chart_cannot_change_tables_or_words(published, code, error):
    """Whatever a chart is handed is as it was read, also for the next that reads it."""
    put(published, CHARTS, CHART, code)

    assert build_refused(published) == f"{CHARTS}:16: the chart totals {error}"


def test_a_chart_cannot_change_headings(published):
    """The headings of a page's entries are as they were read."""
    published.replace(
        "content/en/sources.md", "template =", 'entries = "sources"\ntemplate ='
    )
    put(
        published,
        CHARTS,
        CHART,
        "language.headings_by_table_and_row['sources']['x'] = 'y'",
    )

    assert (
        published.run("describe", "totals").problems
        == f"story/charts.py:16: the chart totals {FROZEN}"
    )


def test_a_file_beside_the_story_takes_the_place_of_no_package(story):
    """Nor of one of Python's own, where Python is asked not to look beside: as the
    Makefile of each story asks it.
    """
    story.write("json.py", "raise RuntimeError\n")
    # as if the engine were installed
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    done = subprocess.run(
        [sys.executable, "-P", "-m", "press", "check"],
        cwd=story.root,
        env=environment,
        check=False,
    )

    assert done.returncode == 0
