"""``python -m tools.screens``: take the pictures of the site that README shows, from
``site/`` into ``docs/``.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Literal, NamedTuple

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tools import browser

ROOT = Path(__file__).resolve().parent.parent
PHONE = 390  # pixels: a screen no wider has two dots for each
# of a picture: text and flat colour need no more, and the file is a third
COLOURS = 128


class Screen(NamedTuple):
    """A picture: its name, the page, the window in pixels, the scheme; then what is
    clicked, what has the focus.
    """

    name: str
    page: str
    width: int
    height: int
    scheme: Literal["light", "dark"]
    click: str = ""
    focus: str = ""


SCREENS = (
    Screen("story", "index.html", 1280, 800, "light"),
    Screen(
        "receipt",
        "index.html#did-trade-really-pass",
        1024,
        760,
        "light",
        click='main a.number:has-text("$244.8")',
    ),
    Screen(
        "chart",
        "charts/two_customs.html",
        768,
        900,
        "dark",
        focus='figure input[type="range"]',
    ),
    Screen("claims", "the-article.html#C07", 768, 900, "dark"),
    Screen("phone", "index.html", 390, 844, "dark"),
)


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
        for screen in SCREENS:
            path = ROOT / "docs" / f"{screen.name}.png"
            picture = _take_picture(opened, screen)
            path.write_bytes(_compress_picture(picture))
            print(path.relative_to(ROOT), path.stat().st_size)
    return 0


def _take_picture(opened: Browser, screen: Screen) -> bytes:
    """Return a picture of a page as PNG, once what is clicked and has the focus is
    shown.
    """
    page = opened.new_page(
        viewport={"width": screen.width, "height": screen.height},
        color_scheme=screen.scheme,
        device_scale_factor=1 if screen.width > PHONE else 2,
    )
    page.goto(f"{(ROOT / 'site').as_uri()}/{screen.page}")
    if screen.click:
        page.locator(screen.click).first.click()
    if screen.focus:
        page.locator(screen.focus).first.focus()
        page.keyboard.press("End")
    page.wait_for_timeout(500)  # until what was asked for is there
    return page.screenshot()


def _compress_picture(png: bytes) -> bytes:
    """Return a picture in few colours, as a smaller PNG."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    stream = io.BytesIO()
    picture.quantize(COLOURS).save(stream, "PNG", optimize=True)
    return stream.getvalue()


if __name__ == "__main__":
    sys.exit(main())
