"""Choose your ruler: one drawing and one sentence for what a reader chooses; without
scripts all of them.
"""

from __future__ import annotations

import re
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
SHOWN = f"{RULER} [data-state]:visible"
# The kinds of the drawing on display whose marks are seen in full; lines of others are
# faint.
KINDS = """() => [...new Set([...document.querySelectorAll("#ruler .plot [class^=kind-]")]
    .filter(mark => mark.getClientRects().length && getComputedStyle(mark).visibility === "visible"
        && getComputedStyle(mark).opacity === "1")
    .map(mark => mark.classList[0]))].sort()"""
LIVE = """() => { const shown = document.querySelector("#ruler [data-state].on");
    return shown.closest("[aria-live]").getAttribute("aria-live"); }"""
USES = """() => [...document.querySelectorAll("#ruler .copy use")].map(use => {
    const svg = use.closest("svg"), seen = name => getComputedStyle(svg).getPropertyValue(`--${name}`) === "1";
    return [use.getBoundingClientRect().height > 100, ["calendar", "rolling"].filter(seen).length,
        ["dollars", "yuan", "constant"].filter(seen).length, ["2020", "2024"].filter(seen).length]; })"""

# The texts of the drawing on display that can be seen, and where.
TEXTS = """() => [...document.querySelectorAll("#ruler .plot text")]
    .filter(text => text.getClientRects().length && getComputedStyle(text).visibility === "visible"
        && getComputedStyle(text).fillOpacity === "1")
    .map(text => { const {left, top, right, bottom} = text.getBoundingClientRect();
        return {text: text.textContent, left, top, right, bottom}; })"""
DELAY = re.compile(r"\d+ (?:year|month)s? (late|early)")


@pytest.fixture
def story(keep, web) -> Page:
    """Return the story with its first state."""
    page = keep(web.root.url + STORY)
    page.evaluate(f"location.hash = '{RULER}={NAMES[0]}'")
    wait_until_quiet(page)
    return page


def shown(page: Page) -> str:
    """Return the name of the one state whose sentence is shown."""
    return page.locator(SHOWN).get_attribute("data-state")


def chosen(page: Page) -> str:
    """Return what the radios say."""
    return "_".join(
        page.locator(f"{RULER} input:checked").evaluate_all(
            "all => all.map(one => one.value)"
        )
    )


@pytest.mark.parametrize("state", STATES, ids=NAMES)
def test_a_state_has_an_address(story, state):
    """Address, radios, sentence, drawing and its alternative text tell one state; one
    without a drawing has no line.
    """
    story.evaluate(f"location.hash = '{RULER}={state['name']}'")
    wait_until_quiet(story)
    turn, money, due = state["name"].split("_")
    line = f"kind-{turn}_{money}" + (f"_{due}" if money == "constant" else "")

    assert shown(story) == chosen(story) == state["name"]
    assert read(state["text"]) in story.locator(SHOWN).inner_text().replace("\n", " ")
    if "alt" in state:
        reached = [] if money == "constant" else [f"{line}_{due}"]
        assert story.evaluate(KINDS) == sorted([line, f"kind-due_{due}", *reached])
        assert story.locator(f"{RULER} .plot:visible").get_attribute(
            "aria-label"
        ) == read(state["alt"])
    else:
        assert story.evaluate(KINDS) == [f"kind-due_{due}"]


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_the_drawing_says_how_late_or_early_a_ruler_is(story, width):
    """Beside the stretch, or its deadline, stand a number and what it counts, apart
    from other words.
    """
    resize(story, width)
    told = dict[str, list[str]]()
    for name in (state["name"] for state in STATES if "alt" in state):
        story.evaluate(f"location.hash = '{RULER}={name}'")
        wait_until_quiet(story)
        texts = story.evaluate(TEXTS)
        told[name] = [
            found[1] for text in texts if (found := DELAY.fullmatch(text["text"]))
        ]
        assert touching(texts, across=-1, down=3) == [], name

    assert told == {
        name: [] if "constant" in name else ["late" if "2020" in name else "early"]
        for name in told
    }


def test_a_choice_without_a_line_says_so(story):
    """Beside the choices that would show no line stands that there is none; they can be
    chosen all the same.
    """
    story.evaluate(f"location.hash = '{RULER}=rolling_dollars_2024'")
    wait_until_quiet(story)
    choices = [
        " ".join(each.split())
        for each in story.locator(f"{RULER} label").all_inner_texts()
    ]

    assert [each for each in choices if "(" in each] == [
        "yuan (no line)",
        "dollars of one year (no line)",
    ]
    assert story.locator(f"{RULER} input:disabled").count() == 0


def test_a_mark_on_another_tells_what_is_chosen(story):
    """In yuan the marks lie on those of dollars, and tell yuan."""
    story.evaluate(f"location.hash = '{RULER}=calendar_yuan_2020'")
    wait_until_quiet(story)
    story.locator(f"{RULER} .plot:visible .kind-calendar_yuan circle").first.hover()

    assert "Yuan" in story.locator(".tip").inner_text()


def test_keys_choose_a_state(story):
    """Tab reaches each question, arrows its answers; the address follows, and Back is
    not filled with choices.
    """
    length = story.evaluate("history.length")
    story.locator(f"{RULER} input:checked").first.focus()
    story.keyboard.press("ArrowRight")

    assert shown(story) == "rolling_dollars_2020"
    for key in ("Tab", "Tab", "ArrowRight"):
        story.keyboard.press(key)
    assert shown(story) == "rolling_dollars_2024"
    assert story.evaluate("location.hash") == f"{RULER}=rolling_dollars_2024"
    assert story.evaluate("history.length") == length


def test_a_choice_is_announced(story):
    """What a choice shows stands in a live region, and each question is the name of its
    group.
    """
    story.get_by_role("group", name="In what money?").get_by_label("yuan").check()

    assert shown(story) == "calendar_yuan_2020"
    assert story.evaluate(LIVE) == "polite"


def test_words_in_a_state_that_is_not_shown_are_found(story):
    """An address of words in another state, as receipts have it, shows that state."""
    place = story.locator(
        f"{RULER} [data-state=rolling_dollars_2024] [id^=at-]"
    ).first.get_attribute("id")
    story.evaluate("place => { location.hash = place; }", place)
    wait_until_quiet(story)

    assert shown(story) == "rolling_dollars_2024"


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_without_scripts_each_state_has_its_sentence_and_a_path(keep, web, width):
    """All sentences follow each other; each drawing shows one path and one deadline,
    and nothing is to be pressed.
    """
    page = keep(web.root.url + STORY, java_script_enabled=False)
    resize(page, width)

    assert page.locator(SHOWN).count() == len(STATES)
    assert page.locator(f"{RULER} input:visible").count() == 0
    assert page.evaluate(USES) == [[True, 1, 1, 1]] * sum(
        "alt" in state for state in STATES
    )
