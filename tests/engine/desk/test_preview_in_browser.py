"""The live preview in a browser: every save is shown, and every mistake, without anybody reloading the page."""

from __future__ import annotations

import itertools
import os
import re
from typing import TYPE_CHECKING, NamedTuple

import pytest
from playwright.sync_api import expect

from tests.browsing import opened
from tests.engine.previewing import BASE_URL, OVERLAY, Server, make_story
from tests.engine.project import files_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

NUMBERS = itertools.count(100)  # each save writes what no save before it wrote
PAGE, CHART, WORDS = "content/en/tested.md", "content/en/charts/tested.md", "content/en/words.toml"
TABLE, DESCRIPTION = "data/trade.csv", "data/trade.toml"
SCRIPT = re.compile(r"/livereload\.js")
CODE, THEME, MEASURES = "story/charts/tested.py", "story/theme.py", "story/measures.py"


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """Return the story that all these tests save files of; each leaves it one that can be built."""
    return make_story(tmp_path_factory.getbasetemp(), tmp_path_factory.mktemp("previewed") / "story")


@pytest.fixture(scope="module")
def server(story):
    """Serve it below a path."""
    server = Server(story.root, "--base-url", BASE_URL)
    assert server.wait_for_build(1) == "good"
    yield server
    server.kill()


@pytest.fixture(scope="module")
def live(browser, server):
    """Open the page that changes, once for all tests: it reloads by itself."""
    page = opened(browser)
    page.goto(f"{server.url}tested.html")
    yield page
    page.context.close()


@pytest.fixture
def another(browser):
    """Return a window of the test's own, with nothing in it yet."""
    page = opened(browser)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def pristine(story):
    """Return what the files that tests change say at first."""
    return {place: story.read(place) for place in [*files_in(OVERLAY), WORDS, TABLE, DESCRIPTION]}


@pytest.fixture
def page(live, story, pristine):
    """Return the page that changes; where a test has failed and left a mistake, all is as before."""
    if not live.locator("p.tested").count():
        for place, text in pristine.items():
            story.write(place, text)
    expect(live.locator("p.tested")).to_be_visible()
    return live


@pytest.fixture
def messages(live):
    """Hear what the console says in a test."""
    heard: list[str] = []
    listen = heard.append
    live.on("console", lambda message: listen(message.text))
    live.on("pageerror", lambda error: listen(str(error)))
    yield heard
    listen = len


@pytest.fixture
def number():
    """Return a number that no other test has saved, of three digits."""
    return next(NUMBERS)


@pytest.fixture
def word(number):
    """Return a word that no other test has saved: numbers of texts would have to be bound."""
    return spelt(number)


