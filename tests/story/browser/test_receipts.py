"""Receipts: each bound number leads to what it rests on, and with scripts a card shows
the same beside the sentence.
"""

import json
from urllib.parse import unquote

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browsing import (
    HEIGHT,
    check_accessibility,
    resize,
    wait_until_quiet,
    wait_until_true,
)

pytestmark = pytest.mark.browser

NUMBERS, GLOSSARY, STORY = "numbers.html", "glossary.html", "index.html"
CLAIM = "claim:first/total.2023/target.200bn-by-2024"  # with the longest list of pages
MARKED = "a.number, a.term"
# What a card or an entry holds, without what tells the two apart: the button, the
# anchors, the class of inner links.
CONTENT = """const content = element => {
    const copy = element.cloneNode(true), links = [...element.querySelectorAll("a")].map(link => link.href);
    for (const each of copy.querySelectorAll("button")) each.remove();
    for (const name of ["id", "href", "class", "tabindex"]) {
        for (const each of copy.querySelectorAll("*")) each.removeAttribute(name);
    }
    return {html: copy.innerHTML.replace(/\\s+/g, " ").trim(), links};
};"""
# What the card of each number of a page holds, by the id of its entry; what each entry
# holds.
CARDS = f"""async () => {{
    {CONTENT}
    const found = {{}};
    for (const link of document.querySelectorAll("main a.number")) {{
        const key = decodeURIComponent(link.hash.slice(1));
        if (key in found || !link.getClientRects().length) continue; // what is not shown cannot be clicked
        link.click();
        await new Promise(done => setTimeout(done));
        found[key] = content(document.querySelector(".card:popover-open"));
    }}
    return found;
}}"""
ENTRIES = f"""() => {{
    {CONTENT}
    return Object.fromEntries([...document.querySelectorAll(".entry")].map(entry => {{
        const [row, rest] = [entry.querySelector("summary"), entry.querySelector(".receipt")].map(content);
        const whole = {{html: `${{row.html}} ${{rest.html}}`, links: [...row.links, ...rest.links]}};
        return [entry.querySelector(".receipt").id, whole];
    }}));
}}"""
# Opens the card of each link of a page in turn, at the top, the middle and the end of
# the window; says what is wrong.
EDGES = """async ([selector, step]) => {
    const faults = [], links = [...document.querySelectorAll(selector)].filter(
        (link, number) => link.getClientRects().length && number % step === 0);
    for (const [number, link] of links.entries()) {
        link.scrollIntoView({block: ["start", "center", "end"][number % 3]});
        // Drawings that come near are laid out in the next frame: nobody clicks before it.
        await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
        link.click();
        await new Promise(done => setTimeout(done));
        const card = document.querySelector(".card:popover-open");
        if (!card) { faults.push([link.textContent, "no card"]); continue; }
        const box = card.getBoundingClientRect(), {clientWidth} = document.documentElement;
        const apart = line => line.right <= box.left || box.right <= line.left
            || line.bottom <= box.top || box.bottom <= line.top;
        const lines = [...(link.closest(".hero") || link).getClientRects()]; // a picture is not covered
        if (!lines.every(apart)) faults.push([link.textContent, "covered"]);
        const beside = line => line.left < box.right && box.left < line.right
            && Math.min(Math.abs(box.top - line.bottom), Math.abs(line.top - box.bottom)) < 9;
        if (!lines.some(beside)) faults.push([link.textContent, "far"]);
        if (box.left < 0 || box.right > clientWidth || box.top < -1 || box.bottom > innerHeight + 1) {
            faults.push([link.textContent, "out of sight"]);
        }
        card.hidePopover();
    }
    return {count: links.length, faults};
}"""
HINT = """selector => document.querySelectorAll(selector).forEach(
    link => link.dispatchEvent(new PointerEvent("pointerover", {bubbles: true})))"""
LOADED = f"""[...document.querySelectorAll("{MARKED}")].every(
    link => Object.hasOwn(window.cards ?? {{}}, decodeURIComponent(link.hash.slice(1))))"""
