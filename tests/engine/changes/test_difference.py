"""The difference of two sides: what of it counts as a change, in which order, and what a side that knows less says."""

from __future__ import annotations

import pytest

from press.changes import compared


def number(name, value, **more):
    """Return a number as numbers.json has it."""
    return {"id": name, "value": value, "unit": "percent", **more}


def chart(csv="year,share\n2023,1\n", points=(("Share", "2023", "1", "1"),), newest="2023", svg="<svg/>"):
    return {"outline": [f"newest {newest}", "1 rows"], "csv": csv, "points": list(points), "svg": svg}


def table(*lines, key=("year",)):
    return {"key": list(key), "text": "\n".join(["year,value", *lines, ""])}


def mistake(words, why="found 1, expected 2", place="content/en/index.md:3:1"):
    return {"place": place, "words": words, "why": why}


def lines(before, after):
    """Return the sections with their items, each in a line."""
    return {
        section.title: [section.amount, *(f"{item.where}: {item.told(80)}" for item in section.items)]
        for section in compared("then", before, after).sections
    }


def test_a_claim_that_flipped_is_told_with_its_sentence():
    """Those that hold no more come first; a claim that one side alone makes has not flipped."""
    before = {
        "claims": {
            name: {"holds": name != "b", "words": f"It is {name}.", "place": "x:1:1"} for name in ("a", "b", "c")
        }
    }
    after = {
        "claims": {
            name: {"holds": name == "b", "words": f"It is {name}.", "place": "x:2:1"} for name in ("b", "a", "d")
        }
    }

    assert lines(before, after) == {
        "Claims that flipped": ["2 claims", 'x:2:1: "It is a.": a holds no more', 'x:2:1: "It is b.": b holds again']
    }


def test_what_was_false_before_is_counted_and_not_listed():
    """A mistake is known by its sentence and what is wrong, wherever it stands."""
    before = {"false": [mistake("It was.", place="content/en/old.md:9:1")]}
    after = {"false": [mistake("It was."), mistake("It is.")]}

    assert lines(before, after) == {
        "Now false, for a person": [
            "1 place, and 1 as before",
            'content/en/index.md:3:1: "It is.": found 1, expected 2',
        ]
    }
    assert compared("then", before, after).mistakes == 2


def test_mistakes_of_one_sentence_are_one_item():
    """At the first of its places, in the order of the places."""
    after = {"false": [mistake("It is."), mistake("It is.", "another", "content/en/index.md:3:9")]}

    assert lines({"false": []}, after) == {
        "Now false, for a person": ["1 place", 'content/en/index.md:3:1: "It is.": found 1, expected 2; another']
    }


def test_unread_sentences_are_known_by_what_they_are_read_as():
    """The same words elsewhere are no news, under another heading they are."""
    before = {"unread": [{"key": "a 1", **mistake("It is.")}]}
    after = {"unread": [{"key": "a 1", **mistake("It is.", place="x:1:1")}, {"key": "a 2", **mistake("It is.")}]}

    assert lines(before, after) == {
        "Now unread": ["1 sentence, and 1 as before", 'content/en/index.md:3:1: "It is.": found 1, expected 2']
    }


def test_verdicts_have_before_and_after():
    """A side that has none at all says nothing of them."""
    after = {"verdicts": {"A: 3%": "wrong", "B": "right"}}

    assert lines({"verdicts": {"A: 3%": "right"}}, after) == {
        "Verdicts": ["2 verdicts", "A: 3%: right → wrong", "B: none → right"]
    }
    assert lines({}, after) == {}


def test_numbers_are_told_with_the_largest_change_first():
    """Then those that are new, then those that are gone."""
    before = {
        "numbers": [number("fact:a", "100"), number("fact:b", "100"), number("fact:c", "1"), number("fact:e", "5")]
    }
    after = {
        "numbers": [number("fact:a", "101"), number("fact:b", "-50"), number("fact:d", "2"), number("fact:e", "5")]
    }

    assert lines(before, after) == {
        "Numbers": [
            "2 changed, 1 new, 1 gone",
            "fact:b: 100 percent → -50 percent",
            "fact:a: 100 percent → 101 percent",
            "fact:d: new: 2 percent",
            "fact:c: gone: 1 percent",
        ]
    }


