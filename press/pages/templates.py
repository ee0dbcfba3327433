"""The templates and the static files: what pages look like."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import jinja2
from jinja2 import meta, nodes
from markupsafe import Markup, escape

from press.content import Word
from press.ground.colour import Palette
from press.ground.errors import BuildError, Problem, Problems, invisible_problems, quoted, similar
from press.ground.files import bytes_of, hash_of, read, shown
from press.ground.guard import Place, attended
from press.ground.invisible import find_references
from press.ground.memo import MEMO, remembered
from press.pages.dates import iso
from press.pages.file import File

SHEET, OWN = "site.css", "story.css"  # style sheets: the theme's, and what a story adds to it
Sources = dict[str, tuple[str, Path]]  # of templates, each with its file, by name
TEXTS = {".css", ".js", ".svg", ".txt"}
LOADED = re.compile(r"url\(([\w./-]+)\)")  # a static file, in a style sheet beside it
ASSETS = "assets/"  # the folder of static files
HEADING = re.compile(r'<(h[23])\b[^>]* id="([^"]+)"[^>]*>(.*?)</\1>', re.DOTALL)
BLANK = r"(?:\s|(?>/\*.*?\*/))"  # what a style sheet has for its authors
PACKED = re.compile(rf"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|{BLANK}*([{{}};,]){BLANK}*|{BLANK}+""", re.DOTALL)
ASKED = re.compile(r"\b(asset|sheet)\(\s*([\"'])(.*?)\2")  # a static file, in a template


class Sheet(NamedTuple):
    """A style sheet that stands in a page, so that nothing is waited for; the page's policy allows it by its name."""

    text: Markup
    name: str


