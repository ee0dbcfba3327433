"""The site of the real story: what it says of its numbers, and the tables that it
offers.
"""

import json
import re
from decimal import Decimal

from frictionless import Package, Resource

from tests.browsing import extract_words


def test_every_receipt_says_what_the_ledger_holds(story_built, bound):
    """Value, rows, sources and words are the ledger's."""
    told = {
        item["id"]: item
        for item in json.loads((story_built.root / "numbers.json").read_text("utf-8"))[
            "numbers"
        ]
    }
    held = [
        entry
        for entry in bound.ledger.checked_links
        if entry.link.scheme in {"fact", "claim"}
    ]

    assert len(held) > 100
    for entry in held:
        number = told[entry.target_with_newest_time]
        assert [(row["file"], row["line"]) for row in number["rows"]] == [
            (row.path, row.line) for row in entry.proof.rows
        ]
        assert set(number["sources"]) == {
            source for row in entry.proof.rows for source in row.source_ids
        }
        assert entry.words in {use["words"] for use in number["uses"]}
        if (
            entry.link.scheme == "fact"
            and "date" not in number["kind"]
            and number["kind"] not in {"year", "month"}
        ):
            assert Decimal(number["value"]) == round(
                entry.proof.facts[0].quantity.value, 8
            )


def test_the_published_data_package_is_valid(story_built):
    """Frictionless finds the package, all its tables and all their cells as the
    standard wants them.
    """
    package = Package(str(story_built.root / "data" / "datapackage.json"))

    report = package.validate()

    assert report.flatten(["title", "rowNumber", "fieldName", "message"]) == []
    assert sorted(item.name for item in package.resources) == sorted(
        path.stem for path in story_built.folder.glob("data/*.csv")
    )


def test_the_package_says_once_that_nobody_has_stated_a_licence(story_built):
    """Each table has licences that can be read, or none and that of the package."""
    package = json.loads((story_built.root / "data" / "datapackage.json").read_bytes())
    told = [
        licence for item in package["resources"] for licence in item.get("licenses", [])
    ]

    assert [licence["name"] for licence in package["licenses"]] == ["notspecified"]
    assert [licence for licence in told if "path" not in licence] == []
    assert told


def test_the_files_of_charts_are_valid_tables(story_built):
    """Frictionless reads their mark of UTF-8, their heads and all their cells; a value
    is a number, and whether it is calculated is always said.
    """
    files = sorted((story_built.root / "charts").glob("*.csv"))
    assert files
    for file in files:
        table = Resource(
            path=file.name, basepath=str(file.parent), encoding="utf-8-sig"
        )

        report = table.validate()

        assert report.flatten(["title", "rowNumber", "fieldName", "message"]) == []
        types = {field.name: field.type for field in table.schema.fields}
        if "measure" in types:
            assert (types["value"], types["calculated"]) == ("number", "boolean")


def test_nothing_of_the_machine_stands_in_the_site(story_built):
    """No file of the site names the folder that it was built in."""
    folder = str(story_built.folder.parent).encode()

    assert [
        path.name
        for path in story_built.root.rglob("*")
        if path.is_file() and folder in path.read_bytes()
    ] == []


def test_a_text_browser_shows_what_a_chart_says_once(story_built, bound):
    """Its subtitle and the words of each step or state, on the page where it stands
    and, but in code, on its own.
    """
    root = story_built.root
    pages = [
        (html, extract_words(html))
        for html in (path.read_text("utf-8") for path in root.glob("*.html"))
    ]
    for name, text in bound.texts.charts.items():
        [shown] = [words for html, words in pages if f'<figure id="{name}"' in html]
        told = [
            each.with_words_in_place_of_bindings
            for each in text.strings
            if each.description == "step"
        ]

        assert [
            each
            for each in (text.subtitle, *told)
            if shown.count(each) > max(told.count(each), 1)
        ] == []
        assert text.subtitle in shown
        own = re.sub(
            "<pre>.*?</pre>",
            "",
            (root / "charts" / f"{name}.html").read_text("utf-8"),
            flags=re.DOTALL,
        )
        assert extract_words(own).count(text.subtitle) == 1
