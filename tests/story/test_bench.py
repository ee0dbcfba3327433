"""What ``make bench`` measures is there to be measured."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from tools import bench, plain_pages

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("save", bench.EDITS, ids=[save.kind for save in bench.EDITS])
def test_every_save_of_the_bench_changes_its_file(save: bench.Save, tmp_path: Path) -> None:
    """Edits that the bench makes one after the other find something to edit, and never leave a file as it was."""
    path = tmp_path / "file"
    shutil.copy(bench.ROOT / save.place, path)
    texts = []
    for number in range(1, bench.SAVES + 1):
        texts.append(bench.edited(path, save, number))
        path.write_text(texts[-1], "utf-8")

    assert len(set(texts)) == bench.SAVES


def test_plain_pages_are_built_and_looped_over(tmp_path: Path) -> None:
    """A story of so many plain pages builds without a problem, and the bare loop makes the same pages."""
    story, loop = bench.copied(tmp_path / "plain"), tmp_path / "loop"
    site = story / "site"
    plain_pages.write(story, 3)
    bench.run(bench.BUILD, story)
    bench.run((*bench.LOOP, str(story), str(loop)), story)
    built, looped = ({path.name: path.read_text("utf-8") for path in folder.glob("*.html")} for folder in (site, loop))

    assert sorted(built) == ["index.html", "page-0001.html", "page-0002.html"]
    assert {name: _comparable(text) for name, text in looped.items()} == built


def _comparable(text: str) -> str:
    """Do to a page of the bare loop what the build does besides: links lead to pages, blank lines go."""
    return re.sub(r"\n\s*\n+", "\n", text.replace('.md"', '.html"')).strip() + "\n"
