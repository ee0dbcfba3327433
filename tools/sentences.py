"""What the checker says of the sentences of a file: each is held by itself to the
story's tables, by rules alone.

The file is JSON, ``{"false": [{"text": …, "title": …}], "true": […]}``; with ``title``
true the words are read as a title. Prints ``{"false": […], "true": […]}`` in the same
order: of each sentence "problem" if it is refused, "doubt" if a reader is to look at
something in it, else "passes".
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Literal

from press.binding import Facts, check_texts
from press.binding.comparators import COMPARATORS
from press.desk.stages import load_story_and_check_texts
from press.ground.errors import BuildError
from press.pages.markdown import check_and_convert_markdown
from press.reading import Text
from press.story import CheckedStory

NAMES = {comparator.name for comparator in COMPARATORS}
ROOT = Path(__file__).resolve().parents[1]
Verdict = Literal["problem", "doubt", "passes"]
UNUSABLE: Final = 2  # the exit status for a file that cannot be held


def find_unknown_names(text: Text, facts: Facts) -> Iterator[str]:
    """Yield the names in a text's links that the story has not: of facts, comparisons
    and statements.
    """
    for link in text.bindings:
        name, *rest = link.target.partition(":")[2].split("/")
        if link.scheme == "fact":
            yield from _list_unknown_facts([name], facts)
        if link.scheme == "claim":
            operands = [part.partition(".")[0] for part in rest if "." in part]
            yield from _list_unknown_facts(filter(str.isidentifier, operands), facts)
            if name not in NAMES:
                yield f"comparison {name}"
        if link.scheme == "said" and (name,) not in facts.data["statements"].by_key:
            yield f"statement {name}"


def _list_unknown_facts(names: Iterable[str], facts: Facts) -> list[str]:
    known = facts.fact_functions.functions
    return [f"fact {name}" for name in names if name not in known]


def judge_sentence(sentence: Mapping[str, Any], bound: CheckedStory) -> Verdict:
    """Return what becomes of a sentence that is held by itself, as a page's words or as
    its title.

    One that the checker cannot read to its end is refused. Raises ``LookupError`` for
    names that the story has not.
    """
    content = bound.texts
    words = sentence["text"]
    is_title = bool(sentence.get("title"))
    text = Text(
        f"content/{content.language.code}/sentences.md",  # no file has an exception
        words,
        0,
        1,
        words,
        "title" if is_title else "text",
        is_markdown=not is_title,
        must_link_comparisons=is_title,
    )
    if unknown := sorted(find_unknown_names(text, bound.facts)):
        raise LookupError(f"the story has no {', no '.join(unknown)}")
    try:
        ledger = check_texts(content.language, [("", [text])], bound.facts)
        if ledger.problems:
            return "problem"
        if text.is_markdown:
            check_and_convert_markdown(
                text, {Path(page.path).name: page.slug for page in content.pages}
            )
    except BuildError:
        return "problem"
    return "doubt" if ledger.doubts else "passes"


def main(
    arguments: Sequence[str],
    bound: Callable[[], CheckedStory] = lambda: load_story_and_check_texts(ROOT),
) -> Literal[0, 2]:
    """Hold the sentences of a file and print what became of them; return 2 for a file
    that cannot be held.
    """
    try:
        (path,) = arguments
        sentences = json.loads(Path(path).read_text("utf-8"))
        story = bound()
        found = {
            kind: [judge_sentence(each, story) for each in sentences.get(kind, ())]
            for kind in ("false", "true")
        }
    except (ValueError, OSError, LookupError, TypeError) as error:
        print(f"python -m tools.sentences FILE: {error}", file=sys.stderr)
        return UNUSABLE
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
