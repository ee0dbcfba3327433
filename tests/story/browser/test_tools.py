"""What a reader may do with a page: mark all that is bound, link to a place."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

STORY, QUESTIONS, NUMBERS = "index.html", "questions.html", "numbers.html"
MARKED = "main > article > p > a.number"
TEXT = ":is(article, .question) > p:not(.past)"  # of the story, of the questions
CLEAR = "rgba(0, 0, 0, 0)"
HIDDEN = f"""selector => [...document.querySelectorAll(selector)]
    .map(link => getComputedStyle(link).textDecorationColor === "{CLEAR}")"""
LOOKS = """selector => [...document.querySelectorAll(selector)].map(link => {
    const {textDecorationColor, textDecorationStyle, backgroundColor} = getComputedStyle(link);
    return `${textDecorationColor} ${textDecorationStyle} ${backgroundColor}`;
})"""


@pytest.fixture
def fresh(web, visit) -> Callable[..., Page]:
    """Return a function that opens a page of the site in a window of its own, after a
    script.
    """

    def fresh(address: str = STORY, before: str = "", **options: object) -> Page:
        page = visit("about:blank", fresh=True, **options)
        page.add_init_script(before)
        page.goto(web.root(address))
        return page

    return fresh


def marks(page: Page, selector: str) -> set[bool]:
    """Tell whether marks are hidden: all, none or some."""
    return set(page.evaluate(HIDDEN, selector))


def first(page: Page) -> Locator:
    return page.locator(MARKED).first


def test_marks_are_faint_and_stand_out_by_pointing_by_focus_and_by_a_switch(fresh):
    """Each number has a faint mark; it stands out in a paragraph pointed at or with the
    focus, by the switch in all.
    """
    page = fresh()
    seen, quiet = marks(page, MARKED), page.evaluate(LOOKS, MARKED)
    first(page).locator("..").hover()
    pointed = page.evaluate(LOOKS, MARKED)
    page.mouse.move(0, 0)
    first(page).focus()
    focused = page.evaluate(LOOKS, MARKED)
    first(page).blur()
    switch = page.locator(".prove")
    assert switch.get_attribute("aria-pressed") == "false"
    expect(
        page.get_by_text("Tap any figure to see where it comes from")
    ).to_be_visible()
    switch.click()
    marked = page.evaluate(LOOKS, MARKED)

    assert seen == {False}
    assert pointed == focused
    assert pointed[0] != quiet[0]
    assert pointed[-1] == quiet[-1]
    assert switch.get_attribute("aria-pressed") == "true"
    assert not {*marked} & {*quiet, *pointed}
    page.reload()
    expect(switch).to_have_attribute("aria-pressed", "true")
    assert page.evaluate(LOOKS, MARKED) == marked


def test_a_page_whose_browser_keeps_nothing_has_the_switch(fresh):
    """Where no page may keep what a reader chose, the switch works all the same."""
    page = fresh(
        before=(
            "Object.defineProperty(window, 'localStorage', {get() { throw new"
            " Error('no'); }})"
        )
    )
    page.locator(".prove").click()

    assert all("solid" in each for each in page.evaluate(LOOKS, MARKED))


def test_titles_have_no_marks_and_their_numbers_are_links(fresh):
    """Neither headings nor titles of charts show marks, even if all is shown; Tab finds
    their numbers in the text.
    """
    page = fresh()
    page.locator(".prove").click()
    titles = ":is(h2, .title) a.number"
    left = page.evaluate(
        f"""() => [...document.querySelectorAll("{titles}")].filter(link => link.tabIndex < 0
        && ![...document.querySelectorAll("a.number")].some(other => other.tabIndex === 0 && other.hash === link.hash))
        .length"""
    )

    assert marks(page, titles) == {True}
    assert left == 0
    assert page.locator(f"{titles.replace('a.number', 'a.number[tabindex]')}").count()


def test_without_scripts_marks_are_seen_and_links_are_plain(fresh):
    """Without scripts all marks of the text are there, each heading has a link to
    itself, and no button.
    """
    page = fresh(java_script_enabled=False)

    assert (
        page.locator(MARKED).first.evaluate(
            "link => getComputedStyle(link).textDecorationColor"
        )
        != CLEAR
    )
    assert page.locator("h2 + .here").count() == page.locator("h2").count()
    expect(page.locator(".prove")).to_be_hidden()


def test_a_heading_and_a_title_have_a_link_to_themselves(fresh):
    """Where a pointer hovers, the sign beside a heading or a chart's title leads to its
    own address.
    """
    page = fresh()
    for link in (
        page.locator("h2 + .here").first,
        page.locator("figure .title > .here").first,
    ):
        link.click()
        assert page.url.endswith(link.get_attribute("href"))


def test_a_touch_screen_has_no_signs_beside_headings(fresh):
    """Where nothing hovers, they would stand beside each heading for good."""
    page = fresh(has_touch=True, is_mobile=True)

    expect(page.locator("h2 + .here").first).to_be_hidden()


def test_a_page_says_who_wrote_it_and_how_long_it_is(fresh):
    """Under the title of the story and of other long pages stand byline and minutes to
    read.
    """
    for address in (STORY, QUESTIONS):
        page = fresh(address)
        told = page.locator(".tools").inner_text()
        minutes = int(told.split(" minutes")[0].split()[-1])

        words = sum(len(text.split()) for text in page.locator(TEXT).all_inner_texts())
        assert words / 300 < minutes < words / 160
