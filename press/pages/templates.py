"""The templates and the static files: what pages look like."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from pathlib import Path, PurePosixPath
from types import CodeType
from typing import Any, NamedTuple

import jinja2
from jinja2 import meta, nodes
from jinja2.sandbox import safe_range
from markupsafe import Markup, escape

from press.content import Word
from press.ground.cache import FILES, PAGES
from press.ground.colour import Palette
from press.ground.errors import (
    BuildError,
    Problems,
    find_invisible_problems,
    quote_words,
    suggest_similar,
)
from press.ground.files import format_path, hash_parts, read_project_bytes, read_text
from press.ground.guard import Place, blame_innermost_line
from press.ground.invisible import locate_references
from press.pages.dates import iso
from press.pages.file import File

# style sheets: the theme's, and what a story adds to it
SHEET, OWN = "site.css", "story.css"
Sources = dict[str, tuple[str, Path]]  # of templates, each with its file, by name
TEXTS = {".css", ".js", ".svg", ".txt"}
LOADED = re.compile(r"url\(([\w./-]+)\)")  # a static file, in a style sheet beside it
ASSETS = "assets/"  # the folder of static files
HEADING = re.compile(r'<(h[23])\b[^>]* id="([^"]+)"[^>]*>(.*?)</\1>', re.DOTALL)
BLANK = r"(?:\s|(?>/\*.*?\*/))"  # what a style sheet has for its authors
PACKED = re.compile(
    rf"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|{BLANK}*([{{}};,]){BLANK}*|{BLANK}+""",
    re.DOTALL,
)
# a static file, in a template
ASKED = re.compile(r"\b(asset|sheet)\(\s*([\"'])(.*?)\2")


class Sheet(NamedTuple):
    """A style sheet that stands in a page, so that nothing is waited for; the page's
    policy allows it by its name.
    """

    text: Markup
    name: str


