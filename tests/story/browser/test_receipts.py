"""Receipts: each bound number leads to what it rests on, and with scripts a card shows the same beside the sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

NUMBERS, GLOSSARY, STORY = "numbers.html", "glossary.html", "index.html"
CLAIM = "claim:first/total.2023/target.200bn-by-2024"  # with the longest list of pages
MARKED = "a.number, a.term"
BUSY = 1000  # milliseconds in which a card opens on a machine that does other things as well
# What a card or an entry holds, without what tells the two apart: the button, the anchors, the class of inner links.
CONTENT = """element => {
    const copy = element.cloneNode(true), links = [...element.querySelectorAll("a")].map(link => link.href);
    for (const each of copy.querySelectorAll("button")) each.remove();
    for (const name of ["id", "href", "class", "tabindex"]) {
        for (const each of copy.querySelectorAll("*")) each.removeAttribute(name);
    }
    return {html: copy.innerHTML.replace(/\\s+/g, " ").trim(), links};
}"""
# Opens the card of each link of a page in turn, at the top, the middle and the end of the window; says what is wrong.
EDGES = """async selector => {
    const faults = [], links = [...document.querySelectorAll(selector)].filter(link => link.getClientRects().length);
    for (const [number, link] of links.entries()) {
        link.scrollIntoView({block: ["start", "center", "end"][number % 3]});
        link.click();
        await new Promise(done => setTimeout(done));
        const card = document.querySelector(".card:popover-open");
        if (!card) { faults.push([link.textContent, "no card"]); continue; }
        const box = card.getBoundingClientRect(), {clientWidth} = document.documentElement;
        const apart = line => line.right <= box.left || box.right <= line.left
            || line.bottom <= box.top || box.bottom <= line.top;
        if (![...link.getClientRects()].every(apart)) faults.push([link.textContent, "covered"]);
        const beside = line => line.left < box.right && box.left < line.right
            && Math.min(Math.abs(box.top - line.bottom), Math.abs(line.top - box.bottom)) < 9;
        if (![...link.getClientRects()].some(beside)) faults.push([link.textContent, "far"]);
        if (box.left < 0 || box.right > clientWidth || box.top < -1 || box.bottom > innerHeight + 1) {
            faults.push([link.textContent, "out of sight"]);
        }
        card.hidePopover();
    }
    return {count: links.length, faults};
}"""
# How long it takes from a click until the card is painted.
TIMED = """link => new Promise(done => {
    const began = performance.now();
    const look = () => document.querySelector(".card:popover-open")
        ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - began))) : setTimeout(look);
    link.click();
    look();
})"""
# An entry of the glossary: its heading and all that stands below.
ENTRY = """heading => {
    const parts = [...heading.parentElement.querySelectorAll(":scope > p")];
    return {
        term: heading.innerText, texts: parts.map(part => part.innerText),
        links: parts.flatMap(part => [...part.querySelectorAll("a")].map(link => link.href)),
    };
}"""
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
LOOK = """async options => {
    const {violations, passes} = await axe.run(".card", options);
    return {
        broken: violations.flatMap(({id, nodes}) => nodes.map(({html}) => `${id}: ${html}`)),
        kept: passes.map(rule => rule.id),
    };
}"""
USE = re.compile(r"#n\d+$")
LOADED = "new Promise(done => { const look = () => window.cards ? done() : setTimeout(look, 5); look(); })"
SAME = "(one, other) => one === other"
LINES = """elements => elements.map(element => getComputedStyle(element).textDecorationLine)"""


def number(page: Page, which: str = "p > a.number") -> Locator:
    """Return a number in the running text."""
    return page.locator(f"article > {which}").first


def opened(page: Page) -> Locator:
    """Return the card, which must be open."""
    card = page.locator(".card")
    expect(card).to_be_visible()
    return card


def show(page: Page, link: Locator) -> Locator:
    """Open a card as the keyboard does."""
    link.focus()
    page.keyboard.press("Enter")
    return opened(page)


def load(page: Page) -> None:
    """Come to a number with the pointer and wait for the cards: not by wait_for_function, which the policy forbids."""
    number(page).hover()
    page.evaluate(LOADED)


def focused(locator: Locator) -> bool:
    """Tell whether an element has the focus."""
    return locator.evaluate("element => element === document.activeElement")


@pytest.fixture
def story(web, visit):
    """Return the story in a window of its own."""
    return visit(web.root(STORY), fresh=True)


@pytest.fixture
def heard(story):
    """Return what the story's window says and asks for, from now on."""
    heard: dict[str, list[str]] = {"messages": [], "requests": []}
    story.on("console", lambda message: heard["messages"].append(message.text))
    story.on("pageerror", lambda error: heard["messages"].append(str(error)))
    story.on("request", lambda request: heard["requests"].append(request.url))
    return heard


