"""Bad code in a story: whatever it does, the build ends, with status 1 and the line to blame, and nothing is lost."""

import contextlib
import os
import signal
import subprocess
import sys

import pytest

from tests.engine.previewing import BASE_URL, PATIENCE, Server, make_story
from tests.engine.test_bad_input import refused, swap

CHECKS, FACTS, CHARTS = "story/checks.py", "story/facts.py", "story/charts.py"
CHECK = "def check(data):\n    {}\n"
LIMIT = "takes more than 2 s, the limit\n    hint: if it needs more, set another with --limit"
FACT = '    row = data["trade"].by_key'
CHART = '    rows = [row for row in data["trade"].rows'
DRAWN = "    return _Specification("
ASIDE = "import threading, time; threading.Thread(target=time.sleep, args=(1e6,)).start()"
LOOP, WAIT, LOOP_IN_C = "while True: pass", "import time; time.sleep(1e6)", "import itertools; any(itertools.repeat(0))"
NO_END = "import time\n    while True:\n        try: time.sleep(9)\n        except: pass"
CRASH = "import ctypes; ctypes.string_at(0)"
UNKNOWN = "data/trades.csv:1: found no such table, expected one: the story reads it\n    hint: did you mean trade?"
FROZEN = "raises TypeError: 'mappingproxy' object does not support item assignment"


@pytest.fixture
def story(tmp_path, tmp_path_factory):
    """Return a story that ``build.py`` imports, with its good site."""
    return make_story(tmp_path_factory.getbasetemp(), tmp_path / "story", published=True)


def put(project, place, old, code):
    """Put a line of code, or several, before the line of a file that begins with ``old``; for "" at its end."""
    if not old:
        project.write(place, f"{project.read(place)}{code}\n")
        return
    project.replace(place, f"\n{old}", f"\n    {code}\n{old}")


def ran(story, *arguments):
    """Run a verb as a process, which must end; return its outcome, which must have changed nothing."""
    sources, site = story.sources(), story.published()
    command = [sys.executable, "build.py", *arguments]
    done = subprocess.run(command, cwd=story.root, capture_output=True, text=True, check=False, timeout=PATIENCE)

    assert (story.sources(), story.published()) == (sources, site)
    return done


@pytest.mark.parametrize(
    ("place", "before", "code", "told"),
    [
        (FACTS, FACT, LOOP, "story/facts.py:12: the fact total " + LIMIT),
        (FACTS, FACT, LOOP_IN_C, "story/facts.py:12: the fact total " + LIMIT),
        (FACTS, FACT, NO_END, "story/facts.py:14: the fact total " + LIMIT),
        (FACTS, "", WAIT, "story/facts.py:22: the story's code " + LIMIT),
        (CHECKS, "    return []", WAIT, "story/checks.py:6: the function check " + LIMIT),
        (CHARTS, DRAWN, LOOP, "story/charts/totals.py:31: the chart totals " + LIMIT),
        (CHARTS, "", LOOP, "story/charts/totals.py:43: the module of charts " + LIMIT),
        (CHECKS, "    return []", "import os; os._exit(0)",
         "story/checks.py:4: the function check ends the process (status 0), expected it to return"),
        (CHARTS, CHART, CRASH, "story/charts/totals.py:16: the chart totals crashes Python: Segmentation fault"),
    ],
)  # fmt: skip
def test_what_code_does_to_its_process_is_one_problem_at_its_line(story, place, before, code, told):
    """It never ends, ends the process as if all were well, or crashes it: nothing is written, and the status is 1."""
    put(story, place.replace("charts.py", "charts/totals.py"), before, code)

    done = ran(story, "build", "--base-url", BASE_URL, "--limit", "2")

    assert (done.returncode, done.stderr) == (1, f"{told}\n\n1 problem; site/ is as it was.\n")


