"""Merging: nothing is lost, nothing is guessed, and nothing is written while a question
is open.
"""

from itertools import starmap

import pytest

from press.ground.errors import BuildError
from press.intake import Release, ReleaseRow
from tests.cases import load_cases
from tests.engine.intake.tables import BODY, DATA, Folder, lines, page, release

CASES = load_cases(__file__)
CSV = (DATA / "sums.csv").read_text("utf-8")
ROW = {
    "month": "2024-04",
    "flow": "in",
    "value": "400",
    "value_precision": "1",
    "growth_percent": "",
    "growth_precision": "",
    "status": "published",
    "source_ids": "body-1",
    "note": "",
}
MARCH = ROW | {"month": "2024-03", "value": "310", "source_ids": "press-2024"}
PRESS = page("press-2024", "2024-03-15", "press") | {
    "address": "https://press.example/"
}
LATER = page("later", "2025-04-01")
MOVED = LATER | {"address": "https://elsewhere.example/"}


def later(*place, width="1", source=LATER, **figures):
    return release(*place, width=width, source=source, **figures)


def of_year(value):
    return Release("R.", LATER, [ReleaseRow("means", {"year": "2023", "mean": value})])


@pytest.fixture
def folder(tmp_path):
    """Return small tables in a folder."""
    return Folder(tmp_path)


def came(before, after):
    """Return the lines that a table has gained."""
    return [line for line in after.splitlines() if line not in before.splitlines()]


def make_release(given):
    """Return what a case imports: a row that a person has typed, or figures of a
    page.
    """
    if "row" in given:
        return lines(given["row"])
    figures = dict(given)
    source = page(*figures.pop("page")) if "page" in figures else BODY
    return release(source=source, **figures)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_releases_give_rows_the_log_and_a_report(folder, case):
    """Each is merged into what the one before has left; again, it changes
    nothing more.
    """
    for given in case["imports"]:
        together = given if isinstance(given, list) else [given]
        releases = [make_release(each) for each in together]
        result = folder.merge(*releases)

    assert came(CSV, folder.text()) == case["sums"]
    assert folder.text("revisions").splitlines()[1:] == case["log"]
    assert case["said"] in result.said
    again = folder.plan(*releases)
    assert (again.files, again.questions) == ({}, {})


def test_a_december_is_its_year_s(folder):
    """A finer print of it is, too; another figure for it is a revision in
    both tables.
    """
    folder.merge(
        release(
            "2024-12", value="1340", width="1", source=page("body-12", "2025-01-14")
        )
    )
    folder.merge(
        release(
            "2024-12", value="1340.2", width="0.1", source=page("fine", "2025-01-18")
        )
    )
    folder.merge(
        release(
            "2024-12", value="1352", width="1", source=page("body-13", "2026-01-14")
        )
    )

    assert folder.text("years").splitlines()[2:] == [
        "2024,in,1340.2,0.1,published,fine;body-12"
    ]
    assert [
        line.split(",")[0] for line in folder.text("revisions").splitlines()[1:]
    ] == ["sums", "years"]


def test_a_figure_that_is_worked_out_is_compared_within_its_rounding(folder):
    """A mean of 215.3025, rounded in another way, is no revision; one that lies further
    off is.
    """
    assert "1 row changed in means: 2023" in folder.merge(of_year("215.302")).said
    assert folder.text("revisions").count("\n") == 1

    folder.merge(of_year("215.304"))
    folder.merge(of_year("215.31"))

    assert folder.text("means").splitlines()[1] == "2023,215.31,later;press-2024"
    assert folder.text("revisions").count("\n") == 2


@pytest.mark.parametrize(
    ("published", "stands"), [("2025-04-01", "318"), ("2024-03-20", "310")]
)
def test_a_table_that_follows_revisions_has_the_later_print(
    tmp_path, published, stands
):
    """In whatever order they come; the log keeps the first."""
    folder = Folder(tmp_path, follows=True)
    folder.merge(release(value="310", width="1"))
    folder.merge(release(value="318", width="1", source=page("other", published)))

    assert folder.text().splitlines()[3].split(",")[2] == stands
    old, new = ("310", "318") if stands == "318" else ("318", "310")
    assert [
        line.split(",")[3:5] for line in folder.text("revisions").splitlines()[1:]
    ] == [[old, new]]


