"""The claims of the article: what the table of verdicts promises its readers."""

import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "content" / "en" / "the-article.md"
# Pages that only copy the report from which the article is taken, and so confirm
# nothing that it says.
CIRCULAR = re.compile(
    r"sarajevotimes\.com|babel\.ua|kyivindependent\.com|thechronicle\.com\.gh|hocmarketing\.org|krdo\.com|cnn\.com"
)
ANSWERS = {
    "supported": {"yes"},
    "supported-context-missing": {"yes"},
    "approximately-right": {"yes", "partly"},
    "forecast-missed": {"yes"},
    "imprecise": {"partly"},
    "wrong": {"no"},
    "unverifiable": {"not-established"},
    "opinion": {"judgement"},
}


@pytest.fixture(scope="module")
def figures(data):
    """Return the figures by the claim that holds them."""
    found = defaultdict(list)
    for row in data["claim_figures"].rows:
        found[row["claim"]].append(row)
    return found


def test_every_correction_is_there(data):
    """The corrections that matter most are numbered from 1 on without a gap."""
    numbers = {
        int(row["correction"]) for row in data["claims"].rows if row["correction"]
    }

    assert numbers == {*range(1, len(numbers) + 1)} != set()


def test_no_claim_that_holds_as_written_is_a_correction(data):
    """What is corrected is wrong, loose, unproved, or needs its context; a forecast may
    have been made and failed.
    """
    outcomes = {row["claim"]: row["outcome"] for row in data["claim_figures"].rows}
    corrected = [row for row in data["claims"].rows if row["correction"]]

    assert [
        row["id"]
        for row in corrected
        if row["verdict"] == "supported" and outcomes[row["id"]] != "wrong"
    ] == []


def test_no_circular_page_is_evidence(data):
    """No claim rests on a page that copies the report from which the
    article is taken.
    """
    addresses = {row["id"]: str(row["address"]) for row in data["sources"].rows}
    cited = {
        (row["id"], addresses[source])
        for row in data["claims"].rows
        for source in row.source_ids
    }

    assert [
        (claim, address) for claim, address in sorted(cited) if CIRCULAR.search(address)
    ] == []


def test_a_verdict_agrees_with_what_was_said_or_done(data):
    """A verdict never says more, or less, than the answer to whether it was said or
    done.
    """
    rows = data["claims"].rows

    assert [
        row["id"]
        for row in rows
        if row["said_or_done"] not in ANSWERS[str(row["verdict"])]
    ] == []


def test_every_verdict_is_defined(data):
    """The page defines each verdict that the table may hold, in the words that the page
    shows.
    """
    labels = tomllib.loads((ROOT / "content" / "en" / "words.toml").read_text("utf-8"))
    defined = re.findall(r"^\* \*\*(.*?)\*\*: ", PAGE.read_text("utf-8"), re.MULTILINE)
    verdicts = data["claims"].description.fields["verdict"].constraints["enum"]

    assert defined == [
        labels[f"verdict_{verdict.replace('-', '_')}"] for verdict in verdicts
    ]


@pytest.mark.parametrize("words", [0, 26])
def test_a_claim_quotes_between_1_and_25_words(data, words):
    """The table takes no claim without words of the article, and none with more than a
    fair quotation has.
    """
    quotation = data["claims"].description.fields["quotation"]

    assert quotation.parse("word " * 24 + "word")
    with pytest.raises(ValueError, match="found"):
        quotation.parse(" ".join(["word"] * words))


def test_the_quotations_leave_much_of_the_article_unsaid(data):
    """Whoever reads all quotations knows three fifths of the article's 459 words at
    most; each part has its claim.

    Claims may share words, which count once: a quotation that stands within another
    tells nothing more of the article.
    """
    claims = data["claims"]
    quotations = {str(row["quotation"]).replace("… ", "") for row in claims.rows}
    widest = [
        words
        for words in quotations
        if not any(words in other for other in quotations - {words})
    ]

    assert sum(len(words.split()) for words in widest) <= 459 * 0.6
    assert {row["paragraph"] for row in claims.rows} == {
        *claims.description.fields["paragraph"].constraints["enum"]
    }


def test_the_words_of_a_figure_stand_in_the_quotation(data):
    """What is held to a table is part of what the claim quotes."""
    claims = data["claims"].by_key

    assert [
        row
        for row in data["claim_figures"].rows
        if row["words"] not in claims[row["claim"],]["quotation"]
    ] == []


def test_every_numeric_claim_has_a_figure(data, figures):
    """A claim that is about a number has the article's words for it."""
    assert [
        row["id"]
        for row in data["claims"].rows
        if row["kind"] == "numeric" and not figures[row["id"]]
    ] == []


def test_a_figure_is_undecided_where_it_has_no_fact_and_then_says_why(data):
    """A figure has a fact, or it is undecided and has a note."""
    rows = data["claim_figures"].rows
    shapes = {
        (bool(row["fact"]), row["outcome"] == "undecided", bool(row["note"]))
        for row in rows
    }

    assert shapes == {(True, False, False), (False, True, True)}


def test_the_sources_that_a_section_cites_stand_in_its_row(data):
    """A page that a claim's text cites is listed with the claim."""
    listed = {str(row["id"]): set(row.source_ids) for row in data["claims"].rows}
    _, *parts = re.split(
        r"^## .*\{#(\w+)\}$", PAGE.read_text("utf-8"), flags=re.MULTILINE
    )
    texts = dict(zip(parts[::2], parts[1::2], strict=True))
    cited = {
        name: set(re.findall(r"\(source:([\w.-]+)\)", texts[name])) for name in listed
    }

    assert {
        name: found - listed[name]
        for name, found in cited.items()
        if found - listed[name]
    } == {}