def test_a_card_is_the_receipt_of_the_page_of_all_numbers(web, story, visit):
    """Whatever number is clicked, its card holds the text, the markup and the links of its entry, no more, no less."""
    links = story.locator("a.number")
    entries = visit(web.root(NUMBERS))
    targets = dict.fromkeys(link.get_attribute("href") for link in links.all())
    load(story)

    assert len(targets) > 50
    for target in targets:
        story.locator(f'a.number[href="{target}"]').first.evaluate("link => link.click()")
        entry = entries.locator(f'[id="{target.partition("#")[2]}"]')
        assert opened(story).evaluate(CONTENT) == entry.evaluate(CONTENT)


def test_the_card_of_a_comparison_quotes_the_words_that_were_clicked(story):
    """However a comparison is worded, its card is headed by the very words that it was opened from."""
    words = {link.inner_text(): link for link in story.locator('a.number[href*="#claim:"]').all()}

    assert len(words) > 10
    for said, link in words.items():
        link.evaluate("link => link.click()")
        expect(story.locator(".card:popover-open h3")).to_contain_text(f"“{said}”", ignore_case=True)
        story.keyboard.press("Escape")


def test_the_card_of_a_term_is_its_entry_of_the_glossary(web, story, visit):
    """Each term that is clicked shows its entry: the term, the definition and its sources, and the links in it."""
    entries = visit(web.root(GLOSSARY))
    story.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    terms = story.locator("a.term").all()

    assert terms
    for term in terms:
        term.click()
        card = opened(story)
        entry = entries.locator(f"[id='{term.get_attribute('href').partition('#')[2]}']").evaluate(ENTRY)
        assert card.locator("h3").inner_text() == entry["term"]
        assert card.locator("p").all_inner_texts() == entry["texts"]
        assert card.locator("a").evaluate_all("links => links.map(link => link.href)") == entry["links"]
        story.keyboard.press("Escape")


@pytest.mark.parametrize("where", ["served", "file"])
@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_a_link_opens_its_card(where, by, web, visit):
    """Served or not, a click or Enter on a number opens a card, whose heading has the focus, and the page stays."""
    page = visit(web.root(STORY) if where == "served" else web.root.file(STORY), fresh=True)
    link = number(page)
    address = page.url
    if by == "mouse":
        link.click()
    card = opened(page) if by == "mouse" else show(page, link)

    assert focused(card.locator("h3"))
    assert page.url == address


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
@pytest.mark.parametrize("closing", ["Escape", "button"])
def test_a_card_closes_and_gives_the_focus_back(by, closing, story):
    """Escape closes a card, as its button does, and the focus is on the link that it was opened from."""
    link = number(story)
    if by == "mouse":
        link.click()
    card = opened(story) if by == "mouse" else show(story, link)
    if closing == "button":
        story.keyboard.press("Shift+Tab")
        assert focused(card.get_by_role("button"))
    story.keyboard.press("Escape" if closing == "Escape" else "Enter")

    expect(card).to_be_hidden()
    assert focused(link)


def test_a_click_beside_a_card_closes_it(story):
    """A click on the text closes the card."""
    number(story).click()
    card = opened(story)
    story.locator("h1").click()

    expect(card).to_be_hidden()