class Templates:
    """The templates of a story and of its theme: fills them, and knows the addresses of
    static files.
    """

    def __init__(
        self,
        root: Path,
        folders: Sequence[Path],
        sources: Sources,
        static: Mapping[str, File],
        palette: Palette,
    ) -> None:
        """Hold the templates, each with its source and file, and the static files, by
        name; all lie in ``folders``.
        """
        self._root = root
        self._folders = folders
        self._sources = sources
        self._assets = dict(_assets(static, palette))
        self._environment = _environment(sources)
        self._needs = dict[str, _Needs]()  # of each template that was filled
        # style sheets without what means nothing, by name
        self._packed = dict[str, str]()

    @classmethod
    def read(cls, root: Path, palette: Palette, theme: Path | None = None) -> Templates:
        """Return the templates of a story and those of the theme that it does not
        replace by a file of the same name.

        The style sheet ``story.css`` of a story is added to ``site.css``. They are the
        very same where no file has changed. Raises ``BuildError``.
        """
        folders = (*filter(None, [theme]), root / "templates")
        problems = Problems()
        sources = Sources()
        static = dict[str, File]()
        every = (
            (path, path.relative_to(folder))
            for folder in folders
            for path in sorted(folder.rglob("*"))
        )
        for path, name in every:
            if path.is_dir() or path.name.startswith("."):
                continue
            if name.parts[0] == "static":
                body = problems.collect(_body, path, root) or b""
                static[name.relative_to("static").as_posix()] = File(
                    body, format_path(path, root)
                )
            elif path.suffix == ".html":
                sources[name.as_posix()] = (
                    problems.collect(_source, path, root) or "",
                    path,
                )
        problems.stop_if_any()
        if OWN in static and SHEET in static:
            static[SHEET] = File(
                static[SHEET].body + static.pop(OWN).body, static[SHEET].origin
            )
        parts = {"sources": sources, "static": static, "palette": dict(palette)}
        return FILES.get(
            ("templates", root, folders),
            lambda inputs: cls(root, folders, **inputs),
            parts,
        )

    def place(self, name: str) -> str:
        """Return where a template stands, as messages write it; one that there is not,
        where a story's would.
        """
        return format_path(
            (
                self._sources[name][1]
                if name in self._sources
                else self._root / "templates" / name
            ),
            self._root,
        )

    def has(self, name: str) -> bool:
        """Tell whether there is a template of that name."""
        return name in self._sources

    def holds(self, name: str) -> bool:
        """Tell whether there is a static file of that name."""
        return name in self._assets

    def asset(self, link: Callable[[str], str], user: str, name: str) -> str:
        """Return how a page links to a static file.

        Raises ``BuildError``, blamed on the template ``user``.
        """
        return link(self._known(name, user)[0])

    def sheet(
        self, link: Callable[[str], str], user: str, name: str, *, scripts: bool = True
    ) -> Sheet:
        """Return a static style sheet to stand in a page, with the files that it loads
        as the page links to them.

        In a page that runs no ``scripts`` nothing of it holds that is meant for those
        that do. Raises ``BuildError``, blamed on the template ``user``.
        """
        address, file = self._known(name, user)
        folder = PurePosixPath(address).parent
        if name not in self._packed:
            self._packed[name] = packed(file.text)
        text = (
            self._packed[name]
            if scripts
            else self._packed[name].replace("(scripting: enabled)", "(width < 0px)")
        )
        return sheet_of(
            LOADED.sub(
                lambda found: f"url({link((folder / found[1]).as_posix())})", text
            )
        )

    def files(self) -> dict[str, File]:
        """Return the static files by address, but for style sheets that stand in pages
        and that none links to.
        """
        asked: defaultdict[str, set[str]] = defaultdict(set)
        for source, _ in self._sources.values():
            for found in ASKED.finditer(source):
                asked[found[1]].add(found[3])
        inside = asked["sheet"] - asked["asset"]
        return dict(self._assets[name] for name in sorted(self._assets.keys() - inside))

    def _known(self, name: str, user: str) -> tuple[str, File]:
        if name not in self._assets:
            message = (
                f"found no asset {quote_words(name)}, which the template {user} uses"
            )
            raise BuildError.at(
                self.place(user), 1, message, suggest_similar(name, self._assets)
            )
        return self._assets[name]

    def fill(
        self, name: str, target: str, wanted_at: Place, context: Mapping[str, Any]
    ) -> str:
        """Return a template filled, from before where all that it asks for is what it
        was.

        ``target`` says what is made of it: an address, or a part of what stands there.
        Raises ``BuildError``: a missing template is blamed on ``wanted_at``.
        """
        needs = self._needs_of(name)
        used = {
            key: value
            for key, value in context.items()
            if needs.names is None or key in needs.names
        }
        key = ("template", self._root, name, target, needs.sources)
        return PAGES.get(
            key, lambda inputs: self._fill(name, wanted_at, dict(inputs)), used
        )

    def _fill(self, name: str, wanted_at: Place, context: Mapping[str, Any]) -> str:
        with blame_innermost_line(
            self._folders, self._root, "the template", (self.place(name), 1)
        ):
            try:
                return self._environment.get_template(name).render(**context)
            except jinja2.TemplateNotFound as error:
                # one that the template asks for: blamed on the template's line
                if error.name != name:
                    raise
                names = (Path(each).stem for each in self._sources)
                message = f"found no template {name}, expected a file in templates/"
                raise BuildError.at(
                    *wanted_at, message, suggest_similar(Path(name).stem, names)
                ) from None

    def _needs_of(self, name: str) -> _Needs:
        if name not in self._needs:
            self._needs[name] = self._look_for_needs(name)
        return self._needs[name]

    def _look_for_needs(self, name: str) -> _Needs:
        """Return what a template and those that it takes in need; where nobody can
        tell, all that there is.
        """
        everything = _Needs(None, tuple(self._sources.items()))
        names = set[str]()
        seen = dict[str, tuple[str, Path]]()
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one in seen or one not in self._sources:
                continue
            seen[one] = self._sources[one]
            try:
                compiled = _compile(self._environment, one, *self._sources[one])
            except (jinja2.TemplateSyntaxError, RecursionError):
                # told where it is filled
                return everything
            # a template whose name is worked out when it is filled
            if None in compiled.takes_in:
                return everything
            names |= compiled.names
            waiting += filter(None, compiled.takes_in)
        return _Needs(frozenset(names), tuple(seen.items())) if seen else everything


class _Needs(NamedTuple):
    """What the filling of a template depends on: the names that it asks for, ``None``
    for any, and the sources.
    """

    names: frozenset[str] | None
    sources: tuple[tuple[str, tuple[str, Path]], ...]


class _Compiled(NamedTuple):
    """A template compiled, the names that it asks for, and the templates that it takes
    in, ``None`` for any.
    """

    code: CodeType
    names: frozenset[str]
    takes_in: tuple[str | None, ...]


