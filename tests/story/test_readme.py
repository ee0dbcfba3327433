"""What README shows: its examples of bindings are proved on the real tables."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import build
from press.binding.binder import Binder
from press.binding.facts import Facts
from press.reading.text import SCHEMES, Text
from story import facts

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
EXAMPLES = re.findall(r"\| `([A-Z][^`\n]*\]\([^`\n]*)` \|$", README, re.MULTILINE)


@pytest.fixture(scope="module")
def bound():
    return build.bind(ROOT, lambda _line: None)


def read(bound, example):
    """Return the ledger of one sentence."""
    binder = Binder(bound.texts.languages[0], bound.facts)
    binder.read(Text("README.md", example, 0, 1, example, "text", markdown=True))
    return binder.ledger


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_readme_is_true(bound, example):
    """A sentence that README shows as an example raises nothing and is bound."""
    ledger = read(bound, example)

    assert [str(problem) for problem in ledger.problems] == []
    assert [entry.verdict for entry in ledger.entries] != []


def test_readme_has_an_example_of_each_scheme():
    """Newcomers see every scheme at work."""
    assert {scheme for scheme in SCHEMES if any(f"]({scheme}:" in example for example in EXAMPLES)} == set(SCHEMES)


def test_the_fact_that_readme_makes_is_one(bound):
    """The function in README runs beside the story's own, and the number beside it is true."""
    names = dict(vars(facts))
    code = textwrap.dedent(re.search(r"```python\n(.*?)```", README, re.DOTALL)[1])
    exec(compile(code, "README.md", "exec"), names)  # noqa: S102 - our own README
    functions = {**bound.facts.functions, "growth": names["growth"]}
    binding = re.search(r"bind a number to it: `([^`]+)`", README)[1]

    ledger = read(bound._replace(facts=Facts(ROOT, bound.facts.data, functions)), f"In 2023 trade was {binding}.")

    assert ([str(problem) for problem in ledger.problems], len(ledger.entries)) == ([], 1)


def test_a_story_of_one_s_own_is_green_as_readme_starts_it(tmp_path):
    """What README says to keep, and the files that it lays over, are one page, table, chart and bound number."""
    section = README[README.index("## Start your own story") : README.index("## Publish it")]
    deleted = re.search(r"^rm -r (.*)$", section, re.MULTILINE)[1].split()
    kept = re.search(r"^git checkout (.*?)\ncp ", section, re.DOTALL | re.MULTILINE)[1].replace("\\\n", " ").split()
    for name in kept:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "docs" / "start", tmp_path, dirs_exist_ok=True)
    for name in ("press", "templates"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "build.py", tmp_path)

    done = subprocess.run(
        [sys.executable, "build.py", "build"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "en: 3 proved on data, 0 match a cited statement" in done.stdout
    assert {name.partition("/")[0] for name in kept} <= {*deleted}
    assert [len([*tmp_path.glob(files)]) for files in ("content/en/charts/*.md", "data/*.csv")] == [1, 2]


def test_the_message_in_readme_is_the_checker_s_own(bound):
    """A stale number in the first sentence of README's examples is told as README tells it."""
    text = "A month later, at the end of November 2023, it stood at [$218.3 billion](fact:total_to_month/2023-11)."

    assert [problem.message for problem in read(bound, text).problems] == [
        re.search(r'index\.md:9:75: (found "\$218\.3.*)', README)[1]
    ]


def test_the_chart_that_readme_makes_is_one(tmp_path, worker):
    """Its words and its function, copied into the story, give a chart with a page, and a draft of its words."""
    for name in ("content", "data", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    section = README[README.index("## Make a chart") :]
    words, code = (
        textwrap.dedent(re.search(rf"```{kind}\n(.*?)   ```", section, re.DOTALL)[1]) for kind in ("markdown", "python")
    )
    assert words.count("TODO") == 2
    (tmp_path / "content/en/charts/exports.md").write_text(words.replace("TODO", "Bars"), "utf-8")
    with (tmp_path / "content/en/index.md").open("a", encoding="utf-8") as file:
        file.write("\n![](chart:exports)\n")
    names = {}
    exec(compile(code, "README.md", "exec"), names)  # noqa: S102 - our own README
    story = build.this_story()

    site = build.build(
        tmp_path,
        None,
        lambda _line: None,
        worker,
        story._replace(charts=lambda: {**story.charts(), "exports": names["exports"]}),
    )

    assert site["charts/exports.csv"].text.startswith("year,exports_usd_billion\n1999,1.5\n")
    assert "<h1" in site["charts/exports.html"].text