def spelt(number):
    """Write a number with letters for digits."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


def shows(page: Page, selector: str, text: str) -> None:
    """Wait until the page shows a text."""
    expect(page.locator(selector).first).to_contain_text(text)


class Save(NamedTuple):
    """What is saved: the file, the place in it that changes, what stands there then, and where the page shows what.

    A word stands where {w} is, its number where {n} is.
    """

    place: str
    pattern: str
    new: str
    selector: str
    text: str

    def by(self, story, number):
        """Save it; return where the page is to show what."""
        story.change(self.place, self.pattern, self.filled(self.new, number))
        return self.selector, self.filled(self.text, number)

    @staticmethod
    def filled(text, number):
        return text.replace("{n}", str(number)).replace("{w}", spelt(number))


SAVES = {
    "a paragraph": Save(PAGE, r"^Text.*\.", "Text {w}.", "main", "Text {w}."),
    "a title": Save(PAGE, r"^title = .*", 'title = "Title {w}"', "h1", "Title {w}"),
    "a finding": Save(CHART, r"^title = .*", 'title = "Finding {w}"', "figure", "Finding {w}"),
    "a summary": Save(CHART, r"^Summary.*", "Summary {w}.", "figure", "Summary {w}."),
    "a word of a chart": Save(CHART, r"^corner = .*", 'corner = "Corner {w}"', "figure th", "Corner {w}"),
    "a label": Save(WORDS, r"^figure_table = .*", 'figure_table = "Word {w}"', "figure caption", "Word {w}"),
    "the settings": Save("content/site.toml", r"^name = .*", 'name = "Site {w}"', "header", "Site {w}"),
    "a figure": Save(TABLE, r"^2021,export,\d+(\.1)?,", "2021,export,67{n},", "tr:nth-child(2) th", "Row 67,{n}"),
    "a description": Save(DESCRIPTION, r'^title = "Trade.*', 'title = "Trade {n}"', "p.tested", "Trade {n}."),
    "a template": Save("templates/tested.html", r"Template \d+", "Template {n}", "p.tested", "Template {n}."),
    "a template of templates": Save("templates/page.html", r"Frame \d+", "Frame {n}", "footer", "Frame {n}"),
    "the code of a chart": Save(CODE, r'"Drawn.*"', '"Drawn {w}."', "figure svg", "Drawn {w}."),
    "a measure": Save(MEASURES, r"^TESTED = \d+", "TESTED = {n}", "figure td", "Measure {n}"),
}


@pytest.mark.parametrize("what", SAVES)
def test_a_save_is_shown(story, page, number, what):
    """Whatever file it is: the page shows what it says now."""
    shows(page, *SAVES[what].by(story, number))


def test_a_style_is_shown(story, page, number):
    """A style sheet has an address by its content: the page comes with the new one."""
    story.change("templates/static/site.css", r"letter-spacing: \d+(px)?", f"letter-spacing: {number}px")

    expect(page.locator("p.tested")).to_have_css("letter-spacing", f"{number}px")


def test_a_colour_is_shown(story, page, number):
    """The colours of the theme go into the style sheet."""
    story.change(THEME, r'"tested": .*', f'"tested": ("#000{number}", "#000{number}"),')
    colour = f"rgb(0, {number // 100}, {int(str(number)[1:], 16)})"

    expect(page.locator("p.tested")).to_have_css("color", colour)


def test_a_picture_is_shown(story, page, number):
    """A picture has an address by its content, too."""
    story.change("templates/static/tested.svg", r'width="\d+"', f'width="{number}"')

    expect(page.locator("main img")).to_have_js_property("naturalWidth", number)


def test_a_new_page_appears_and_a_deleted_one_goes(story, server, another, word):
    """A window that waits where nothing is gets the page as soon as there is one, and only as long."""
    place = f"content/en/fresh-{word}.md"
    another.goto(f"{server.url}fresh-{word}.html")
    shows(another, "h1", "No such page")
    story.write(place, f'+++\ntitle = "Fresh {word}"\ndescription = "New."\n+++\n\nNew.\n')
    shows(another, "h1", f"Fresh {word}")
    (story.root / place).unlink()

    shows(another, "h1", "No such page")


def test_a_new_chart_in_four_files_is_shown(story, page, word):
    """Its function in a new module, its export, its words and its place: what stands between is no chart yet."""
    name, package = f"added_{word}", "story/charts/__init__.py"
    files = {place: story.read(place) for place in (package, PAGE)}
    story.write(f"story/charts/{name}.py", story.read(CODE).replace("def tested(", f"def {name}("))
    story.write(package, f"{files[package]}from story.charts.{name} import {name}\n__all__ += [{name!r}]\n")
    story.write(f"content/en/charts/{name}.md", story.changed(CHART, r"^title = .*", f'title = "Added {word}"'))
    story.write(PAGE, f"{files[PAGE]}\n![](chart:{name})\n")
    shows(page, f"#{name}", f"Added {word}")
    for place, text in files.items():
        story.write(place, text)
    (story.root / "story" / "charts" / f"{name}.py").unlink()
    (story.root / "content" / "en" / "charts" / f"{name}.md").unlink()

    expect(page.locator(f"#{name}")).to_have_count(0)
    expect(page.locator("p.tested")).to_be_visible()


# How it is saved.


def plainly(story, place, body):
    """Save as programs do: the file is emptied, then written."""
    (story.root / place).write_bytes(body)


def renamed(story, place, body):
    """Save as most editors do: a draft beside the file takes its place at once."""
    draft = story.root / f"{place}.draft"
    draft.write_bytes(body)
    draft.replace(story.root / place)


def kept(story, place, body):
    """Save as vim does: the old file becomes a copy, the new one is written, the copy goes."""
    path, copy = story.root / place, story.root / f"{place}~"
    path.rename(copy)
    path.write_bytes(body)
    copy.unlink()


def deleted(story, place, body):
    """Save by deleting the file first."""
    (story.root / place).unlink()
    (story.root / place).write_bytes(body)


def in_pieces(story, place, body):
    """Save in many small pieces, each of which can be read."""
    with (story.root / place).open("wb", buffering=0) as file:
        for start in range(0, len(body), 16):
            file.write(body[start : start + 16])


def from_windows(story, place, body):
    """Save with a byte-order mark and the line ends of Windows."""
    (story.root / place).write_bytes(b"\xef\xbb\xbf" + body.replace(b"\n", b"\r\n"))


@pytest.mark.parametrize("save", [plainly, renamed, kept, deleted, in_pieces, from_windows])
def test_it_is_shown_however_it_is_saved(story, page, word, save):
    """Editors differ in what they do to a file."""
    text = story.changed(PAGE, r"^Text.*", f"Text {word}.")
    save(story, PAGE, text.encode())
    shows(page, "main", f"Text {word}.")
    story.write(PAGE, text)


def test_two_saves_of_code_in_one_second_are_both_shown(story, page, number):
    """Python takes bytecode for the code's if its size and its second are: the second save has both of the first."""
    save = SAVES["the code of a chart"]
    shows(page, *save.by(story, number))
    path = story.root / CODE
    second = path.stat().st_mtime
    draft = path.with_suffix(".draft")
    draft.write_text(story.changed(CODE, save.pattern, save.filled(save.new, 1000 - number)), "utf-8")
    os.utime(draft, (second, second))
    draft.replace(path)

    shows(page, save.selector, save.filled(save.text, 1000 - number))


