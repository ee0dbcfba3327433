"""What may be searched for: pages, sections with their times, numbers, sources, charts
with values; by what words.
"""

import json
import re

import pytest

from tests.engine.test_stories import STORIES

INDEX = "search-index.js"
SCRIPT = "templates/static/search.js"


def found(site, address=INDEX):
    """Return what a site offers to be searched, by group: address, title, words."""
    return {
        name: [tuple(hit[:3]) for hit in hits]
        for name, hits in read(site, address)["groups"]
    }


def read(site, address=INDEX):
    """Return the whole index of a site."""
    text = site[address].text
    assert text.startswith("window.found = ")
    return json.loads(text[15:-2])


@pytest.fixture
def story(make_project):
    """Make a story with bindings, all numbers, a glossary, pages of charts, and a
    search.
    """
    project = make_project(overlay=STORIES / "bindings")
    project.write(SCRIPT, "")
    return project


def test_a_story_without_the_script_has_no_search(project):
    """Nobody asks for an index there, and templates are told of none."""
    assert INDEX not in project.build()


def test_pages_and_sections_are_found(story):
    """Each page but that for wrong addresses is there with its description, each
    section with its first words.
    """
    hits = found(story.build())

    assert next(iter(hits)) == "The story of 2023"
    first, (address, heading, words) = hits["The story of 2023"]
    assert first == (
        "index.html",
        "Trade came to the goal in 2023",
        "In 2023 trade came to $240.1 billion.",
    )
    assert (address, heading) == (
        "index.html#half",
        "In 2023 imports were more than half of trade",
    )
    assert re.fullmatch(r"year trade 2022 \$190.3 billion .{80,100} …", words)
    assert {
        address.partition("#")[0] for group in hits.values() for address, *_ in group
    } >= {"index.html", "glossary.html", "numbers.html", "sources.html"}
    assert "404.html" not in json.dumps(hits)
    assert "<" not in json.dumps(hits)


def test_a_number_is_found_by_its_label_its_value_and_the_words_in_texts(story):
    """Whoever looks for what is printed, rounded or whole, finds the number, where its
    receipt is.
    """
    hits = {
        address: (title, words)
        for group in found(story.build()).values()
        for address, title, words in group
    }
    title, words = hits["numbers.html#fact:total/2023"]

    assert "2023" in title
    assert words.split(" · ")[0].startswith("240.11 billion")
    assert "$240.1 billion" in words.split(" · ")


def test_a_source_is_found_by_its_publisher_and_its_day(story):
    """The day stands there in words, as far as it is known."""
    hits = found(story.build())["Sources"]

    assert ("sources.html#beta-2024", "Trade of 2023", "Beta · 7 March 2024") in hits
    assert ("sources.html#beta-2023", "Trade of 2022", "Beta") in hits


def test_a_chart_is_found_by_its_values(make_project):
    """There is one hit for a chart, which holds each value that it shows as its tip
    tells it.
    """
    project = make_project(overlay=STORIES / "chart-pages")
    project.write(SCRIPT, "")
    project.write(
        "content/en/charts.md", '+++\ntitle = "Charts"\ndescription = "Drawn"\n+++\n'
    )

    page, chart = next(
        hits for name, hits in read(project.build())["groups"] if name == "Charts"
    )

    assert page[:3] == ["charts.html", "Charts", "Drawn"]
    assert chart[0] == "charts/totals.html"
    assert len(chart[4].split(" · ")) > 1
    assert all(": " in value for value in chart[4].split(" · "))


def test_pages_and_the_story_rank_before_entries_numbers_and_sources(story):
    """What may be found says where it stands among what fits as well."""
    ranks = {
        hit[0]: hit[3] for _, hits in read(story.build())["groups"] for hit in hits
    }
    glossary = next(
        address for address in ranks if address.startswith("glossary.html#")
    )

    assert (
        ranks["index.html"]
        == ranks["index.html#half"]
        == ranks["numbers.html"]
        == ranks["sources.html"]
        == ""
    )
    assert (
        ""
        < ranks[glossary]
        < ranks["numbers.html#fact:total/2023"]
        < ranks["sources.html#beta-2024"]
    )


def test_the_index_knows_words_of_the_language(story):
    """A reader may write 2023-03, the plural, or a whole question: the script knows
    what is meant.
    """
    whole = read(story.build())

    assert whole["months"][2] == "March"
    assert "s" in whole["endings"]
    assert {"how", "much", "does", "the"} <= {*whole["small"]}
    assert "may" not in whole["small"]


SOUGHT = (
    '\n[search]\nalike = [["car", "vehicle"]]\n\n[search.at]\n"index.md#half" ='
    ' ["balance", "who sells more"]\n'
)


def test_readers_find_what_they_call_otherwise(story):
    """Words that mean the same, and what a place is called besides, stand in the
    settings.
    """
    story.write("content/site.toml", story.read("content/site.toml") + SOUGHT)

    whole = read(story.build())

    assert whole["alike"] == [["car", "vehicle"]]
    assert whole["sought"] == {"index.html#half": "balance · who sells more"}


def test_words_for_a_page_that_is_not_there_are_a_problem(story):
    """The line is named, and the page that was meant."""
    text = story.read("content/site.toml") + SOUGHT.replace("index.md", "indx.md")
    story.write("content/site.toml", text)
    line = text[: text.index('"indx')].count("\n") + 1

    found = story.run("build").problems

    assert (
        f'content/site.toml:{line}: found "indx.md#half" in [search.at], expected a'
        " page or a chart" in found
    )
    assert "did you mean index.md" in found


def test_an_entry_is_found_by_its_time(story):
    """A section that tells of a row of a table says when that was, as exactly as it is
    known.
    """
    rows = [
        line.split(",")[0] for line in story.read("data/sources.csv").splitlines()[1:]
    ]
    sections = "".join(f"## Page {{#{name}}}\n\nText of {name}.\n\n" for name in rows)
    head = '+++\ntitle = "Pages"\ndescription = "Dated"\nentries = "sources"\n+++\n'
    story.write("content/en/pages.md", head + sections)

    hits = {address: words for address, _, words in found(story.build())["Pages"]}

    assert hits["pages.html#alpha-2022"] == "14 January 2022 · Text of alpha-2022."
    assert hits["pages.html#beta-2023"] == "Text of beta-2023."
