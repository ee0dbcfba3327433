"""Bad input: a clear error, nothing lost.

Each mistake that an author may make, and what is said about it: the files of
``mistakes/`` name it, how it is made, and what a build says of it.

The mistakes are made in the base story (``tests/engine/stories/base``) after a good
build.
"""

import shutil
import tomllib
from pathlib import Path

import pytest

from tests.engine.figures.test_pool import end_process

MISTAKES = Path(__file__).parent / "mistakes"
SITE, INDEX, CODE = "content/site.toml", "content/en/index.md", "story/charts.py"
PLACES = [
    SITE,
    "content/en/words.toml",
    INDEX,
    "content/en/charts/totals.md",
    "data/trade.csv",
    "data/trade.toml",
    "data/sources.csv",
    "templates/page.html",
    "templates/figure.html",
    "templates/static/site.css",
]
NO_ADDRESSES = [
    "javascript:alert()",
    "//example.org/a",
    "https://",
    "https:///a",
    "ftp://example.org",
    "a.html",
    "https://example.org/a b",
    "https://example.org/<b>",
    "https://exa mple.org",
    " https://example.org",
    "mailto:example.org",
    "data:text/html,x",
]


def read_mistakes():
    """Yield the name of each mistake with the steps that make it and what is said of
    it.
    """
    for path in sorted(MISTAKES.glob("*.toml")):
        for name, case in tomllib.loads(path.read_text("utf-8")).items():
            yield f"{path.stem}: {name}", case["make"], case["told"]


def make_mistake(project, step, place, *details):
    """Do a step of those that make a mistake, which names a file of a project."""
    path = project.root / place
    match step:
        case "swap":
            project.replace(place, *details)
        case "put":
            project.write(place, *details)
        case "append":
            project.write(place, project.read(place) + details[0])
        case "encode":
            project.write(place, project.read(place).encode(*details))
        case "copy":
            project.write(details[0], project.read(place))
        case "move":
            path.rename(project.root / details[0])
        case "link":
            path.symlink_to(*details)
        case "drop" if path.is_dir():
            shutil.rmtree(path)
        case "drop":
            path.unlink()
        case _:
            raise ValueError(step)


def build_refused(project):
    """Return what a build says of mistakes; it must not change anything."""
    sources, site = project.sources(), project.published()

    outcome = project.run("build")

    assert outcome.status == 1
    assert "Traceback" not in outcome.out + outcome.err
    assert project.published() == site
    assert project.sources() == sources
    return outcome.problems


@pytest.mark.parametrize(
    ("steps", "told"),
    [pytest.param(steps, told, id=name) for name, steps, told in read_mistakes()],
)
def test_a_mistake_is_told_and_nothing_is_lost(published, steps, told):
    """What cannot be read, true, shown or drawn stops the build, which says where and
    why.
    """
    for step in steps:
        make_mistake(published, *step)

    assert build_refused(published) == told


@pytest.mark.parametrize("address", NO_ADDRESSES)
@pytest.mark.parametrize(
    ("key", "example"), [("base_url", "repository"), ("repository", "page")]
)
def test_what_is_no_address_is_told(published, key, example, address):
    """Pages lead to the site and to where its texts are kept."""
    published.write(SITE, published.read(SITE) + f'{key} = "{address}"\n')

    assert build_refused(published) == (
        f'{SITE}:3: {key}: found "{address}", expected an address such as'
        f" https://example.org/{example}"
    )


@pytest.mark.parametrize(
    ("place", "old", "new", "told"),
    [
        (
            "data/trade.toml",
            "300000 }",
            "9" * 5000 + " }",
            (
                "59: found broken TOML: Exceeds the limit (4300 digits) for integer"
                " string conversion: value has 5000 digits; use"
                " sys.set_int_max_str_digits() to increase the limit"
            ),
        ),
        (
            INDEX,
            '"The story"',
            "[" * 5000 + "]" * 5000,
            "2: lists or tables stand too deep in each other",
        ),
    ],
)
def test_a_value_that_is_too_long_is_told(published, place, old, new, told):
    """A number of many digits, and lists in each other."""
    published.replace(place, old, new)

    assert build_refused(published) == f"{place}:{told}"


def test_a_drawing_process_that_dies_is_told_and_nothing_is_lost(
    published, monkeypatch
):
    """A drawing process that dies stops the build, which names the chart that was being
    drawn.
    """
    monkeypatch.setattr("press.figures.pool.draw_svg", end_process)
    published.pool = None
    published.replace(CODE, "height=120", "height=130")

    problems = build_refused(published)

    assert (
        problems
        == "story/charts.py:14: the chart totals cannot be drawn: a process that draws"
        " has died"
    )


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("change", ["a byte-order mark", "CRLF", "both"])
def test_a_byte_order_mark_and_windows_line_ends_are_accepted(published, place, change):
    """Files as Windows programs save them give the same site as without their marks and
    line ends.
    """
    body = published.read(place).encode()
    body = body if change == "a byte-order mark" else body.replace(b"\n", b"\r\n")
    published.write(place, body if change == "CRLF" else b"\xef\xbb\xbf" + body)
    site = published.published()

    outcome = published.run("build")

    assert (outcome.status, outcome.err) == (0, "")
    assert published.published() == site