# When it is saved.


@pytest.mark.parametrize("what", ["a paragraph", "a figure", "the code of a chart"])
def test_of_two_quick_saves_the_second_is_shown(story, page, number, what):
    """Both within a few milliseconds."""
    SAVES[what].by(story, 1000 - number)

    shows(page, *SAVES[what].by(story, number))


def test_twenty_saves_in_a_row_end_with_the_last(story, page):
    """Of many files in turn, as fast as they can be written."""
    turns = [SAVES[what] for what in ("a paragraph", "a label", "a figure", "a template", "a measure")]
    for _ in range(4):
        last = [save.by(story, next(NUMBERS)) for save in turns]

    for place in last:
        shows(page, *place)


def test_a_save_while_a_chart_is_drawn_is_shown(story, server, page, number):
    """The build that is under way does not know it yet; the next does."""
    said = len(server.said)
    code = SAVES["the code of a chart"].by(story, number)
    server.wait_for(r"drawing \d+/\d+: tested", said)
    text = SAVES["a paragraph"].by(story, number)

    for place in (text, code):
        shows(page, *place)


def test_a_save_while_the_page_is_loading_is_shown(story, server, another, number):
    """The page has come, its script has not: nobody can tell it to reload yet."""
    held = []
    another.route(SCRIPT, lambda route: held.append(route))  # noqa: PLW0108 - Playwright refuses a method of a list
    with another.expect_request(SCRIPT):
        another.goto(f"{server.url}tested.html", wait_until="commit")
    selector, text = SAVES["a paragraph"].by(story, number)
    server.wait_until_shown("/repository/tested.html", text)
    another.unroute(SCRIPT)
    for route in held:
        route.continue_()

    shows(another, selector, text)


def test_every_window_shows_a_save(story, server, page, another, number):
    """A phone's width beside a desk's."""
    another.set_viewport_size({"width": 320, "height": 600})
    another.goto(f"{server.url}tested.html")
    place = SAVES["a paragraph"].by(story, number)
    for each in (page, another):
        shows(each, *place)


# Mistakes: what is written where, the words that are told, and the hint; the line that is told, in the file unless
# another is named.
MISTAKES = {
    "a broken link": (PAGE, r"^Text.*", "[Text](testd.md).", "found a link to testd.md", "did you mean tested.md", 7),
    "a wrong cell": (TABLE, r"^2021,export,", "2021,export,1.000,", "found 6 cells, expected 5", "", 2),
    "broken TOML": (CHART, r"^subtitle = .*", "subtitle = A measure", "found broken TOML", "", 3),
    "a missing word": (WORDS, r"^figure_table", "figure_tables", "figure_table is missing", "figure_tables", 1),
    "a broken template": (
        "templates/tested.html",
        r"^<p class=",
        "{% if %}<p class=",
        "the template raises TemplateSyntaxError",
        "",
        3,
    ),
    "a wrong description": (DESCRIPTION, r'^type = "year"', 'type = "yaer"', 'found the type "yaer"', "", 12),
    "a chart that raises": (CODE, r"2021, ", "2029, ", "the chart tested raises KeyError", "", 15),
    "a chart that is no Python": (
        CODE,
        r"^def draw\(table, size\)",
        "def draw(table, size",
        "raises SyntaxError",
        "",
        22,
    ),
    "a colour too pale": (THEME, r'^    "ink": .*', '    "ink": ("#dddddd", "#eeeeee"),', "found ink at", "", 9),
    "a measure that is gone": (MEASURES, r"^TESTED = .*", "", "raises AttributeError", "", f"{CODE}:17"),
}


def published(story):
    """Return the files of the site, without the build's own notes, which come and go."""
    paths = [path for pattern in ("*.*", "[!.]*/*") for path in (story.root / "site").glob(pattern) if path.is_file()]
    return {path: path.read_bytes() for path in paths}


