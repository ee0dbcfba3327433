"""The tests of the engine stand on stories of their own, and pass where this project's
story is not there.
"""

import re
from pathlib import Path

HOUSE = Path(__file__).parent
FILES = [
    path
    for path in sorted(HOUSE.rglob("*"))
    if path.is_file() and "__pycache__" not in path.parts
]
# No pattern is what it finds.
NAMES = re.compile(
    r"chin[a]|chin[e]se|russi[a]|mosco[w]|beijin[g]|\bputi[n]\b|bn-b[y]-", re.IGNORECASE
)
OF_TRADE = re.compile(
    NAMES.pattern + r"|\btrad(?:e|ing)\b|\bcustom[s]\b|\bexport[s]?\b|\btarif[f]",
    re.IGNORECASE,
)
ENGINE = HOUSE.parents[1] / "press"
# Code that imports or reads this story: from the root of the project, or as what is
# taken where none is named.
USED = re.compile(
    r"^\s*(?:from|import) stor[y]\b|(?:\bROOT|parents\[\d\]|parent\.parent) /"
    r" (?:[f]?\"(?:content|data|story)\b|[a-z])"
    r"|\b(?:Path|open)\(\"(?:content|data|story)\b|\bbuild\.(?:bind|build)\([\w.]*(?:,"
    r" [\w.]*)?\)|build\.ROO[T]",
    re.MULTILINE,
)


def named_in(text, pattern):
    """Yield what a text holds of a pattern, with its line."""
    for number, line in enumerate(text.splitlines(), 1):
        yield from ((number, found[0]) for found in pattern.finditer(line))


def test_the_engine_s_tests_know_nothing_of_this_story():
    """No file names its countries, imports its code, or reads its texts, tables or
    code; small stories have theirs.
    """
    texts = {
        path.relative_to(HOUSE).as_posix(): path.read_bytes().decode(errors="replace")
        for path in FILES
    }
    found = [
        (name, *found)
        for name, text in texts.items()
        for found in named_in(text, NAMES)
    ]
    code = {
        name: text
        for name, text in texts.items()
        if name.endswith(".py") and not name.startswith("stories/")
    }
    found += [
        (name, *found)
        for name, text in code.items()
        if name != "test_houses.py"
        for found in named_in(text, USED)
    ]

    assert len(code) > 50
    assert len(texts) > 100, "too few files are looked at"
    assert not found, "\n".join(
        f"{name}:{line}: {what}" for name, line, what in sorted(found)
    )


def test_the_engine_knows_no_trade():
    """What countries exchange, and which, is the story's; the engine knows subjects,
    parties and a whole.
    """
    apart = {".woff2", ".ttf", ".png", ".pyc"}
    files = [
        path
        for path in sorted(ENGINE.rglob("*"))
        if path.is_file() and path.suffix not in apart
    ]
    lines = [
        (path.name, line)
        for path in files
        for line in path.read_text("utf-8").splitlines()
    ]

    assert len(files) > 150
    assert {path.relative_to(ENGINE).parts[0] for path in files} > {
        "theme",
        "labels",
        "languages",
        "README.md",
    }
    assert [(name, line) for name, line in lines if OF_TRADE.search(line)] == []