def test_the_latest_number_is_compared_with_the_latest_before():
    """By what texts ask for: it is neither new nor gone because it has another time."""
    before = {"numbers": [number("fact:a/2022", "1", asked=["fact:a/latest"], period="2022")]}
    after = {"numbers": [number("fact:a/2023", "2", asked=["fact:a/latest"], period="2023")]}

    assert lines(before, after) == {"Numbers": ["1 changed", "fact:a/latest: 1 percent (2022) → 2 percent (2023)"]}


def test_a_renamed_number_is_the_same_number():
    """Under its new id, as ``renamed`` has it."""
    before, after = {"numbers": [number("fact:old", "1")]}, {"numbers": [number("fact:new", "1")]}

    assert lines(before, {**after, "renamed": {"fact:old": "fact:new"}}) == {}
    assert lines(before, after) == {
        "Numbers": ["1 new, 1 gone", "fact:new: new: 1 percent", "fact:old: gone: 1 percent"]
    }


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (number("n", "1.00000001"), number("n", "1.00000002"), "1.00000001 percent → 1.00000002 percent"),
        (number("n", "1.23456789"), number("n", "2"), "1.23457 percent → 2 percent"),
        (number("n", "1", low="0", high="2"), number("n", "1", low="0", high="3"), "0 to 2 percent → 0 to 3 percent"),
        ({"id": "n", "value": "2023-11"}, {"id": "n", "value": "2023-12"}, "2023-11 → 2023-12"),
        (
            {"id": "n", "statement": {"figures": [{"low": "1", "high": "2", "unit": "USD"}]}},
            {"id": "n", "statement": {"figures": [{"low": "1", "high": "1", "unit": "USD"}]}},
            "1 to 2 USD → 1 USD",
        ),
    ],
    ids=["tiny", "long", "ends", "month", "statement"],
)
def test_a_number_is_written_as_short_as_tells_it_apart(before, after, told):
    """Six digits, unless both sides are the same with six; the ends where it has some."""
    assert lines({"numbers": [before]}, {"numbers": [after]})["Numbers"][1] == f"n: {told}"


def test_numbers_that_rest_on_other_lines_have_not_changed():
    """Where a row stands, and where a number is used, is no change of it."""
    before, after = number("n", "1", rows=[1], uses=[]), number("n", "1", rows=[2], uses=[1])

    assert lines({"numbers": [before]}, {"numbers": [after]}) == {}


def test_charts_name_the_largest_change():
    """And their newest time, and how many points have changed; charts of one side alone are new or gone."""
    points = [("Share", "2022", "5", "5"), ("Share", "2023", "1.5", "1.5"), ("Share", "2024", "2", "2")]
    before = {"charts": {"gone": chart(), "shares": chart(points=[("Share", "2022", "4", "4"), points[0], points[1]])}}
    before["charts"]["shares"]["points"] = [("Share", "2022", "4", "4"), ("Share", "2023", "1.4", "1.4")]
    after = {"charts": {"new": chart(), "shares": chart("year,share\n", points, "2024")}}

    assert lines(before, after) == {
        "Charts": [
            "1 changed, 1 new, 1 gone",
            "shares: newest 2023 → 2024; points: 2 changed, 1 new; largest change: Share, 2022: 4 → 5",
            "new: new",
            "gone: gone",
        ]
    }


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (chart(svg="<svg> </svg>"), "drawn otherwise, with the same figures"),
        (chart("year,part\n2023,1\n"), "other words in its table"),
        (chart("a\n", [("Share", "2023", "1", "1.01")]), "points: 1 changed; largest change: Share, 2023: 1 → 1.01"),
        (
            chart("a\n", [("Share", "2023", "1", "1"), ("Share", "2022", "2", "2")]),
            "points: 1 new; new: Share, 2022: 2",
        ),
        (chart("a\n", []), "points: 1 gone"),
    ],
    ids=["style", "words", "hidden", "older", "fewer"],
)
def test_a_chart_says_what_kind_of_change_it_is(after, told):
    """Figures that are told alike are told exactly."""
    assert lines({"charts": {"a": chart()}}, {"charts": {"a": after}})["Charts"] == ["1 changed", f"a: {told}"]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (table("2022,1"), table("2022,1", "2023,2"), "1 row added (2023)"),
        (table("2022,1"), table("2022,3"), "1 row revised (2022: value 1 → 3)"),
        (table("2022,1", "2023,2"), table("2023,2"), "1 row removed (2022)"),
        (table("2022,1", "2023,2"), table("2023,2", "2022,1"), "the same rows, written otherwise"),
        (table("2022,1"), table("2022,"), "1 row revised (2022: value 1 → empty)"),
        (table(*(f"{year},1" for year in range(5))), table(), "5 rows removed (0; 1; 2; and 2 more)"),
        (table("2022,1", key=()), table("2022,3", key=()), "1 row added (2022, 3); 1 row removed (2022, 1)"),
        (table("1,1"), {"key": ["year"], "text": "year,note\n1,x\n"}, "new column note; gone column value"),
        (table("2022,1"), table("2022,1", "2022,2"), "1 row added (2022, line 3)"),
        (table("2022,1"), {"key": ["year"], "text": ""}, "gone columns year, value; 1 row removed (2022)"),
    ],
    ids=["added", "revised", "removed", "order", "emptied", "many", "keyless", "columns", "twice", "empty"],
)
def test_tables_show_a_few_rows_of_each_kind(before, after, told):
    """Rows are known by their keys; of more than three the number is told."""
    assert lines({"tables": {"t": before}}, {"tables": {"t": after}})["Tables"] == ["1 changed", f"t: {told}"]


