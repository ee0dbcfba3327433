"""Editions: what a build takes beside those of a month, a year and five years, and what git keeps of them.

They are as they would be if each release changed the figures and nothing else: each has another name, and other digits.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from press.content import BEGIN, RECORD, Edition
from tools.bench.report import ms, table
from tools.bench.runs import BUILD, BenchError, copied, median, processors, progress, run

COUNTS, ROUNDS = (0, 1, 12, 60), 3
TEXT = "content/en/corrections.md"  # which a build reads anew at each round
DIGITS = re.compile(rb">[^<]*<")  # what stands between tags
DAY = "2026-11-26"


def editions(folder: Path) -> None:
    """Measure a build after one text has changed, beside more and more editions."""
    story = copied(folder / "story")
    shutil.rmtree(story / "editions", ignore_errors=True)
    run(BUILD, story)
    files = _one(story)
    rows = [_row(story, files, count) for count in COUNTS]
    table("Editions", ("", "build ms", "bytes", "in git"), rows)


def _one(story: Path) -> dict[str, bytes]:
    """Return the files of an edition of a story. Raises ``BenchError``."""
    command = [sys.executable, "build.py", "edition", "one", "--files", DAY]
    done = subprocess.run(command, cwd=story, capture_output=True, check=False)
    if done.returncode:
        raise BenchError(f"no edition could be made:\n{done.stderr.decode()}")
    return {place: base64.b64decode(body) for place, body in json.loads(done.stdout).items()}


def _row(story: Path, files: dict[str, bytes], count: int) -> tuple[str, ...]:
    """Return what a build takes beside so many editions, in seconds of all processors."""
    progress(f"{count} editions")
    made = [Edition(f"e{number}", DAY, "0" * 40, _varied(files, number)) for number in range(count)]
    for place, body in ((f"{item.folder}{place}", body) for item in made for place, body in item.files.items()):
        (story / place).parent.mkdir(parents=True, exist_ok=True)
        (story / place).write_bytes(body)
    if made:
        (story / RECORD).write_text(BEGIN + "".join(item.entry for item in made), "utf-8")
    taken = []
    for _ in range(ROUNDS + 1):
        with (story / TEXT).open("a", encoding="utf-8") as file:
            file.write("\n")
        taken.append(run(BUILD, story))
    size = sum(len(body) for item in made for body in item.files.values())
    return f"{count} editions", ms(median(processors(taken[1:]))), f"{size:,}", f"{_packed(story):,}" if made else "0"


def _varied(files: dict[str, bytes], number: int) -> dict[str, bytes]:
    """Return an edition's files as those of another month: one digit in five between tags is another."""
    turn = bytes.maketrans(b"37", b"%02d" % number)
    text = {place: DIGITS.sub(lambda found: found[0].translate(turn), body) for place, body in files.items()}
    return {place: body if place.endswith(".woff2") else text[place] for place, body in files.items()}


def _packed(story: Path) -> int:
    """Return the bytes that git keeps of the editions, packed."""
    own = story.with_name("repository")
    shutil.rmtree(own, ignore_errors=True)
    shutil.copytree(story / "editions", own / "editions")
    person = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    for command in (("init", "-q"), ("add", "."), (*person, "commit", "-qm", "Editions"), ("gc", "-q")):
        subprocess.run([shutil.which("git") or "git", "-C", own, *command], check=True, capture_output=True)
    return sum(path.stat().st_size for path in (own / ".git" / "objects").rglob("*.pack"))