# The headings of the cards of the comparisons of a page, in small letters, by the words
# that each was opened from.
HEADS = """async () => {
    const found = {};
    for (const link of document.querySelectorAll('main a.number[href*="#claim:"]')) {
        if (!link.innerText || link.innerText in found || !link.getClientRects().length) continue;
        link.click();
        await new Promise(done => setTimeout(done));
        found[link.innerText] = document.querySelector(".card:popover-open h3").innerText.toLowerCase();
    }
    return found;
}"""
# What the card of each term of a page tells, by the id of its entry in the glossary.
TERMS = """async () => {
    document.querySelectorAll("details").forEach(each => { each.open = true; });
    const found = {};
    for (const link of document.querySelectorAll("a.term")) {
        link.click();
        await new Promise(done => setTimeout(done));
        const card = document.querySelector(".card:popover-open");
        found[link.hash.slice(1)] = {
            term: card.querySelector("h3").innerText,
            texts: [...card.querySelectorAll("p")].map(part => part.innerText),
            links: [...card.querySelectorAll("a")].map(link => link.href),
        };
    }
    return found;
}"""
# The same of those entries: the heading and all that stands below.
GLOSSARY_ENTRIES = """ids => Object.fromEntries(ids.map(id => {
    const heading = document.getElementById(id);
    const parts = [...heading.closest("section").querySelectorAll(":scope > p")];
    return [id, {
        term: heading.firstChild.textContent.trim(), texts: parts.map(part => part.innerText),
        links: parts.flatMap(part => [...part.querySelectorAll("a")].map(link => link.href)),
    }];
}))"""
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
    """Come to each number and term with the pointer and wait for their cards."""
    page.evaluate(HINT, MARKED)
    wait_until_true(page, LOADED)


def focused(locator: Locator) -> bool:
    """Tell whether an element has the focus."""
    return locator.evaluate("element => element === document.activeElement")


@pytest.fixture
def story(web, keep) -> Page:
    """Return the story in a window that stays open from test to test."""
    return keep(web.root(STORY))


@pytest.fixture
def fresh(web, visit) -> Page:
    """Return the story in a window of the test's own."""
    return visit(web.root(STORY), fresh=True)


@pytest.fixture
def heard(fresh):
    """Return what the fresh window says and asks for, from now on."""
    heard: dict[str, list[str]] = {"messages": [], "requests": []}
    fresh.on("console", lambda message: heard["messages"].append(message.text))
    fresh.on("pageerror", lambda error: heard["messages"].append(str(error)))
    fresh.on("request", lambda request: heard["requests"].append(request.url))
    return heard


def test_a_card_is_the_receipt_of_the_page_of_all_numbers(web, story, visit):
    """Whatever number is clicked, its card holds the text, the markup and the links of
    its entry, no more, no less.
    """
    load(story)
    cards, entries = story.evaluate(CARDS), visit(web.root(NUMBERS)).evaluate(ENTRIES)

    assert len(cards) > 50
    assert {key: card for key, card in cards.items() if card != entries[key]} == {}


def test_the_card_of_a_comparison_quotes_the_words_that_were_clicked(story):
    """However a comparison is worded, its card is headed by the very words that it was
    opened from.
    """
    load(story)
    heads = story.evaluate(HEADS)

    assert len(heads) > 10
    assert {
        said: head for said, head in heads.items() if f"“{said}”".lower() not in head
    } == {}


def test_the_card_of_a_term_is_its_entry_of_the_glossary(web, story, visit):
    """Each term that is clicked shows its entry: the term, the definition and its
    sources, and the links in it.
    """
    load(story)
    cards = story.evaluate(TERMS)
    entries = visit(web.root(GLOSSARY)).evaluate(GLOSSARY_ENTRIES, list(cards))

    assert cards
    assert cards == entries


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
@pytest.mark.parametrize("closing", ["Escape", "button"])
def test_a_card_closes_and_gives_the_focus_back(by, closing, story):
    """Escape closes a card, as its button does, and the focus is on the link that it
    was opened from.
    """
    link = number(story)
    if by == "mouse":
        link.click()
    card = opened(story) if by == "mouse" else show(story, link)
    if closing == "button":
        story.keyboard.press("Shift+Tab")
        assert focused(card.get_by_role("button"))
    story.keyboard.press("Escape" if closing == "Escape" else "Enter")

    expect(card).to_be_hidden()
    expect(link).to_be_focused()


