"""Bad code in a story: whatever it does, the build ends, with status 1 and the line to blame, and nothing is lost."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from press import guard
from tests.engine.previewing import BASE_URL, PATIENCE, Server, make_story
from tests.engine.test_bad_input import refused, swap

CHECKS, FACTS, CHARTS = "story/checks.py", "story/facts.py", "story/charts.py"
CHECK = "def check(data):\n    {}\n"
LIMIT = "takes more than {} s, the limit\n    hint: if it needs more, set another with --limit"
FACT = '    row = data["trade"].by_key'
CHART = '    rows = [row for row in data["trade"].rows'
DRAWN = "    return _Specification("
ASIDE = "import threading, time; threading.Thread(target=time.sleep, args=({},)).start(){}"
UNKNOWN = "data/trades.csv:1: found no such table, expected one: the story reads it\n    hint: did you mean trade?"
LEFT = "leaves the thread Thread-1 (sleep) running, expected none\n    hint: wait for its end with join()"
FROZEN = "raises TypeError: 'mappingproxy' object does not support item assignment"


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    """Give code and threads in this process all the time to end: a busy machine may not let them."""
    for name in ("GRACE", "QUICK"):
        monkeypatch.setattr(guard, name, PATIENCE)


@pytest.fixture
def story(tmp_path, tmp_path_factory):
    """Return a story that ``build.py`` imports, with its good site."""
    story = make_story(tmp_path_factory.getbasetemp(), tmp_path / "story")
    assert story.built().returncode == 0
    return story


def put(project, place, old, code):
    """Put a line of code, or several, before the line of a file that begins with ``old``; for "" at its end."""
    if not old:
        project.write(place, f"{project.read(place)}{code}\n")
        return
    project.replace(place, f"\n{old}", f"\n    {code}\n{old}")


def built(story, limit):
    """Build as a process, which must end; return its outcome, which must have changed nothing."""
    sources, site = story.sources(), story.published()
    command = [sys.executable, "build.py", "build", "--base-url", BASE_URL, "--limit", str(limit)]
    done = subprocess.run(command, cwd=story.root, capture_output=True, text=True, check=False, timeout=PATIENCE)

    assert (story.sources(), story.published()) == (sources, site)
    return done


@pytest.mark.parametrize(
    ("place", "before", "code", "told"),
    [
        (FACTS, FACT, "while True: pass", "story/facts.py:12: the fact total "),
        (FACTS, FACT, "import time; time.sleep(1e6)", "story/facts.py:12: the fact total "),
        (FACTS, FACT, "import threading; threading.Event().wait()", "story/facts.py:12: the fact total "),
        (FACTS, FACT, "import re; re.match('(a+)+$', 'a' * 99 + 'b')", "story/facts.py:12: the fact total "),
        (CHARTS, CHART, "while True: pass", "story/charts.py:16: the chart totals "),
        (CHARTS, DRAWN, "while True: pass", "story/charts.py:31: the chart totals "),
        (CHARTS, "", "while True: pass", "story/charts.py:43: the module of charts "),
    ],
)
def test_code_that_does_not_end_is_interrupted(published, place, before, code, told):
    """Code that loops or waits is told at the line where it was."""
    put(published, place, before, code)
    sources, site = published.sources(), published.published()

    outcome = published.run("build", "--limit", "1")

    assert (outcome.status, outcome.problems) == (1, told + LIMIT.format(1))
    assert (published.sources(), published.published()) == (sources, site)


@pytest.mark.parametrize("verb", [["check"], ["fix"], ["explain", "total/2023"], ["describe", "totals"]])
def test_every_verb_has_the_limit(published, verb):
    """Whatever runs the story's code ends."""
    for place, before in ((FACTS, FACT), (CHARTS, CHART)):
        put(published, place, before, "while True: pass")

    outcome = published.run(*verb, "--limit", "1")

    assert outcome.status == 1
    assert LIMIT.format(1) in outcome.out + outcome.err


