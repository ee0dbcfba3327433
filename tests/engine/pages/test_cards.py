"""Cards of charts: their number is proved like any other, their line is drawn from
tables; what is wrong is told.

The line of the first stands beside the title of the story, too.
"""

import re

import pytest

from press.figures.pool import DrawingPool
from tests.engine.pages.test_charts import story as story  # noqa: PLC0414 - a fixture

CHART = "content/en/charts/totals.md"
NUMBER = 'number = "[$240.1 billion](fact:total/2023) of trade in 2023"'
LINE = 'line = "total_usd_billion"'
LEVEL = 'level = "2022: [$190.3 billion](fact:total/2022)"'
SHOWN = re.compile(r"<i>(.*?)</i>", re.DOTALL)


def carded(story, *lines):
    """Give the story's chart a card."""
    story.replace(CHART, "\n[words]", "\n".join(["\n[card]", *lines, "\n[words]"]))
    return story


def drawn(story, monkeypatch):
    """Return the SVG of the chart's card."""
    monkeypatch.setattr(DrawingPool, "begin_png", lambda _own, svg, _scale: svg.encode)
    return story.build()["cards/totals.png"].body.decode()


def heroes(story):
    """Return what stands beside its title on each page of a story that has such a
    thing.
    """
    hero = (
        "{% if hero is defined and hero %}<i>{{ hero.picture }}{{ hero.words }}</i>{%"
        " endif %}"
    )
    story.replace("templates/page.html", "{{ body }}", f"{hero}{{{{ body }}}}")
    pages = {
        address: file.text
        for address, file in story.build().items()
        if address.endswith(".html")
    }
    return {
        address: shown[0]
        for address, text in pages.items()
        if (shown := SHOWN.findall(text))
    }


def test_a_card_shows_its_number_and_a_line_of_the_chart_s_table(story, monkeypatch):
    """The words are those of the card, the values those of the table, and the one that
    the number tells counts.
    """
    svg = drawn(carded(story, NUMBER, LINE), monkeypatch)
    points = re.findall(r"L([\d.]+),([\d.]+)", svg)
    heights = [float(y) for _, y in points]

    assert {">$240.1<", ">billion of trade in 2023<", ">Trade of 2021<"} <= set(
        re.findall(">[^<]+<", svg)
    )
    assert (heights[0] - heights[1]) / (heights[0] - heights[2]) == pytest.approx(
        43.4 / 93.2, abs=1e-3
    )
    assert f'<circle cx="{points[-1][0]}" cy="{points[-1][1]}"' in svg


def test_a_line_is_broken_where_its_table_lacks_a_year(story, monkeypatch):
    """What stands on either side of the gap is as far apart as their years are."""
    story.replace(
        "story/charts.py", '== "total"]', '== "total" and str(row["year"]) != "2022"]'
    )
    first, last = re.findall(
        r"M([^\"L]+)L([^\"M]+)", drawn(carded(story, NUMBER, LINE), monkeypatch)
    )

    assert first[0] == first[1] != last[0] == last[1]


def test_new_data_change_the_card(story, monkeypatch):
    """The line follows the table; a number that is no longer true is a problem where it
    stands.
    """
    carded(story, NUMBER.replace("240.1", "146.9").replace("2023", "2021"), LINE)
    before = drawn(story, monkeypatch)
    story.replace("data/trade.csv", "2021,total,146886.9", "2021,total,146900")
    assert drawn(story, monkeypatch) != before

    story.replace("data/trade.csv", "2021,total,146900", "2021,total,148000")
    assert (
        f'{CHART}:9:12: found "$146.9 billion", expected "$148.0 billion"'
        in story.run("check").problems
    )


@pytest.mark.parametrize(
    ("lines", "there", "gone"),
    [
        ([LINE, LEVEL], "<circle", "no level"),
        ([], 'preserveAspectRatio="xMaxYMax"', ">2022<"),
    ],
)
def test_a_card_shows_a_line_or_else_the_chart_s_own_drawing(
    story, monkeypatch, lines, there, gone
):
    """What lies across a line is bound, too; a drawing has no lettering there."""
    svg = drawn(carded(story, NUMBER, *lines), monkeypatch)

    assert there in svg
    assert gone not in svg
    assert (">2022: $190.3 billion<" in svg) == (len(lines) > 1)


def test_a_chart_without_a_card_has_a_headline(story, monkeypatch):
    """Title, subtitle, source and name are enough."""
    svg = drawn(story, monkeypatch)

    assert (
        " ".join(re.findall(r"<text[^>]*>([^<]+)<", svg))
        == "Trade came to more each year Trade by year, billions of US dollars Source:"
        " The customs service A small story"
    )


