"""The templates and the static files: what pages look like."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path, PurePosixPath
from typing import Any

import jinja2
from jinja2.sandbox import safe_range
from markupsafe import Markup, escape

from press.content import WordsTemplate
from press.ground.cache import FILES, PAGES
from press.ground.colour import Palette
from press.ground.errors import (
    BuildError,
    Problems,
    list_problems_of_invisible_characters,
    quote_words,
    suggest_similar_or_all,
)
from press.ground.files import format_path, read_project_or_engine_bytes, read_text
from press.ground.guard import PathAndLine, blame_innermost_line
from press.ground.invisible import locate_invisible_references
from press.pages.assets import (
    LOADED,
    Asset,
    StyleSheet,
    make_hashed_assets,
    make_style_sheet,
    pack_style_sheet,
)
from press.pages.dates import format_quarter_as_month
from press.pages.file import File, FilesByAddress
from press.pages.template_source import SourcesByName, TemplateLoader, TemplateSource

STORY_SHEET = "story.css"  # what a story adds to the style of its pages
KIND_SHEETS = "pages/"  # where the style sheet of a kind of page lies, by its template
TEXT_SUFFIXES = {".css", ".js", ".svg", ".txt"}
NAMED_HEADING = re.compile(r'<(h[23])\b[^>]* id="([^"]+)"[^>]*>(.*?)</\1>', re.DOTALL)
# a static file that a template links to
LINKED_FILE = re.compile(r"\basset\(\s*([\"'])(.*?)\1")


@dataclass(frozen=True)
class Context:
    """What a template is told: its names are the fields of subclasses."""

    def pick_fields(self, names: Collection[str] | None) -> dict[str, object]:
        """Return the fields with one of some names, with any for ``None``, by name."""
        found = dict[str, object]()
        for field in fields(self):
            if names is None or field.name in names:
                found[field.name] = getattr(self, field.name)
        return found


class Templates:
    """The templates of a story and of its theme: fills them, and knows the addresses of
    static files.
    """

    def __init__(
        self,
        root: Path,
        folders: Sequence[Path],
        sources: SourcesByName,
        static: Mapping[str, File],
        palette: Palette,
    ) -> None:
        """Hold the templates, each with its source and file, and the static files, by
        name; all lie in ``folders``.
        """
        self._root = root
        self._folders = folders
        self._sources = sources
        self._assets = dict(make_hashed_assets(static, palette))
        self._loader = TemplateLoader(sources)
        self._environment = _make_environment(self._loader)
        self._packed_sheets = dict[str, str]()  # by the names of their files

    @classmethod
    def read(
        cls, root: Path, palette: Palette, default_theme: Path | None = None
    ) -> Templates:
        """Return the templates of a story and those of the theme that it does not
        replace by a file of the same name.

        They are the very same where no file has changed. Raises ``BuildError``.
        """
        folders = (*filter(None, [default_theme]), root / "templates")
        problems = Problems()
        sources = dict[str, TemplateSource]()
        static = dict[str, File]()
        for path, name in _list_files_with_relative_paths(folders):
            if name.parts[0] == "static":
                body = problems.collect(_read_body, path, root) or b""
                static[name.relative_to("static").as_posix()] = File(
                    body, format_path(path, root)
                )
            elif path.suffix == ".html":
                text = problems.collect(_read_checked_template, path, root) or ""
                sources[name.as_posix()] = TemplateSource(text, path)
        problems.stop_if_any()
        parts = {"sources": sources, "static": static, "palette": dict(palette)}
        return FILES.get(
            ("templates", root, folders),
            lambda inputs: cls(root, folders, **inputs),
            parts,
        )

    def format_path_of_template(self, template_name: str) -> str:
        """Return where a template stands, as messages write it; one that there is not,
        where a story's would.
        """
        path = self._root / "templates" / template_name
        if template_name in self._sources:
            path = self._sources[template_name].path
        return format_path(path, self._root)

    def find_origin_of_page(self, template_name: str, text_path: str) -> str:
        """Return the file of the story that a page is made from: its template, or its
        text where the template is the theme's.
        """
        path = self._sources[template_name].path
        is_own = path.is_relative_to(self._root / "templates")
        return format_path(path, self._root) if is_own else text_path

    def has_template(self, name: str) -> bool:
        """Tell whether there is a template of that name."""
        return name in self._sources

    def has_asset(self, name: str) -> bool:
        """Tell whether there is a static file of that name."""
        return name in self._assets

    def link_asset(
        self, make_link: Callable[[str], str], template_name: str, asset_name: str
    ) -> str:
        """Return how a page links to a static file.

        Raises ``BuildError``, blamed on the template ``template_name``.
        """
        return make_link(self._get_asset(asset_name, template_name).address)

    def make_inline_style_sheet(
        self,
        make_link: Callable[[str], str],
        template_name: str,
        *names: str,
        kind: str = "",
        scripts: bool = True,
    ) -> StyleSheet:
        """Return static style sheets, one after the other, to stand in a page, with the
        files that they load as the page links to them.

        An empty name is skipped. After the ``names`` come the sheet of the ``kind`` of
        page, such as ``pages/glossary.css``, and ``story.css``, where there are such.
        In a page that runs no ``scripts`` nothing is left that is meant for those that
        do. Raises ``BuildError``, blamed on the template ``template_name``.
        """
        wanted = [name for name in names if name]
        added = (f"{KIND_SHEETS}{kind}.css", STORY_SHEET)
        wanted += [name for name in added if name in self._assets]
        parts = [
            self._pack_and_link_style_sheet(make_link, template_name, name)
            for name in wanted
        ]
        text = "".join(parts)
        if not scripts:
            text = text.replace("(scripting: enabled)", "(width < 0px)")
        return make_style_sheet(text)

    def _pack_and_link_style_sheet(
        self, make_link: Callable[[str], str], template_name: str, sheet_name: str
    ) -> str:
        """Return the packed text of a style sheet; what it loads from beside it has the
        address that a page links to.
        """
        asset = self._get_asset(sheet_name, template_name)
        folder = PurePosixPath(asset.address).parent
        if sheet_name not in self._packed_sheets:
            self._packed_sheets[sheet_name] = pack_style_sheet(asset.file.text)

        def link_loaded(found: re.Match[str]) -> str:
            return f"url({make_link((folder / found[1]).as_posix())})"

        return LOADED.sub(link_loaded, self._packed_sheets[sheet_name])

    def list_static_files_not_inlined(self) -> FilesByAddress:
        """Return the static files by address, but for style sheets that no template
        links to: they stand in pages.
        """
        linked = set[str]()
        for source in self._sources.values():
            linked.update(found[2] for found in LINKED_FILE.finditer(source.text))
        return dict(
            asset
            for name, asset in sorted(self._assets.items())
            if name in linked or not name.endswith(".css")
        )

    def _get_asset(self, asset_name: str, template_name: str) -> Asset:
        """Return a static file. Raises ``BuildError``, blamed on the template."""
        if asset_name not in self._assets:
            message = (
                f"found no asset {quote_words(asset_name)}, which the template"
                f" {template_name} uses"
            )
            hint = suggest_similar_or_all(asset_name, self._assets)
            raise BuildError.at(
                self.format_path_of_template(template_name), 1, message, hint
            )
        return self._assets[asset_name]

    def fill_template(
        self,
        template_name: str,
        cache_label: str,
        blamed_place: PathAndLine,
        *contexts: Context,
    ) -> str:
        """Return a template filled, from before where all that it asks for is what it
        was; the ``contexts`` have its names for fields.

        ``cache_label`` says what is made of it: an address, or a part of what stands
        there.
        Raises ``BuildError``: a template that is missing, or one of the theme that
        lacks what it shows, is blamed on ``blamed_place``.
        """
        needs = self._loader.find_needs(self._environment, template_name)
        used = dict[str, object]()
        for context in contexts:
            used |= context.pick_fields(needs.names)
        key = ("template", self._root, template_name, cache_label, needs.sources)
        return PAGES.get(
            key,
            lambda inputs: self._fill_template_uncached(
                template_name, blamed_place, dict(inputs)
            ),
            used,
        )

    def _fill_template_uncached(
        self, template_name: str, blamed_place: PathAndLine, values: Mapping[str, Any]
    ) -> str:
        with blame_innermost_line(
            self._folders,
            self._root,
            "the template",
            (self.format_path_of_template(template_name), 1),
        ):
            try:
                return self._environment.get_template(template_name).render(values)
            except jinja2.TemplateNotFound as error:
                # one that the template asks for: blamed on the template's line
                if error.name != template_name:
                    raise
                names = (Path(each).stem for each in self._sources)
                message = (
                    f"found no template {template_name}, expected a file in templates/"
                )
                hint = suggest_similar_or_all(Path(template_name).stem, names)
                raise BuildError.at(*blamed_place, message, hint) from None
            except jinja2.UndefinedError:
                # one of the theme is for something else than what it is to show
                own = [self._root / "templates"]
                with blame_innermost_line(
                    own, self._root, "the template", blamed_place
                ):
                    raise


def _list_files_with_relative_paths(
    folders: Sequence[Path],
) -> Iterator[tuple[Path, Path]]:
    """Yield the files of some folders, each with its path within its folder; a later
    folder's replace those of the same name.
    """
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if not path.name.startswith(".") and not path.is_dir():
                yield path, path.relative_to(folder)


def _make_environment(loader: jinja2.BaseLoader) -> jinja2.Environment:
    """Return what fills templates."""
    environment = jinja2.Environment(
        loader=loader,
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        headed=wrap_headings_in_boxes, iso=format_quarter_as_month
    )
    # which counts no further than anything that a page shows
    environment.globals["range"] = safe_range
    return environment


def wrap_headings_in_boxes(html: str, label: WordsTemplate | None) -> Markup:
    """Return a text with each heading that has an id in a box, a link beside it:
    inside, it would be read with it.

    ``label`` is the link's name, ``{title}`` in it the heading's words; without it
    there is a box and no link.
    """

    def box_heading(found: re.Match[str]) -> str:
        link = ""
        if label:
            title = Markup(found[3]).striptags()  # noqa: S704 - ours
            name = escape(label.fill(title=title))
            link = f'<a class="here" href="#{found[2]}" aria-label="{name}">#</a>'
        return f'<div class="head">{found[0]}{link}</div>'

    return Markup(NAMED_HEADING.sub(box_heading, html))  # noqa: S704 - ours


def encode_page(html: str) -> bytes:
    """Return a page as a file, without the blank lines that template blocks leave."""
    compact = re.sub(r"\n\s*\n+", "\n", html).strip()
    return f"{compact}\n".encode()


def _read_checked_template(path: Path, root: Path) -> str:
    """Return the text of a template.

    Raises ``BuildError``, also for references to invisible characters.
    """
    text = read_text(path, root)
    if hidden := locate_invisible_references(text):
        raise BuildError(
            list_problems_of_invisible_characters(text, format_path(path, root), hidden)
        )
    return text


def _read_body(path: Path, root: Path) -> bytes:
    """Return what a static file holds; of a text, with the line ends of all texts."""
    if path.suffix in TEXT_SUFFIXES:
        return read_text(path, root).encode()
    return read_project_or_engine_bytes(path, root)
