"""``python -m tools.screens``: take the pictures of the site that README shows, from
``site/`` into ``docs/``.
"""

from __future__ import annotations

import io
import sys
import tomllib
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tools import browser

ROOT = Path(__file__).resolve().parent.parent
SCREENS = Path(__file__).with_suffix(".toml")  # what is taken of which page
PHONE = 390  # pixels: a screen no wider has two dots for each
# of a picture: text and flat colour need no more, and the file is a third
COLOURS = 128


def main() -> int:
    """Take all of them."""
    program = browser.find_program()
    if not program or not (ROOT / "site" / "index.html").is_file():
        sys.stderr.write(
            "Pictures need the site and a Chrome: make site, then python"
            " tools/browser.py\n"
        )
        return 1
    with sync_playwright() as playwright:
        # our own pages alone
        opened = playwright.chromium.launch(
            executable_path=program, chromium_sandbox=False
        )
        for name, screen in tomllib.loads(SCREENS.read_text("utf-8")).items():
            path = ROOT / "docs" / f"{name}.png"
            picture = _take_picture(opened, **screen)
            path.write_bytes(_compress_picture(picture))
            print(path.relative_to(ROOT))
    return 0


def _take_picture(  # noqa: PLR0913 - what screens.toml says of a picture
    opened: Browser,
    *,
    page: str,
    size: tuple[int, int],
    scheme: Literal["light", "dark"],
    click: str = "",
    focus: str = "",
) -> bytes:
    """Return a picture of a page as PNG, once what is clicked and has the focus is
    shown.
    """
    width, height = size
    shown = opened.new_page(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        device_scale_factor=1 if width > PHONE else 2,
    )
    shown.goto(f"{(ROOT / 'site').as_uri()}/{page}")
    if click:
        shown.locator(click).first.click()
    if focus:
        shown.locator(focus).first.focus()
        shown.keyboard.press("End")
    shown.wait_for_timeout(500)  # until what was asked for is there
    return shown.screenshot()


def _compress_picture(png: bytes) -> bytes:
    """Return a picture in few colours, as a smaller PNG."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    stream = io.BytesIO()
    picture.quantize(COLOURS).save(stream, "PNG", optimize=True)
    return stream.getvalue()


if __name__ == "__main__":
    sys.exit(main())
