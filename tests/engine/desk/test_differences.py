"""What differs between two sites: which numbers and pages are the same, and how those
that moved are told.
"""

import json

import pytest

from press.desk.differences import compare_pages, pair_numbers_of_sites


def number(name, value, **more):
    """Return a number as numbers.json has it."""
    return {
        "id": name,
        "label": name,
        "value": value,
        "unit": "percent",
        "uses": [{"address": "a", "words": "b"}],
        **more,
    }


def site(*found):
    """Return the file of a site that has some numbers."""
    return {"numbers.json": json.dumps({"version": 1, "numbers": found}).encode()}


def told(before, after):
    """Return what is told of numbers: how many, and each in a line."""
    section = pair_numbers_of_sites(before, after).section
    return [section.amount, *(f"{where}: {what}" for where, what in section.items)]


def test_numbers_are_told_with_those_that_moved_first():
    """Then those that are new, then those that are gone; where a number stands is no
    change of it.
    """
    before = site(
        number("a", "100"),
        number("b", "100"),
        number("c", "1"),
        number("e", "5", rows=[1]),
    )
    after = site(
        number("a", "101"),
        number("b", "-50"),
        number("d", "2"),
        number("e", "5", rows=[2]),
    )

    assert told(before, after) == [
        "2 changed, 1 new, 1 gone",
        "a: 100 percent → 101 percent",
        "b: 100 percent → -50 percent",
        "d: new: 2 percent",
        "c: gone: 1 percent",
    ]


def test_the_latest_number_is_compared_with_the_latest_before():
    """By what texts ask for: it is neither new nor gone because it has another time."""
    before = site(number("a/2022", "1", asked=["a/latest"], period="2022"))
    after = site(number("a/2023", "2", asked=["a/latest"], period="2023"))

    assert told(before, after) == [
        "1 changed",
        "a/latest: 1 percent (2022) → 2 percent (2023)",
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            {"low": "0", "high": "2"},
            {"low": "0", "high": "3"},
            "0 to 2 percent → 0 to 3 percent",
        ),
        (
            {"value": "2023-11", "unit": ""},
            {"value": "2023-12", "unit": ""},
            "2023-11 → 2023-12",
        ),
        (
            {
                "unit": "",
                "statement": {"figures": [{"low": "1", "high": "2", "unit": "USD"}]},
            },
            {
                "unit": "",
                "statement": {"figures": [{"low": "1", "high": "1", "unit": "USD"}]},
            },
            "1 to 2 USD → 1 USD",
        ),
    ],
    ids=["ends", "month", "statement"],
)
def test_a_number_is_written_with_all_that_is_known_of_it(before, after, expected):
    """The ends where it has some, what somebody said, its unit."""
    one, other = (site(number("n", "1") | item) for item in (before, after))

    assert told(one, other) == ["1 changed", f"n: {expected}"]


PAGE = (
    "<html><head><title>{0}</title></head><main>{1}</main><footer>{0}</footer></html>"
)


@pytest.mark.parametrize(
    ("body", "changed"),
    [
        ("<p>One</p>\n<svg><path d='M0'/></svg>", ""),
        ("<p>Two</p><svg><path d='M0'/></svg>", "1 changed"),
        ("<p>One</p><svg><path d='M1'/></svg>", "1 changed"),
        ("<p aria-label=\"A line\">One</p><svg><path d='M0'/></svg>", "1 changed"),
        (
            (
                "<p class='new'>One</p><svg><path"
                " d='M0'/></svg><nav>More</nav><script>x</script>"
            ),
            "",
        ),
    ],
    ids=["same", "words", "drawing", "alternative", "looks"],
)
def test_a_page_has_changed_where_readers_see_it_otherwise(body, changed):
    """Its words, those for who sees no picture, its drawings: neither its look nor what
    it says of itself.
    """
    before = PAGE.format("Of April", "<p>One</p><svg><path d='M0'/></svg>").encode()

    found = compare_pages(
        {"a.html": before}, {"a.html": PAGE.format("Of May", body).encode()}
    )

    assert (found.amount, [*found.items]) == (
        changed,
        [("a.html", "changed")] if changed else [],
    )


def test_pages_of_one_side_are_new_or_gone():
    """Those of frames and of editions are not looked at."""
    after = dict.fromkeys(("young.html", "embed/a.html", "editions/a/index.html"), b"")
    found = compare_pages({"charts/old.html": b""}, after)

    assert (found.amount, [*found.items]) == (
        "1 new, 1 gone",
        [("young.html", "new"), ("charts/old.html", "gone")],
    )
