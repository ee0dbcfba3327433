"""Addresses that readers have kept lead to where their matter is now, without scripts, too."""

import pytest

from tests.engine.test_stories import STORIES

INDEX, RESTS = "content/en/index.md", "what-it-rests-on"
IN, MEAN, HERE = "(in index.html)", "\n    hint: did you mean ", "expected a heading, chart or item of this page"
OLD = "expected an anchor or page.html that is gone"
PAGE = "+++\ntitle = {}\ndescription = {}\n{}+++\n\n## Early, or *late*?\n\nLate.\n"
# Of an anchor: a heading here, a chart here, a heading elsewhere, a page, a chart's page; of pages that are gone.
ALIASES = """
[aliases]
rests = "what-it-rests-on"
old_totals = "totals"
early = "more.md#early-or-late"
list = "sources.md"
drawn = "charts/totals.md"
"charts/sums.html" = "charts/totals.md"
"charts/early.html" = "more.md#early-or-late"
"questions.html" = "what-it-rests-on"
"""
MOVED = """{% for way in moved %}
<p class="moved" id="{{ way.old }}">{{ words.moved }} <a href="{{ url(way.address) }}">{{ way.words }}</a></p>
{% endfor %}
<h1>"""
GONE = '{{ old }} → <a href="{{ leads }}">{{ title }}</a> ({{ canonical }}; {{ address }})\n'


@pytest.fixture
def story(make_project):
    """Return a small story with pages of charts, whose templates lead on from old addresses."""
    project = make_project(overlay=STORIES / "chart-pages")
    project.write("templates/gone.html", GONE)
    project.replace("templates/page.html", "<h1>", MOVED)
    project.write("content/en/words.toml", f'moved = "Moved:"\n{project.read("content/en/words.toml")}')
    project.write(
        "content/en/more.md", PAGE.format('"More"', '"More of it."', '[aliases]\nearly-or-lat = "early-or-late"\n')
    )
    project.replace(INDEX, 'small table says."\n', f'small table says."\n{ALIASES}')
    sources = project.read("content/en/sources.md").replace("+++\n\n", '[aliases]\nbeta-2022 = "beta-2024"\n+++\n\n')
    project.write("content/en/sources.md", sources)
    return project


def test_old_anchors_stand_where_their_matter_is(story):
    """In the heading or the chart; a line of the page has those of other pages, with the words that stand there."""
    site = story.build()
    text = site["index.html"].text

    assert '<h2 id="what-it-rests-on"><span id="rests"></span>What it rests on</h2>' in text
    assert '<figure id="totals" aria-labelledby="totals-title"><span id="old_totals"></span>' in text
    assert [line for line in text.splitlines() if "moved" in line] == [
        '<p class="moved" id="early">Moved: <a href="more.html#early-or-late">Early, or late?</a></p>',
        '<p class="moved" id="list">Moved: <a href="sources.html">Sources</a></p>',
        '<p class="moved" id="drawn">Moved: <a href="charts/totals.html">Trade came to more each year</a></p>',
    ]
    assert '<h2 id="early-or-late"><span id="early-or-lat"></span>Early' in site["more.html"].text
    assert "moved" not in site["charts/totals.html"].text
    assert '<li id="beta-2024"><span id="beta-2022"></span>' in site["sources.html"].text


def test_in_place_of_a_page_that_is_gone_lies_one_that_leads_on(story):
    """Of a chart's page in place of its frame, too, which leads to a frame; the list for robots has none of them."""
    site, base = story.build(), "https://example.org/repo"
    told = {address: file.text.split(" → ")[1] for address, file in site.items() if file.origin.endswith("gone.html")}
    late, chart = "more.html#early-or-late", "Trade came to more each year"

    assert told == {
        "charts/sums.html": f'<a href="totals.html">{chart}</a> ({base}/charts/totals.html; charts/totals.html)\n',
        "embed/sums.html": f'<a href="totals.html">{chart}</a> ({base}/charts/totals.html; embed/totals.html)\n',
        "charts/early.html": f'<a href="../{late}">Early, or late?</a> ({base}/more.html; {late})\n',
        "embed/early.html": f'<a href="../{late}">Early, or late?</a> ({base}/more.html; {late})\n',
        "questions.html": f'<a href="index.html#{RESTS}">What it rests on</a> ({base}/; index.html#{RESTS})\n',
    }
    assert not [address for address in told if address in site["sitemap.xml"].text]