def test_a_file_keeps_its_rows(folder):
    """But those that are new or have changed."""
    folder.merge(
        release("2025-03", value="330", width="1", source=page("new", "2025-04-08"))
    )
    folder.merge(release("2024-02", "out", value="94", width="1"))

    after, before = folder.text().split("\n"), CSV.split("\n")
    assert (
        after[2] == "2024-02,out,94,1,5,1,published,body-1;press-2024,One report only."
    )
    assert after[:2] + after[3:5] == before[:2] + before[3:5]
    assert after[5:] == ["2025-03,in,330,1,,,published,new,", ""]


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({"month": "2025-03", "value": "500"}, "2025-03/in/value"),  # after 310
        ({"month": "2025-03", "value": "200"}, "2025-03/in/value"),
        # from its own old value
        ({"month": "2024-03", "value": "480"}, "2024-03/in/value"),
        # 310 follows it
        ({"month": "2023-03", "value": "150"}, "2024-03/in/value"),
        (
            {"month": "2025-02", "value": "220", "growth": "70"},
            "2025-02/in/growth_percent",
        ),
    ],
)
def test_a_jump_is_asked_about(folder, given, asked):
    """Nothing is written, not even what is clear, until a person says that it is so."""
    clear = release("2024-03", "out", value="160", width="1")
    given = (
        {"width": "1"} | given | ({"growth_width": "1"} if "growth" in given else {})
    )
    far = release(source=LATER, **given)

    plan = folder.merge(clear, far)

    assert (plan.files, folder.text()) == ({}, CSV)
    assert [*plan.questions] == [f"sums/{asked}"]
    assert folder.merge(clear, far, answered=plan.questions).files != {}


@pytest.mark.parametrize(
    ("month", "asked"),
    [
        pytest.param("2024-04", ["sums/2024-04/in/value"], id="last month's"),
        pytest.param("2025-03", ["sums/2025-03/in/value"], id="that of a year before"),
        pytest.param("2032-03", [], id="by chance"),
    ],
)
def test_the_total_of_a_month_that_is_near_is_asked_about(folder, month, asked):
    """A page may show the figures of another month under its title; eight years later
    it does not.
    """
    page_of_month = page("late", "2033-01-01")
    given = release(month, "in", value="310", width="1", source=page_of_month)

    assert [*folder.plan(given).questions] == asked


@pytest.mark.parametrize(("count", "asked"), [(12, []), (13, ["means/series"])])
def test_many_revisions_at_once_are_asked_about(folder, count, asked):
    """Each may be small: a page may print them a row further down."""
    means = {str(2000 + number): 215 + number for number in range(count)}
    folder.merge(
        lines(
            *(
                {"year": year, "mean": str(mean), "source_ids": "press-2024"}
                for year, mean in means.items()
            ),
            table="means",
        )
    )
    again = [
        ReleaseRow("means", {"year": year, "mean": f"{mean}.5"})
        for year, mean in means.items()
    ]

    plan = folder.plan(Release("R.", LATER, again))

    assert [*plan.questions] == asked
    assert folder.plan(Release("R.", LATER, again), answered=asked).files != {}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            [later("2025-03", "sideways", value="330")],
            'flow: found "sideways", expected one',
        ),
        (
            [later("2025-13", value="330")],
            'month: found "2025-13", expected a month like',
        ),
        ([later("2025-03", value="3")], "value: found 3, expected at least 10 tonnes"),
        (
            [later("2025-03")],
            "sums/2025-03/in/value: found an empty cell, expected a value",
        ),
        (
            [later("2025-05", value="600")],
            "found a figure of 2025-05 on a page of 2025-04-01",
        ),
        (
            [lines(MARCH | {"value": "312"})],
            ("sums/2024-03/in/value: found 312 in press-2024, which is cited for 310"),
        ),
        (
            [
                lines(
                    {name.replace("value", "valeu"): text for name, text in ROW.items()}
                )
            ],
            "sums/2024-04/in/valeu: found no such column in data/sums.toml",
        ),
        (
            [release("2024-04", value="400", source=page("press-2024"))],
            'found the id "press-2024" for https',
        ),
        (
            [later("2025-03", value="330"), later("2025-04", source=MOVED)],
            'found the id "later" for https://e',
        ),
        (
            [lines(MARCH | {"month": "2025-03", "note": "Not \u202e204"})],
            (
                "sums/2025-03/in/note: found RIGHT-TO-LEFT OVERRIDE (U+202E), which"
                " nobody sees, expected none"
            ),
        ),
        (
            [later("2025-03", value="330", source=LATER | {"publisher": "L\u2060."})],
            "found WORD JOINER (U+2060)",
        ),
    ],
)
def test_what_cannot_be_so_is_refused(folder, given, message):
    """With what was found and what was expected, where the row stands."""
    with pytest.raises(BuildError) as caught:
        folder.plan(*given)

    assert message in str(caught.value)