def test_a_second_click_on_a_link_closes_its_card(story):
    """Whoever clicks the same words again sees the sentence alone again."""
    link = number(story)
    link.click()
    card = opened(story)
    link.click()
    story.wait_for_timeout(100)  # in which it would open again

    expect(card).to_be_hidden()


def test_the_keyboard_goes_through_a_card_and_on_in_the_text(story):
    """Tab goes from a link through its card to the next link, and a card that was left covers nothing."""
    links = story.locator(MARKED)
    card = show(story, links.nth(0))
    inside = card.locator("a:visible, summary").count()
    for _ in range(inside):
        story.keyboard.press("Tab")
        assert card.evaluate("card => card.contains(document.activeElement)")
    story.keyboard.press("Tab")

    assert inside > 3
    assert focused(links.nth(1))
    expect(card).to_be_hidden()


def test_a_card_opens_from_a_card(story):
    """What a comparison compares opens in its card's place, and Escape leads back to the comparison in the text."""
    link = story.locator(f'a[href$="{CLAIM}"]').first
    card = show(story, link)
    inner = card.locator("a.number").first
    label = inner.inner_text()
    inner.focus()
    story.keyboard.press("Enter")

    expect(card.locator("h3")).to_have_text(label)
    assert focused(card.locator("h3"))
    story.keyboard.press("Escape")
    expect(card).to_be_hidden()
    assert focused(link)


def test_a_card_leads_to_other_places_on_the_page(story):
    """A link in a card to the same words elsewhere on the page, or to a chart, closes the card and goes there."""
    for anchor in ("#n", "#promises_and_outturns"):
        card = show(story, story.locator('article > p > a[href$="#fact:delay/200bn-by-2020"]').first)
        use = card.locator(f"dd a[href*='index.html{anchor}']").last
        address = use.get_attribute("href")
        use.click()

        expect(card).to_be_hidden()
        assert story.locator(":target").bounding_box()["y"] > -1
        assert story.url == address


@pytest.mark.parametrize("held", ["Control", "Shift", "Alt", "Meta", "middle"])
def test_a_modified_click_is_the_browser_s(held, story):
    """A click with a key held down, or with the middle button, is left to the browser, and opens no card."""
    story.evaluate("""() => ["click", "auxclick"].forEach(kind => window.addEventListener(kind, event => {
        window.left = !event.defaultPrevented; event.preventDefault(); }))""")
    number(story).click(**({"button": "middle"} if held == "middle" else {"modifiers": [held]}))
    story.wait_for_timeout(100)  # in which a card would open

    assert story.evaluate("window.left")
    expect(story.locator(".card:popover-open")).to_have_count(0)


@pytest.mark.parametrize("without", ["scripts", "popovers"])
@pytest.mark.parametrize("kind", ["number", "term"])
def test_a_link_leads_to_its_entry(without, kind, web, visit):
    """Where cards are not to be had, a link leads to its entry, which is in sight and stands out from the others."""
    page = visit(web.root(STORY), fresh=True, java_script_enabled=without != "scripts")
    if without == "popovers":
        page.add_init_script("delete HTMLElement.prototype.showPopover")
        page.reload()
    link = page.locator(f"a.{kind}").last
    target = link.get_attribute("href")
    link.click()
    page.wait_for_url(f"**/{target}")
    entry = page.locator(":target")
    colours = "element => getComputedStyle(element.closest('section') ?? element).backgroundColor"

    assert entry.get_attribute("id") == target.partition("#")[2]
    assert 0 <= entry.bounding_box()["y"] < 900
    assert entry.evaluate(colours) != page.locator("main").evaluate(colours)


def test_nothing_is_asked_for_before_a_reader_means_to(story, heard):
    """The cards are loaded when a pointer or the focus comes to a link, once, and not before."""
    story.reload(wait_until="networkidle")
    story.locator("h1").hover()
    before = list(heard["requests"])
    load(story)
    story.locator("a.term:visible").first.click()
    opened(story)

    assert [url for url in before if "/cards.en." in url] == []
    assert [url.rpartition("/")[2][:9] for url in heard["requests"][len(before) :]] == ["cards.en."]


