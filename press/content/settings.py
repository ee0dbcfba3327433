"""``content/site.toml``: what is said once for all languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from press.address import Base
from press.errors import BuildError, Problem
from press.files import read, shown
from press.memo import remembered
from press.toml import TEXT, Toml, checked, parse_toml

SETTINGS = {
    "name": str,
    "language": str,
    "navigation": [str],
    "base_url?": TEXT,
    "repository?": TEXT,
    "report?": TEXT,
    "renamed?": {"*": str},
    "licence?": {"title": str, "path": str},
}


@dataclass(frozen=True, eq=False)
class Settings:
    """``content/site.toml``: what is said once for all languages."""

    name: str
    language: str
    navigation: tuple[str, ...]
    navigation_line: int
    base: Base
    repository: str = ""
    renamed: Mapping[str, str] = field(default_factory=dict)  # ids that numbers once had, and those they have now
    renamed_lines: Mapping[str, int] = field(default_factory=dict)
    licence: Mapping[str, str] = field(default_factory=dict)  # of texts and charts: its title, and its path: an address
    report: str = ""  # where errors are reported; {subject} in it becomes what the report is about

    @property
    def slug(self) -> str:
        """The name in small letters, digits and hyphens: what programs call the story."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-") or "story"


def read_settings(path: Path, root: Path) -> Settings:
    """Return the settings in ``site.toml``. Raises ``BuildError``; paths are relative to ``root``."""
    return _settings(Toml(read(path, root), shown(path, root)))


@remembered
def _settings(toml: Toml) -> Settings:
    values = checked(parse_toml(*toml), SETTINGS, toml)
    try:
        base = Base.parse(values.pop("base_url", ""))
    except ValueError as error:
        raise BuildError([Problem(toml.path, toml.line("base_url"), f"base_url: {error}")]) from None
    navigation = tuple(values.pop("navigation"))
    lines = {old: toml.line("renamed", old) for old in values.get("renamed", {})}
    at = toml.line("navigation")
    return Settings(**values, navigation=navigation, navigation_line=at, base=base, renamed_lines=lines)
