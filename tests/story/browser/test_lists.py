"""The lists of numbers and of sources: rows that unfold, choices of a part, in an
address, by keyboard, told aloud.
"""

import json
import re
from decimal import Decimal
from urllib.parse import unquote

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.story.conftest import read_cells

pytestmark = pytest.mark.browser

NUMBERS, SOURCES = "numbers.html", "sources.html"
FIGURE = "fact:total_to_month/2023-11"
SHOWN = (
    "all => all.filter(each => each.checkVisibility()).map(each =>"
    " (each.querySelector('.receipt') ?? each).id)"
)
MOST_ELEMENTS = 20_000
LINES = 2  # of a row on a desk: a long label takes two
PAGES = read_cells("sources")


def shown(page: Page | Locator, items: str) -> list[str]:
    return page.locator(items).evaluate_all(SHOWN)


def choice(page: Page, name: str) -> Locator:
    return page.locator(f".filter select[name={name}]")


@pytest.fixture(scope="module")
def numbers(web) -> list[dict]:
    return json.loads(web.root.text("numbers.json"))["numbers"]


@pytest.mark.parametrize("width", [320, 1440])
def test_a_number_is_a_row_that_unfolds(width, web, visit):
    """Each number is a short row with its value and how close its nearest source is,
    and all else unfolds below it.
    """
    page = visit(web.root(NUMBERS), width=width)
    page.locator(".scheme").evaluate_all(
        "all => all.forEach(each => { each.open = true; })"
    )
    heights = page.locator(".entry > summary").evaluate_all(
        "all => all.map(each => each.clientHeight)"
    )
    row = page.locator(".entry", has=page.locator(f"[id='{FIGURE}']"))

    assert sorted(heights)[len(heights) // 2] < (40 if width == 320 else 20) * (
        LINES + 1
    )
    assert re.search(
        r"2023.* billion .*(from the|an |a )",
        " ".join(row.locator("> summary").text_content().split()),
    )
    expect(row.locator(".receipt")).to_be_hidden()
    row.locator("> summary").focus()
    page.keyboard.press("Enter")
    expect(row.locator(".receipt")).to_be_visible()


def test_all_the_numbers_begin_with_trade_of_each_year(web, visit, numbers):
    """The newest year first, all in one table, each figure with its receipt; the others
    are folded by subject.
    """
    page = visit(web.root(NUMBERS))
    rows = page.locator("table tbody tr")
    led = {
        unquote(link.partition("#")[2])
        for link in rows.locator("a").evaluate_all("all => all.map(a => a.href)")
    }
    years = [int(year) for year in rows.locator("th").all_inner_texts()]

    assert years == sorted(years, reverse=True)
    assert led == {
        item["id"] for item in numbers if item["id"].startswith("fact:total/")
    }
    assert len(led) > len(years) + 20 > 40
    assert shown(page, ".entry") == []
    assert 5 < page.locator(".scheme > summary:visible").count() <= 15
    page.get_by_role("link", name="240.11").click()
    expect(page.locator("[id='fact:total/2023']")).to_be_in_viewport()


def test_the_list_of_numbers_stays_light(web, visit):
    """A browser has not so many elements to keep that a telephone is slow."""
    assert (
        visit(web.root(NUMBERS)).evaluate("document.querySelectorAll('*').length")
        <= MOST_ELEMENTS
    )


def test_each_sum_gives_the_figure_that_it_is_the_sum_of(web):
    """Whatever the tables say, what is written as a sum comes to what is written behind
    it, if only about.
    """
    found = re.findall(r'class="sum">(.+?) ([=≈]) (\S+)</dd>', web.root.text(NUMBERS))

    assert len(found) > 50
    for written, sign, told in found:
        code = re.sub(
            r"[\d,.]+",
            lambda number: f"Decimal('{number[0].replace(',', '')}')",
            written,
        )
        value = eval(code.translate(str.maketrans("−×÷", "-*/")), {"Decimal": Decimal})  # noqa: S307 - of our own page
        known = Decimal(told.replace("−", "-").replace(",", ""))
        assert (value == known) == (sign == "=")
        assert abs(value - known) <= Decimal(1).scaleb(known.as_tuple().exponent)


@pytest.mark.parametrize("scripts", [True, False])
def test_an_address_opens_its_number(scripts, web, visit):
    """A link to a number opens its row, with and without scripts, and the row's own
    words are in sight.
    """
    page = visit(web.root(f"{NUMBERS}#{FIGURE}"), java_script_enabled=scripts)
    row = page.locator(".entry", has=page.locator(f"[id='{FIGURE}']"))

    expect(row.locator(".receipt")).to_be_in_viewport()
    expect(row.locator("> summary")).to_be_in_viewport(ratio=1)
    expect(page.locator(".receipt:visible")).to_have_count(1)


