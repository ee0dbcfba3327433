"""The live preview in a browser: every save is shown, and every mistake, without anybody reloading the page."""

from __future__ import annotations

import itertools
import os
import re
import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.engine.previewing import ADDED, BASE_URL, FILES, PATIENCE, Server, make_story

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

WAIT = PATIENCE * 1000
NUMBERS = itertools.count(1)  # each save writes what no save before it wrote
PAGE, CHART = "content/en/tested.md", "content/en/charts/tested.md"
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
def window(browser, server):
    """Open the page that changes, once for all tests: it reloads by itself."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{server.url}tested.html")
    yield page
    context.close()


@pytest.fixture
def another(browser):
    """Return a window of the test's own, with nothing in it yet."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def pristine(story):
    """Return what the files that tests change say at first."""
    return {place: story.read(place) for place in [*FILES, *ADDED, "content/site.toml", "templates/base.html"]}


@pytest.fixture
def page(window, story, pristine):
    """Return the page that changes; where a test has failed and left a mistake, all is as before."""
    if not window.locator("p.tested").count():
        for place, text in pristine.items():
            story.write(place, text)
    expect(window.locator("p.tested")).to_be_visible(timeout=WAIT)
    return window


@pytest.fixture
def messages(window):
    """Hear what the console says in a test."""
    heard: list[str] = []
    listen = heard.append
    window.on("console", lambda message: listen(message.text))
    window.on("pageerror", lambda error: listen(str(error)))
    yield heard
    listen = len


@pytest.fixture
def number():
    """Return a number that no other test has saved, of three digits."""
    return 100 + next(NUMBERS)


def shows(page: Page, selector: str, text: str) -> None:
    """Wait until the page shows a text."""
    expect(page.locator(selector).first).to_contain_text(text, timeout=WAIT)


def png(width: int) -> bytes:
    """Return a picture of a width, one pixel high."""
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(1 + width))),
        (b"IEND", b""),
    ]
    chunks = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


# What is saved: the file, the place in it that changes, what stands there then, and where and how the page shows it.
SAVES = {
    "a paragraph": (PAGE, r"Text \d+", "Text {n}", "main", "Text {n}."),
    "a title": (PAGE, r"Title \d+", "Title {n}", "h1", "Title {n}"),
    "a finding": (CHART, r"Finding \d+", "Finding {n}", "figcaption", "Finding {n}"),
    "a summary": (CHART, r"Summary \d+", "Summary {n}", "figure", "Summary {n}."),
    "a word of a chart": (CHART, r"Corner \d+", "Corner {n}", "figure thead", "Corner {n}"),
    "a label": ("content/en/words.toml", r"Word \d+", "Word {n}", "p.tested", "Word {n}."),
    "the settings": ("content/site.toml", r'^name = ".*"', 'name = "Site {n}"', "header", "Site {n}"),
    "a figure": ("data/tested.csv", r"^one,\d+", "one,{n}", "figure tbody", "Row {n}"),
    "a description": ("data/tested.toml", r"Table \d+", "Table {n}", "p.tested", "Table {n}."),
    "a template": ("templates/tested.html", r"Template \d+", "Template {n}", "p.tested", "Template {n}."),
    "a template of templates": (
        "templates/base.html",
        r"<footer\b[^>]*>(Frame \d+)?",
        "<footer>Frame {n}",
        "footer",
        "Frame {n}",
    ),
    "the code of a chart": (CODE, r"Drawn \d+", "Drawn {n}", "figure svg", "Drawn {n}"),
    "a measure": (MEASURES, r"^TESTED = \d+", "TESTED = {n}", "figure tbody", "Measure {n}"),
}


@pytest.mark.parametrize("what", SAVES)
def test_a_save_is_shown(story, page, number, what):
    """Whatever file it is: the page shows what it says now."""
    place, pattern, new, selector, text = SAVES[what]
    story.change(place, pattern, new.format(n=number))

    shows(page, selector, text.format(n=number))


def test_a_style_is_shown(story, page, number):
    """A style sheet has an address by its content: the page comes with the new one."""
    story.change("templates/static/site.css", r"letter-spacing: \d+(px)?; }\n?\Z", f"letter-spacing: {number}px; }}\n")

    expect(page.locator("p.tested")).to_have_css("letter-spacing", f"{number}px", timeout=WAIT)


def test_a_colour_is_shown(story, page, number):
    """The colours of the theme go into the style sheet."""
    story.change(THEME, r'\("#\d{6}", "#\d{6}"\)', f'("#000{number}", "#000{number}")')
    colour = f"rgb(0, {number // 100}, {int(str(number)[1:], 16)})"

    expect(page.locator("p.tested")).to_have_css("color", colour, timeout=WAIT)


def test_a_picture_is_shown(story, page, number):
    """A picture has an address by its content, too."""
    story.write("templates/static/tested.png", png(number))

    expect(page.locator("main img")).to_have_js_property("naturalWidth", number, timeout=WAIT)