def test_tables_of_one_side_are_new_or_gone():
    """With the number of their rows."""
    assert lines({"tables": {"old": table("2022,1")}}, {"tables": {"young": table()}}) == {
        "Tables": ["1 new, 1 gone", "young: new: 0 rows", "old: gone: 1 row"]
    }


def test_a_side_says_nothing_of_what_it_lacks():
    """A side of tables alone lets nothing look new or gone."""
    whole = {"numbers": [number("n", "1")], "charts": {"c": chart()}, "verdicts": {"v": "right"}, "claims": {}}

    assert lines({"tables": {}}, {**whole, "tables": {}}) == {}
    assert lines({**whole, "tables": {}}, {"tables": {}}) == {}


def test_nothing_changed_is_said():
    """As far as it is known, where a side lacks something."""
    assert compared("then", {}, {}).heading == "Nothing has changed since then"
    assert compared("then", {}, {}, ("a note",)).heading == "Nothing has changed since then, as far as it is known"
    assert compared("then", {}, {}).outcome == "No words need a person"


def test_reworded_sentences_stand_side_by_side():
    """With the words that took the place of others; the rest are new or gone. A side that has no list says nothing."""

    def sentences(*words):
        return {"sentences": [{"key": each, "words": each, "state": "read"} for each in words]}

    before = sentences("Sales rose by 3% in 2022.", "It is so.", "Nobody sold oranges.")
    after = sentences("Sales rose by 4% in 2023.", "It is so.", "A line of another kind.")

    assert lines(before, after) == {
        "Bound sentences": [
            "1 reworded, 1 new, 1 gone",
            'reworded: "Sales rose by 4% in 2023.": 3% → 4%; 2022. → 2023.',
            'new: "A line of another kind."',
            'gone: "Nobody sold oranges."',
        ]
    }
    assert lines({}, after) == {}


def test_a_sentence_may_be_linked_otherwise():
    """Its words are the same, and what they rest on is not; or words are added."""

    def sentence(key, words):
        return {"sentences": [{"key": key, "words": words, "state": "read"}]}

    before = sentence("a", "Sales rose in 2022.")

    assert lines(before, sentence("b", "Sales rose in 2022."))["Bound sentences"][1].endswith(": linked otherwise")
    assert lines(before, sentence("b", "Sales rose a bit in 2022."))["Bound sentences"][1].endswith(": nothing → a bit")


def test_a_cell_may_have_lines():
    """They are no rows."""
    before, after = ({"tables": {"t": table(f'2022,"a\n{word}"')}} for word in ("b", "c"))

    assert lines(before, after)["Tables"] == ["1 changed", "t: 1 row revised (2022: value a b → a c)"]