@pytest.mark.parametrize("where", ["served", "file"])
def test_cards_say_nothing_to_the_console(where, web, story, heard):
    """Figures, comparisons, statements and terms open without a message of the browser."""
    story.goto(web.root(STORY) if where == "served" else web.root.file(STORY))
    for kind in ("#fact:", "#claim:", "#said:", "glossary"):
        show(story, story.locator(f'article > p > a[href*="{kind}"]').first)
        story.keyboard.press("Escape")

    assert heard["messages"] == []


def test_what_uses_a_number_leads_back_to_it(web, parse):
    """Each place that an entry names is a link with those very words, to this entry or to a comparison of it."""
    folder = web.root.folder
    pages = {
        path.relative_to(folder).as_posix(): parse(path.read_text("utf-8"))
        for path in [*folder.glob("*.html"), *folder.glob("charts/*.html")]
    }
    by_id = {name: {item.get("id"): item for item in tree.iter() if item.get("id")} for name, tree in pages.items()}
    entries = [item for item in pages[NUMBERS].iter("article") if item.get("class") == "receipt"]
    compared = {entry.get("id"): {link.get("href") for link in entry.iter("a")} for entry in entries}
    uses = [(entry.get("id"), link) for entry in entries for link in entry.iter("a") if USE.search(link.get("href"))]
    faults = []
    for key, link in uses:
        name, anchor = link.get("href").split("#")
        place = by_id[name].get(anchor)
        target = "" if place is None else place.get("href").partition("#")[2]
        leads = target == key or f"{NUMBERS}#{key}" in compared.get(target, set())
        if place is None or words(place) != words(link) or not leads:
            faults.append((key, link.get("href"), words(link)))

    assert len(uses) > 100
    assert faults == []