@pytest.fixture
def settled(server, story):
    """Wait until what the page shows is published, too: that comes after it. A build more begins after any other."""
    said = len(server.said)
    story.write(PAGE, story.read(PAGE))
    server.wait_for(r"build \d+: ", said)


@pytest.mark.parametrize("what", MISTAKES)
@pytest.mark.usefixtures("page", "settled")
def test_a_mistake_stands_on_the_page_until_it_is_mended(story, page, messages, what):
    """With file, line, what is wrong, the line itself and a hint, while site/ stays as it was to the byte."""
    place, pattern, new, message, hint, line = MISTAKES[what]
    good, before = story.read(place), published(story)
    story.change(place, pattern, new)
    path, line = (place, line) if isinstance(line, int) else line.split(":")
    section = page.locator("section").first
    expect(section.locator(".message")).to_contain_text(message)
    expect(section.locator("h2")).to_have_text(f"{path}:{line}")
    expect(section.locator(".wrong")).to_have_text(story.read(path).split("\n")[int(line) - 1])
    if hint:
        expect(section.locator(".hint")).to_contain_text(hint)
    after = published(story)
    story.write(place, good)
    expect(page.locator("p.tested")).to_be_visible()

    assert after == before
    assert [text for text in messages if "500" not in text] == []


def test_a_mistake_is_read_in_both_schemes(story, page):
    """The page of problems has its styles, light and dark."""
    good = story.read(PAGE)
    story.write(PAGE, good.replace("+++", "++", 1))
    expect(page.locator("section h2")).to_have_text(f"{PAGE}:1")
    for scheme, colour in (("dark", "rgb(23, 25, 27)"), ("light", "rgb(255, 255, 255)")):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("body")).to_have_css("background-color", colour)
    story.write(PAGE, good)
    expect(page.locator("p.tested")).to_be_visible()


# What holds in the preview as on the site.


@pytest.mark.parametrize("place", ["tested.html", "index.html", "deep/er/nothing.html"])
def test_pages_say_nothing_on_the_console(server, another, place):
    """The policy forbids nothing that the preview needs: its script and its socket are in it."""
    heard: list[str] = []
    another.on("console", lambda message: heard.append(message.text))
    another.on("pageerror", lambda error: heard.append(str(error)))
    with another.expect_websocket() as opened:
        another.goto(f"{server.url}{place}")
    styled = another.evaluate("getComputedStyle(document.body).display")
    with another.expect_console_message(lambda message: message.text == "the last"):  # whatever was said came before
        another.evaluate("console.log('the last')")

    assert opened.value.url.startswith("ws://127.0.0.1:")
    assert styled == "grid"
    assert [text for text in heard if "404 (Not Found)" not in text or "nothing" not in place] == ["the last"]


INJECT = """() => new Promise((done) => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'injected'";
    document.body.append(script);
    const image = document.createElement("img");
    image.setAttribute("onerror", "document.title = 'injected'");
    image.addEventListener("error", () => done(document.title));
    image.src = "data:,";
    document.body.append(image);
})"""


def test_the_policy_still_forbids_scripts_in_the_page(server, another):
    """A script that gets into a page, or an attribute that is one, does not run."""
    another.route(SCRIPT, lambda route: route.abort())  # else an earlier save may reload the page
    another.goto(f"{server.url}tested.html")
    with another.expect_console_message(lambda message: "script-src" in message.text):
        title = another.evaluate(INJECT)

    assert title != "injected"


def test_what_nobody_has_read_is_marked_at_its_words(story, server, another, pristine):
    """The words where they stand, in whatever elements, the drawing by its alternative text, and a list of both."""
    sentence = "In 2023 it was [$240.1 billion](fact:total/2023), *and so on*."
    story.write(PAGE, pristine[PAGE].replace("\nText.\n", f"\nText. {sentence}\n"))
    server.wait_until_shown("/repository/tested.html", "In 2023 it was")
    another.route(SCRIPT, lambda route: route.abort())
    another.goto(f"{server.url}tested.html")

    listed = another.locator("#unread")
    expect(listed.locator("button", has_text="In 2023 it was")).to_have_attribute(
        "title", "nobody has read these words"
    )
    expect(listed.locator("summary")).to_have_text(re.compile(r"^\d unread here$"))
    marked = another.evaluate("[...CSS.highlights.get('unread')].map((range) => range.toString())")
    assert "In 2023 it was $240.1 billion, and so on." in [" ".join(words.split()) for words in marked]
    assert another.locator("[data-unread]").count() == 1
    story.write(PAGE, pristine[PAGE])
