"""Choose your ruler: one drawing and one verdict for what a reader chooses; without
scripts all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browsing import resize, wait_until_quiet
from tests.story.browser.site import CHARTS, read, touching

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

STORY, RULER = "index.html", "#ruler"
STATES = next(chart.text["states"] for chart in CHARTS if chart.name == "ruler")
NAMES = [state["name"] for state in STATES]
FIRST, *_, LAST = NAMES
SHOWN = f"{RULER} [data-state]:visible"
# The kinds of the drawing on display that are seen.
KINDS = """() => [...new Set([...document.querySelectorAll("#ruler .plot [class^=kind-]")]
    .filter(mark => mark.getClientRects().length)
    .map(mark => mark.classList[0].slice(5)))].sort()"""
LIVE = """() => { const shown = document.querySelector("#ruler [data-state].on");
    return shown.closest("[aria-live]").getAttribute("aria-live"); }"""
# The texts of the drawing on display that can be seen, and where.
TEXTS = """() => [...document.querySelectorAll("#ruler .plot text")]
    .filter(text => text.getClientRects().length)
    .map(text => { const {left, top, right, bottom} = text.getBoundingClientRect();
        return {text: text.textContent, left, top, right, bottom}; })"""


@pytest.fixture
def story(keep, web) -> Page:
    """Return the story with its first state."""
    page = keep(web.root.url + STORY)
    page.evaluate(f"location.hash = '{RULER}={FIRST}'")
    wait_until_quiet(page)
    return page


def shown(page: Page) -> str:
    """Return the name of the one state whose verdict is shown."""
    return page.locator(SHOWN).get_attribute("data-state")


def chosen(page: Page) -> str:
    """Return what the buttons say."""
    return page.locator(f"{RULER} input:checked").input_value()


@pytest.mark.parametrize("address", [STORY, "charts/ruler.html"])
def test_the_buttons_are_there_for_scripts_alone(address, web, visit):
    """Wherever the chart stands, its own page included, its style comes with it: one
    verdict is shown with scripts, all and no buttons without.
    """
    with_scripts = visit(web.root(address), fresh=True)
    without = visit(web.root(address), java_script_enabled=False)

    assert with_scripts.locator(".choose").is_visible()
    assert with_scripts.locator(SHOWN).count() == 1
    assert without.locator(".choose").is_hidden()
    assert without.locator(SHOWN).count() == len(STATES)


@pytest.mark.parametrize("state", STATES, ids=NAMES)
def test_a_state_has_an_address(story, state):
    """Address, buttons, verdict, drawing and its alternative text tell one state."""
    story.evaluate(f"location.hash = '{RULER}={state['name']}'")
    wait_until_quiet(story)
    told = story.locator(SHOWN).inner_text().replace("\n", " ")
    plot = story.locator(f"{RULER} .plot:visible")

    assert shown(story) == chosen(story) == state["name"]
    assert told == f"{read(state['verdict'])} {read(state['text'])}"
    assert story.evaluate(KINDS) == sorted(state["name"].split("_"))
    assert plot.get_attribute("aria-label") == read(state["alt"])


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_no_two_texts_of_a_state_touch(story, width):
    """Whatever is chosen, the words of the drawing stand apart."""
    resize(story, width)
    for name in NAMES:
        story.evaluate(f"location.hash = '{RULER}={name}'")
        wait_until_quiet(story)

        assert touching(story.evaluate(TEXTS), across=-1, down=3) == [], name


def test_keys_choose_a_state(story):
    """Arrows go from verdict to verdict; the address follows, and Back is not filled
    with choices.
    """
    length = story.evaluate("history.length")
    story.locator(f"{RULER} input:checked").focus()
    story.keyboard.press("ArrowRight")

    assert shown(story) == NAMES[1]
    assert story.evaluate("location.hash") == f"{RULER}={NAMES[1]}"
    assert story.evaluate("history.length") == length


def test_a_choice_is_announced(story):
    """What a choice shows stands in a live region, and the chart's title is the name of
    the group of buttons.
    """
    group = story.get_by_role("group", name="ruler")
    group.get_by_label("Any twelve months").check()

    assert shown(story) == "rolling"
    assert story.evaluate(LIVE) == "polite"


def test_words_in_a_state_that_is_not_shown_are_found(story):
    """An address of words in another state, as receipts have it, shows that state."""
    place = story.locator(f"{RULER} [data-state={LAST}] [id^=at-]").first.get_attribute(
        "id"
    )
    story.evaluate("place => { location.hash = place; }", place)
    wait_until_quiet(story)

    assert shown(story) == LAST


def test_without_scripts_all_verdicts_stand_below_the_first_drawing(keep, web):
    """Nothing is to be pressed, and the drawing is that of the first state."""
    page = keep(web.root.url + STORY, java_script_enabled=False)

    assert page.locator(SHOWN).count() == len(STATES)
    assert page.locator(f"{RULER} input:visible").count() == 0
    assert page.evaluate(KINDS) == sorted(FIRST.split("_"))
