"""A story of plain text for the bench: as many pages as it asks for, always the same, for us and for Pelican."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

WORDS = """trade year month goods price volume coal crude gas pipeline port harbour figure table source customs rouble
    yuan dollar rail cargo ship bank ministry report steel paper share export import engine lorry tyre timber copper
    grain soybean factory border river bridge station wagon depot"""
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
SETTINGS = 'name = "Plain pages"\nlanguage = "en"\nnavigation = ["index"]\n'
NO_FACTS = """\"\"\"No facts.\"\"\"

__all__: list[str] = []


def bound(*_arguments: object) -> None:
    pass
"""
NO_CHARTS = '"""No charts."""\n\n__all__: list[str] = []\n'
SECTIONS, PARAGRAPHS, SENTENCES = 6, 3, 5
# What Pelican is told: pages alone, the same extensions of Markdown, no feed, no list, nothing kept from run to run.
PELICAN = """
SITENAME, SITEURL, TIMEZONE, DEFAULT_LANG = "Plain pages", "", "UTC", "en"
PATH, PAGE_PATHS, ARTICLE_PATHS, STATIC_PATHS = "content", ["pages"], [], []
THEME, THEME_STATIC_PATHS, DIRECT_TEMPLATES = "theme", [], []
PAGE_URL = PAGE_SAVE_AS = "{slug}.html"
SLUGIFY_SOURCE = "basename"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
MARKDOWN = {"extensions": ["meta", "fenced_code", "tables", "toc", "attr_list"], "output_format": "html"}
LOAD_CONTENT_CACHE = False
"""


def write(story: Path, count: int) -> None:
    """Turn the copy of a project in ``story`` into one of ``count`` plain pages: no charts, a trivial template."""
    pages = story / "content" / "en"
    for path in (*pages.glob("*.md"), *pages.glob("charts/*.md")):
        path.unlink()
    (story / "content" / "site.toml").write_text(SETTINGS, "utf-8")
    (story / "templates" / "page.html").write_text(TEMPLATE, "utf-8")
    shutil.rmtree(story / "story" / "charts", ignore_errors=True)
    (story / "story" / "charts").mkdir()
    (story / "story" / "charts" / "__init__.py").write_text(NO_CHARTS, "utf-8")
    (story / "story" / "facts.py").write_text(NO_FACTS, "utf-8")
    for name in ("facts.toml", "exceptions.toml"):
        (pages / name).unlink()
    for path in story.glob("data/claim_figures.*"):  # they are held to facts
        path.unlink()
    for number in range(count):
        (pages / f"{_name(number)}.md").write_text(page(number, count), "utf-8")


def for_pelican(story: Path, folder: Path) -> None:
    """Write into ``folder`` what makes Pelican build the pages of ``story``: its settings, its theme, its content."""
    pages, templates = folder / "content" / "pages", folder / "theme" / "templates"
    for made in (pages, templates):
        made.mkdir(parents=True)
    (folder / "pelicanconf.py").write_text(PELICAN, "utf-8")
    (templates / "page.html").write_text(TEMPLATE.replace("{{ body }}", "{{ page.content }}"), "utf-8")
    for path in (story / "content" / "en").glob("*.md"):
        (pages / path.name).write_text(as_pelican(path.read_text("utf-8")), "utf-8")


def as_pelican(text: str) -> str:
    """Return a page as Pelican writes it: lines of metadata before the text, and a link to a file marked as one."""
    _, head, body = text.split("+++\n", 2)
    told = "".join(f"{name.capitalize()}: {value}\n" for name, value in tomllib.loads(head).items())
    return f"{told}\n{body}".replace("](", "]({filename}")


def size(story: Path) -> int:
    """Return the mean size of the pages, in bytes."""
    sizes = [path.stat().st_size for path in (story / "content" / "en").glob("*.md")]
    return sum(sizes) // len(sizes)


def page(number: int, count: int) -> str:
    """Return a page of Markdown: sections with paragraphs, emphasis, a list, and a link to another page."""
    head = f'+++\ntitle = "{_sentence(number + 1)}"\ndescription = "{_sentence(number)}"\n+++\n'
    return "\n".join([head, *(_section(number, place, count) for place in range(SECTIONS))])


def _name(number: int) -> str:
    return f"page-{number:04}" if number else "index"


def _section(number: int, place: int, count: int) -> str:
    seed = number * 31 + place * 7
    lines = [_sentence(seed + line) for line in range(PARAGRAPHS * SENTENCES)]
    paragraphs = ["\n".join(lines[first : first + SENTENCES]) for first in range(0, len(lines), SENTENCES)]
    other = _name((number * 7 + place) % count)
    link = f"*{_word(seed)}* and **{_word(seed + 3)}**: [another page]({other}.md)."
    items = "\n".join(f"* {_sentence(seed + item)}" for item in range(3))
    return "\n\n".join([f"## {_sentence(seed + 5)}", *paragraphs, link, items]) + "\n"


def _sentence(seed: int) -> str:
    """Return some words in an order that ``seed`` sets."""
    length, step = 8 + seed % 9, 1 + seed % 11
    return " ".join(_word(seed * 7 + step * place) for place in range(length)).capitalize() + "."


def _word(number: int) -> str:
    words = WORDS.split()
    return words[number % len(words)]
