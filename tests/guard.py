"""The guard of a rewriting: everything that the checker says of all that the tests
know, as text that can be compared.

``python -m tests.guard`` says what the checker says now otherwise than in the records
beside this file, and fails if anything is; ``python -m tests.guard --record`` writes
the records anew. There are three: of each sentence of the files of sentences, held to
several stories; of each mutant of this story's texts, as ``make mutate`` makes them; of
each mistake of ``test_bad_input``.
"""

import difflib
import itertools
import lzma
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from press.desk.stages import load_story_and_check_texts
from press.ground.errors import BuildError
from press.story import CheckedStory
from tests.engine import bindings, test_bad_input
from tests.engine.project import BASE, Project
from tools import mutate

ROOT = Path(__file__).resolve().parents[1]
RECORDS = Path(__file__).parent / "guard"
STORIES = ROOT / "tests/engine/stories"
THIS = "this"  # the name of the repository's own story
# Files of sentences, and the stories to which they are held. A sentence stands on a
# line that is not indented, before what is said of it behind " # ".
SENTENCES = {
    "tests/engine/sentences/games.*.txt": ("games",),
    "tests/engine/sentences/marathon.*.txt": ("marathon",),
    "tests/engine/binding/*.txt": ("bindings", "games"),
    "tests/engine/reading/*.txt": ("bindings",),
    "tests/story/sentences/*.txt": (THIS,),
}
CONTEXT = 0  # lines around a difference
MOST_SHOWN = 100  # lines of differences that are printed of each record


def list_verdicts(bound: CheckedStory, words: str) -> Iterator[str]:
    """Yield the problems and doubts of a paragraph that is held to a story."""
    try:
        ledger = bindings.check_words(bound, words)
    except BuildError as error:
        yield from (f"broken: {problem}" for problem in error.problems)
        return
    yield from (
        f"problem {item.line}:{item.column}: {item.message} | {item.hint}"
        for item in ledger.problems
    )
    yield from (
        f"doubt {fault.start}-{fault.end}: {fault.message} | {fault.hint}"
        for _, fault in ledger.doubts
    )


def read_sentences(pattern: str) -> Iterator[tuple[str, str]]:
    """Yield the sentences of the files that a pattern names, each with its place."""
    for path in sorted(ROOT.glob(pattern)):
        place = path.relative_to(ROOT).as_posix()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            words = line.partition(" # ")[0]
            if words and not words[0].isspace():
                yield f"{place}:{number}", words


def record_sentences() -> Iterator[str]:
    """Yield what is said of each sentence, by this story and by those of the tests."""
    with tempfile.TemporaryDirectory() as folder:
        stories = {
            name: bindings.bind_project(
                bindings.make_project_with_overlay(Path(folder, name), STORIES / name)
            )
            for name in ("bindings", "games", "marathon")
        }
        stories[THIS] = load_story_and_check_texts(ROOT)
        for pattern, names in SENTENCES.items():
            for (place, words), name in itertools.product(
                read_sentences(pattern), names
            ):
                yield f"{place} in {name}: {words}"
                yield from (
                    f"    {each}" for each in list_verdicts(stories[name], words)
                )


def record_mutants() -> Iterator[str]:
    """Yield what is said of each mutant of this story's texts."""
    for mutant in mutate.try_mutants_of_story(load_story_and_check_texts(ROOT)):
        yield f"{mutant.place} {mutant.group}, {mutant.kind}: {mutant.change}"
        yield from (f"    {each}" for each in mutant.messages)


def record_mistakes() -> Iterator[str]:
    """Yield what is said of each mistake of ``test_bad_input``, made in a small story
    after a good build.
    """
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder, "built")
        shutil.copytree(BASE, built)
        Project(built).run("build")
        for name, steps, _told in test_bad_input.read_mistakes():
            root = Path(folder, "story")
            shutil.copytree(built, root)
            project = Project(root)
            for step in steps:
                test_bad_input.make_mistake(project, *step)
            yield name
            yield from (
                f"    {line}" for line in project.run("check").problems.splitlines()
            )
            shutil.rmtree(root)


RECORDED = {
    "sentences": record_sentences,
    "mutants": record_mutants,
    "mistakes": record_mistakes,
}


def list_differences(before: Iterable[str], after: Iterable[str]) -> list[str]:
    """Return the lines of two records that differ."""
    return list(
        difflib.unified_diff(
            [*before], [*after], "recorded", "now", lineterm="", n=CONTEXT
        )
    )


def main(arguments: list[str]) -> int:
    """Compare, or record; return 1 where something is said otherwise."""
    different = 0
    for name, record in RECORDED.items():
        path = RECORDS / f"{name}.txt.xz"
        lines = [line.replace("\n", "\\n") for line in record()]
        if arguments == ["--record"]:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(
                lzma.compress("".join(f"{line}\n" for line in lines).encode())
            )
            print(f"{path.relative_to(ROOT)}: {len(lines)} lines")
            continue
        found = list_differences(
            lzma.decompress(path.read_bytes()).decode().splitlines(), lines
        )
        print(
            *found[:MOST_SHOWN],
            f"{name}: {len(lines)} lines, {len(found)} lines of differences",
            sep="\n",
        )
        different += len(found)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
