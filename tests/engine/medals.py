"""What tests of series and of things share: medals of three teams, at games of which some never were."""

from __future__ import annotations

import shutil
from pathlib import Path

from press.data.loading import load

TABLE = Path(__file__).with_suffix("")


def medals(root, *edits):
    """Return the tables below a folder: the medals, with some texts of their files replaced by others."""
    shutil.copytree(TABLE, root / "data")
    for path in (root / "data").iterdir():
        for old, new in edits:
            path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    return load(root / "data", root)