def test_a_link_within_the_page_opens_a_number_that_was_left_out(web, visit):
    """What an address leads to is there, whatever was chosen before."""
    page = visit(web.root(f"{NUMBERS}?kind=said"))
    before = shown(page, ".entry")
    page.evaluate(f"location.hash = '#{FIGURE}'")

    assert FIGURE not in before
    expect(page.locator(f"[id='{FIGURE}']")).to_be_in_viewport()


def test_numbers_are_chosen_by_page_year_and_kind(web, visit, numbers):
    """The choices leave just the numbers that stand on the page, are of the year, are
    of the kind; it is told.
    """
    page = visit(web.root(NUMBERS))
    choice(page, "kind").select_option("Figures")
    choice(page, "year").select_option("2023")
    choice(page, "page").select_option("Fact check")
    wanted = [
        item["id"]
        for item in numbers
        if item["id"].startswith("fact:")
        and "2023" in {end[:4] for end in item.get("period", "").split(" to ")}
        and any(use["address"].startswith("the-article.html") for use in item["uses"])
    ]

    assert 5 < len(wanted) < 100
    assert sorted(shown(page, ".entry")) == sorted(wanted)
    assert (
        page.get_by_role("status").inner_text()
        == f"{len(wanted)} of {len(numbers)} shown"
    )
    assert len(page.locator(".scheme:visible").all()) < page.locator(".scheme").count()
    assert all(shown(each, ".entry") for each in page.locator(".scheme:visible").all())


def test_an_address_keeps_what_was_chosen(web, visit):
    """Whoever sends the address of a choice sends the choice; the choice of all leaves
    no trace in it.
    """
    page = visit(web.root(NUMBERS))
    choice(page, "year").select_option("2022")
    chosen, address = shown(page, ".entry"), page.url
    page.goto(address)

    assert address == web.root(f"{NUMBERS}?year=2022")
    assert shown(page, ".entry") == chosen
    assert choice(page, "year").input_value() == "2022"
    assert page.get_by_role("status").inner_text().startswith(f"{len(chosen)} of ")
    choice(page, "year").select_option("All")
    page.wait_for_url(web.root(NUMBERS))


@pytest.mark.parametrize(
    "asked", ["year=1066", "year=", "colour=red", "kind=fact&kind=nothing"]
)
def test_an_address_that_asks_for_nothing_known_hides_nothing_by_it(asked, web, visit):
    """A value that no row has is not chosen."""
    page = visit(web.root(f"{NUMBERS}?{asked}"))

    assert page.locator(".entry:not(.out)").count() > 100


def test_sources_are_chosen_by_state_media_and_year(web, visit):
    """The choices leave just the pages of state media, of the year, below how close
    they are.
    """
    page = visit(web.root.file(SOURCES))
    choice(page, "media").select_option("Yes")
    choice(page, "year").select_option("2023")
    wanted = [
        row["id"]
        for row in PAGES
        if (row["state_media"], row["published"][:4]) == ("true", "2023")
    ]

    assert 3 < len(wanted) < len(PAGES) / 2
    assert sorted(shown(page, ".sources li[id]")) == sorted(wanted)
    assert (
        page.get_by_role("status").inner_text()
        == f"{len(wanted)} of {len(PAGES)} shown"
    )
    near = {row["strength"] for row in PAGES if row["id"] in wanted}
    assert {
        each.get_attribute("id") for each in page.locator(".nearness h3:visible").all()
    } == near


@pytest.mark.parametrize(
    ("address", "rows"),
    [
        (NUMBERS, ".scheme"),
        (SOURCES, ".nearness > .sources > li"),
        ("timeline.html", ".event"),
        ("the-article.html", ".claim"),
    ],
)
def test_without_scripts_a_list_is_whole(address, rows, web, visit):
    """All rows are there, and no choices, which nothing would heed."""
    page = visit(web.root(address), java_script_enabled=False)

    assert page.locator(":is(.filter, .tally input):visible").count() == 0
    assert page.locator(rows).count() == page.locator(f"{rows}:visible").count() > 8


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize(("address", "count"), [(NUMBERS, 3), (SOURCES, 2)])
def test_choices_can_be_met_and_fit(address, count, width, web, visit):
    """Each choice is at least 24 pixels high, and in the window."""
    page = visit(web.root(address), width=width)
    boxes = [each.bounding_box() for each in page.locator(".filter select").all()]

    assert len(boxes) == count
    assert all(
        box["height"] >= 24 and box["x"] >= 0 and box["x"] + box["width"] <= width
        for box in boxes
    )
