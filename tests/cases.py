"""Cases of tests that are data: they stand beside the module of their tests, in a file
of its name.
"""

import tomllib
from pathlib import Path
from typing import Any


def load_cases(module: str) -> dict[str, Any]:
    """Return the cases beside a module, by the names of their tables."""
    return tomllib.loads(Path(module).with_suffix(".toml").read_text("utf-8"))
