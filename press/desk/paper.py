"""A page on paper: a tagged PDF with its outline, made by the Chrome or Chromium of
this computer.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from press.ground.errors import ToldError

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
# The page is our own and runs nothing, so that it needs no sandbox, which the root of a
# container does not get.
ASKED = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)


DATES = re.compile(rb"(?<=Date \(D:)\d{14}")


def convert_page_to_pdf(page: bytes, day: str) -> bytes | None:
    """Return a page that needs no other file as a PDF of a day, ``2026-11-26``;
    ``None`` where no browser is there.

    The variable CHROME may name the browser. The same page and browser give the same
    bytes. Raises ``ToldError`` for a browser that makes none.
    """
    program = _find_browser()
    if program is None:
        return None
    with TemporaryDirectory(prefix="paper-", ignore_cleanup_errors=True) as temporary:
        own = Path(temporary, "page.html")
        made = Path(temporary, "page.pdf")
        own.write_bytes(page)
        profile = f"--user-data-dir={temporary}/profile"
        command = [program, *ASKED, profile, f"--print-to-pdf={made}", own.as_uri()]
        with contextlib.suppress(OSError):  # a file that is no program
            subprocess.run(command, capture_output=True, check=False)
        if not made.exists():
            hint = "let CHROME name another browser, or CHROME=none do without"
            raise ToldError(f"{program} has made no PDF", hint)
        midnight = f"{day.replace('-', '')}000000"
        return DATES.sub(midnight.encode(), made.read_bytes())


def _find_browser() -> str | None:
    """Return the browser that the variable CHROME names, or the first that is there;
    ``None`` for none.
    """
    named = os.environ.get("CHROME")
    found = map(shutil.which, [named] if named else BROWSERS)
    return next(filter(None, found), None)
