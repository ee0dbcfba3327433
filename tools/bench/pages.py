"""Plain pages without charts and bindings, beside Pelican on the same Markdown with a
page shell of the same size.

Both read Markdown with the same extensions and fill a template of Jinja. This project
checks links and
anchors of each page, and reads the sentences for numbers that no fact bears out.
Pelican resolves links to pages, loads plugins and signals, sorts pages by date and
translation. Both are told in seconds of all processors.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tools.bench.runs import (
    BUILD,
    PROCESSORS,
    ROOT,
    BenchError,
    Kind,
    Row,
    beside,
    copied,
    run,
)

PYTHON = ROOT / ".venv-bench" / "bin" / "python"
PELICAN = (
    str(PYTHON),
    "-m",
    "pelican",
    "content",
    "--settings",
    "pelicanconf.py",
    "--output",
    "out",
    "--quiet",
)
COUNT, ROUNDS = 1000, 2
SECTIONS, PARAGRAPHS, SENTENCES = 6, 3, 5  # of a page, a section, a paragraph
WORDS = """trade year month goods price volume coal crude gas pipeline port harbour
    figure table source customs rouble yuan dollar rail cargo ship bank ministry
    report steel paper share export import engine lorry tyre timber copper grain
    soybean factory border river bridge station wagon depot"""
TEMPLATE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{{ page.title }}</title>
<meta name="description" content="{{ page.description }}">
</head>
<body>
<main>
<h1>{{ page.title }}</h1>
{{ body }}
</main>
</body>
</html>
"""
# What stands in place of this story's.
OURS = {
    "content/site.toml": 'name = "Plain pages"\nnavigation = ["index"]\n',
    "templates/page.html": TEMPLATE,
    "story/charts/__init__.py": '"""No charts."""\n\n__all__: list[str] = []\n',
    "story/facts.py": '"""No facts."""\n\n__all__: list[str] = []\nbound = print\n',
}
# Pages alone, the same extensions of Markdown, no feed, no list, nothing kept from run
# to run.
THEIRS = {
    "pelicanconf.py": (
        """
SITENAME, SITEURL, TIMEZONE, DEFAULT_LANG = "Plain pages", "", "UTC", "en"
PATH, PAGE_PATHS, ARTICLE_PATHS, STATIC_PATHS = "content", ["pages"], [], []
THEME, THEME_STATIC_PATHS, DIRECT_TEMPLATES = "theme", [], []
PAGE_URL = PAGE_SAVE_AS = "{slug}.html"
SLUGIFY_SOURCE = "basename"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
MARKDOWN = {
    "extensions": ["meta", "fenced_code", "tables", "toc", "attr_list"],
    "output_format": "html",
}
LOAD_CONTENT_CACHE = False
"""
    ),
    "theme/templates/page.html": TEMPLATE.replace("{{ body }}", "{{ page.content }}"),
}


def pages(folder: Path) -> Iterator[Row]:
    """Build so many pages in turn with Pelican.

    Raises ``BenchError`` without Pelican.
    """
    if not PYTHON.exists():
        raise BenchError(
            "found no Pelican in .venv-bench: start the bench with make bench, which"
            " puts it there"
        )
    ours, theirs = copied(folder / "ours"), folder / "theirs"
    write(ours, theirs, COUNT)
    kind = Kind(
        f"{COUNT:,} plain pages",
        lambda: run(BUILD, ours, "site", ".cache").processors,
        1.8,
        PROCESSORS,
    )
    # Python compiles modules once
    for command, place in ((BUILD, ours), (PELICAN, theirs)):
        run(command, place)
    made = len(list((theirs / "out").glob("*.html")))
    if made != COUNT:
        raise BenchError(f"Pelican made {made:,} pages of {COUNT:,}")
    yield from beside(lambda: run(PELICAN, theirs, "out").processors, [kind], ROUNDS)


def write(ours: Path, theirs: Path, count: int) -> None:
    """Turn a copy of a project into one of ``count`` plain pages, and write a folder of
    the same for Pelican.
    """
    words = ours / "content" / "en"
    named = ("facts.toml", "exceptions.toml", "changes.toml")
    gone = [
        *words.rglob("*.md"),
        *words.rglob("*.jsonl"),
        *(words / name for name in named),
    ]
    for path in (
        *gone,
        *ours.glob("data/claim_figures.*"),
        *ours.glob("story/charts/*.py"),
    ):
        path.unlink(missing_ok=True)
    files = {ours / name: text for name, text in OURS.items()} | {
        theirs / name: text for name, text in THEIRS.items()
    }
    for number in range(count):
        name, title = name_of(number), _sentence(number + 1)
        body = "\n".join(section(number, place, count) for place in range(SECTIONS))
        files[words / name] = (
            f'+++\ntitle = "{title}"\ndescription = "{title}"\n+++\n\n{body}'
        )
        filed = body.replace("](", "]({filename}")
        files[theirs / "content" / "pages" / name] = (
            f"Title: {title}\nDescription: {title}\n\n{filed}"
        )
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def name_of(number: int) -> str:
    """Return the name of a page's file; the first is the site's."""
    return f"page-{number:04}.md" if number else "index.md"


def section(number: int, place: int, count: int) -> str:
    """Return a section of Markdown, always the same: paragraphs, emphasis, a link to
    another page, a list.

    It stands on page ``number`` of ``count``, at a ``place`` of it.
    """
    seed = number * 31 + place * 7
    lines = [_sentence(seed + line) for line in range(PARAGRAPHS * SENTENCES)]
    paragraphs = [
        "\n".join(lines[first : first + SENTENCES])
        for first in range(0, len(lines), SENTENCES)
    ]
    link = (
        f"*{_word(seed)}* and **{_word(seed + 3)}**: [another"
        f" page]({name_of((number * 7 + place) % count)})."
    )
    items = "\n".join(f"* {_sentence(seed + item)}" for item in range(PARAGRAPHS))
    return "\n\n".join([f"## {_sentence(seed + 5)}", *paragraphs, link, items]) + "\n"


def _sentence(seed: int) -> str:
    """Return some words in an order that ``seed`` sets."""
    length, step = 8 + seed % 9, 1 + seed % 11
    return (
        " ".join(_word(seed * 7 + step * place) for place in range(length)).capitalize()
        + "."
    )


def _word(number: int) -> str:
    words = WORDS.split()
    return words[number % len(words)]
