"""What ``make bench`` makes of what it has measured."""

import pytest

from tools.bench import __main__ as bench
from tools.bench import framework, growth, pages
from tools.bench.runs import BenchError, Kind, Row, measure_in_turn

GOOD, MISSED = (
    Row(Kind("a save", float, 0.8), [9, taken, 0.1], 2) for taken in (1.6, 1.7)
)


def broken(_folder):
    """Yield a row, then fail."""
    yield GOOD
    raise BenchError("found no Pelican")


@pytest.mark.parametrize(
    ("named", "told"),
    [
        pytest.param(["good"], (0, 1, ""), id="all within"),
        pytest.param(["missed", "good"], (1, 2, ""), id="a must is missed"),
        pytest.param(
            ["broken", "good"], (1, 2, "broken: found no Pelican\n"), id="a part fails"
        ),
        pytest.param(
            [], (1, 3, "broken: found no Pelican\n"), id="all but the long one"
        ),
    ],
)
def test_the_status_says_whether_all_is_what_it_must_be(
    named, told, monkeypatch, capsys
):
    """It is 1 where a must is missed or a part fails, and the others go on; the long
    part is measured by name alone.
    """
    parts = {
        "good": lambda _: iter([GOOD]),
        "missed": lambda _: iter([MISSED]),
        "broken": broken,
    }
    monkeypatch.setattr(bench, "PARTS", parts | {"memory": lambda _: iter([MISSED])})
    monkeypatch.setattr("sys.argv", ["bench", *named])

    status, printed = bench.main(), capsys.readouterr()

    assert (status, printed.out.count("a save"), printed.err) == told


def test_the_median_counts_as_a_multiple_of_what_was_measured_beside_it():
    """A base and each kind take turns; what is told is the middle one of each."""
    order = []
    kinds = [
        Kind(name, lambda name=name: order.append(name) or len(order), 1)
        for name in "ab"
    ]

    rows = list(measure_in_turn(lambda: order.append("base") or len(order), kinds, 3))

    assert order == ["base", "a", "b"] * 3
    assert [(row.base, list(row.taken)) for row in rows] == [
        (4, [2, 5, 8]),
        (4, [3, 6, 9]),
    ]
    assert [str(row).split()[-1] for row in (GOOD, MISSED)] == ["within", "MISSED"]


@pytest.mark.parametrize(("power", "good"), [(1, True), (1.5, False)])
def test_what_grows_faster_than_a_story_is_missed(power, good, monkeypatch, tmp_path):
    """One more of many costs what one more of few does, or the row is no good one."""
    monkeypatch.setattr(
        growth,
        "_make_and_measure_story",
        lambda _folder, _larger, size: 1 + size**power,
    )

    assert {row.good for row in growth.measure_growth(tmp_path)} == {good}


def test_pelican_gets_the_same_markdown(tmp_path):
    """Front matter becomes lines of metadata, and a link names a file as Pelican wants
    it.
    """
    pages.replace_story_with_plain_pages(tmp_path / "ours", tmp_path / "theirs", 2)
    ours = (tmp_path / "ours/content/en/page-0001.md").read_text("utf-8").split("\n", 5)
    theirs = (
        (tmp_path / "theirs/content/pages/page-0001.md")
        .read_text("utf-8")
        .split("\n", 3)
    )

    assert theirs[0] == ours[1].replace("title = ", "Title: ").replace('"', "")
    assert theirs[3].replace("{filename}", "") == ours[5]
    assert theirs[3].count("]({filename}") == pages.SECTIONS


def test_framework_gets_the_same_words_and_charts(tmp_path):
    """Its page holds each chart at its place, and no link that it could not follow."""
    charts = tmp_path / "charts"
    charts.mkdir()
    (charts / "medals.vl.json").write_text("{}", "utf-8")
    text = (
        "+++\ntitle = 'Gold'\n+++\n\nNorway won [16](fact:gold/2022/Norway), says the"
        " [IOC](https://example.org/ioc).\n\n![](chart:medals)\n"
    )

    framework.write_sources(tmp_path / "src", text, charts)

    written = (tmp_path / "src" / "index.md").read_text("utf-8")
    assert written.removeprefix(framework.HEAD) == (
        "\nNorway won 16, says the [IOC](https://example.org/ioc).\n\n"
        '```js\ndisplay(await draw(FileAttachment("medals.vl.json")));\n```\n'
    )
    assert (tmp_path / "src" / "medals.vl.json").is_file()