def words(element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_skip_links_lead_from_chapter_to_chapter(story):
    """By keyboard alone a reader gets from heading to heading past all numbers, and each skip link lands at its own."""
    headings = story.locator("article > h2").all_inner_texts()
    story.keyboard.press("Tab")
    story.keyboard.press("Enter")
    reached = []
    for _ in headings:
        for _ in range(3):  # a heading may hold numbers of its own
            story.keyboard.press("Tab")
            if story.evaluate("document.activeElement.matches('.past a')"):
                break
        told = story.evaluate("document.activeElement.textContent")
        story.keyboard.press("Enter")
        place = story.locator("h2:target")
        assert 0 <= place.bounding_box()["y"] < 900
        assert told.endswith(place.inner_text())
        reached.append(place.inner_text())

    assert len(headings) > 3
    assert reached == headings


@pytest.mark.parametrize("width", [320, 1440])
def test_a_skip_link_is_seen_while_it_has_the_focus(width, web, visit):
    """A skip link between chapters takes no room, but with the focus on it lies in the window above the text."""
    page = visit(web.root(STORY), width=width)
    link = page.locator(".past a").nth(1)

    assert link.bounding_box()["width"] <= 1
    link.focus()
    box = link.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert link.evaluate(
        "(link, box) => link === document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)", box
    )


@pytest.mark.parametrize("size", [(320, 256), (320, 640), (1440, 900)], ids=str)
def test_a_card_lies_beside_its_words(size, web, visit):
    """Wherever a link is in the window, on one line or two, its card is all in sight and covers none of its words."""
    page = visit(web.root(STORY), fresh=True)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    load(page)
    found = page.evaluate(EDGES, MARKED)

    assert found["count"] > 80
    assert found["faults"] == []


def test_an_open_card_stays_with_its_words(story):
    """When the page scrolls or the window gets narrow, the card keeps its place below the words, in the window."""
    link = number(story)
    link.evaluate("link => link.scrollIntoView({block: 'center'})")
    card = show(story, link)
    story.mouse.move(5, 5)
    story.mouse.wheel(0, 200)
    story.wait_for_timeout(100)
    assert apart(link, card) == pytest.approx(8, abs=1)
    story.set_viewport_size({"width": 320, "height": 900})
    story.wait_for_timeout(100)

    assert apart(link, card) == pytest.approx(8, abs=1)
    assert card.bounding_box()["x"] + card.bounding_box()["width"] <= 320


def apart(link: Locator, card: Locator) -> float:
    """Return how far the card begins below the link's last line, or ends above its first."""
    box, end = card.bounding_box(), link.bounding_box()
    return max(box["y"] - end["y"] - end["height"], end["y"] - box["y"] - box["height"])


def test_a_long_list_of_pages_unfolds_in_place(story):
    """All pages behind a comparison can be unfolded in its card, each with its date, kind and strength."""
    link = story.locator(f'a[href$="{CLAIM}"]').first
    card = show(story, link)
    details = card.locator("details:has(ul)")
    details.locator("summary").click()
    pages = details.locator("li").all_inner_texts()

    assert str(len(pages)) in details.locator("summary").inner_text()
    assert len(pages) > 20
    assert [text for text in pages if not re.fullmatch(r".+, (undated|.*\d{4}): .+, .+", text)] == []
    expect(card).to_be_visible()


def test_a_single_source_is_marked(web, visit):
    """An entry is marked as resting on a single source if one page is behind it, and only then."""
    entries = (
        visit(web.root(NUMBERS))
        .locator(".receipt")
        .evaluate_all(
            "all => all.map(entry => [new Set([...entry.querySelectorAll('a[href*=\"sources.html#\"]')]"
            ".map(link => link.hash)).size === 1, entry.querySelector('.mark') !== null])"
        )
    )

    assert {single for single, _ in entries} == {True, False}
    assert [pair for pair in entries if pair[0] != pair[1]] == []


def test_paper_shows_no_marks_and_says_where_the_numbers_are(web, visit):
    """In print no word is underlined for its receipt, no card is left, and the page ends with the list's address."""
    page = visit(web.repository(STORY), fresh=True)
    card = show(page, number(page))
    page.emulate_media(media="print")

    assert set(page.locator(MARKED).evaluate_all(LINES)) == {"none"}
    expect(card).to_be_hidden()
    assert page.locator("body").inner_text().rstrip().endswith(f" {web.repository.base}/{NUMBERS}")


def test_paper_shows_what_is_folded(web, visit):
    """In print an entry lists all its pages, once, though they are folded on a screen."""
    page = visit(web.root(NUMBERS), fresh=True)
    page.emulate_media(media="print")
    entry = page.locator(f'[id="{CLAIM}"]')
    seen = entry.locator("a[href*='sources.html#']").evaluate_all(
        "links => links.filter(link => link.checkVisibility()).map(link => link.hash)"
    )

    assert len(seen) > 20
    assert sorted(seen) == sorted(set(seen))
    assert len(seen) == entry.locator("details li").count()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_axe_finds_no_fault_in_a_card(scheme, width, web, visit):
    """Axe knows no rule of WCAG 2.2 AA, and no good practice, that an open card breaks, folded or unfolded."""
    page = visit(web.root(STORY), width=width, fresh=True, color_scheme=scheme)
    page.evaluate(Axe().axe_script)
    for folded in (True, False):
        card = show(page, page.locator(f'a[href$="{CLAIM}"]').first)
        card.locator("details").evaluate_all("(all, open) => all.forEach(each => { each.open = open; })", not folded)
        found = page.evaluate(LOOK, OPTIONS)
        page.keyboard.press("Escape")

        assert found["broken"] == []
        assert set(found["kept"]) >= {"color-contrast", "link-name", "button-name", "target-size"}


def test_a_card_says_what_it_is(story):
    """To those who hear a page, a card is a group that says where this comes from, and begins with its heading."""
    card = show(story, number(story))
    group = story.get_by_role("group", name="Where this comes from", exact=True)

    expect(group.get_by_role("heading")).to_be_focused()
    assert group.evaluate(SAME, card.element_handle())


def test_a_card_opens_at_once(story):
    """From the click to the painted card passes less than a moment, even with its data still to be loaded."""
    links = story.locator("article > p > a.number")
    for place in (0, 1, 2):
        assert links.nth(place).evaluate(TIMED) < BUSY
        story.keyboard.press("Escape")
