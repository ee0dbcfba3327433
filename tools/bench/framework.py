"""The story's page beside Observable Framework, on the same text and charts, which its
readers' browsers draw.

Framework keeps what it has bundled of libraries from build to build, here too where
nothing else is kept; what it has to be told to do without the network, the files of
``framework/`` say. Both are told in seconds of all processors.
"""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tools.bench.builds import FIRST, LETTERS, WORD, make_edit
from tools.bench.runs import (
    BUILD,
    PROCESSORS,
    BenchError,
    Kind,
    Row,
    copy_project,
    measure_in_turn,
    run_command,
)

PROJECT = Path(__file__).with_suffix("")
INSTALL = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
FRAMEWORK = (
    "env",
    "OBSERVABLE_TELEMETRY_DISABLE=1",
    "node_modules/.bin/observable",
    "build",
)
ROUNDS = 5
CHART = re.compile(r"!\[[^\]]*\]\(chart:(\w+)\)")
# a link that only a build of the story can follow: to a fact, a claim, a source
OWN_LINK = re.compile(r"\[([^\[\]]*)\]\((?!https?:)[^()]*\)")
SPEC = "{}.vl.json"
# The charts are drawn by the library that draws ours.
HEAD = """# Story

```js
import embed from "vega-embed";

async function draw(file) {
  const place = document.createElement("div");
  await embed(place, await file.json(), {renderer: "svg"});
  return place;
}
```
"""
DRAWN = '```js\ndisplay(await draw(FileAttachment("{}")));\n```'


def measure_story_beside_framework(folder: Path) -> Iterator[Row]:
    """Build the story in turn with Framework: with one other word, then with no site.

    Raises ``BenchError`` where npm is missing or cannot install Framework.
    """
    if not shutil.which("npm"):
        raise BenchError("found no npm: install Node 20 or newer")
    ours = copy_project(folder / "ours")
    theirs = folder / "theirs"
    shutil.copytree(PROJECT, theirs)
    run_command(INSTALL, theirs)
    run_command(BUILD, ours)
    text = (ours / WORD.place).read_text("utf-8")
    write_sources(theirs / "src", text, ours / "site" / "charts")
    run_command(FRAMEWORK, theirs)
    numbers = itertools.count(FIRST)

    def build_ours_with_other_word() -> float:
        make_edit(ours, WORD, next(numbers))
        return run_command(BUILD, ours).processors

    def build_theirs_with_other_word() -> float:
        word = str(next(numbers)).translate(LETTERS)
        with (theirs / "src" / "index.md").open("a", encoding="utf-8") as page:
            page.write(f"\n\nA plain{word}.\n")
        return run_command(FRAMEWORK, theirs).processors

    def build_ours_cold() -> float:
        return run_command(BUILD, ours, ".cache", "site").processors

    word = Kind(
        "one word, beside Framework", build_ours_with_other_word, 1.5, PROCESSORS
    )
    yield from measure_in_turn(build_theirs_with_other_word, [word], ROUNDS)
    cold = Kind("no site, beside Framework", build_ours_cold, 3.2, PROCESSORS)
    build_theirs_cold = partial(run_command, FRAMEWORK, theirs, "dist")
    yield from measure_in_turn(lambda: build_theirs_cold().processors, [cold], ROUNDS)


def write_sources(source_folder: Path, text: str, charts: Path) -> None:
    """Write Framework's sources of a page: its text, without the head and the links
    that only the story's own build follows, and the charts that it shows.
    """
    _, _, body = text.split("+++\n", 2)
    source_folder.mkdir()
    for name in CHART.findall(body):
        shutil.copy(charts / SPEC.format(name), source_folder)
    drawn = CHART.sub(lambda image: DRAWN.format(SPEC.format(image[1])), body)
    page = source_folder / "index.md"
    page.write_text(HEAD + OWN_LINK.sub(r"\1", drawn), "utf-8")
