"""The templates and the static files: what pages look like."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
from markupsafe import Markup

from press.blame import Place, blaming
from press.colour import Palette
from press.errors import BuildError, Problem, quoted, similar
from press.files import hash_of, read, shown
from press.pages.file import File

TEXTS = {".css", ".js", ".svg", ".txt"}


class Sheet(NamedTuple):
    """A style sheet that stands in a page, so that nothing is waited for; the page's policy allows it by its name."""

    text: Markup
    name: str


class Templates:
    """The folder ``templates/``: fills templates, and knows the addresses of static files."""

    def __init__(self, root: Path, palette: Palette) -> None:
        """Read the static files. Raises ``BuildError``."""
        self._root, self._folder = root, root / "templates"
        self._assets = _assets(self._folder / "static", root, palette)
        self._linked, self._inlined = set[str](), set[str]()
        self._environment = jinja2.Environment(
            loader=jinja2.FunctionLoader(self._read),
            undefined=jinja2.StrictUndefined,
            autoescape=jinja2.select_autoescape(disabled_extensions=("txt",), default=True),
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def has(self, name: str) -> bool:
        """Tell whether there is a template of that name."""
        return (self._folder / name).is_file()

    def asset(self, name: str, user: str) -> str:
        """Return the address of a static file. Raises ``BuildError``, blamed on the template ``user``."""
        address, _ = self._known(name, user)
        self._linked.add(name)
        return address

    def sheet(self, name: str, user: str) -> Sheet:
        """Return a static style sheet to stand in a page. Raises ``BuildError``, blamed on the template ``user``."""
        _, file = self._known(name, user)
        self._inlined.add(name)
        text = tidy(file.text).strip()  # a page is tidied, too; and some readers of policies hash no space at the ends
        return Sheet(Markup(text), name_of_style(text))  # noqa: S704 - ours

    def files(self) -> dict[str, File]:
        """Return the static files by address, but for style sheets that stand in pages and that none links to."""
        inside = self._inlined - self._linked
        return dict(self._assets[name] for name in sorted(self._assets.keys() - inside))

    def _known(self, name: str, user: str) -> tuple[str, File]:
        if name not in self._assets:
            message = f"found no asset {quoted(name)}, which the template {user} uses"
            raise BuildError([Problem(f"templates/{user}", 1, message, similar(name, self._assets))])
        return self._assets[name]

    def fill(self, name: str, wanted_at: Place, context: Mapping[str, Any]) -> str:
        """Return a template filled. Raises ``BuildError``: a missing one is blamed on ``wanted_at``."""
        with blaming(self._folder, self._root, "the template", (f"templates/{name}", 1)):
            try:
                return self._environment.get_template(name).render(**context)
            except jinja2.TemplateNotFound as error:
                if error.name != name:  # one that the template asks for: blamed on the template's line
                    raise
                hint = similar(Path(name).stem, (path.stem for path in self._folder.glob("*.html")))
                message = f"found no template {name}, expected a file in templates/"
                raise BuildError([Problem(*wanted_at, message, hint)]) from None

    def _read(self, name: str) -> tuple[str, str, None] | None:
        path = self._folder / name
        return (read(path, self._root), str(path), None) if path.is_file() else None


def tidy(html: str) -> str:
    """Drop the blank lines that template blocks leave."""
    return re.sub(r"\n\s*\n+", "\n", html).strip() + "\n"


def name_of_style(text: str) -> str:
    """Return what a content security policy calls a style sheet in a page: a hash of its text."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


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
    """Return the palette as custom properties, light and dark; paper is always light.

    A frame's address may choose: #light is the root of a frame, #dark its body.
    """
    light, dark = ("".join(f"--{name}:{colours[index]};" for name, colours in palette.items()) for index in (0, 1))
    chosen = f":root:target{{{light}}}@media screen{{:root:has(>#dark:target){{{dark}}}}}"
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{chosen}\n"
