"""The sources of templates: what each asks for, and which others it takes in."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

import jinja2
from jinja2 import meta, nodes

from press.ground.cache import FILES


class TemplateSource(NamedTuple):
    """A template as it is written, and its file."""

    text: str
    path: Path


SourcesByName = Mapping[str, TemplateSource]


class TemplateNeeds(NamedTuple):
    """What the filling of a template depends on: the names that it asks for, ``None``
    for any, and the sources.
    """

    names: frozenset[str] | None
    sources: tuple[tuple[str, TemplateSource], ...]


class _Compiled(NamedTuple):
    """A template compiled, the names that it asks for, and the templates that it takes
    in, ``None`` for any.
    """

    code: CodeType
    names: frozenset[str]
    takes_in: tuple[str | None, ...]


class TemplateLoader(jinja2.BaseLoader):
    """Gives Jinja the templates of a story, and tells what each needs."""

    def __init__(self, sources: SourcesByName) -> None:
        """Hold the sources."""
        self._sources = sources
        self.find_needs = cache(self._find_needs)

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's
    ) -> jinja2.Template:
        """Return a template compiled."""
        if name not in self._sources:
            raise jinja2.TemplateNotFound(name)
        code = _compile_template(environment, name, self._sources[name]).code
        return jinja2.Template.from_code(
            environment, code, environment.make_globals(globals)
        )

    def _find_needs(self, environment: jinja2.Environment, name: str) -> TemplateNeeds:
        """Return what a template and those that it takes in need; where nobody can
        tell, all that there is.
        """
        everything = TemplateNeeds(None, tuple(self._sources.items()))
        names = set[str]()
        seen = dict[str, TemplateSource]()
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one in seen or one not in self._sources:
                continue
            seen[one] = self._sources[one]
            try:
                compiled = _compile_template(environment, one, self._sources[one])
            except (jinja2.TemplateSyntaxError, RecursionError):
                # told where it is filled
                return everything
            # a template whose name is worked out when it is filled
            if None in compiled.takes_in:
                return everything
            names |= compiled.names
            waiting += filter(None, compiled.takes_in)
        if not seen:
            return everything
        return TemplateNeeds(frozenset(names), tuple(seen.items()))


def _compile_template(
    environment: jinja2.Environment, name: str, source: TemplateSource
) -> _Compiled:
    """Return a template compiled, again only where its source has changed.

    Names that it gives itself are among those that it asks for. Raises
    ``jinja2.TemplateSyntaxError``.
    """

    def compile_source(_inputs: object) -> _Compiled:
        path = str(source.path)
        tree = environment.parse(source.text, name, path)
        takes_in = tuple(meta.find_referenced_templates(tree))
        names = frozenset(node.name for node in tree.find_all(nodes.Name))
        return _Compiled(environment.compile(tree, name, path), names, takes_in)

    return FILES.get(("template", name, source.path, source.text), compile_source)