def test_a_new_page_appears_and_a_deleted_one_goes(story, server, another, number):
    """A window that waits where nothing is gets the page as soon as there is one, and only as long."""
    place = f"content/en/fresh-{number}.md"
    another.goto(f"{server.url}fresh-{number}.html")
    shows(another, "h1", "Nothing here")
    story.write(place, f'+++\ntitle = "Fresh {number}"\ndescription = "New."\n+++\n\nNew.\n')
    shows(another, "h1", f"Fresh {number}")
    (story.root / place).unlink()

    shows(another, "h1", "Nothing here")


def test_a_new_chart_in_four_files_is_shown(story, page, number):
    """Its function in a new module, its export, its words and its place: what stands between is no chart yet."""
    name = f"added_{number}"
    files = {place: story.read(place) for place in ("story/charts/__init__.py", PAGE)}
    story.write(f"story/charts/{name}.py", story.read(CODE).replace("def tested(", f"def {name}("))
    export = f"from story.charts.{name} import {name}\n__all__ += [{name!r}]\n"
    story.write("story/charts/__init__.py", files["story/charts/__init__.py"] + export)
    story.write(f"content/en/charts/{name}.md", re.sub(r"Finding \d+", f"Added {number}", story.read(CHART)))
    story.write(PAGE, f"{files[PAGE]}\n![](chart:{name})\n")
    shows(page, f"#{name} figcaption", f"Added {number}")
    for place, text in files.items():
        story.write(place, text)
    (story.root / "story" / "charts" / f"{name}.py").unlink()
    (story.root / "content" / "en" / "charts" / f"{name}.md").unlink()

    expect(page.locator(f"#{name}")).to_have_count(0, timeout=WAIT)
    expect(page.locator("p.tested")).to_be_visible(timeout=WAIT)


# How it is saved.


def renamed(story, place, body):
    """Save as most editors do: a draft takes the file's place at once."""
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


@pytest.mark.parametrize("save", [renamed, kept, deleted, in_pieces, from_windows])
def test_it_is_shown_however_it_is_saved(story, page, number, save):
    """Editors differ in what they do to a file."""
    text = story.changed(PAGE, r"Text \d+", f"Text {number}")
    save(story, PAGE, text.encode())
    shows(page, "main", f"Text {number}.")
    story.write(PAGE, text)


def test_two_saves_of_code_in_one_second_are_both_shown(story, page, number):
    """Python takes bytecode for the code's if its size and its second are: the second save has both of the first."""
    story.change(CODE, r"Drawn \d+", f"Drawn {number}")
    shows(page, "figure svg", f"Drawn {number}")
    path = story.root / CODE
    second = path.stat().st_mtime
    draft = path.with_suffix(".draft")
    draft.write_text(story.changed(CODE, r"Drawn \d+", f"Drawn {1000 - number}"), "utf-8")
    os.utime(draft, (second, second))
    draft.replace(path)

    shows(page, "figure svg", f"Drawn {1000 - number}")


# When it is saved.


@pytest.mark.parametrize("what", ["a paragraph", "a figure", "the code of a chart"])
def test_of_two_quick_saves_the_second_is_shown(story, page, number, what):
    """Both within a few milliseconds."""
    place, pattern, new, selector, text = SAVES[what]
    for value in (1000 - number, number):
        story.change(place, pattern, new.format(n=value))

    shows(page, selector, text.format(n=number))


def test_twenty_saves_in_a_row_end_with_the_last(story, page, number):
    """Of many files in turn, as fast as they can be written."""
    turns = [SAVES[what] for what in ("a paragraph", "a label", "a figure", "a template", "a measure")]
    for turn, (place, pattern, new, *_) in itertools.product(range(4), turns):
        story.change(place, pattern, new.format(n=f"{number}{turn}"))

    for *_, selector, text in turns:
        last = re.compile(rf"{text.partition(' ')[0]} {str(number)[0]},?{str(number)[1:]}3")
        expect(page.locator(selector).first).to_contain_text(last, timeout=WAIT)


def test_a_save_while_a_chart_is_drawn_is_shown(story, server, page, number):
    """The build that is under way does not know it yet; the next does."""
    said = len(server.said)
    story.change(CODE, r"Drawn \d+", f"Drawn {number}")
    server.wait_for(r"drawing \d+/\d+: tested", said)
    story.change(PAGE, r"Text \d+", f"Text {number}")

    shows(page, "main", f"Text {number}.")
    shows(page, "figure svg", f"Drawn {number}")


def test_a_save_while_the_page_is_loading_is_shown(story, server, another, number):
    """The page has come, its script has not: nobody can tell it to reload yet."""
    held = []
    another.route(SCRIPT, lambda route: held.append(route))  # noqa: PLW0108 - Playwright refuses a method of a list
    with another.expect_request(SCRIPT):
        another.goto(f"{server.url}tested.html", wait_until="commit")
    before = server.builds()
    story.change(PAGE, r"Text \d+", f"Text {number}")
    server.wait_for_build(before + 1)
    another.unroute(SCRIPT)
    for route in held:
        route.continue_()

    shows(another, "main", f"Text {number}.")