@pytest.mark.parametrize("verb", [["fix"], ["explain", "total/2023"], ["read", "--list"]])
def test_every_verb_has_the_limit(story, verb):
    """Whatever runs the story's code ends."""
    put(story, FACTS, FACT, LOOP)

    done = ran(story, *verb, "--limit", "2")

    assert (done.returncode, done.stderr) == (1, f"story/facts.py:12: the fact total {LIMIT}\n\n1 problem.\n")


def test_an_adapter_has_the_limit(story):
    """Also where nothing has been fetched yet."""
    code = "from press.intake import Adapter\n\n\ndef first(data, since):\n    while True: pass\n\n\n"
    story.write("story/sources.py", f'{code}ADAPTERS = [Adapter("a", ["https://a.example/"], first, first)]\n')

    told = ran(story, "import", "--limit", "2").stderr

    assert told == f'story/sources.py:5: the adapter "a" {LIMIT}\n\n1 problem.\n'


@pytest.mark.parametrize("code", [ASIDE, "import os\n    pid = os.fork() or os._exit(0)\n    os.waitpid(pid, 0)"])
def test_what_the_code_leaves_behind_is_not_waited_for(story, code):
    """Neither a thread that goes on keeps the build from ending, nor does a process that ends at once."""
    put(story, FACTS, FACT, code)

    assert ran(story, "check").returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is copied")
def test_what_a_chart_does_to_its_process_no_fact_sees(story):
    """A build makes charts in a copy of its process, and once: what one prints stands there once."""
    put(
        story, CHARTS.replace("charts.py", "charts/totals.py"), CHART, "import os; os.in_a_chart = True; print('drawn')"
    )
    put(story, FACTS, FACT, "import os; assert not hasattr(os, 'in_a_chart')")

    done = ran(story, "check")

    assert (done.returncode, done.stdout.count("drawn\n")) == (0, 1)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_ends_a_build_ends_all_of_it(story, number):
    """A program tells only the process that it has started."""
    put(story, FACTS, FACT, f"print('here', flush=True); {WAIT}")
    server = Server(story.root, verb="check")
    server.wait_for("here")

    server.end(lambda: os.kill(server.process.pid, number))

    assert server.process.returncode == -number
    assert "Traceback" not in "\n".join(server.complained)


def test_colours_that_cannot_be_told_apart_are_refused(story):
    """A build looks at those of the story, as they are on light and on dark paper."""
    palette = 'FOLDER, PALETTE = None, {**colour.PALETTE, "muted": ("#fdfcf9", "#b0aca2")}'
    roles = 'ROLES = colour.Roles("paper", ["muted"], [], [])'
    story.write("story/theme.py", f"from press.ground import colour\n\n{palette}\n{roles}\n")

    done = ran(story, "check")

    told = "story/theme.py:1: found muted at 1.0:1 to paper, light, expected 4.5:1"
    assert (done.returncode, done.stderr) == (1, f"{told}\n\n1 problem; site/ is as it was.\n")


def test_code_that_lets_nothing_call_anything_is_left_with_that_alone(story):
    """How deep calls may go is set back after each call of it."""
    put(story, CHECKS, "    return []", "import sys; sys.setrecursionlimit(60)")

    assert ran(story, "check").returncode == 0


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("raise ValueError('no luck')", "2: the function check raises ValueError: no luck"),
        ("import sys; sys.exit(0)", "2: the function check raises SystemExit: 0"),
        ("return None", "1: the function check raises TypeError: 'NoneType' object is not iterable"),
        ("yield data['trades']", UNKNOWN),
        ("data['trade'].rows[0].values['year'] = 1", f"2: the function check {FROZEN}"),
    ],
)  # fmt: skip
def test_a_check_that_fails_is_told_at_its_line(published, code, said):
    """What a check raises or returns is no traceback."""
    published.write(CHECKS, CHECK.format(code))
    told = said if said.startswith("data/") else f"{CHECKS}:{said}"

    assert refused(published, []) == told


@pytest.mark.parametrize("code", ["return ['a', 'b']", "return ('a', 'b')", "yield 'a'; yield 'b'"])
def test_what_a_check_says_is_reported(published, code):
    """Any series of texts will do."""
    published.write(CHECKS, CHECK.format(code))

    assert published.run("check").out.startswith("a\nb\n")


