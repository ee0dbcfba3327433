"""The timeline in a browser: its choices by keyboard, and its drawing."""

import pytest
from playwright.sync_api import Page

from story.charts.timeline import NAMED
from tests.story.browser.site import CHARTS, read, touching
from tests.story.conftest import read_cells

pytestmark = pytest.mark.browser

EVENTS = read_cells("events")
KINDS = sorted({row["category"] for row in EVENTS})
WORDS = next(chart for chart in CHARTS if chart.name == "timeline").text["words"]
# The dots of events in the drawing on display, and what is written there.
MARKS = """figure => {
    const seen = element => element.checkVisibility({visibilityProperty: true});
    const dots = [...figure.querySelectorAll("svg circle")].filter(mark => seen(mark)
        && mark.closest("[fill]").getAttribute("fill").startsWith("var(--ink,"));
    return {dots: dots.map(dot => { const {left, top, right, bottom} = dot.getBoundingClientRect();
            return {left, top, right, bottom}; }),
        names: [...figure.querySelectorAll("svg text")].filter(seen).map(text => text.textContent)};
}"""


def names_of(events: list[dict[str, str]]) -> list[str]:
    """Return what the drawing calls those of some events that it has."""
    drawn = [row["id"] for row in events if row["id"] in NAMED]
    keys = [name.rpartition("-")[0].replace("-", "_") for name in drawn]
    return sorted(read(WORDS[key]) for key in keys)


def named_in(marks: dict[str, list[str]]) -> list[str]:
    """Return the names of events among the texts of a drawing."""
    return sorted({*marks["names"]} & {*names_of(EVENTS)})


@pytest.fixture
def timeline(web, visit):
    """Return a function that opens the timeline."""
    return lambda **options: visit(web.root("timeline.html"), **options)


def choose(page: Page, kind: str) -> None:
    """Go to the choices by keyboard and on to a kind: Tab leads to the chosen one,
    arrows choose another.
    """
    page.locator("input[value=all]").focus()
    for _ in range(20):
        if page.locator(f"input[value={kind}]").is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no arrow leads to {kind}")


def visible(page: Page, what: str) -> list[str]:
    return page.locator(what).evaluate_all(
        "all => all.filter(each => each.checkVisibility()).map(each => each.id)"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_choice_shows_the_events_of_a_kind(timeline, kind):
    """With the keyboard alone, a kind's events remain and all others go, in the
    drawing, too; this is told.
    """
    page = timeline()
    own = [row for row in EVENTS if row["category"] == kind]

    choose(page, kind)

    assert sorted(visible(page, ".event h3")) == sorted(row["id"] for row in own)
    assert visible(page, ".year h2") == sorted({f"in-{row['date'][:4]}" for row in own})
    assert (
        page.get_by_role("status").inner_text() == f"{len(own)} of {len(EVENTS)} shown"
    )
    marks = page.locator("figure#timeline").evaluate(MARKS)
    assert named_in(marks) == names_of(own)
    assert len(marks["dots"]) == len(names_of(own))


def test_all_events_are_shown_before_a_choice_and_after_it(timeline):
    """The first choice shows everything, as the page does before any."""
    page = timeline()
    first = page.locator("input[value=all]").is_checked()
    before = visible(page, ".event h3")
    choose(page, "energy")
    page.locator("input[value=all]").check()

    assert first
    assert sorted(before) == sorted(row["id"] for row in EVENTS)
    assert visible(page, ".event h3") == before


def test_paper_shows_all_events(timeline):
    """A choice made on the screen leaves nothing out on paper, where no choices are."""
    page = timeline()
    choose(page, "war")
    page.emulate_media(media="print")

    assert len(visible(page, ".event")) == len(EVENTS)
    assert len(page.locator("figure#timeline").evaluate(MARKS)["dots"]) == len(NAMED)
    assert visible(page, ".filter") == []


@pytest.mark.parametrize("width", [320, 640, 1440])
def test_the_drawing_names_its_events(timeline, width):
    """Each dot of the drawing has a name; no two dots touch."""
    found = timeline(width=width).locator("figure#timeline").evaluate(MARKS)

    assert len(found["dots"]) == len(NAMED)
    assert named_in(found) == names_of(EVENTS)
    assert touching(found["dots"]) == []


def pointed(page: Page, x: float, y: float) -> None:
    """Come with a pointer, away from the keys, and click."""
    page.locator("figure#timeline input[type=range]").blur()
    page.mouse.move(x, y)
    page.locator("figure#timeline .ring").wait_for()
    page.mouse.click(x, y)


@pytest.mark.parametrize(
    "go",
    [
        lambda page, _at: page.keyboard.press("Enter"),
        lambda page, at: pointed(page, *at),
    ],
    ids=["key", "click"],
)
def test_a_dot_leads_to_the_entry_of_its_event(timeline, go):
    """Who goes to a dot by key or by pointer is told of its event, and by Enter or a
    click comes to its entry.
    """
    page = timeline()
    page.locator("figure#timeline input[type=range]").focus()
    ring = page.locator("figure#timeline .ring")
    box = ring.bounding_box()
    at = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    go(page, at)
    page.wait_for_url("**#*")

    first = min(
        (row for row in EVENTS if row["id"] in NAMED), key=lambda row: row["date"]
    )
    assert page.url.endswith(f"#{first['id']}")


def test_no_pointer_is_told_of_a_dot_that_is_not_shown(timeline):
    """Where a choice has hidden a dot, who points there is told of the nearest that is
    to be seen.
    """
    page = timeline()
    choose(page, "war")
    page.locator("figure#timeline .plot:visible").scroll_into_view_if_needed()
    hidden = page.locator(
        "figure#timeline .plot:visible .out circle"
    ).first.bounding_box()
    shown = [
        row["date"][:4]
        for row in EVENTS
        if row["id"] in NAMED and row["category"] == "war"
    ]
    page.mouse.move(hidden["x"] + 2, hidden["y"] + 2)

    assert shown
    assert page.locator("figure#timeline .tip span").inner_text()[-4:] in shown


def test_a_click_beside_the_dots_leads_nowhere(timeline):
    """Only a dot is a way to an entry, not the whole drawing, which tells of the
    nearest.
    """
    page = timeline()
    box = page.locator("figure#timeline .plot:visible").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 40)
    page.locator("figure#timeline .tip").wait_for()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 40)

    assert "#" not in page.url