def test_every_window_shows_a_save(story, server, page, another, number):
    """A phone's width beside a desk's."""
    another.set_viewport_size({"width": 320, "height": 600})
    another.goto(f"{server.url}tested.html")
    story.change(PAGE, r"Text \d+", f"Text {number}")
    for each in (page, another):
        shows(each, "main", f"Text {number}.")


# Mistakes: what is written, where it is told, the words that are told, the hint, and the line of the excerpt.
MISTAKES = {
    "a broken link": (
        PAGE,
        r"^Text \d+\.",
        "[Text](testd.md).",
        7,
        "found a link to testd.md",
        "did you mean tested.md",
    ),
    "a wrong cell": ("data/tested.csv", r"^one,\d+", "one,1.000,5", 2, "found 3 cells, expected 2", ""),
    "broken TOML": (CHART, r"^subtitle = .*", "subtitle = A measure", 3, "found broken TOML", ""),
    "a missing word": (
        "content/en/words.toml",
        r"^tested = ",
        "testd = ",
        1,
        "found no word 'tested'",
        "testd",
    ),
    "a broken template": (
        "templates/tested.html",
        r"^<h1>",
        "{% if %}<h1>",
        3,
        "the template raises TemplateSyntaxError",
        "",
    ),
    "a wrong description": (
        "data/tested.toml",
        r'^type = "number"',
        'type = "nummer"',
        17,
        "found",
        "",
    ),
    "a chart that raises": (
        CODE,
        r"^    rows = .*",
        '    rows = data["tested"].rows[7]',
        12,
        "the chart tested raises IndexError",
        "",
    ),
    "a chart that is no Python": (
        CODE,
        r"^def draw\(table, size\):",
        "def draw(table, size:",
        19,
        "raises SyntaxError",
        "",
    ),
    "a colour too pale": (THEME, r'^    "muted": .*', '    "muted": ("#dddddd", "#b0aca2"),', 0, "found muted at", ""),
    "a measure that is gone": (MEASURES, r"^TESTED = .*", "", 0, "raises AttributeError", ""),
}


@pytest.mark.parametrize("what", MISTAKES)
def test_a_mistake_stands_on_the_page_until_it_is_mended(story, page, messages, what):
    """With file, line, what is wrong, the line itself and a hint, while site/ stays as it was to the byte."""
    place, pattern, new, line, message, hint = MISTAKES[what]
    good, before = story.read(place), story.published()
    story.change(place, pattern, new)
    section = page.locator("section").first
    expect(section.locator(".message")).to_contain_text(message, timeout=WAIT)
    where = section.locator("h2").inner_text()
    shown = section.locator(".wrong").inner_text()
    hints = section.locator(".hint").all_inner_texts()
    after = story.published()
    story.write(place, good)
    expect(page.locator("p.tested")).to_be_visible(timeout=WAIT)

    path, _, told = where.partition(":")
    assert path == (CODE if what == "a measure that is gone" else place)
    assert int(told) == line or not line
    assert shown == (story.read(path) if path != place else good_with(good, pattern, new)).split("\n")[int(told) - 1]
    assert [hint in told for told in hints] == ([True] if hint else [])
    assert after == before
    assert [text for text in messages if "500" not in text] == []


def good_with(text: str, pattern: str, new: str) -> str:
    """Return a text with a mistake put in."""
    return re.sub(pattern, lambda _: new, text, flags=re.MULTILINE)


def test_a_mistake_is_read_in_both_schemes(story, page):
    """The page of problems has its styles, light and dark."""
    good = story.read(PAGE)
    story.write(PAGE, good.replace("+++", "++", 1))
    expect(page.locator("section h2")).to_have_text(f"{PAGE}:1", timeout=WAIT)
    colours = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    page.emulate_media(color_scheme="light")
    story.write(PAGE, good)
    expect(page.locator("p.tested")).to_be_visible(timeout=WAIT)

    assert colours == ["rgb(255, 255, 255)", "rgb(23, 25, 27)"]


# What holds in the preview as on the site.


@pytest.mark.parametrize("place", ["tested.html", "index.html", "deep/er/nothing.html"])
def test_pages_say_nothing_on_the_console(server, browser, place):
    """The policy forbids nothing that the preview needs: its script and its socket are in it."""
    context = browser.new_context()
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    with page.expect_websocket() as opened:
        page.goto(f"{server.url}{place}", wait_until="networkidle")
    styled = page.evaluate("getComputedStyle(document.body).display")
    context.close()

    assert opened.value.url.startswith("ws://127.0.0.1:")
    assert styled == "grid"
    assert [text for text in heard if "404 (Not Found)" not in text or "nothing" not in place] == []


INJECT = """() => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'injected'";
    document.body.append(script);
    const image = document.createElement("img");
    image.setAttribute("onerror", "document.title = 'injected'");
    image.src = "data:,";
    document.body.append(image);
    return document.title;
}"""


def test_the_policy_still_forbids_scripts_in_the_page(page, messages):
    """A script that gets into a page, or an attribute that is one, does not run."""
    title = page.evaluate(INJECT)
    expect(page).to_have_title(title)

    assert title != "injected"
    assert [text for text in messages if "script-src" in text]
