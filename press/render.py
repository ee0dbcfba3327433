"""Templates: pages, figures and downloads become files of the site."""

from __future__ import annotations

import json
import re
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup

from press.cache import hash_of
from press.errors import BuildError, Problem, Problems, nearest
from press.prose import convert
from press.site import Base, File, Site, relative
from press.text import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from press.content import Content, Language, Page
    from press.data import Data, Table
    from press.figures import Figure

Palette = dict[str, tuple[str, str]]
FIGURE = re.compile(r'<div data-chart="([^"]*)"></div>')
ABSOLUTE = {"404"}  # served at whatever address was asked for, so its links start at the root


@dataclass(frozen=True)
class Sources:
    """All that goes into the pages."""

    root: Path
    content: Content
    data: Data
    figures: Mapping[str, Mapping[str, Figure]]  # by language, by name
    palette: Palette
    base: Base


class Renderer:
    """Renders one story; holds its templates and the addresses of its assets."""

    def __init__(self, sources: Sources) -> None:
        """Read the templates and the static files."""
        self._sources = sources
        self._folder = sources.root / "templates"
        self.assets = _assets(self._folder / "static", sources.root, sources.palette)
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(self._folder),
            undefined=jinja2.StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["fill"] = _fill
        self._used_in = _used_in(sources.data)

    def site(self) -> Site:
        """Return the whole site. Raises ``BuildError`` with what is wrong on any page."""
        site: Site = {address: file for _, (address, file) in sorted(self.assets.items())}
        site |= dict(_downloads(self._sources))
        problems = Problems()
        for language in self._sources.content.languages:
            self._check_uses(language, problems)
            for page in language.pages:
                file = problems.collect(self._page, language, page)
                if file:
                    site[self._address(language, page)] = file
        if self._sources.base.url:
            site |= _for_robots(site, self._sources.base)
        problems.stop_if_any()
        return site

    def _check_uses(self, language: Language, problems: Problems) -> None:
        """Every chart is used, and the navigation names pages."""
        bodies = "\n".join(page.body for page in language.pages)
        for name, text in language.charts.items():
            if not re.search(rf"\(chart:{name}\)", bodies):
                hint = f"put ![](chart:{name}) into a page, or delete this file"
                problems.add(text.path, 1, f"found the chart {name} on no page, expected it on one", hint)
        slugs = {page.slug for page in language.pages}
        for slug in self._sources.content.settings.navigation:
            if slug not in slugs:
                message = f"found {slug!r} in the navigation, expected a page of content/{language.code}"
                problems.add("content/site.toml", 1, message, nearest(slug, slugs))

    def _address(self, language: Language, page: Page) -> str:
        folder = "" if language.code == self._sources.content.settings.language else f"{language.code}/"
        return f"{folder}{page.slug}.html"

    def _page(self, language: Language, page: Page) -> File:
        address = self._address(language, page)
        pages = {Path(other.path).name: self._address(language, other) for other in language.pages}
        link = self._linker(address, absolute=page.slug in ABSOLUTE)
        files = {name: link(target) for name, target in pages.items()}
        prose = convert(page.body, page.path, page.body_line, files)
        context = self._context(language, page, link)
        problems = Problems()
        for name, line in prose.charts.items():
            if name not in language.charts:
                message = f"found the unknown chart {name!r}, expected a file content/{language.code}/charts/{name}.md"
                problems.add(page.path, line, message, nearest(name, language.charts))
        problems.stop_if_any()
        body = FIGURE.sub(lambda found: self._figure(found[1], language, files, context), prose.html)
        html = self._template(f"{page.template}.html", page.path, context | {"body": Markup(body)})  # noqa: S704 - ours
        lines = {target: prose.links[target] for target in prose.links}
        return File(_tidy(html).encode(), page.path, lines)

    def _figure(self, name: str, language: Language, files: Mapping[str, str], context: dict[str, Any]) -> str:
        figure, text = self._sources.figures[language.code][name], language.charts[name]
        summary = convert(text.summary, text.path, text.summary_line, files).html
        makers = dict.fromkeys(
            source["title"] for table in figure.tables for source in self._sources.data[table].description.sources
        )
        extra = {"figure": figure, "text": text, "summary": Markup(summary), "makers": list(makers)}  # noqa: S704 - ours
        extra["drawings"] = [(drawing, Markup(drawing.svg)) for drawing in figure.drawings]  # noqa: S704 - ours
        return self._template("figure.html", text.path, context | extra)

    def _context(self, language: Language, page: Page, link: Callable[[str], str]) -> dict[str, Any]:
        settings, by_slug = self._sources.content.settings, {other.slug: other for other in language.pages}
        navigation = [
            (by_slug[slug], link(self._address(language, by_slug[slug])))
            for slug in settings.navigation
            if slug in by_slug
        ]
        return {
            "settings": settings,
            "language": language,
            "words": language.words,
            "page": page,
            "home": link("index.html"),
            "navigation": navigation,
            "url": link,
            "asset": lambda name: link(self._asset(name, page)),
            "canonical": self._sources.base.absolute(self._address(language, page)) if self._sources.base.url else "",
            "data": self._sources.data,
            "figures": self._sources.figures[language.code],
            "used_in": self._used_in,  # by source: the tables with a row that cites it
            "palette": self._sources.palette,
        }

    def _asset(self, name: str, page: Page) -> str:
        if name not in self.assets:
            message = f"found no asset {name!r}, which the template {page.template}.html uses"
            raise BuildError([Problem(f"templates/{page.template}.html", 1, message, nearest(name, self.assets))])
        return self.assets[name][0]

    def _linker(self, address: str, *, absolute: bool) -> Callable[[str], str]:
        if absolute:
            return lambda target: self._sources.base.path + target
        return lambda target: relative(address, target)

    def _template(self, name: str, wanted_by: str, context: dict[str, Any]) -> str:
        try:
            return self._environment.get_template(name).render(**context)
        except jinja2.TemplateNotFound as error:
            names = [item.removesuffix(".html") for item in self._environment.list_templates(["html"])]
            message = f"found no template {error.name}, expected a file in templates/"
            raise BuildError(
                [Problem(wanted_by, 1, message, nearest(str(error.name).removesuffix(".html"), names))]
            ) from None
        except jinja2.TemplateSyntaxError as error:
            path = shown(Path(error.filename or self._folder / name), self._sources.root)
            raise BuildError([Problem(path, error.lineno, f"found a broken template: {error.message}")]) from None
        except BuildError:
            raise
        except Exception as error:
            raise BuildError([self._template_problem(name, error)]) from error

    def _template_problem(self, name: str, error: Exception) -> Problem:
        frames = traceback.extract_tb(error.__traceback__)
        inside = [frame for frame in frames if Path(frame.filename).is_relative_to(self._folder)]
        path, line = (Path(inside[-1].filename), inside[-1].lineno or 1) if inside else (self._folder / name, 1)
        return Problem(shown(path, self._sources.root), line, f"the template raises {type(error).__name__}: {error}")