class Templates:
    """The templates of a story and of its theme: fills them, and knows the addresses of static files."""

    def __init__(
        self, root: Path, folders: Sequence[Path], sources: Sources, static: Mapping[str, File], palette: Palette
    ) -> None:
        """Hold the templates, each with its source and file, and the static files, by name; all lie in ``folders``."""
        self._root, self._folders, self._sources = root, folders, sources
        self._assets = dict(_assets(static, palette))
        self._environment, _ = _environment(root)
        self._asked = cache(self._asked_by)

    @classmethod
    def read(cls, root: Path, palette: Palette, theme: Path | None = None) -> Templates:
        """Return the templates of a story and those of the theme that it does not replace by a file of the same name.

        The style sheet ``story.css`` of a story is added to ``site.css``. They are the very same where no file has
        changed. Raises ``BuildError``.
        """
        folders = (*filter(None, [theme]), root / "templates")
        problems, sources, static = Problems(), Sources(), dict[str, File]()
        every = ((path, path.relative_to(folder)) for folder in folders for path in sorted(folder.rglob("*")))
        for path, name in every:
            if path.is_dir() or path.name.startswith("."):
                continue
            if name.parts[0] == "static":
                body = problems.collect(_body, path, root) or b""
                static[name.relative_to("static").as_posix()] = File(body, shown(path, root))
            elif path.suffix == ".html":
                sources[name.as_posix()] = (problems.collect(_source, path, root) or "", path)
        problems.stop_if_any()
        if OWN in static and SHEET in static:
            static[SHEET] = File(static[SHEET].body + static.pop(OWN).body, static[SHEET].origin)
        _, last = _environment(root)
        last.clear()
        last.update(sources)
        return MEMO.of(cls, root, folders, sources, static, dict(palette))

    def place(self, name: str) -> str:
        """Return where a template stands, as messages write it; one that there is not, where a story's would."""
        return shown(self._sources[name][1] if name in self._sources else self._root / "templates" / name, self._root)

    def has(self, name: str) -> bool:
        """Tell whether there is a template of that name."""
        return name in self._sources

    def holds(self, name: str) -> bool:
        """Tell whether there is a static file of that name."""
        return name in self._assets

    def asset(self, link: Callable[[str], str], user: str, name: str) -> str:
        """Return how a page links to a static file. Raises ``BuildError``, blamed on the template ``user``."""
        return link(self._known(name, user)[0])

    def sheet(self, link: Callable[[str], str], user: str, name: str, *, scripts: bool = True) -> Sheet:
        """Return a static style sheet to stand in a page, with the files that it loads as the page links to them.

        In a page that runs no ``scripts`` nothing of it holds that is meant for those that do. Raises ``BuildError``,
        blamed on the template ``user``.
        """
        address, file = self._known(name, user)
        folder = PurePosixPath(address).parent
        text = file.text if scripts else file.text.replace("(scripting: enabled)", "(width < 0px)")
        return inside(LOADED.sub(lambda found: f"url({link((folder / found[1]).as_posix())})", text))

    def files(self) -> dict[str, File]:
        """Return the static files by address, but for style sheets that stand in pages and that none links to."""
        asked: defaultdict[str, set[str]] = defaultdict(set)
        for source, _ in self._sources.values():
            for found in ASKED.finditer(source):
                asked[found[1]].add(found[3])
        inside = asked["sheet"] - asked["asset"]
        return dict(self._assets[name] for name in sorted(self._assets.keys() - inside))

    def _known(self, name: str, user: str) -> tuple[str, File]:
        if name not in self._assets:
            message = f"found no asset {quoted(name)}, which the template {user} uses"
            raise BuildError([Problem(self.place(user), 1, message, similar(name, self._assets))])
        return self._assets[name]

    def fill(self, name: str, wanted_at: Place, context: Mapping[str, Any]) -> str:
        """Return a template filled. Raises ``BuildError``: a missing one is blamed on ``wanted_at``.

        It is handed what it asks for by name, and nothing else; so the same is filled in once.
        """
        return MEMO.of(_filled, *self._given(name, wanted_at, context))

    def fill_each(
        self, name: str, wanted_at: Place, context: Mapping[str, Any], key: str, items: Sequence[object]
    ) -> list[str]:
        """Return a template filled for each of some items, which it is handed as ``key``; raises as ``fill``.

        For the very items of an earlier build that is looked up at once.
        """
        return MEMO.of(_each_filled, self._given(name, wanted_at, context), key, items)

    def _given(self, name: str, wanted_at: Place, context: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return what ``_filled`` is given, the context as its last: of that only what the template asks for."""
        names, sources = self._asked(name)
        used = {key: value for key, value in context.items() if names is None or key in names}
        return self._environment, self._folders, self._root, name, (self.place(name), wanted_at), sources, used

    def _asked_by(self, name: str) -> tuple[frozenset[str] | None, tuple[tuple[str, Path], ...]]:
        """Return the names that a template and those that it takes in ask for, and the sources of all of them.

        Where nobody can tell, the names are ``None``, and the sources are those of all templates.
        """
        names, seen, waiting = set[str](), dict[str, tuple[str, Path]](), [name]
        while waiting:
            one = waiting.pop()
            if one in seen or one not in self._sources:
                continue
            seen[one] = self._sources[one]
            asked = _asked_in(self._environment, one, *seen[one])
            if asked is None:
                return None, tuple(self._sources.values())
            names |= asked[0]
            waiting += asked[1]
        return frozenset(names), tuple(seen.values() or self._sources.values())


def _filled(  # noqa: PLR0913, PLR0917 - all that it depends on
    environment: jinja2.Environment,
    folders: Sequence[Path],
    root: Path,
    name: str,
    places: tuple[str, Place],
    sources: Sequence[tuple[str, Path]],
    context: Mapping[str, Any],
) -> str:
    """Fill a template, which stands at the first of two places and is wanted at the second, as its sources are now."""
    with attended("the template", (places[0], 1), folders, root):
        try:
            return environment.get_template(name).render(**context)
        except jinja2.TemplateNotFound as error:
            if error.name != name:  # one that the template asks for: blamed on the template's line
                raise
            names = (path.stem for _, path in sources if path.suffix == ".html")
            message = f"found no template {name}, expected a file in templates/"
            raise BuildError([Problem(*places[1], message, similar(Path(name).stem, names))]) from None


def _each_filled(given: tuple[Any, ...], key: str, items: Sequence[object]) -> list[str]:
    *same, context = given
    return [MEMO.of(_filled, *same, {**context, key: item}) for item in items]


@remembered
def _environment(root: Path) -> tuple[jinja2.Environment, Sources]:  # noqa: ARG001 - each project has its own
    """Return what compiles a project's templates, each again only where its source has changed; and the sources."""
    sources = Sources()

    def source_of(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        found = sources.get(name)
        return found and (found[0], str(found[1]), lambda: sources.get(name) == found)

    environment = _Environment(
        loader=jinja2.FunctionLoader(source_of),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(headed=headed, iso=iso)
    return environment, sources


class _Environment(jinja2.Environment):
    """Compiles a template from the tree in which it was looked up what that asks for."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return MEMO.of(super()._parse, source, name, filename)


@remembered
def _asked_in(
    environment: jinja2.Environment, name: str, source: str, path: Path
) -> tuple[frozenset[str], tuple[str, ...]] | None:
    """Return the names that a template asks for, and the templates; ``None`` where it is broken, or names them late.

    Names that it gives itself are among them.
    """
    try:
        tree = environment.parse(source, name, str(path))
    except (jinja2.TemplateSyntaxError, RecursionError):  # told where it is filled
        return None
    templates = tuple(meta.find_referenced_templates(tree))
    names = frozenset(node.name for node in tree.find_all(nodes.Name))
    return None if None in templates else (names, tuple(filter(None, templates)))


def headed(html: str, label: Word | None) -> Markup:
    """Return a text with each heading that has an id in a box, a link beside it: inside, it would be read with it.

    ``label`` is the link's name, ``{title}`` in it the heading's words; without it there is a box and no link.
    """

    def boxed(found: re.Match[str]) -> str:
        name = label and escape(label.fill(title=Markup(found[3]).striptags()))  # noqa: S704 - ours
        link = f'<a class="here" href="#{found[2]}" aria-label="{name}">#</a>' if name else ""
        return f'<div class="head">{found[0]}{link}</div>'

    return Markup(HEADING.sub(boxed, html))  # noqa: S704 - ours


@remembered
def finished(html: str) -> bytes:
    """Return a page as a file, without the blank lines that template blocks leave."""
    return (re.sub(r"\n\s*\n+", "\n", html).strip() + "\n").encode()


@remembered
def inside(text: str) -> Sheet:
    """Return a style sheet to stand in a page; its name is a hash of its text.

    It comes without comments and spaces that mean nothing: each page has it, above all else.
    """
    text = PACKED.sub(lambda found: found[1] or found[2] or " ", text).strip()
    name = f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
    return Sheet(Markup(text), name)  # noqa: S704 - ours


def _source(path: Path, root: Path) -> str:
    """Return the text of a template. Raises ``BuildError``, also for references to invisible characters."""
    text = read(path, root)
    if hidden := find_references(text):
        raise BuildError(invisible_problems(text, shown(path, root), hidden))
    return text


def _body(path: Path, root: Path) -> bytes:
    return read(path, root).encode() if path.suffix in TEXTS else bytes_of(path, root)


def _assets(static: Mapping[str, File], palette: Palette) -> Iterator[tuple[str, tuple[str, File]]]:
    """Yield each static file by name: its address with a hash of its content, so that caches may keep it, and body.

    A style sheet begins with the palette; what it loads from beside it has the address of there.
    """
    sheets = {name for name in static if name.endswith(".css")}
    addresses = {name: _addressed(name, static[name].body) for name in static.keys() - sheets}
    for name, found in static.items():
        body = found.body
        if name in sheets:
            own = LOADED.sub(lambda asked: f"url({addresses.get(asked[1], asked[1])})", found.text)
            body = (_palette_css(palette) + own).encode()
        yield name, (f"{ASSETS}{_addressed(name, body)}", File(body, found.origin))


def _addressed(name: str, body: bytes) -> str:
    place = PurePosixPath(name)
    return place.with_name(f"{place.stem}.{hash_of(body)[:10]}{place.suffix}").as_posix()


def _palette_css(palette: Palette) -> str:
    """Return the palette as custom properties, light and dark; paper is always light.

    A frame's address may choose: #light is the root of a frame, #dark its body. A cover is always dark on screens.
    """
    light, dark = ("".join(f"--{name}:{colours[index]};" for name, colours in palette.items()) for index in (0, 1))
    chosen = f":root:target{{{light}}}@media screen{{:root:has(>#dark:target),.cover{{{dark}}}}}"
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{chosen}\n"
