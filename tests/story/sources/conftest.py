"""Documents are read in the process of the tests: that each has one of its own is a
promise of the engine.
"""

import sys

import pytest

from press.intake import reader


@pytest.fixture(autouse=True, scope="module")
def at_once():
    """Read a document without starting a process for it."""
    read = reader.read_lines_and_tables
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules["press.intake.sheets"], "_read_in_process", read)
        yield