@pytest.mark.parametrize("code", [LOOP, CRASH])
def test_the_preview_tells_what_code_does_to_its_process_and_lives_on(story, code):
    """The problem stands on the page until the next save, at the same address."""
    with contextlib.closing(Server(story.root, "--limit", "2")) as server:
        server.wait_for("Preview: ")
        good = story.read(FACTS)
        put(story, FACTS, FACT, code)
        page = server.wait_until_shown("/tested.html", "story/facts.py:12")
        story.write(FACTS, good)
        server.wait_until_shown("/tested.html", "<p>Text.</p>")
        server.end()

    assert "the fact total " in page
    assert server.process.returncode == 0


def test_code_that_is_mended_before_the_preview_lives_on_is_shown(story):
    """Whoever sees that nothing happens mends the code and saves it: that is the next save."""
    with contextlib.closing(Server(story.root, "--limit", "2")) as server:
        server.wait_for("Preview: ")
        good, said = story.read(FACTS), len(server.said)
        put(story, FACTS, FACT, f"print('here', flush=True); {WAIT}")
        server.wait_for("here", said)
        story.write(FACTS, good)
        server.wait_for("build 1: good", said)


CHANGES = [
    ("data['trade'] = 1", "raises TypeError: 'Noted' object does not support item assignment"),
    ("data['trade'].rows[0].values['year'] = 1", FROZEN),
    ("data['trade'].by_key.clear()", "raises AttributeError: 'mappingproxy' object has no attribute 'clear'"),
    ("data['trade'].by_key[1] = 2", FROZEN),
    ("data['trade'].description.raw['title'] = 'x'", FROZEN),
    ("data['trade'].description.raw['schema']['fields'][0]['name'] = 'x'", FROZEN),
    ("data['trade'].description.fields['year'].constraints['x'] = 1", FROZEN),
    ("data['trade'].description.fields['x'] = 1", FROZEN),
    ("data['trade'].description.licenses[0]['title'] = 'x'", FROZEN),
    ("data['trade'].description.notes.append(1)", "raises AttributeError: 'tuple' object has no attribute 'append'"),
    ("data['trade'].description.anchors[0].row['year'] = 'x'", FROZEN),
    ("data.pop('trade')", "raises AttributeError: 'Noted' object has no attribute 'pop'"),
]
OF_CHARTS = [
    ("words['corner'] = 'x'", "raises TypeError: 'Words' object does not support item assignment"),
    ("language.headings['trade'] = {}", "raises TypeError: 'Noted' object does not support item assignment"),
]


@pytest.mark.parametrize(("code", "error"), CHANGES)
def test_a_fact_cannot_change_the_tables(published, code, error):
    """Whatever a fact is handed is as it was read, also for the next that reads it."""
    change = swap(FACTS, f"\n{FACT}", f"\n    {code}\n{FACT}")

    assert refused(published, [change]) == f"story/facts.py:12: the fact total {error}"


@pytest.mark.parametrize(("code", "error"), [*CHANGES, *OF_CHARTS])
def test_a_chart_cannot_change_tables_or_words(published, code, error):
    """Whatever a chart is handed is as it was read, also for the next that reads it."""
    change = swap(CHARTS, f"\n{CHART}", f"\n    {code}\n{CHART}")

    assert refused(published, [change]) == f"story/charts.py:16: the chart totals {error}"


def test_a_chart_cannot_change_headings(published):
    """The headings of a page's entries are as they were read."""
    published.replace("content/en/sources.md", "template =", 'entries = "sources"\ntemplate =')
    put(published, CHARTS, CHART, "language.headings['sources']['x'] = 'y'")

    assert published.run("describe", "totals").problems == f"story/charts.py:16: the chart totals {FROZEN}"


def test_a_file_beside_the_story_takes_the_place_of_no_package(story):
    """One with the name of a module of Python's own was run before anything could be told."""
    story.write("json.py", "raise RuntimeError\n")

    assert ran(story, "check").returncode == 0