@pytest.mark.parametrize("error", ["Exception", "BaseException"])
def test_code_that_is_interrupted_and_ends_has_taken_too_long(published, error):
    """The limit is told, and not what the code made of it."""
    code = f"import time\n    try: time.sleep(1e6)\n    except {error}: raise ValueError('no luck')"
    put(published, FACTS, FACT, code)

    outcome = published.run("check", "--limit", "1")

    assert outcome.problems == "story/facts.py:13: the fact total " + LIMIT.format(1)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("raise ValueError('no luck')", "2: the function check raises ValueError: no luck"),
        ("import sys; sys.exit(0)", "2: the function check raises SystemExit: 0"),
        ("return 5", "1: the function check returns int, expected a list of texts, which may be empty"),
        ("return None", "1: the function check returns NoneType, expected a list of texts, which may be empty"),
        ("return 'a'", "1: the function check returns str, expected a list of texts, which may be empty"),
        ("return ['a', 5]", "1: the function check returns list of int, expected a list of texts, which may be empty"),
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


@pytest.mark.parametrize(
    ("place", "before", "code", "told"),
    [
        (CHECKS, "    return []", "while True: pass", "story/checks.py:6: the function check " + LIMIT.format(2)),
        (FACTS, "", "import time; time.sleep(1e6)", "story/facts.py:22: the story's code " + LIMIT.format(2)),
        (CHECKS, "    return []", "import os; os._exit(0)",
         "story/checks.py:6: the function check raises SystemExit: os._exit(0) would end the build"),
        (CHECKS, "    return []", ASIDE.format("1e6", ""),
         f"story/checks.py:4: the function check {LEFT}"),
    ],
)  # fmt: skip
def test_the_process_ends_with_status_1(story, place, before, code, told):
    """No code of a story ends the process as if all were well, or keeps it from ending."""
    put(story, place, before, code)

    done = built(story, 2)

    assert (done.returncode, done.stderr) == (1, f"{told}\n\n1 problem; site/ is as it was.\n")


def test_code_that_goes_on_when_it_is_interrupted_is_ended(story):
    """Where nothing else helps the process ends, and has told the line."""
    put(story, FACTS, FACT, "import time\n    while True:\n        try: time.sleep(9)\n        except: pass")

    done = built(story, 2)

    said = r"story/facts.py:1\d: the fact total takes more than 2 s, the limit, and goes on when it is interrupted\n"
    assert done.returncode == 1
    assert re.match(said, done.stderr)


def test_code_that_never_gives_the_interpreter_back_is_ended(story):
    """No signal reaches a loop in C: the stack is told, and the process ends."""
    put(story, FACTS, FACT, "import itertools; any(itertools.repeat(0))")

    done = built(story, 2)

    assert (done.returncode, done.stderr.partition("(")[0]) == (1, "Timeout ")
    assert f'File "{story.root / FACTS}", line 12 in total' in done.stderr


def test_threads_that_end_by_themselves_are_free(published):
    """A thread that is done soon after its call keeps nobody waiting; nor does a daemon."""
    put(published, FACTS, FACT, ASIDE.format("0.1", ""))
    put(published, FACTS, FACT, ASIDE.format("1e6", "").replace("(1e6,)", "(1e6,), daemon=True"))

    assert published.run("build").status == 0


def test_a_process_that_the_code_starts_may_end_as_it_does(published):
    """Its end is not the build's."""
    put(published, FACTS, FACT, "import os\n    pid = os.fork() or os._exit(0)\n    os.waitpid(pid, 0)")

    assert published.run("build").status == 0


def test_the_preview_tells_code_that_does_not_end_and_lives_on(story):
    """The problem stands on the page until the code is mended."""
    server = Server(story.root, "--limit", "2")
    try:
        server.wait_for("Preview: ")
        good = story.read(FACTS)
        story.write(FACTS, good.replace(FACT, f"    while True: pass\n{FACT}"))
        page = server.wait_until_shown("/tested.html", "takes more than 2 s")
        story.write(FACTS, good)
        server.wait_until_shown("/tested.html", "<p>Text.</p>")
        server.end()
    finally:
        server.kill()

    assert "<code>story/facts.py:12</code>" in page
    assert server.process.returncode == 0


CHANGES = [
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
]
OF_FACTS = [
    ("data['trade'] = 1", "raises TypeError: 'Noted' object does not support item assignment"),
    ("data.pop('trade')", "raises AttributeError: 'Noted' object has no attribute 'pop'"),
]
OF_CHARTS = [
    ("data['trade'] = 1", "raises TypeError: 'Noted' object does not support item assignment"),
    ("words['corner'] = 'x'", "raises TypeError: 'Words' object does not support item assignment"),
    ("language.headings['trade'] = {}", "raises TypeError: 'Noted' object does not support item assignment"),
]


@pytest.mark.parametrize(("code", "error"), [*CHANGES, *OF_FACTS])
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
