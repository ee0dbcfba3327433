"""The article, claim by claim: its tally, the choice of a verdict by
keys, its anchors.
"""

from collections import Counter

import pytest
from playwright.sync_api import Page, expect

from press import data as tables_on_disk
from tests.story.browser.site import ROOT

pytestmark = pytest.mark.browser

ADDRESS = "the-article.html"
CLAIMS = tables_on_disk.load_tables(ROOT / "data", ROOT)["claims"]
SEEN = (
    "claims => claims.filter(claim => claim.checkVisibility()).map(claim =>"
    " claim.querySelector('h3').id)"
)
BARE = """groups => groups.filter(group => group.checkVisibility()
    && ![...group.querySelectorAll(".claim")].some(claim => claim.checkVisibility())).length"""
GROUND = "claim => getComputedStyle(claim.closest('.group')).backgroundColor"
VERDICTS = CLAIMS.description.fields["verdict"].constraints["enum"]
VERDICT = {str(row["id"]): str(row["verdict"]) for row in CLAIMS.rows}


def shown(page: Page) -> list[str]:
    """Return the ids of the claims that a reader sees."""
    return sorted(page.locator(".claim").evaluate_all(SEEN))


def of(verdict: str) -> list[str]:
    return sorted(name for name, own in VERDICT.items() if own == verdict)


@pytest.fixture
def article(web, visit) -> Page:
    """Open the page."""
    return visit(web.root(ADDRESS))


def test_the_tally_counts_every_claim_once(article):
    """Beside each verdict stands how many claims have it, and beside all of them how
    many there are.
    """
    counts = {
        name: int(article.locator(f"label[for=show-{name}] b").inner_text())
        for name in ("all", *VERDICTS)
    }

    assert counts == {
        "all": len(VERDICT),
        **{name: Counter(VERDICT.values())[name] for name in VERDICTS},
    }


@pytest.mark.parametrize("verdict", VERDICTS)
def test_keys_choose_a_verdict(article, verdict):
    """Arrow keys in the choice show exactly the claims of a verdict, and no heading
    without a claim below it.
    """
    article.locator("#show-all").focus()
    for _ in range(VERDICTS.index(verdict) + 1):
        article.keyboard.press("ArrowDown")

    assert article.locator(f"#show-{verdict}").is_checked()
    assert shown(article) == of(verdict)
    assert article.locator(".group").evaluate_all(BARE) == 0
    assert (
        article.get_by_role("status").inner_text()
        == f"{len(of(verdict))} of {len(VERDICT)} shown"
    )


@pytest.mark.parametrize(
    "names",
    [
        pytest.param([of(verdict)[0] for verdict in VERDICTS if of(verdict)], id="one"),
        pytest.param(sorted(VERDICT), id="all", marks=pytest.mark.long),
    ],
)
def test_a_claim_has_an_address_of_its_own(names, web, visit):
    """Its link is its own address, which raises it alone, with its heading and its
    verdict in sight: one claim of each verdict, or all.
    """
    page = visit(web.root(ADDRESS))
    for name in names:
        claim = page.locator(f".claim:has(#{name})")
        claim.locator("h3").hover()
        claim.locator("h3 + .here").click()
        page.wait_for_url(web.root(f"{ADDRESS}#{name}"))
        expect(page.locator(f"#{name}:target")).to_have_count(1)
        assert claim.evaluate(GROUND) == "rgba(0, 0, 0, 0)"
        for part in ("h3", ".verdict"):
            expect(claim.locator(part)).to_be_in_viewport(ratio=1)
