"""Templates: pages, figures and downloads become files of the site."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from press.blame import blaming
from press.cache import hash_of
from press.errors import BuildError, Problem, Problems, nearest
from press.marks import GLOSSARY, NUMBERS, Marks
from press.numbers import SCHEMA, numbers, schema
from press.proof import ENTRY
from press.prose import Prose, convert, sections
from press.receipts import Use, amount, doubt, pages_of, receipts
from press.site import Base, File, Site, relative
from press.text import read, shown
from press.verdicts import CLAIMS, judged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from press.blame import Place
    from press.content import Content, Language, Page
    from press.data import Data, Row, Table
    from press.facts import Facts
    from press.figures import Figure
    from press.ledger import Ledger
    from press.prose import Section
    from press.receipts import Receipt
    from press.source import Text
    from press.story import Palette


TEXTS = {".css", ".js", ".svg", ".txt"}
CORRECTIONS = "corrections.md"  # the page that says how errors are reported and mended
ABSOLUTE = {"404"}  # served at whatever address was asked for, so its links start at the root


@dataclass(frozen=True)
class Sources:
    """All that goes into the pages."""

    root: Path
    content: Content
    facts: Facts
    figures: Mapping[str, Mapping[str, Figure]]  # by language, by name
    ledgers: Mapping[str, Ledger]  # by language
    palette: Palette
    base: Base

    @property
    def data(self) -> Data:
        """The tables."""
        return self.facts.data


def render(sources: Sources) -> Site:
    """Return the whole site. Raises ``BuildError`` with what is wrong on any page."""
    return Renderer(sources).site()


def proofread(content: Content) -> None:
    """Raise ``BuildError`` with what is wrong in the Markdown alone: for when broken tables leave nothing to render."""
    problems = Problems()
    for language in content.languages:
        files = {Path(page.path).name: page.slug for page in language.pages}
        for page in language.pages:
            problems.collect(convert, page.body, files)
        for text in language.charts.values():
            problems.collect(convert, text.body, files)
    problems.stop_if_any()


class Renderer:
    """Renders one story; holds its templates and the addresses of its assets."""

    def __init__(self, sources: Sources) -> None:
        """Prepare the templates and read the static files. Raises ``BuildError``."""
        self._sources = sources
        self._folder = sources.root / "templates"
        self.assets = _assets(self._folder / "static", sources.root, sources.palette)
        self._environment = jinja2.Environment(
            loader=jinja2.FunctionLoader(self._read),
            undefined=jinja2.StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._used_in = _used_in(sources.data)
        self._files: dict[str, dict[str, str]] = {}  # by language, by Markdown file: the page's address
        self._listed: dict[str, list[Page]] = {}  # by language: the pages of the navigation
        for language in sources.content.languages:
            by_slug = {page.slug: page for page in language.pages}
            self._files[language.code] = {
                Path(page.path).name: self._address(language, page) for page in language.pages
            }
            self._listed[language.code] = [
                by_slug[slug] for slug in sources.content.settings.navigation if slug in by_slug
            ]
        self._placed = set[str]()  # the charts of a language that stand on a page
        self._marks = {code: Marks(ledger, self._files[code]) for code, ledger in sources.ledgers.items()}
        self._held = list(judged(sources.facts))  # figures under test, each with its fact
        self._receipts: dict[str, list[tuple[Receipt, Markup]]] = {}  # by language, each with its HTML
        self._cards: dict[str, str] = {}  # by language: the address of the script that holds the cards

    def site(self) -> Site:
        """Return the whole site. Raises ``BuildError`` with what is wrong on any page."""
        site: Site = {address: file for _, (address, file) in sorted(self.assets.items())}
        site |= dict(_downloads(self._sources))
        problems = Problems()
        for language in self._sources.content.languages:
            self._check_navigation(language, problems)
            self._placed.clear()
            site |= problems.collect(self._make_receipts, language) or {}
            for page in language.pages:
                if file := problems.collect(self._page, language, page, problems):
                    site[self._address(language, page)] = file
            if not problems:  # else a chart may be missing only because its page could not be made
                self._check_uses(language, problems)
        if self._sources.base.url:
            site |= _for_robots(site, self._sources.base)
        problems.stop_if_any()
        return site

    def _read(self, name: str) -> tuple[str, str, None] | None:
        path = self._folder / name
        return (read(path, self._sources.root), str(path), None) if path.is_file() else None

    def _check_uses(self, language: Language, problems: Problems) -> None:
        """Every chart stands on a page, every entry of the glossary explains a term that some text uses."""
        for name, text in language.charts.items():
            if name not in self._placed:
                hint = f"put ![](chart:{name}) into a page, or delete this file"
                problems.add(text.path, 1, f"found the chart {name} on no page, expected it on one", hint)
        used = {entry.link.target for entry in self._sources.ledgers[language.code].entries}
        for page in language.pages:
            for found in ENTRY.finditer(page.body.value) if Path(page.path).name == GLOSSARY else ():
                if f"term:{found[1]}" not in used:
                    message = f"found the term {found[1]} in no text, expected it in one"
                    hint = f"write [words](term:{found[1]}) where a reader meets it, or delete this entry"
                    problems.add(page.path, page.body.place(found.start())[0], message, hint)

    def _check_navigation(self, language: Language, problems: Problems) -> None:
        settings = self._sources.content.settings
        slugs = {page.slug for page in language.pages}
        for slug in settings.navigation:
            if slug not in slugs:
                message = f"found {slug!r} in the navigation, expected a page of content/{language.code}"
                problems.add("content/site.toml", settings.navigation_line, message, nearest(slug, slugs))

    def _address(self, language: Language, page: Page) -> str:
        folder = "" if language.code == self._sources.content.settings.language else f"{language.code}/"
        return f"{folder}{page.slug}.html"

    def _page(self, language: Language, page: Page, problems: Problems) -> File:
        address = self._address(language, page)
        link = self._linker(address, absolute=page.slug in ABSOLUTE)
        context = self._context(language, page, link)
        marks, files = self._marks[language.code], self._files[language.code]
        prose = problems.collect(convert, page.body, files, link, marks.of(page.body, link)) or Prose("", {}, {})
        places, body = dict(prose.places), prose.html
        for name, line in prose.charts.items():
            if name not in language.charts:
                message = f"found the unknown chart {name!r}, expected a file content/{language.code}/charts/{name}.md"
                problems.add(page.path, line, message, nearest(name, language.charts))
            elif figure := problems.collect(self._figure, name, language, context, places):
                self._placed.add(name)
                body = body.replace(f'<div data-chart="{name}"></div>', figure)
        intro, parts = sections(body)
        context |= {"body": Markup(body), "intro": intro, "sections": parts}  # noqa: S704 - ours
        context["others"] = {section.id: section for section in parts if section.id in page.others}
        if page.entries:
            context["entries"] = self._entries(page, parts, prose, problems)
        place = page.path, page.lines.get("template", 1)
        html = self._template(f"{page.template}.html", place, context)
        return File(_tidy(html).encode(), f"templates/{page.template}.html", places)

    def _entries(
        self, page: Page, parts: Sequence[Section], prose: Prose, problems: Problems
    ) -> list[tuple[Section, Row]]:
        """Return the sections of a page, each with the row of the table that it tells of: each has the other."""
        data, table, line = self._sources.data, page.entries, page.lines["entries"]
        if table not in data:
            raise BuildError([Problem(page.path, line, f"found the unknown table {table!r}", nearest(table, data))])
        rows = {str(key[0]): row for key, row in data[table].by_key.items()}
        for section in parts:
            if section.id not in {*rows, *page.others}:
                message = f"found the entry {section.id!r}, expected the id of a row of {data[table].path}"
                problems.add(*prose.places.get(f"#{section.id}", (page.path, 1)), message, nearest(section.id, rows))
        for name in sorted(rows.keys() - {section.id for section in parts}):
            message = f"found no entry for the row {name!r} in {page.path}, expected one: ## Heading {{#{name}}}"
            problems.add(rows[name].path, rows[name].line, message)
        return [(section, rows[section.id]) for section in parts if section.id in rows]

    def _make_receipts(self, language: Language) -> Site:
        """Make the receipts of a language, if it has a page of all numbers; return the script with what a click shows.

        That is every receipt, and every entry of the glossary, by its anchor.
        """
        pages, files = {Path(page.path).name: page for page in language.pages}, self._files[language.code]
        if NUMBERS not in pages:
            return {}
        link = self._linker(files[NUMBERS], absolute=False)
        context = self._context(language, pages[NUMBERS], link)
        context["doubt"] = partial(doubt, language=language)
        places = pages_of(language, {page.slug: self._address(language, page) for page in language.pages})
        tested = [
            (fact, Use(f"{self._address(language, page)}#{row['claim']}", page.label, str(row["words"])))
            for page in language.pages
            if page.entries == CLAIMS
            for row, fact in self._held
        ]
        made = [
            (item, Markup(self._template("receipt.html", (pages[NUMBERS].path, 1), context | {"receipt": item})))  # noqa: S704 - ours
            for item in receipts(language, self._sources.ledgers[language.code], self._sources.facts, places, tested)
        ]
        cards = {item.id: html for item, html in made}
        if (glossary := pages.get(GLOSSARY)) and glossary.entries:
            mark = self._marks[language.code].of(glossary.body, link, anchored=False)
            prose = convert(glossary.body, files, link, mark)
            for section, row in self._entries(glossary, sections(prose.html)[1], prose, Problems()):
                body = self._template("term.html", (glossary.path, 1), context | {"section": section, "row": row})
                cards[section.id] = Markup("<h3>{}</h3>{}").format(section.heading, Markup(body))  # noqa: S704 - ours
        script = File(f"window.cards = {json.dumps(cards, ensure_ascii=False)};\n".encode(), pages[NUMBERS].path)
        self._receipts[language.code] = made
        self._cards[language.code] = f"assets/cards.{language.code}.{hash_of(script.body)[:10]}.js"
        settings = self._sources.content.settings
        for old, new in settings.renamed.items():
            if new not in cards:
                message = f"found the unknown number {new!r}, expected one that has a receipt"
                place = "content/site.toml", settings.renamed_lines[old]
                raise BuildError([Problem(*place, message, nearest(new, cards))])
        document = numbers((item for item, _ in made), language.code, settings.renamed)
        folder, origin = Path(files[NUMBERS]).parent, pages[NUMBERS].path
        return {
            self._cards[language.code]: script,
            (folder / "numbers.json").as_posix(): File(document.encode(), origin),
            (folder / SCHEMA.name).as_posix(): File(schema().encode(), origin),
        }

    def _figure(self, name: str, language: Language, context: dict[str, Any], places: dict[str, Place]) -> str:
        """Return a figure as HTML, and note where the links in its summary stand."""
        figure, text = self._sources.figures[language.code].get(name), language.charts[name]
        link, marks = context["url"], self._marks[language.code]
        summary = convert(text.body, self._files[language.code], link, marks.of(text.body, link))
        for chart, line in summary.charts.items():
            message = f"found the chart {chart} in a summary, expected text"
            raise BuildError([Problem(text.path, line, message)])
        places |= summary.places
        if figure is None:  # it could not be drawn, which is told already; links to it are right all the same
            return f'<figure id="{name}"></figure>'
        makers = dict.fromkeys(
            source["title"] for table in figure.tables for source in self._sources.data[table].description.sources
        )
        extra = {"figure": figure, "text": text, "summary": Markup(summary.html), "makers": list(makers)}  # noqa: S704 - ours
        extra["told"] = _told(text.strings, marks, link)
        extra["drawings"] = [(drawing, Markup(drawing.svg)) for drawing in figure.drawings]  # noqa: S704 - ours
        return self._template("figure.html", (text.path, 1), context | extra)

    def _context(self, language: Language, page: Page, link: Callable[[str], str]) -> dict[str, Any]:
        settings = self._sources.content.settings
        listed = self._listed[language.code]
        told, files = _told(page.strings, self._marks[language.code], link), self._files[language.code]
        return {
            "title": told["title"][0],
            "description": told["description"][0],
            "cards": link(self._cards[language.code]) if language.code in self._cards else "",
            "report": partial(self._report, language, link),
            "receipts": self._receipts.get(language.code, []),
            "numbers": files.get(NUMBERS, ""),  # the address of the page
            "absolute": self._sources.base.absolute if self._sources.base.url else str,
            "settings": settings,
            "language": language,
            "words": language.words,
            "page": page,
            "home": link("index.html"),
            "navigation": [(item, link(self._address(language, item))) for item in listed],
            "url": link,
            "asset": lambda name: link(self._asset(name, page)),
            "canonical": self._sources.base.absolute(self._address(language, page)) if self._sources.base.url else "",
            "data": self._sources.data,
            "amount": partial(amount, language=language),
            "held": {row["fact"]: fact for row, fact in self._held},
            "figures": self._sources.figures[language.code],
            "used_in": self._used_in,  # by source: the tables with a row that cites it
            "palette": self._sources.palette,
        }

    def _asset(self, name: str, page: Page) -> str:
        if name not in self.assets:
            message = f"found no asset {name!r}, which the template {page.template}.html uses"
            raise BuildError([Problem(f"templates/{page.template}.html", 1, message, nearest(name, self.assets))])
        return self.assets[name][0]

    def _report(self, language: Language, link: Callable[[str], str], subject: str) -> str:
        """Return where an error is reported: the address in site.toml, else the page that says how; else nothing."""
        address, page = self._sources.content.settings.report, self._files[language.code].get(CORRECTIONS)
        return address.replace("{subject}", quote(subject, safe="")) or (link(page) if page else "")

    def _linker(self, address: str, *, absolute: bool) -> Callable[[str], str]:
        if absolute:
            return lambda target: self._sources.base.path + target
        return lambda target: relative(address, target)

    def _template(self, name: str, wanted_at: Place, context: dict[str, Any]) -> str:
        with blaming(self._folder, self._sources.root, "the template", (f"templates/{name}", 1)):
            try:
                return self._environment.get_template(name).render(**context)
            except jinja2.TemplateNotFound as error:
                if error.name != name:  # one that the template asks for: blamed on the template's line
                    raise
                hint = nearest(Path(name).stem, (path.stem for path in self._folder.glob("*.html")))
                message = f"found no template {name}, expected a file in templates/"
                raise BuildError([Problem(*wanted_at, message, hint)]) from None


def _told(texts: Sequence[Text], marks: Marks, link: Callable[[str], str]) -> dict[str, list[Markup]]:
    """Return the strings of a front matter with their bindings shown, by what they are: title, subtitle, note."""
    told: defaultdict[str, list[Markup]] = defaultdict(list)
    for text in texts:
        told[text.what].append(marks.inline(text, link))
    return told


def _tidy(html: str) -> str:
    """Drop the blank lines that template blocks leave."""
    return re.sub(r"\n\s*\n+", "\n", html).strip() + "\n"


def _assets(folder: Path, root: Path, palette: Palette) -> dict[str, tuple[str, File]]:
    """Return each static file by name: its address with a hash of its content, so that caches may keep it, and body."""
    assets = {}
    for path in sorted(item for item in folder.rglob("*") if item.is_file() and not item.name.startswith(".")):
        body = read(path, root).encode() if path.suffix in TEXTS else path.read_bytes()
        if path.suffix == ".css":
            body = _palette_css(palette).encode() + body
        place = path.relative_to(folder)
        name = place.with_name(f"{place.stem}.{hash_of(body)[:10]}{place.suffix}").as_posix()
        assets[place.as_posix()] = (f"assets/{name}", File(body, shown(path, root)))
    return assets


def _palette_css(palette: Palette) -> str:
    """Return the palette as custom properties, light and dark; paper is always light."""
    light, dark = ("".join(f"--{name}:{colours[index]};" for name, colours in palette.items()) for index in (0, 1))
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def _downloads(sources: Sources) -> Iterator[tuple[str, File]]:
    """Yield the tables as CSV, and the data package that describes them."""
    for name, table in sources.data.items():
        yield f"data/{name}.csv", File(read(sources.root / table.path, sources.root).encode(), table.path)
    settings = sources.content.settings
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": re.sub(r"[^a-z0-9]+", "-", settings.name.lower()).strip("-") or "story",
        "title": settings.name,
        **({"homepage": sources.base.url} if sources.base.url else {}),
        "resources": [_resource(name, table) for name, table in sources.data.items()],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    yield "data/datapackage.json", File(text.encode(), "data")


def _resource(name: str, table: Table) -> dict[str, Any]:
    raw = dict(table.description.raw)
    schema = dict(raw.pop("schema"))
    raw.pop("anchors", None)
    keys = [key for key in schema.get("foreignKeys", []) if not _lists(key, table)]
    schema = {**schema, "foreignKeys": keys} if keys else {k: v for k, v in schema.items() if k != "foreignKeys"}
    form = {"type": "table", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    return {"name": name, "path": f"{name}.csv", **form, **raw, "schema": schema}


def _lists(key: dict[str, Any], table: Table) -> bool:
    """Tell whether a foreign key is one of lists, which the standard does not know."""
    return any(table.description.fields[column].type == "list" for column in key["fields"])


def _used_in(data: Data) -> Mapping[str, list[str]]:
    used: dict[str, dict[str, None]] = {}
    for name, table in data.items():
        for source in (source for row in table.rows for source in row.source_ids):
            used.setdefault(source, {})[name] = None
    return {source: list(names) for source, names in used.items()}


def _for_robots(site: Site, base: Base) -> Site:
    addresses = sorted(address for address in site if address.endswith(".html") and Path(address).stem not in ABSOLUTE)
    places = "".join(f"  <url><loc>{base.absolute(address)}</loc></url>\n" for address in addresses)
    sitemap = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{places}</urlset>\n'
    robots = f"User-agent: *\nAllow: /\nSitemap: {base.absolute('sitemap.xml')}\n"
    return {"sitemap.xml": File(sitemap.encode(), "content"), "robots.txt": File(robots.encode(), "content")}
