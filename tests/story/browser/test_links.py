"""Every link within the site leads to something: at the root of a host, below it, and without a host."""

from __future__ import annotations

import http.client
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urlsplit

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.browser


def status_of(url: str) -> int:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc)
    connection.request("GET", parts.path)
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.fixture(scope="session")
def fault_of(links_of) -> Callable[[str, str, Path], str]:
    """Return a function that follows a link and says what is wrong with it: nothing, the address, or the anchor."""
    known: dict[str, int] = {}

    def fault_of(link: str, host: str, folder: Path) -> str:
        url, anchor = urldefrag(link)
        name = unquote(url.removeprefix(host))
        file = folder / (name or "index.html")
        if url not in known:
            known[url] = status_of(url) if url.startswith("http:") else 200 * file.is_file()
        if known[url] != 200:
            return f"{link}: {known[url]}"
        return f"{link}: no such anchor" if anchor and unquote(anchor) not in links_of(file, url).ids else ""

    return fault_of


@pytest.mark.parametrize("place", ["root", "repository"])
def test_links_within_a_served_site_lead_somewhere(address, place, web, links_of, fault_of):
    """Each link of a page to the site itself is answered, and each anchor is there."""
    where = getattr(web, place)
    host = where.url
    # The second site is told an address that is not the one it is served at: canonical links belong to the former.
    targets = [
        target for target in links_of(where.folder / address, where(address)).targets if target.startswith(web.root.url)
    ]

    assert targets  # a frame has its chart's page
    assert [target for target in targets if not target.startswith(host)] == []
    assert [fault for fault in (fault_of(target, host, where.folder) for target in targets) if fault] == []


def test_links_within_a_folder_lead_somewhere(portable, web, links_of, fault_of):
    """Opened without a server, a page's links to the site lead to files, and each anchor is there."""
    host = web.root.file("") + "/"
    targets = [
        target
        for target in links_of(web.root.folder / portable, web.root.file(portable)).targets
        if target.startswith("file:")
    ]

    assert targets  # a frame has its chart's page
    assert [target for target in targets if not target.startswith(host)] == []
    assert [fault for fault in (fault_of(target, host, web.root.folder) for target in targets) if fault] == []


@pytest.mark.parametrize("place", ["root", "repository"])
@pytest.mark.parametrize("asked", ["nothing.html", "no/such/page", "no/such/folder/"])
def test_the_page_for_a_wrong_address_works_at_any(place, asked, web, visit, fault_of):
    """Wherever 404.html is shown, it has its style, and its links lead back into the site."""
    where = getattr(web, place)
    page = visit(where.url, fresh=True)
    answers = {}
    page.on("response", lambda answer: answers.setdefault(answer.url, answer.status))
    page.goto(where(asked))
    links = page.eval_on_selector_all("[href]", "elements => elements.map(element => element.href)")
    inside = [link for link in links if not link.endswith("#text")]

    assert answers.pop(where(asked)) == 404
    assert set(answers.values()) == {200}
    assert f"<h1>{page.locator('h1').inner_text()}</h1>" in (where.folder / "404.html").read_text("utf-8")
    assert page.locator(".skip").evaluate("link => link.href") == f"{where(asked)}#text"
    assert len(inside) > 5
    assert [link for link in inside if not link.startswith(where.url)] == []
    assert [fault for fault in (fault_of(link, where.url, where.folder) for link in inside) if fault] == []


def test_a_reader_comes_from_a_chart_to_its_sources(chart, web, visit):
    """A click on a page that prints a chart's figures shows that page's place in the list of sources."""
    page = visit(web.repository(chart.address))
    figure = page.locator(f"figure#{chart.name}")
    figure.locator("details").last.locator("summary").click()
    link = figure.locator(".cites a").nth(1)
    name, anchor = link.inner_text(), link.evaluate("link => link.hash.slice(1)")
    link.click()
    page.wait_for_url(f"**/sources.html#{anchor}")
    place = page.locator(":target")

    assert place.get_attribute("id") == anchor
    assert name in place.locator("b, a").all_inner_texts()
    assert 0 <= place.bounding_box()["y"] < 900