def test_a_change_of_a_page_that_is_gone_leads_to_its_matter(story):
    """What readers were told of it stays."""
    change = '[[changes]]\nid = "out"\ndate = 2024-02-01\nkind = "published"\ntitle = "Out"\npages = ["charts/early"]\n'
    story.write("content/en/changes.toml", change)
    story.write("content/en/changes.md", PAGE.format('"Changes"', '"All."', 'template = "changes"\n'))
    story.replace("content/site.toml", 'base_url = "https://example.org/repo"\n', "")
    story.write("templates/changes.html", "{% for item in changes %}<p>{{ item.pages }}</p>{% endfor %}")

    assert (
        story.build()["changes.html"].text
        == "<p>((&#39;Early, or late?&#39;, &#39;more.html#early-or-late&#39;),)</p>\n"
    )


def test_links_of_texts_lead_where_their_matter_is(story):
    """A link to an old anchor, or to a page that is gone, is a problem that names the new address."""
    links = (
        f"[a](#rests), [b](index.md#early), [c](index.md#{RESTS}),\n[d](questions.html) and [e](more.md#early-or-lat)."
    )
    story.write(INDEX, f"{story.read(INDEX)}\n{links}\n")
    late, told = "more.html#early-or-late", "{}: found a link to {}, which has moved, expected {} (in index.html)"

    assert sorted(story.run("check").problems.splitlines()) == [
        told.format(f"{INDEX}:25", "#rests", f"index.html#{RESTS}"),
        told.format(f"{INDEX}:25", "index.html#early", late),
        told.format(f"{INDEX}:26", "more.html#early-or-lat", late),
        told.format(f"{INDEX}:26", "questions.html", f"index.html#{RESTS}"),
    ]


@pytest.mark.parametrize(
    ("alias", "problem"),
    [
        (
            'rests = "what-it-rest-on"',
            f'found the alias "rests" of #what-it-rest-on, {HERE}{MEAN}{RESTS}?',
        ),
        (f'totals = "{RESTS}"', 'found the alias "totals", which is an anchor of this page already'),
        (f'{RESTS} = "totals"', f'found the alias "{RESTS}", which is an anchor of this page already'),
        (
            'rests = "mor.md#early-or-late"',
            f'found the alias "rests" of mor.md, expected a page of the story{MEAN}more.md or sources.md or 404.md?',
        ),
        (
            'rests = "more.html#early-or-late"',
            f'found the alias "rests" of more.html, expected a page of the story{MEAN}more.md or sources.md?',
        ),
        (
            'rests = "more.md#early"',
            f"found a link to more.html#early, expected an anchor #early in more.html {IN}{MEAN}early-or-late?",
        ),
        (f'"my rests" = "{RESTS}"', f'found the alias "my rests", {OLD}'),
        (f'"../rests.html" = "{RESTS}"', f'found the alias "../rests.html", {OLD}'),
        (f'"more.html" = "{RESTS}"', f'found the alias "more.html", {OLD}'),
        (f'"charts/totals.html" = "{RESTS}"', f'found the alias "charts/totals.html", {OLD}'),
        ("rests = 5", "rests is 5, expected text in quotes"),
    ],
)
def test_an_alias_that_leads_nowhere_is_told_at_its_line(story, alias, problem):
    """With what is like it; an anchor that a heading has, or a page that is there, is no old one."""
    story.replace(INDEX, f'rests = "{RESTS}"', alias)

    assert story.run("check").problems == f"{INDEX}:7: {problem}"


def test_all_aliases_that_lead_nowhere_are_told_at_once(story):
    """Those of all pages."""
    story.replace(INDEX, f'rests = "{RESTS}"', '"a b" = "totals"\nc = "d.md"\ne = "f"')
    story.replace("content/en/more.md", 'early-or-lat = "early-or-late"', 'early-or-lat = "late"')
    places = [line.partition(": ")[0] for line in story.run("check").problems.splitlines() if "alias" in line]

    assert places == [f"{INDEX}:7", f"{INDEX}:8", f"{INDEX}:9", "content/en/more.md:5"]