def test_what_a_card_says_is_told_to_those_who_do_not_see_it(story):
    """The page of the chart names the card, and what stands on it; other pages that of
    the story, with the same.
    """
    story.replace(
        "templates/page.html", "</main>", "</main><b>{{ share[0] }}: {{ share[1] }}</b>"
    )
    site = carded(story, NUMBER, LINE, LEVEL).build()

    assert (
        "<b>cards/totals.png: Trade came to more each year: $240.1 billion of trade in"
        " 2023; 2022: $190.3 billion</b>" in site["charts/totals.html"].text
    )
    assert (
        "<b>cards/story.png: Trade went up: $240.1 billion of trade in 2023; 2022: "
        in site["404.html"].text
    )


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        pytest.param(
            [NUMBER, 'line = "total_usd_bilion"'],
            'found no column "total_usd_bilion" in the chart\'s table, which its card'
            " shows\n    hint: did you mean total_usd_billion?",
            id="a column that is not there",
        ),
        pytest.param(
            ['number = "[$76 billion](fact:total/2020) in 2020"', LINE],
            "the tables have no figure",
            id="no such fact",
        ),
        pytest.param(
            ['number = "All of it"'],
            "found no number that is bound in a line of the card",
            id="no number",
        ),
        pytest.param(
            ['number = "[So](source:beta-2024)"'],
            "found no number that is bound in a",
            id="a page",
        ),
        pytest.param(
            [NUMBER, 'bars = "total"'],
            'found the unknown key "bars" in card',
            id="a mark",
        ),
        pytest.param(
            [NUMBER, 'level = "[2](fact:total/2022)"'],
            "found a level on a card without line",
            id="a level",
        ),
        pytest.param(
            [NUMBER, 'colour = "blue"'],
            'found the colour "blue", expected a name of the palette',
            id="blue",
        ),
        pytest.param([LINE], "number is missing in card", id="a line without a number"),
    ],
)
def test_what_a_card_cannot_show_is_told(story, lines, told):
    """Its author is told where, and what to write."""
    problems = carded(story, *lines).run("check").problems

    assert problems.startswith(f"{CHART}:")
    assert problems.count(told) == 1


def test_a_number_that_is_wrong_is_told_once(story):
    """Where it is told what is false, the card adds nothing."""
    problems = carded(story, NUMBER.replace("2023", "2020"), LINE).run("check").problems

    assert problems.count(CHART) == 1


def test_figures_of_two_units_are_not_drawn_beside_each_other(story):
    """Their lengths would compare what cannot be compared."""
    share = """
def half(data: Data) -> Quantity:
    row = data["trade"].rows[0]
    return Quantity(row.number("year") * 0 + 50, row.number("year") * 0, "percent", frozenset([row])).with_meaning("share")
"""
    story.replace(
        "story/facts.py", '__all__ = ["total"]', '__all__ = ["half", "total"]'
    )
    story.write("story/facts.py", story.read("story/facts.py") + share)
    words = (
        story.read("content/en/facts.toml")
        + '\n[half]\nlabel = "Half"\nformula = "Half of it"\n'
    )
    story.write("content/en/facts.toml", words)
    problems = (
        carded(story, NUMBER, LINE, 'level = "Of that: [50%](fact:half)"')
        .run("check")
        .problems
    )

    assert problems.startswith(
        f"{CHART}:11: found percent on the card beside USD, expected one unit"
    )


def test_a_number_that_the_chart_does_not_hold_is_told(story):
    """The mark would show no place for it."""
    story.replace(
        "story/charts.py", 'if row["flow"] == "total"]', 'if row["flow"] == "export"]'
    )
    told = (
        f"{CHART}:9: the card shows total_usd_billion, and its number, 240110 USD"
        " million, is none of that column"
    )

    assert carded(story, NUMBER, LINE).run("check").problems.startswith(told)


def test_the_story_shows_the_line_of_its_first_chart_beside_its_title(story):
    """In the colours of the style sheet, with the number of the card; on
    no other page.
    """
    (address, shown), *others = heroes(carded(story, NUMBER, LINE)).items()

    assert (address, others) == ("index.html", [])
    assert "stroke-linecap" in shown
    assert 'fill="var(--accent,currentColor)"' in shown
    assert '<data value="240110000000">$240.1 billion</data>' in shown
    assert re.sub("<[^>]+>", "", shown).endswith("$240.1 billion of trade in 2023")


@pytest.mark.parametrize(
    "give",
    [lambda _: None, lambda story: carded(story, NUMBER)],
    ids=["no card", "no line"],
)
def test_without_a_line_nothing_stands_beside_the_title(story, give):
    """A number alone is no picture."""
    give(story)

    assert heroes(story) == {}
