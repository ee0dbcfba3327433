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
    copy_project,
    measure_in_turn,
    run_command,
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
COUNT = 1000
ROUNDS = 2
SECTIONS = 6  # of a page
SENTENCES = 15  # of a section
# Its heading, paragraphs, emphasis, a link to another page, a list.
SECTION = """## {5}

{0}
{1}
{2}
{3}
{4}

{5}
{6}
{7}
{8}
{9}

{10}
{11}
{12}
{13}
{14}

*trade* and **year**: [another page]({other}).

* {0}
* {1}
* {2}
"""
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
# What only this story needs, and what stands in its place.
GONE = (
    "content/en/**/*.md",
    "content/en/**/*.jsonl",
    "content/en/facts.toml",
    "content/en/exceptions.toml",
    "content/en/changes.toml",
    "data/claim_figures.*",
    "story/charts/*.py",
)
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


def measure_pages_beside_pelican(folder: Path) -> Iterator[Row]:
    """Build so many pages in turn with Pelican.

    Raises ``BenchError`` without Pelican.
    """
    if not PYTHON.exists():
        raise BenchError(
            "found no Pelican in .venv-bench: start the bench with make bench, which"
            " puts it there"
        )
    ours = copy_project(folder / "ours")
    theirs = folder / "theirs"
    replace_story_with_plain_pages(ours, theirs, COUNT)
    kind = Kind(
        f"{COUNT:,} plain pages",
        lambda: run_command(BUILD, ours, "site", ".cache").processors,
        1.8,
        PROCESSORS,
    )
    # Python compiles modules once
    run_command(BUILD, ours)
    run_command(PELICAN, theirs)
    made = len(list((theirs / "out").glob("*.html")))
    if made != COUNT:
        raise BenchError(f"Pelican made {made:,} pages of {COUNT:,}")
    yield from measure_in_turn(
        lambda: run_command(PELICAN, theirs, "out").processors, [kind], ROUNDS
    )


def replace_story_with_plain_pages(
    project: Path, pelican_folder: Path, count: int
) -> None:
    """Turn a copy of a project into one of ``count`` plain pages, and write a folder of
    the same for Pelican.
    """
    _delete_story_files(project)
    for name, text in OURS.items():
        _write_file(project / name, text)
    for name, text in THEIRS.items():
        _write_file(pelican_folder / name, text)
    for number in range(count):
        name = make_page_name(number)
        title = _make_sentence(number + 1)
        body = make_body(number, count)
        ours_head = f'+++\ntitle = "{title}"\ndescription = "{title}"\n+++\n\n'
        theirs_head = f"Title: {title}\nDescription: {title}\n\n"
        filed = body.replace("](", "]({filename}")
        _write_file(project / "content" / "en" / name, ours_head + body)
        _write_file(pelican_folder / "content" / "pages" / name, theirs_head + filed)


def _delete_story_files(project: Path) -> None:
    """Delete what only the story of this project needs, where it is there."""
    for pattern in GONE:
        for path in project.glob(pattern):
            path.unlink()


def _write_file(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def make_page_name(number: int) -> str:
    """Return the name of a page's file; the first is the site's."""
    return f"page-{number:04}.md" if number else "index.md"


def make_body(number: int, count: int) -> str:
    """Return the sections of a page, which is one of ``count``, without bindings."""
    sections = [_make_section(number, place, count) for place in range(SECTIONS)]
    return "\n".join(sections)


def _make_section(page_number: int, section_number: int, page_count: int) -> str:
    """Return a section of Markdown, always the same.

    It stands on page ``page_number`` of ``page_count``, as ``section_number`` of it.
    """
    seed = page_number * 31 + section_number * 7
    sentences = [_make_sentence(seed + line) for line in range(SENTENCES)]
    other = make_page_name((page_number * 7 + section_number) % page_count)
    return SECTION.format(*sentences, other=other)


def _make_sentence(seed: int) -> str:
    """Return some words in an order that ``seed`` sets."""
    known = WORDS.split()
    length = 8 + seed % 9
    step = 1 + seed % 11
    words = [known[(seed * 7 + step * place) % len(known)] for place in range(length)]
    return f"{' '.join(words).capitalize()}."
