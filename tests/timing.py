"""What the tests cost: the ten slowest files, and the minutes of the whole run, told at its end."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

STARTED = time.monotonic()
SHOWN = 10
MINUTE = 60


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Add up the seconds of each file, setting up and tearing down included, on whichever worker it ran."""
    seconds = Counter[str]()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                seconds[report.nodeid.partition("::")[0]] += report.duration
    if not seconds:
        return
    terminalreporter.section(f"the slowest of {len(seconds)} files")
    for file, taken in seconds.most_common(SHOWN):
        terminalreporter.write_line(f"{taken:7.1f} s  {file}")
    terminalreporter.write_line(f"{(time.monotonic() - STARTED) / MINUTE:.1f} minutes in all")