def test_a_second_click_or_one_beside_it_closes_a_card(story):
    """Whoever clicks the same words again, or the page beside, sees the sentence alone
    again.
    """
    link = number(story)
    for close in (link.click, lambda: story.mouse.click(5, 5)):
        link.click()
        card = opened(story)
        close()
        wait_until_quiet(story)  # it would be open again by then
        expect(card).to_be_hidden()


def test_the_keyboard_goes_through_a_card_and_on_in_the_text(story):
    """Tab goes from a link through its card to the next link, and a card that was left
    covers nothing.
    """
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
    """What a comparison compares opens in its card's place, and Escape leads back to
    the comparison in the text.
    """
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
    expect(link).to_be_focused()


def test_a_card_leads_to_other_places_on_the_page(story):
    """A link in a card to the same words elsewhere on the page, or to a chart, closes
    the card and goes there.
    """
    for anchor in ("#at-", "#promises_and_outturns"):
        card = show(
            story,
            story.locator('article > p > a[href$="#fact:delay/200bn-by-2020"]').first,
        )
        card.locator(".rows > summary").click()
        use = card.locator(f"dd a[href*='index.html{anchor}']").last
        address = use.get_attribute("href")
        use.click()

        expect(card).to_be_hidden()
        story.wait_for_url(address)
        expect(story.locator(":target")).to_be_in_viewport()


@pytest.mark.parametrize("held", ["Control", "Shift", "Alt", "Meta", "middle"])
def test_a_modified_click_is_the_browser_s(held, story):
    """A click with a key held down, or with the middle button, is left to the browser,
    and opens no card.
    """
    story.evaluate("""() => {
        window.left = null;
        window.heed = new AbortController();
        ["click", "auxclick"].forEach(kind => addEventListener(kind, event => {
            window.left = !event.defaultPrevented; event.preventDefault(); }, {signal: heed.signal}));
    }""")
    number(story).click(
        **({"button": "middle"} if held == "middle" else {"modifiers": [held]})
    )
    wait_until_quiet(story)  # a card would be open by then
    story.evaluate("heed.abort()")

    assert story.evaluate("left")
    expect(story.locator(".card:popover-open")).to_have_count(0)


@pytest.mark.parametrize("without", ["scripts", "popovers"])
@pytest.mark.parametrize("kind", ["number", "term"])
def test_a_link_leads_to_its_entry(without, kind, web, visit):
    """Where cards are not to be had, a link leads to its entry, which is in sight and
    stands out from the others.
    """
    if without == "scripts":
        page = visit(web.root(STORY), java_script_enabled=False)
    else:
        page = visit("about:blank", fresh=True)
        page.add_init_script("delete HTMLElement.prototype.showPopover")
        page.goto(web.root(STORY))
    link = page.locator(f"a.{kind}:visible").last  # not one that is folded away
    target = link.get_attribute("href")
    link.click()
    page.wait_for_url(f"**/{target}")
    entry = page.locator(":target")
    colours = (
        "element => getComputedStyle(element.closest('.entry, section') ??"
        " element).backgroundColor"
    )

    assert entry.get_attribute("id") == target.partition("#")[2]
    expect(entry).to_be_in_viewport()
    assert entry.evaluate(colours) != page.locator("main").evaluate(colours)


