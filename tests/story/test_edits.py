"""The real story, edited in a preview that remembers: its site is the one that a build from nothing makes."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest

from tests.engine.previewing import Server

DRAWN = {".png", ".zip"}  # which a preview draws only when they are asked for
EDITS = [
    ("content/en/index.md", r"\A(.*?\n## .*?\n\n)", r"\1A paragraph more.\n\n"),
    ("content/en/index.md", r"(?m)^A paragraph more\.$", "A paragraph that has changed."),
    ("content/en/words.toml", r'(?m)^(repository = ")', r"\1The "),
    ("content/site.toml", r'(?m)^(name = ")', r"\1About "),
    ("templates/base.html", "</footer>", "<hr></footer>"),
    ("templates/static/site.css", r"\Z", "\nhr { border: 0; }\n"),
    ("story/charts/look.py", r"LETTER = 9, 0\.51", "LETTER = 9, 0.52"),
    ("story/facts.py", r'\A"""', '"""Once more: '),
    ("data/energy_values.csv", r"(?m)^(2023,Russia,lng,518)\d", r"\g<1>9"),
    ("content/en/index.md", r"A paragraph that has changed\.", "The last of ten edits."),
]


@pytest.mark.long
def test_after_ten_edits_the_site_is_what_a_build_from_nothing_makes(story_built, tmp_path):
    """Texts, labels, settings, templates, styles, code of charts and facts: each saved once the one before is built."""
    root = story_built.copy(tmp_path / "story")
    server = Server(root)
    try:
        assert server.wait_for_build(1) == "good"
        for number, (place, pattern, new) in enumerate(EDITS, 2):
            path = root / place
            text = re.sub(pattern, new, path.read_text("utf-8"), count=1, flags=re.DOTALL)
            path.write_bytes(text.encode())
            assert server.wait_for_build(number) == "good", place
        server.wait_until_shown("/", "The last of ten edits.")
        cold = shutil.copytree(root, tmp_path / "cold", ignore=shutil.ignore_patterns("site", ".cache"))
        done = subprocess.run([sys.executable, "build.py"], cwd=cold, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        built = files_of(cold / "site")
        assert {address: served(server, address) for address in built} == built
    finally:
        server.kill()


def served(server, address):
    """Return what the preview serves at an address, without what it puts into pages."""
    text = re.sub(r'<script src="/(livereload\.js|-/)[^>]*></script>\n', "", server.get(f"/{address}").text)
    return text.replace("connect-src 'self' ws:", "connect-src 'self'", 1) if address.endswith(".html") else text


def files_of(folder):
    """Return the files of a site but for what is drawn late, and for what the build keeps beside them."""
    paths = [path for path in folder.rglob("*") if path.is_file() and ".press" not in path.parts]
    texts = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.suffix not in DRAWN}
    return {address: body.decode("utf-8", "replace") for address, body in texts.items()}
