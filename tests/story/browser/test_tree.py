"""What assistive technology is given, and in which order: the first two screens of the
story.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import resize

pytestmark = pytest.mark.browser

STORY = "index.html"
HEAD = """
- link "Skip to the text"
- banner:
  - link
  - button "Search"
  - navigation "Pages":
    - list:
      - listitem:
        - link "Story"
      - listitem:
        - link "Charts"
      - listitem:
        - link "Timeline"
      - listitem:
        - link "Fact check"
      - listitem:
        - link "Data and sources"
- main:
  - article:
    - heading [level=1]
    - figure:
      - region "Step 1 of 5":
        - img
      - region "Step 2 of 5":
        - img
      - region "Step 3 of 5":
        - img
      - region "Step 4 of 5":
        - img
      - region "Step 5 of 5":
        - img
        - slider "Values in this chart"
    - navigation:
      - list:
        - listitem:
          - link
    - heading [level=2]
"""
LEAST = (
    256 // 2
)  # pixels of a window of 256 for what is read, where 1280 by 1024 are seen at 400 %
STUCK = """() => {
    const rows = new Set();
    for (const element of document.querySelectorAll("body *")) {
        if (!["sticky", "fixed"].includes(getComputedStyle(element).position) || !element.checkVisibility()) continue;
        const {top, bottom, width} = element.getBoundingClientRect();
        if (width > innerWidth / 2)
            for (let row = Math.max(0, Math.floor(top)); row < Math.min(innerHeight, bottom); row += 1) rows.add(row);
    }
    return [document.documentElement.scrollWidth - innerWidth, innerHeight - rows.size];
}"""


def test_the_first_screens_of_the_story_are_in_order(web, visit):
    """After the head come the title, the figure with its states, each with a picture
    told in words, and the parts.
    """
    page = visit(web.root(STORY))

    expect(page.locator("body")).to_match_aria_snapshot(HEAD)


@pytest.mark.parametrize(
    "address",
    ["index.html", "the-article.html", "numbers.html", "sources.html", "timeline.html"],
)
def test_at_400_percent_there_is_room_to_read(address, web, visit):
    """Nothing scrolls sideways, and what stays in sight leaves half of the window,
    wherever a reader has come to.
    """
    page = visit(web.root(address))
    resize(page, 320, 256)
    seen = [room(page, place) for place in (0, 0.1, 0.3, 0.6, 0.95)]

    assert [each for each in seen if each[0] > 0 or each[1] < LEAST] == []


def room(page: Page, place: float) -> list[float]:
    """Scroll to a place of the page; return how far it goes sideways, and the rows that
    nothing is stuck to.
    """
    page.evaluate(
        "place => scrollTo(0, place * document.documentElement.scrollHeight)", place
    )
    return page.evaluate(STUCK)