def test_a_figure_is_printed_once_in_a_release(folder):
    """Two of them, and nobody knows which."""
    one, other = (later("2025-03", value=value) for value in ("330", "331"))

    with pytest.raises(
        BuildError, match="sums/2025-03/in: found two rows for it, expected one"
    ):
        folder.plan(one._replace(lines=[*one.lines, *other.lines]))


def test_a_page_is_known_by_its_address(folder):
    """It keeps the id that it has, and so does one that comes twice."""
    same = PRESS | {"id": "other"}
    folder.merge(release("2024-03", "out", value="160", width="1", source=same))
    folder.merge(
        *(
            release(
                month,
                value=value,
                width="1",
                source=page("new", "2024-06-01") | {"id": name},
            )
            for month, value, name in (
                ("2024-04", "400", "new"),
                ("2024-05", "450", "renamed"),
            )
        )
    )

    assert "2024-03,out,160,1,,,published,press-2024,\n" in folder.text()
    assert [line.split(",")[0] for line in folder.text("sources").splitlines()[1:]] == [
        "copy-2024",
        "new",
        "press-2024",
    ]


def test_a_page_says_when_something_was_last_taken_from_it(folder):
    """Not when a program looked and found nothing new."""
    first, *later = (BODY | {"accessed": f"2024-04-0{day}"} for day in (2, 3, 4))
    one = release("2024-03", "out", value="160", width="1", source=first)
    folder.merge(one)
    folder.merge(one._replace(source=later[0]))
    assert "2024-04-02" in folder.text("sources")

    folder.merge(
        one._replace(source=later[1]),
        release("2024-02", "out", value="91", width="1", source=later[1]),
    )

    assert (
        "body-1,https://body.example/1,2024-04-01,2024-04-04,,primary"
        in folder.text("sources")
    )


@pytest.mark.parametrize("order", [1, -1])
def test_rows_come_in_any_order(folder, order):
    """And stand in that of their keys, as a person wrote them."""
    new = lines(page("new", "2024-07-01"), table="sources")
    months = [("2024-04", "400"), ("2024-05", "450"), ("2024-06", "500")][::order]
    rows = starmap(
        lambda month, value: lines(
            ROW
            | {
                "month": month,
                "value": value,
                "source_ids": "new;press-2024",
                "note": 'So "it" is',
            }
        ),
        months,
    )

    folder.merge(*rows, new)

    assert folder.text().splitlines()[4:6] == [
        '2024-04,in,400,1,,,published,new;press-2024,"So ""it"" is"',
        '2024-05,in,450,1,,,published,new;press-2024,"So ""it"" is"',
    ]


def test_a_table_without_pages_takes_what_a_person_sets(folder):
    """It has no prints, and so no revisions."""
    rows = (
        {"id": name, "most": most} for name, most in (("first", "6"), ("second", "7"))
    )

    assert (
        "1 row changed in limits: first"
        in folder.merge(*(lines(row, table="limits") for row in rows)).said
    )

    assert folder.text("limits") == "id,most\nfirst,6\nsecond,7\n"
    assert folder.text("revisions").count("\n") == 1


def test_a_story_without_a_log_is_told_that_it_needs_one(folder):
    """Only when something was printed differently."""
    for end in ("csv", "toml"):
        (folder.root / f"data/revisions.{end}").unlink()
    folder.plan(release(value="310", width="1"))

    with pytest.raises(
        BuildError, match=r"^data/revisions\.csv:1: found no such table, expected one"
    ):
        folder.plan(release(value="318", width="1"))
