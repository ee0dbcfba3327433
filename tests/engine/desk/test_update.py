"""Update: what publishers print comes in over real HTTP, what it does is said, and
faults keep no other source out.
"""

import hashlib
import subprocess
import sys

import pytest

from tests.engine.intake.tables import FIELD, with_log
from tests.engine.serving import Answer

TRADE, SOURCES, INDEX = "data/trade.csv", "data/sources.csv", "content/en/index.md"
CHALLENGE = (
    b"<!DOCTYPE html><html><head><script>run()</script></head><body>Just a"
    b" moment...</body></html>"
)
NOTHING = b"<p>Beta: trade of 2024, USD million, 2025-01-13</p>"


def page(
    publisher="Alpha",
    year="2024",
    unit="USD million",
    values=(115500, 129300, 244800),
    date="2025-01-13",
):
    """Return a page of a publisher as its adapter knows it."""
    rows = "".join(
        f"<tr><td>{flow}</td><td>{value}</td></tr>"
        for flow, value in zip(("export", "import", "total"), values, strict=True)
    )
    return f"<p>{publisher}: trade of {year}, {unit}, {date}</p><table>{rows}</table>".encode()


def with_publishers(project, server):
    """Let the publishers of a small story be on a server, one of them with what the
    story lacks.
    """
    server.says("/alpha/2024", Answer(page()))
    server.says("/beta/2024", Answer(NOTHING))
    project.replace("story/sources.py", "http://127.0.0.1:1", server.address)
    return with_log(project)


@pytest.fixture
def story(project, server, monkeypatch):
    """Return the small story, its publishers on the server; nobody waits for a busy
    one.
    """
    monkeypatch.setattr("time.sleep", lambda _: None)
    with_publishers(project, server).replace(
        INDEX,
        "trade came to [$240.1 billion](fact:total/2023)",
        "trade was [$240.1 billion](fact:total/latest)",
    )
    return project


def test_a_new_year_comes_in(story):
    """Its rows, its page; and what is to be done next is said."""
    outcome = story.run("import")

    assert (outcome.status, outcome.err) == (0, "")
    assert story.read(TRADE).endswith(
        "2024,export,115500,1,alpha-page-2024\n2024,import,129300,1,alpha-page-2024\n2024,total,244800,1,alpha-page-2024\n"
    )
    assert (
        "alpha-page-2024,Alpha,Trade of"
        " 2024,https://alpha.example/page/2024,2025-01-13\n" in story.read(SOURCES)
    )
    assert "Alpha: trade of 2024, USD million\n" in outcome.out
    assert (
        "3 rows new in trade: 2024, export; 2024, import; 2024, total\n" in outcome.out
    )
    assert "data/sources.csv, data/trade.csv: written\n" in outcome.out
    assert "\nNext: python build.py fix; " in outcome.out


@pytest.mark.parametrize(("month", "late"), [(1, True), (1000, False)])
def test_what_is_overdue_is_named_with_its_table_and_its_day(
    story, server, month, late
):
    """Whether publishers have nothing new or turn scripts away; what has just come in
    is overdue no more.
    """
    due = (
        f'[refresh]\nhow = "By hand."\ndue = {{ months = {month}, day = 14'
        " }\n\n[schema]"
    )
    story.write(
        "data/trade.toml", story.read("data/trade.toml").replace("[schema]", due, 1)
    )
    server.says("/alpha/2024", Answer(status=403))
    place = story.read("data/trade.toml").splitlines().index("[schema]") - 1

    outcome = story.run("import")

    named = (
        f"data/trade.toml:{place}: overdue: figures after 2023 were due by 2025-01-14\n"
        "    hint: if there are none, content/site.toml may say so: looked_on = "
    )
    assert (outcome.status, named in outcome.err, "overdue" in outcome.err) == (
        3,
        late,
        late,
    )
    assert (
        "overdue" not in story.run("import", "--dry-run").err + story.run("check").out
    )


def test_the_same_update_changes_nothing_more(story):
    """And says so; what is not newer is not asked for."""
    story.run("import")
    sources = story.sources()

    outcome = story.run("import")

    assert (outcome.status, story.sources()) == (0, sources)
    assert outcome.out.endswith("Nothing new\n")

    outcome = story.run("import", "--since", "2023-01")

    assert (outcome.status, story.sources()) == (0, sources)
    assert outcome.out.endswith("\nNothing new\n")


