"""A chart in steps: pinned and faded where scripts and motion are welcome; else its drawings follow each other."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

STORY = "index.html"
# The numbers of the steps whose drawings are seen at all, and how far the drawings are from the top of the window.
SEEN = """() => {
    const states = [...document.querySelectorAll(".steps .state")];
    const seen = part => +getComputedStyle(part).opacity > .99;
    return states.flatMap((state, index) => [...state.children].every(seen) ? [index] : []);
}"""
TOPS = (
    '() => [...document.querySelectorAll(".steps .state")].map(state => Math.round(state.getBoundingClientRect().top))'
)


def read(page: Page, number: int) -> Locator:
    """Scroll until the text of a step stands in the lower half of the window; return the step."""
    step = page.locator(".steps section").nth(number)
    step.locator("p").evaluate("text => scrollTo(0, text.getBoundingClientRect().top + scrollY - .7 * innerHeight)")
    return step


def test_the_step_that_is_read_is_the_one_that_is_seen(visit, web):
    """As one scrolls, each text has its own drawing above it, in the same place, and no other is seen."""
    page = visit(web.root(STORY))
    count = page.locator(".steps section").count()

    for number in range(count):
        expect(read(page, number)).to_have_class("on")
        page.wait_for_function(f"() => JSON.stringify(({SEEN})()) === '[{number}]'")
        assert len(set(page.evaluate(TOPS))) == 1
    assert count > 1


def test_no_text_shows_through_while_drawings_fade(visit, web):
    """The paper behind the drawings does not fade with them, so a text that passes behind stays covered."""
    page = visit(web.root(STORY))
    state = page.locator(".pinned .state").first

    for number in range(page.locator(".steps section").count()):
        read(page, number)
        assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == state.evaluate(
            "state => getComputedStyle(state).backgroundColor"
        )
        expect(state).to_have_css("opacity", "1")


def test_without_scripts_the_drawings_follow_each_other(visit, web):
    """Each step is a section with its own drawing, all of them seen, one below the other."""
    page = visit(web.root(STORY), java_script_enabled=False)
    sections = page.locator(".steps section")

    boxes = [sections.nth(number).bounding_box() for number in range(sections.count())]
    assert all(before["y"] + before["height"] <= after["y"] for before, after in pairwise(boxes))
    for number in range(sections.count()):
        expect(sections.nth(number).locator(".plot.wide")).to_have_css("opacity", "1")


def test_nothing_is_pinned_where_nothing_may_move(visit, web):
    """With reduced motion the steps are what they are without scripts."""
    page = visit(web.root(STORY), reduced_motion="reduce")

    assert page.evaluate(SEEN) == list(range(page.locator(".steps section").count()))
    tops = page.evaluate(TOPS)
    assert tops == sorted(set(tops))


@pytest.mark.parametrize(("width", "height"), [(844, 390), (640, 400), (320, 256)])
def test_nothing_is_pinned_where_a_drawing_would_cover_its_text(visit, web, width, height):
    """On a telephone held sideways, and at a zoom of 400%, the window is too low for both: they follow each other."""
    page = visit(web.root(STORY))

    page.set_viewport_size({"width": width, "height": height})
    expect(page.locator(".pinned")).to_have_count(0)
    tops = page.evaluate(TOPS)
    assert tops == sorted(set(tops))

    page.set_viewport_size({"width": 1440, "height": 900})
    expect(page.locator(".pinned")).to_have_count(1)


def test_nothing_is_pinned_on_paper(visit, web):
    """Printed, each drawing stands above its own text."""
    page = visit(web.root(STORY))
    page.emulate_media(media="print")

    assert page.evaluate(SEEN) == list(range(page.locator(".steps section").count()))
    tops = page.evaluate(TOPS)
    assert tops == sorted(set(tops))


def test_every_drawing_has_its_own_words(visit, web):
    """Each state is described by an alternative text of its own, and none is the whole chart's."""
    page = visit(web.root(STORY))
    alts = page.locator(".steps .plot.wide").evaluate_all("plots => plots.map(plot => plot.ariaLabel)")
    whole = page.locator("figure .plot.wide").first.get_attribute("aria-label")

    assert len(set(alts)) == len(alts) == page.locator(".steps section").count()
    assert whole not in alts


def test_steps_bring_no_tab_stop_but_their_links(visit, web):
    """Whoever reads by keyboard passes from link to link, as in any text."""
    page = visit(web.root(STORY))
    focusable = page.locator(".steps :is(a, button, input, [tabindex])")

    assert set(focusable.evaluate_all("elements => elements.map(element => element.tagName)")) == {"A"}
