"""The live preview in a browser: saves, mistakes and a new process are shown without
anybody reloading it.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browsing import open_window
from tests.engine.previewing import BASE_URL, Server, make_story

pytestmark = pytest.mark.browser

PAGE, TABLE, FACTS = "content/en/tested.md", "data/trade.csv", "story/facts.py"
CODE, MEASURES = "story/charts/tested.py", "story/measures.py"
SCRIPT = re.compile(r"/livereload\.js")


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """Return the story that all these tests save files of; each leaves it as it was."""
    return make_story(
        tmp_path_factory.getbasetemp(), tmp_path_factory.mktemp("previewed") / "story"
    )


@pytest.fixture(scope="module")
def server(story):
    """Serve it below a path."""
    server = Server(story.root, "--base-url", BASE_URL)
    assert server.wait_for_build(1) == "good"
    yield server
    server.close()


@pytest.fixture
def page(browser):
    """Return a window of the test's own, with nothing in it yet, that keeps what its
    console says in ``heard``.
    """
    page = open_window(browser)
    page.heard = []
    page.on("console", lambda message: page.heard.append(message.text))
    page.on("pageerror", lambda error: page.heard.append(str(error)))
    yield page
    page.context.close()


@pytest.fixture
def changed(story):
    """Return a function that saves a file with one place changed, and gives what it
    said before; all are put back.
    """
    before = {}

    def change(place, pattern, new):
        before.setdefault(place, story.read(place))
        story.change(place, pattern, new)
        return before[place]

    yield change
    for place, text in before.items():
        story.write(place, text)


def test_a_save_is_shown_in_every_window(server, page, browser, changed):
    """A phone's width beside a desk's."""
    other = open_window(browser)
    other.set_viewport_size({"width": 320, "height": 600})
    loads = []
    page.on("load", lambda page: loads.append(page))  # noqa: PLW0108 - Playwright refuses a method of a list
    for each in (page, other):
        each.goto(f"{server.url}tested.html")
    for word in ("Once.", "Again."):
        changed(PAGE, r"^(Text|Once)\.", word)
        for each in (page, other):
            expect(each.locator("main")).to_contain_text(word)
    other.context.close()

    assert len(loads) < 6, "a page that is new is told to reload, and so for ever"


def test_a_save_while_the_page_is_loading_is_shown(server, page, changed):
    """The page has come, its script has not: nobody can tell it to reload yet."""
    held = []
    page.route(SCRIPT, lambda route: held.append(route))  # noqa: PLW0108 - Playwright refuses a method of a list
    with page.expect_request(SCRIPT):
        page.goto(f"{server.url}tested.html", wait_until="commit")
    changed(PAGE, r"^Text\.", "Meanwhile.")
    server.wait_until_shown("/repository/tested.html", "Meanwhile.")
    page.unroute(SCRIPT)
    for route in held:
        route.continue_()

    expect(page.locator("main")).to_contain_text("Meanwhile.")


# Mistakes: what is written where, and what is told at which line, there or where
# another file is named.
MISTAKES = {
    "a broken link": (
        PAGE,
        r"^Text.*",
        "[Text](testd.md).",
        "found a link to testd.md",
        f"{PAGE}:7",
    ),
    "a wrong cell": (
        TABLE,
        r"^2021,export,",
        "2021,export,1.000,",
        "found 6 cells, expected 5",
        f"{TABLE}:2",
    ),
    "a chart that is no Python": (
        CODE,
        r"^def draw\(table, size\)",
        "def draw(",
        "raises SyntaxError",
        f"{CODE}:22",
    ),
    "a measure that is gone": (
        MEASURES,
        r"^TESTED = .*",
        "",
        "raises AttributeError",
        f"{CODE}:17",
    ),
}


@pytest.mark.parametrize("what", MISTAKES)
def test_a_mistake_stands_on_the_page_until_it_is_mended(
    story, server, page, changed, what
):
    """With file, line, what is wrong and the line itself; then the page comes back.

    Nothing is written into site/.
    """
    place, pattern, new, message, at = MISTAKES[what]
    page.goto(f"{server.url}tested.html")
    good = changed(place, pattern, new)
    path, line = at.split(":")
    section = page.locator("section").first
    expect(section.locator(".message")).to_contain_text(message)
    expect(section.locator("h2")).to_have_text(at)
    expect(section.locator(".wrong")).to_have_text(
        story.read(path).split("\n")[int(line) - 1]
    )
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    story.write(place, good)
    expect(page.locator("p.tested")).to_be_visible()

    assert not (story.root / "site").exists()
    assert [text for text in page.heard if "500" not in text] == []


@pytest.mark.parametrize("place", ["tested.html", "index.html", "deep/er/nothing.html"])
def test_pages_say_nothing_on_the_console(server, page, place):
    """The policy forbids nothing that the preview needs: its script and its socket are
    in it.
    """
    with page.expect_websocket() as opened:
        page.goto(f"{server.url}{place}")
    styled = page.evaluate("getComputedStyle(document.body).display")
    # whatever was said came before
    with page.expect_console_message(lambda message: message.text == "the last"):
        page.evaluate("console.log('the last')")

    assert opened.value.url.startswith("ws://127.0.0.1:")
    assert styled == "grid"
    assert [
        text
        for text in page.heard
        if "404 (Not Found)" not in text or "nothing" not in place
    ] == ["the last"]


def test_what_nobody_has_read_is_marked_at_its_words(server, page, changed):
    """The words where they stand, in whatever elements, the drawing by its alternative
    text, and a list of both.
    """
    sentence = "In 2023 it was [$240.1 billion](fact:total/2023), *and so on*."
    changed(PAGE, r"^Text\.", f"Text. {sentence}")
    server.wait_until_shown("/repository/tested.html", "In 2023 it was")
    page.route(SCRIPT, lambda route: route.abort())
    page.goto(f"{server.url}tested.html")

    listed = page.locator("#unread")
    expect(listed.locator("button", has_text="In 2023 it was")).to_have_attribute(
        "title", "nobody has read these words"
    )
    expect(listed.locator("summary")).to_have_text(re.compile(r"^\d+ unread here$"))
    marked = page.evaluate(
        "[...CSS.highlights.get('unread')].map((range) => range.toString())"
    )
    assert "In 2023 it was $240.1 billion, and so on." in [
        " ".join(words.split()) for words in marked
    ]
    assert page.locator("[data-unread]").count() == 1