def test_where_and_when_a_page_was_read_stays_with_it(story):
    """Its day and the hash of its bytes, where the table of sources has columns for
    them.
    """
    story.write(
        SOURCES,
        story.read(SOURCES)
        .replace("\n", ",,\n")
        .replace("published,,", "published,accessed,sha256"),
    )
    columns = "".join(
        FIELD.format(*column, "")
        for column in (("accessed", "date"), ("sha256", "string"))
    )
    toml = story.read("data/sources.toml")
    story.write("data/sources.toml", f"{toml.rstrip()}\n\n{columns}")

    assert story.run("import").status == 0

    *_, accessed, digest = next(
        line for line in story.read(SOURCES).split("\n") if "page-2024" in line
    ).split(",")
    assert digest == hashlib.sha256(page()).hexdigest()
    assert accessed[:2] == "20"


def test_only_some_sources_are_asked(story, server):
    """Those that are named; a name that none has is told."""
    story.run("import", "--only", "beta")

    assert server.asked == ["/beta/2024"]

    outcome = story.run("import", "--only", "gamma")

    assert (outcome.status, "found no source gamma" in outcome.err) == (1, True)


@pytest.mark.parametrize(
    ("answer", "status", "message"),
    [
        (
            Answer(status=403),
            3,
            (
                "127.0.0.1 turns scripts away (status 403)\n    hint: open the address"
                " in a browser"
            ),
        ),
        (Answer(CHALLENGE), 3, "found a page that is only a script"),
        (Answer(status=500), 4, "answers with status 500, 5 times"),
        (
            Answer(b"<h1>Sorry</h1><p>An error has occurred</p>"),
            4,
            "found no trade of Alpha, expected a year",
        ),
    ],
)
def test_one_source_that_is_down_keeps_no_other_out(
    story, server, answer, status, message
):
    """The other comes in; the exit status and a line with the address say which did
    not.
    """
    server.says("/alpha/2024", answer)
    server.says("/beta/2024", Answer(page("Beta")))

    outcome = story.run("import")

    assert outcome.status == status
    assert f"{server.address}/alpha/2024: " in outcome.err
    assert message in outcome.err
    assert "2024,total,244800,1,beta-page-2024\n" in story.read(TRADE)


def test_a_person_is_told_what_to_save(story, server):
    """A page whose host turns scripts away; and what an adapter says of its own."""
    told = ", by_hand='open the list, save the newest page')"
    story.replace("story/sources.py", "list_addresses)\n", f"list_addresses{told}\n")
    address = server.says("/alpha/2024", Answer(status=403))

    outcome = story.run("import")

    assert "alpha: open the list, save the newest page\n" in outcome.out
    assert (
        f"{address}: 127.0.0.1 turns scripts away (status 403)\n    hint: open the"
        " address in a browser, save the page, then: python build.py import FILE"
        " --address ADDRESS" in outcome.err
    )


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            b"<html><body>Sorry, an error</body></html>",
            "found no trade of Alpha, expected a year",
        ),
        (
            page(values=("115500*", 1, 2)),
            "found 115500* as the export, expected a number",
        ),
    ],
)
def test_a_page_that_is_not_what_was_asked_for_is_told(story, server, body, message):
    """With its address; and nothing is written."""
    sources = story.sources()
    address = server.says("/alpha/2024", Answer(body))

    outcome = story.run("import")

    assert (outcome.status, story.sources()) == (4, sources)
    assert f"{address}: {message}" in outcome.err


def test_a_total_that_is_no_sum_is_written_nowhere(story, server):
    """The story's own check holds what came in, before anything is written."""
    sources = story.sources()
    server.says("/alpha/2024", Answer(page(values=(115500, 129300, 254800))))

    outcome = story.run("import")

    assert (outcome.status, story.sources()) == (1, sources)
    assert "found 254800, expected 244800" in outcome.err


def test_a_mistake_in_an_adapter_is_told_at_its_line(story):
    """No traceback; the other sources come in."""
    story.replace(
        "story/sources.py", "        newest = ", "        1 / 0\n        newest = "
    )

    outcome = story.run("import")

    assert outcome.status == 4
    assert (
        'the adapter "alpha" raises ZeroDivisionError: division by zero' in outcome.err
    )
    assert "Traceback" not in outcome.err


TAKING = ("press.intake", "urllib3", "bs4", "python_calamine")
TELLING = (
    "press.binding",
    "press.content",
    "press.figures",
    "press.pages",
    "jinja2",
    "markdown",
    "altair",
    "pandas",
)


@pytest.mark.parametrize(
    ("code", "others"),
    [
        ("import press.desk.stages, press.desk.verbs, press.pages", TAKING),
        ("import press.desk.intake", (*TELLING, *TAKING[1:])),
    ],
)
def test_a_verb_imports_nothing_that_others_need(code, others):
    """A build nothing that takes in what is new; what merges a file no texts, charts
    and pages, and no network.
    """
    code = f"import sys, build; {code}; print(*sys.modules)"

    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()

    assert [name for name in loaded if name.startswith(others)] == []