def test_nothing_is_asked_for_before_a_reader_means_to(fresh, heard):
    """A script of cards is loaded when a pointer or the focus comes to a link, once,
    and not before.
    """
    fresh.reload()
    fresh.mouse.move(2, HEIGHT // 2)  # the margin: a headline, too, may hold a link
    wait_until_quiet(fresh)
    before = list(heard["requests"])
    number(fresh).hover()
    number(fresh).click()
    opened(fresh)

    assert [url for url in before if "/cards.en." in url] == []
    assert [url.rpartition("/")[2][:9] for url in heard["requests"][len(before) :]] == [
        "cards.en."
    ]


@pytest.mark.parametrize("where", ["served", "file"])
def test_cards_say_nothing_to_the_console(where, web, fresh, heard):
    """Figures, comparisons, statements and terms open without a message
    of the browser.
    """
    fresh.goto(web.root(STORY) if where == "served" else web.root.file(STORY))
    for kind in ("#fact:", "#claim:", "#said:", "glossary"):
        show(fresh, fresh.locator(f'article > p > a[href*="{kind}"]').first)
        fresh.keyboard.press("Escape")
    wait_until_quiet(fresh)

    assert heard["messages"] == []


def test_skip_links_lead_from_chapter_to_chapter(web, visit):
    """By keyboard alone a reader gets from heading to heading past all numbers, and
    each skip link lands at its own.
    """
    page = visit(web.root(STORY))
    headings = page.locator("article h2").all_inner_texts()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    reached = []
    for _ in headings:
        # a heading may hold numbers of its own, and the link to itself
        for _ in range(4):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('.past a')"):
                break
        told = page.evaluate("document.activeElement.textContent")
        page.keyboard.press("Enter")
        heading = page.locator("h2:target")
        expect(heading).to_be_in_viewport(ratio=1)
        reached.append(heading.inner_text())
        assert told.endswith(reached[-1])

    assert len(headings) > 3
    assert reached == headings


@pytest.mark.parametrize(
    ("size", "step"),
    [
        ((320, 256), 2),
        ((320, 640), 4),
        ((1440, 900), 4),
        pytest.param((320, 256), 1, marks=pytest.mark.long),
        pytest.param((320, 640), 1, marks=pytest.mark.long),
        pytest.param((1440, 900), 1, marks=pytest.mark.long),
    ],
    ids=str,
)
def test_a_card_lies_beside_its_words(size, step, story):
    """Wherever a link is in the window, on one line or two, its card is all in sight
    and covers none of its words.
    """
    resize(story, *size)
    load(story)
    found = story.evaluate(EDGES, [MARKED, step])

    assert found["count"] > 80 / step
    assert found["faults"] == []


def test_paper_shows_no_marks_and_says_where_the_numbers_are(web, visit):
    """In print no word is underlined for its receipt, no card is left, and the page
    ends with the list's address.
    """
    page = visit(web.repository(STORY))
    card = show(page, number(page))
    page.emulate_media(media="print")

    assert set(page.locator(MARKED).evaluate_all(LINES)) == {"none"}
    expect(card).to_be_hidden()
    assert (
        page.locator("body")
        .inner_text()
        .rstrip()
        .endswith(f" {web.repository.base}/{NUMBERS}")
    )


def test_paper_shows_what_is_folded(web, visit):
    """In print an entry lists all its pages, once, though they are folded on a screen;
    one that is closed is a line.
    """
    page = visit(web.root(f"{NUMBERS}#{CLAIM}"), fresh=True)
    page.emulate_media(media="print")
    entry = page.locator(f'[id="{CLAIM}"]')
    assert page.locator(".receipt:visible").count() == 1
    assert page.locator(".entry > summary:visible").count() > 100
    seen = entry.locator("a[href*='sources.html#']").evaluate_all(
        "links => links.filter(link => link.checkVisibility()).map(link => link.hash)"
    )

    assert len(seen) > 20
    assert sorted(seen) == sorted(set(seen))
    assert len(seen) == entry.locator("details li").count()


@pytest.mark.parametrize(
    ("scheme", "width"),
    [
        ("light", 320),
        ("dark", 1440),
        pytest.param("light", 1440, marks=pytest.mark.long),
        pytest.param("dark", 320, marks=pytest.mark.long),
    ],
)
def test_axe_finds_no_fault_in_a_card(scheme, width, web, visit):
    """Axe knows no rule of WCAG 2.2 AA, and no good practice, that an open card breaks,
    folded or unfolded.
    """
    page = visit(web.root(STORY), width=width, color_scheme=scheme)
    # axe reads all of a page, whatever part of it is judged
    page.evaluate(
        "claim => document.querySelectorAll(`article > :not(:has(h2), :has([href$='${claim}']))`)"
        ".forEach(part => part.remove())",
        CLAIM,
    )
    for folded in (True, False):
        card = show(page, page.locator(f'a[href$="{CLAIM}"]').first)
        card.locator("details").evaluate_all(
            "(all, open) => all.forEach(each => { each.open = open; })", not folded
        )
        found = check_accessibility(page, ".card")
        page.keyboard.press("Escape")

        assert found["broken"] == []
        assert set(found["kept"]) >= {
            "color-contrast",
            "link-name",
            "button-name",
            "target-size",
        }


def test_a_card_says_what_it_is(story):
    """To those who hear a page, a card is a dialog that says where this comes from, and
    begins with its heading.
    """
    card = show(story, number(story))
    dialog = story.get_by_role("dialog", name="Where this comes from", exact=True)

    expect(dialog.get_by_role("heading")).to_be_focused()
    assert dialog.evaluate(SAME, card.element_handle())


def test_a_number_says_that_it_opens_a_card_where_one_opens(story, web, visit):
    """To those who hear a page, each number is a link that shows where it comes from;
    without scripts a plain link.
    """
    plain = visit(web.root(STORY), java_script_enabled=False)
    links = story.locator("main a.number").all()

    assert len(links) > 100
    for link in links[::10]:
        expect(link).to_have_attribute("aria-haspopup", "dialog")
        expect(link).to_have_accessible_description("shows where it comes from")
    assert plain.locator("a[aria-haspopup], a[aria-describedby]").count() == 0


def test_a_receipt_begins_with_who_printed_the_figure(web, visit):
    """What it is, who printed it and how exactly it is known are seen; how it was
    worked out and the rows of the tables are folded below.
    """
    page = visit(web.root(f"{NUMBERS}#fact:surplus/2022/Russia"))
    receipt = page.locator("[id='fact:surplus/2022/Russia']")
    told = receipt.locator("> dl dt").all_inner_texts()

    assert told[0] == "What it is"
    assert told[1].startswith("Sources: ")
    assert "How exactly it is known" in told
    expect(receipt.get_by_text("114.149 − 76.122 = 38.027")).to_be_hidden()
    receipt.locator(".rows > summary").click()
    expect(receipt.get_by_text("114.149 − 76.122 = 38.027")).to_be_visible()
    expect(receipt.locator(".rows dl")).to_contain_text("value_usd_million 114149")


def test_of_two_clicks_the_second_opens_its_card(fresh):
    """However late what the first one asked for comes: its card does not take the place
    of the other's.
    """
    addresses = fresh.locator("script[data-cards]").get_attribute("data-cards").split()
    places = {
        link: place(link, len(addresses))
        for link in fresh.locator("article > p > a.number").all()
    }
    first = next(iter(places))
    other = next(link for link in places if places[link] != places[first])
    held = []
    fresh.route(f"**/{addresses[places[first]]}", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks it
    with fresh.expect_request(f"**/{addresses[places[first]]}"):
        first.evaluate("link => link.click()")
    other.evaluate("link => link.click()")
    heading = opened(fresh).locator("h3")
    told = heading.inner_text()
    held[0].continue_()
    wait_until_true(fresh, f"Object.hasOwn(window.cards, {json.dumps(key_of(first))})")
    wait_until_quiet(fresh)

    expect(heading).to_have_text(told)
    expect(heading).to_be_focused()


def key_of(link: Locator) -> str:
    """Return the id of the entry that a link leads to."""
    return unquote(link.get_attribute("href").partition("#")[2])


def place(link: Locator, count: int) -> int:
    """Return which of so many scripts holds the card of a link."""
    return sum(map(ord, key_of(link))) % count