def _fill(words: str, **values: object) -> str:
    """Fill the {places} of words in one language."""
    return words.format(**values)


def _tidy(html: str) -> str:
    """Drop the blank lines that template blocks leave."""
    return re.sub(r"\n\s*\n+", "\n", html).strip() + "\n"


def _assets(folder: Path, root: Path, palette: Palette) -> dict[str, tuple[str, File]]:
    """Return each static file by name: its address with a hash of its content, so that caches may keep it, and body."""
    assets = {}
    for path in sorted(item for item in folder.rglob("*") if item.is_file()):
        body = (
            path.read_bytes().replace(b"\r\n", b"\n") if path.suffix in {".css", ".js", ".svg"} else path.read_bytes()
        )
        if path.suffix == ".css":
            body = _palette_css(palette).encode() + body
        name = path.relative_to(folder).as_posix()
        stem, dot, ending = name.rpartition(".")
        assets[name] = (f"assets/{stem}.{hash_of(body)[:10]}{dot}{ending}", File(body, shown(path, root)))
    return assets


def _palette_css(palette: Palette) -> str:
    """Return the palette as custom properties, light and dark; paper is always light."""
    light, dark = ("".join(f"--{name}:{colours[index]};" for name, colours in palette.items()) for index in (0, 1))
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def _downloads(sources: Sources) -> Iterator[tuple[str, File]]:
    """Yield the tables as CSV, and the data package that describes them."""
    for name, table in sources.data.items():
        body = (sources.root / table.path).read_bytes().removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
        yield f"data/{name}.csv", File(body, table.path)
    settings = sources.content.settings
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": re.sub(r"[^a-z0-9]+", "-", settings.name.lower()).strip("-"),
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
