"""``content/site.toml``: what is said of the whole site."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from press.ground.address import BaseUrl
from press.ground.files import parse_file
from press.ground.schemas import get_values_keeping_to_schema
from press.ground.toml import TomlText


@dataclass(frozen=True, eq=False)
class Settings:
    """``content/site.toml``: what is said of the whole site."""

    name: str
    navigation: tuple[str, ...]
    base: BaseUrl
    toml: TomlText  # as it is written
    repository: str = ""
    # of texts and charts: its title, and its path: an address
    licence: Mapping[str, str] = field(default_factory=dict)
    # the pages that stand below one of the navigation
    below: Mapping[str, Sequence[str]] = field(default_factory=dict)
    # alike: words of one meaning; at: what places are called
    search: Mapping[str, Any] = field(default_factory=dict)
    leading: str = ""  # the table that tells how far the figures of the site reach
    # on which somebody last looked for figures that were due
    looked_on: date | None = None
    # whose figures, of each time and thing, the page of all numbers begins with
    leading_fact: str = ""

    @property
    def slugs_in_navigation_order(self) -> tuple[str, ...]:
        """The slugs of the pages of the navigation, each before those that stand below
        it.
        """
        slugs = list[str]()
        for first in self.navigation:
            slugs += (first, *self.below.get(first, ()))
        return tuple(slugs)

    def get_parent_slug_or_own(self, slug: str) -> str:
        """Return the slug of the page of the navigation below which a page stands; its
        own where it stands there.
        """
        return next(
            (first for first, below in self.below.items() if slug in below), slug
        )

    @property
    def slug(self) -> str:
        """The name in small letters, digits and hyphens: what programs
        call the story.
        """
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-") or "story"


def read_settings(path: Path, root: Path) -> Settings:
    """Return the settings in ``site.toml``.

    Raises ``BuildError``; paths are relative to ``root``.
    """
    return parse_file(path, root, _parse_settings)


def _parse_settings(text: str, file_name: str) -> Settings:
    toml = TomlText(text, file_name)
    values = get_values_keeping_to_schema(toml.parse(), "site", toml)
    base = BaseUrl.parse(values.pop("base_url", ""))
    navigation = tuple(values.pop("navigation"))
    return Settings(**values, navigation=navigation, base=base, toml=toml)