class _Loader(jinja2.BaseLoader):
    """Gives Jinja the templates of a story."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's
    ) -> jinja2.Template:
        """Return a template compiled."""
        if name not in self._sources:
            raise jinja2.TemplateNotFound(name)
        code = _compile(environment, name, *self._sources[name]).code
        return jinja2.Template.from_code(
            environment, code, environment.make_globals(globals)
        )


def _environment(sources: Sources) -> jinja2.Environment:
    """Return what fills templates."""
    environment = jinja2.Environment(
        loader=_Loader(sources),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(headed=headed, iso=iso)
    # which counts no further than anything that a page shows
    environment.globals["range"] = safe_range
    return environment


def _compile(
    environment: jinja2.Environment, name: str, source: str, path: Path
) -> _Compiled:
    """Return a template compiled, again only where its source has changed.

    Raises ``jinja2.TemplateSyntaxError``.

    Names that it gives itself are among those that it asks for.
    """

    def compile_source(_inputs: object) -> _Compiled:
        tree = environment.parse(source, name, str(path))
        takes_in = tuple(meta.find_referenced_templates(tree))
        names = frozenset(node.name for node in tree.find_all(nodes.Name))
        return _Compiled(environment.compile(tree, name, str(path)), names, takes_in)

    return FILES.get(("template", name, path, source), compile_source)


def headed(html: str, label: Word | None) -> Markup:
    """Return a text with each heading that has an id in a box, a link beside it:
    inside, it would be read with it.

    ``label`` is the link's name, ``{title}`` in it the heading's words; without it
    there is a box and no link.
    """

    def boxed(found: re.Match[str]) -> str:
        name = label and escape(label.fill(title=Markup(found[3]).striptags()))  # noqa: S704 - ours
        link = (
            f'<a class="here" href="#{found[2]}" aria-label="{name}">#</a>'
            if name
            else ""
        )
        return f'<div class="head">{found[0]}{link}</div>'

    return Markup(HEADING.sub(boxed, html))  # noqa: S704 - ours


def finished(html: str) -> bytes:
    """Return a page as a file, without the blank lines that template blocks leave."""
    return (re.sub(r"\n\s*\n+", "\n", html).strip() + "\n").encode()


def packed(text: str) -> str:
    """Return a style sheet without comments and spaces that mean nothing: each page has
    it, above all else.
    """
    return PACKED.sub(lambda found: found[1] or found[2] or " ", text).strip()


def sheet_of(text: str) -> Sheet:
    """Return a style sheet to stand in a page; its name is a hash of its text."""
    name = f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
    return Sheet(Markup(text), name)  # noqa: S704 - ours


def _source(path: Path, root: Path) -> str:
    """Return the text of a template.

    Raises ``BuildError``, also for references to invisible characters.
    """
    text = read_text(path, root)
    if hidden := locate_references(text):
        raise BuildError(find_invisible_problems(text, format_path(path, root), hidden))
    return text


def _body(path: Path, root: Path) -> bytes:
    return (
        read_text(path, root).encode()
        if path.suffix in TEXTS
        else read_project_bytes(path, root)
    )


def _assets(
    static: Mapping[str, File], palette: Palette
) -> Iterator[tuple[str, tuple[str, File]]]:
    """Yield each static file by name: its address with a hash of its content, so that
    caches may keep it, and body.

    A style sheet begins with the palette; what it loads from beside it has the address
    of there.
    """
    sheets = {name for name in static if name.endswith(".css")}
    addresses = {
        name: _addressed(name, static[name].body) for name in static.keys() - sheets
    }
    for name, found in static.items():
        body = found.body
        if name in sheets:
            own = LOADED.sub(
                lambda asked: f"url({addresses.get(asked[1], asked[1])})", found.text
            )
            body = (_palette_css(palette) + own).encode()
        yield name, (f"{ASSETS}{_addressed(name, body)}", File(body, found.origin))


def _addressed(name: str, body: bytes) -> str:
    place = PurePosixPath(name)
    return place.with_name(
        f"{place.stem}.{hash_parts(body)[:10]}{place.suffix}"
    ).as_posix()


def _palette_css(palette: Palette) -> str:
    """Return the palette as custom properties, light and dark; paper is always light.

    A frame's address may choose: #light is the root of a frame, #dark its body. A cover
    is always dark on screens.
    """
    light, dark = (
        "".join(f"--{name}:{colours[index]};" for name, colours in palette.items())
        for index in (0, 1)
    )
    chosen = (
        f":root:target{{{light}}}@media"
        f" screen{{:root:has(>#dark:target),.cover{{{dark}}}}}"
    )
    return (
        f":root{{{light}}}\n@media screen and"
        f" (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{chosen}\n"
    )
