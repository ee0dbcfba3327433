"""Merging: nothing is lost, nothing is guessed, and nothing is written while a question is open."""

from __future__ import annotations

from itertools import starmap

import pytest

from press.desk.intake import told
from press.ground.errors import BuildError
from tests.engine.intake.tables import BODY, TABLES, Folder, lines, page, release

CSV = TABLES["sums"][1]
ROW = {
    "month": "2024-04",
    "flow": "in",
    "value": "400",
    "value_precision": "1",
    "growth_percent": "",
    "growth_precision": "",
    "status": "published",
    "source_ids": "press-2024",
    "note": "",
}


@pytest.fixture
def folder(tmp_path):
    """Return small tables in a folder."""
    return Folder(tmp_path)


def kinds(plan):
    """Return the kinds of the questions that wait."""
    return [question.name.rpartition(":")[2] for question in plan.questions]


def test_a_new_row_stands_where_its_key_belongs(folder):
    """Every other byte of the file stays as it is; its page is known from then on."""
    plan = folder.merge(release("2024-03", "out", value="160", width="1"))

    before, after = CSV.split("2025-02,")
    assert folder.text() == f"{before}2024-03,out,160,1,,,published,body-1,\n2025-02,{after}"
    assert folder.text("sources").splitlines()[1] == "body-1,https://body.example/1,2024-04-01,,,primary"
    assert (plan.added, plan.sources) == ((("sums", ("2024-03", "out")),), ("body-1",))


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("last", [True, False], ids=["closed", "open"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "marked"])
def test_bytes_that_are_not_changed_stay(folder, end, last, mark):
    """Line ends, a byte-order mark, quotation marks that nobody needs, and whether the last line has an end."""
    text = mark + CSV.replace("copy-2024,Worked out.", '"copy-2024","Worked out."').replace("\n", end)
    path = folder.root / "data/sums.csv"
    path.write_bytes((text if last else text.removesuffix(end)).encode())

    folder.merge(release("2025-03", value="330", width="1", source=page("new", "2025-04-08")))
    folder.merge(release("2024-02", "out", value="94", width="1"))

    lines_of_file = folder.text().split(end)
    assert lines_of_file[:2] == text.split(end)[:2]
    assert lines_of_file[2] == "2024-02,out,94,1,5,1,published,body-1;press-2024,One report only."
    assert lines_of_file[3:5] == text.split(end)[3:5]
    assert lines_of_file[5] == "2025-03,in,330,1,,,published,new,"
    assert lines_of_file[6:] == ([""] if last else [])


def test_a_copy_of_the_same_figure_is_cited(folder):
    """By its rank: the body that made the figure before those who copy it."""
    plan = folder.merge(release("2024-02", value="200", width="1"))

    assert "2024-02,in,200,1,,,published,body-1;press-2024;copy-2024,\n" in folder.text()
    assert (plan.unchanged, plan.cited) == (1, (("sums", ("2024-02", "in"), "body-1"),))


def test_a_coarser_print_comes_last(folder):
    """However high its rank: the finest print is the first."""
    folder.merge(release("2024-02", value="200", width="10"))

    assert "2024-02,in,200,1,,,published,press-2024;copy-2024;body-1,\n" in folder.text()


@pytest.mark.parametrize("value", ["309.6", "310.9"], ids=["rounded", "cut off"])
def test_a_finer_print_stands(folder, value):
    """It is the same figure, known more exactly: no revision."""
    plan = folder.merge(release(value=value, width="0.1"))

    assert f'2024-03,in,{value},0.1,4.5,0.1,published,body-1;press-2024,"A, with a comma"\n' in folder.text()
    assert (len(plan.finer), plan.revised) == (1, ())
    assert plan.notes == (("sums", ("2024-03", "in"), "A, with a comma"),)


def test_a_printed_figure_stands_before_a_derived_one(folder):
    """The row is no longer derived, and the note on how it was goes."""
    folder.merge(release("2025-02", value="221", width="10", source=page("body-2", "2025-03-08")))

    assert "2025-02,in,221,10,10,1,published,body-2;copy-2024,\n" in folder.text()
    assert folder.text("revisions").splitlines()[1] == (
        'sums,"month=2025-02;flow=in",value,220,221,2025-03-08,copy-2024,body-2'.replace('"', "")
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"month": "2025-02", "value": "220", "width": "10"}, "known more exactly: {} 220, printed, not derived"),
        ({"value": "310.4", "width": "0.1"}, "known more exactly: {} 310 → 310.4, known to 0.1, not 1"),
        ({"value": "318", "width": "1"}, "revised: {} 310 → 318"),
        ({"growth": "3", "month": "2024-02"}, "filled in: {} empty → 3"),
    ],
)
def test_a_change_is_told_with_how_exactly_the_figure_is_known(folder, given, said):
    """Where that has changed; a derived figure that is printed as it was is told as such."""
    plan = folder.plan(release(source=page("body-2", "2025-03-08"), **given))
    column = "growth_percent" if "growth" in given else "value"

    place = f"sums/{given.get('month', '2024-03')}/in {column}"
    assert f"1 figure {said.format(place)}" in list(told(plan, dry=True))


def test_a_revision_is_logged_and_the_first_print_stands(folder):
    """Another figure for the same row, on a later page of the same body."""
    folder.merge(release(value="310", width="1"))

    plan = folder.merge(release(value="318", width="1", source=page("later", "2025-04-01")))

    assert "2024-03,in,310,1,4.5,0.1,published,body-1;press-2024," in folder.text()
    assert folder.text("revisions").splitlines()[1:] == [
        "sums,month=2024-03;flow=in,value,310,318,2025-04-01,body-1;press-2024,later"
    ]
    assert [change.new for change in plan.revised] == ["318"]


@pytest.fixture
def following(folder):
    """A folder whose sums follow revisions, with 310 as the body printed it."""
    path = folder.root / "data/sums.toml"
    follows = '[refresh]\nhow = "H."\nfollows_revisions = true\n[schema]'
    path.write_text(path.read_text("utf-8").replace("[schema]", follows, 1), "utf-8")
    folder.merge(release(value="310", width="1"))
    return folder


def test_a_table_that_follows_revisions_takes_the_later_print(following):
    """The log keeps the first."""
    following.merge(release(value="318", width="1", source=page("later", "2025-04-01")))

    assert "2024-03,in,318,1,4.5,0.1,published,later;body-1;press-2024," in following.text()
    assert following.text("revisions").splitlines()[1:] == [
        "sums,month=2024-03;flow=in,value,310,318,2025-04-01,body-1;press-2024,later"
    ]


def test_a_table_that_follows_revisions_keeps_the_later_print(following):
    """An older page with another figure came in after it: that one is the first, and goes to the log."""
    following.merge(release(value="302", width="1", source=page("older", "2024-03-20")))

    assert "2024-03,in,310,1,4.5,0.1,published,body-1;press-2024," in following.text()
    assert [line.split(",")[2:5] for line in following.text("revisions").splitlines()[1:]] == [["value", "302", "310"]]


def test_a_copy_does_not_revise_what_the_body_printed(following):
    """It is asked about, also where the table follows revisions."""
    plan = following.plan(release(value="318", width="1", source=page("quoted", "2025-04-01", strength="press")))

    assert [question.name for question in plan.questions] == ["sums/2024-03/in/value:copy"]


def test_a_page_that_differs_in_one_figure_is_not_cited_first(folder):
    """A later page of the body prints the same growth and another sum: the sum rests on those before it."""
    folder.merge(release(value="310", width="1"))
    folder.merge(release(value="318", width="1", growth="4.5", growth_width="0.1", source=page("later", "2025-04-01")))

    assert "2024-03,in,310,1,4.5,0.1,published,body-1;press-2024;later," in folder.text()


@pytest.mark.parametrize("published", ["2024-03-14", "2024-04-01"], ids=["before", "within the release"])
def test_the_print_of_the_body_itself_is_the_first(folder, published):
    """A page that quotes it has another figure: that one goes to the log."""
    folder.merge(release(value="318", width="1", source=page("body-9", published)))

    assert "2024-03,in,318,1,4.5,0.1,published,body-9;press-2024," in folder.text()
    assert folder.text("revisions").splitlines()[1:] == [
        "sums,month=2024-03;flow=in,value,318,310,2024-03-15,body-9,press-2024"
    ]


@pytest.mark.parametrize("published", ["2024", "2024-03", "undated", "2024-03-16"])
def test_a_page_that_may_be_the_younger_one_is_not_the_first(folder, published):
    """Of a month and a day in it, nobody knows which came first."""
    plan = folder.merge(release(value="318", width="1", source=page("press-9", published, "press")))

    assert "2024-03,in,310,1,4.5,0.1,published,press-2024," in folder.text()
    assert [change.new for change in plan.revised] == ["318"]


SAME_PAGE = {"month": "2024-02", "value": "203", "source_ids": "copy-2024"}


def test_a_figure_that_was_misread_is_replaced_and_logged_nowhere(folder):
    """Also where it is far from the right one: a digit too many."""
    slip = CSV.replace("2024-03,in,310,", "2024-03,in,3100,")
    (folder.root / "data/sums.csv").write_bytes(slip.encode())
    row = lines(ROW | {"month": "2024-03", "value": "310", "note": ""})
    assert kinds(folder.plan(row)) == ["misread"]

    plan = folder.merge(row, answered=["sums/2024-03/in/value:misread"])

    assert (kinds(plan), plan.revised, [change.new for change in plan.corrected]) == ([], (), ["310"])
    assert folder.text() == CSV
    assert folder.text("revisions").count("\n") == 1


def test_a_page_that_its_publisher_has_changed_is_a_revision(folder):
    """The first print stands; what the log holds is not asked about again."""
    row = lines(ROW | SAME_PAGE | {"source_ids": "press-2024"})

    plan = folder.merge(row, answered=["sums/2024-02/in/value:revised"])

    assert ([change.new for change in plan.revised], folder.text()) == (["203"], CSV)
    assert folder.text("revisions").splitlines()[1:] == [
        "sums,month=2024-02;flow=in,value,200,203,2024-03-15,press-2024;copy-2024,press-2024"
    ]
    again = folder.plan(row)
    assert (again.files, again.questions, again.revised) == ({}, (), ())


def test_a_page_that_a_program_reads_is_asked_about_unless_its_table_follows_revisions(folder):
    """Such a page is the same file, printed anew; what a person has written there is asked about all the same."""
    folder.merge(release(value="310", width="1"))
    anew = release(value="318", width="1")
    assert kinds(folder.plan(anew)) == ["misread"]
    path = folder.root / "data/sums.toml"
    follows = '[refresh]\nhow = "H."\nfollows_revisions = true\n[schema]'
    path.write_text(path.read_text("utf-8").replace("[schema]", follows, 1), "utf-8")

    assert kinds(folder.plan(lines(ROW | SAME_PAGE))) == ["misread"]
    assert [change.new for change in folder.merge(anew).revised] == ["318"]


def test_a_copy_that_differs_is_asked_about(folder):
    """It may be a misprint: nothing is written until a person says that it is a revision."""
    folder.merge(release(value="310", width="1"))
    before, copy = folder.text(), release(value="318", width="1", source=page("copy-9", "2025-04-01", "reprint"))

    assert kinds(folder.merge(copy)) == ["copy"]
    assert folder.text() == before

    plan = folder.merge(copy, answered=["sums/2024-03/in/value:copy"])

    assert (kinds(plan), folder.text(), len(plan.revised)) == ([], before, 1)


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"month": "2025-03", "value": "500"}, "jump"),  # from 310 a year before
        ({"month": "2025-03", "value": "200"}, "jump"),
        ({"month": "2024-03", "value": "480"}, "jump"),  # from its own old value
        ({"month": "2025-02", "value": "220", "growth": "70"}, "jump"),
        ({"month": "2025-03", "value": "215"}, "fall"),  # below 220 of the month before
        ({"month": "2025-01", "value": "230"}, "fall"),
        ({"month": "2025-03", "value": "330", "unit": "kg"}, "unit"),
        ({"month": "2025-05", "value": "600"}, "early"),
    ],
)
def test_a_question_stops_everything(folder, given, kind):
    """Nothing of the update is written, not even what is clear."""
    clear = release("2024-03", "out", value="160", width="1")
    given = {"width": "1"} | given | ({"growth_width": "1"} if "growth" in given else {})

    plan = folder.merge(clear, release(source=page("asked", "2025-04-01"), **given))

    assert kind in kinds(plan)
    assert plan.files == {}
    assert folder.text() == CSV


def test_a_wrong_unit_has_no_answer(folder):
    """A figure in another unit is another figure."""
    wrong = release("2025-03", value="330", width="1", unit="kg", source=page("asked", "2025-04-01"))

    plan = folder.merge(wrong, answered=[question.name for question in folder.plan(wrong).questions])

    assert kinds(plan) == ["unit", "unit"]
    assert folder.text() == CSV


@pytest.mark.parametrize("values", [("330", "331"), ("331", "330")])
def test_a_figure_that_two_pages_print_differently_is_refused(folder, values):
    """In one update, and in one release."""
    pages = [page("one", "2025-04-01"), page("two", "2025-04-01")]
    prints = [release("2025-03", value=value, width="1", source=own) for value, own in zip(values, pages, strict=True)]

    assert "twice" in kinds(folder.merge(*prints))
    cells = [*prints[0].cells, *prints[1].cells]
    assert "twice" in kinds(folder.merge(prints[0]._replace(cells=cells)))
    assert folder.text() == CSV


def test_two_pages_may_print_one_figure_more_and_less_exactly(folder):
    """The finer stands, in whatever order they come."""
    fine = release("2025-03", value="330.4", width="0.1", source=page("fine", "2025-04-01"))
    coarse = release("2025-03", value="330", width="1", source=page("coarse", "2025-04-01"))

    folder.merge(coarse, fine)

    assert "2025-03,in,330.4,0.1,,,published,fine;coarse,\n" in folder.text()


def test_coverage_that_shrinks_is_asked_about(folder):
    """A page that printed a row, and prints it no more, may be broken."""
    folder.merge(release("2024-03", "out", value="160", width="1"), release("2024-04", "out", value="210", width="1"))

    plan = folder.merge(release("2024-04", "out", value="210", width="1"))

    assert [question.name for question in plan.questions] == ["sums/body-1:coverage"]


def test_a_row_that_a_page_no_longer_prints_is_asked_about(folder):
    """Although another page prints it, too."""
    folder.merge(release(value="310", width="1"))

    plan = folder.merge(release("2024-03", "out", value="160", width="1"))

    assert [question.name for question in plan.questions] == ["sums/body-1:coverage"]
    assert "sums/2024-03/in" in plan.questions[0].words


def test_a_publisher_that_prints_less_than_before_is_asked_about(folder):
    """One flow of two, a month later, on another page of it."""
    folder.merge(release("2024-04", value="400", width="1"), release("2024-04", "out", value="210", width="1"))
    path = folder.root / "data/sources.csv"
    path.write_text(path.read_text("utf-8").replace("2024-04-01,,,primary", "2024-04-01,,Body,primary"), "utf-8")
    later = page("body-2", "2024-06-01") | {"publisher": "Body"}

    plan = folder.merge(release("2024-05", value="500", width="1", source=later))

    assert [question.name for question in plan.questions] == ["sums/2024-05:coverage"]
    assert "found no out for 2024-05, which Body printed for 2024-04" in plan.questions[0].words


def test_a_page_says_when_something_was_last_taken_from_it(folder):
    """Not when a program looked and found nothing new."""
    first, *later = (BODY | {"accessed": f"2024-04-0{day}"} for day in (2, 3, 4))
    one = release("2024-03", "out", value="160", width="1", source=first)
    folder.merge(one)
    folder.merge(one._replace(source=later[0]))
    assert "2024-04-02" in folder.text("sources")

    both = (one._replace(source=later[1]), release("2024-04", "out", value="210", width="1", source=later[1]))
    folder.merge(*both, answered=["sums/2024-04/out:early"])

    assert "body-1,https://body.example/1,2024-04-01,2024-04-04,,primary" in folder.text("sources")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"flow": "sideways", "value": "330"}, 'flow: found "sideways", expected one of in, out'),
        ({"month": "2025-13", "value": "330"}, 'month: found "2025-13", expected a month like 2023-11'),
        ({"value": "3", "month": "2025-03"}, "value: found 3, expected at least 10 tonnes"),
        ({"width": "1", "month": "2025-03"}, "sums/2025-03/in: found no value, expected a value"),
    ],
)
def test_what_no_description_allows_is_refused(folder, given, message):
    """As the same row in the file would be."""
    with pytest.raises(BuildError) as caught:
        folder.plan(release(source=page("bad", "2026-01-01"), **({"width": "1"} | given)))

    assert message in str(caught.value)


def test_a_page_has_one_id(folder):
    """By its address; and an id is that of one page."""
    same = page("other", "2024-03-15", "press") | {"address": "https://press.example/"}

    plan = folder.merge(release("2024-03", "out", value="160", width="1", source=same))

    assert plan.sources == ()
    assert "2024-03,out,160,1,,,published,press-2024,\n" in folder.text()
    with pytest.raises(BuildError, match='found the id "press-2024" for https'):
        folder.plan(release("2024-04", value="400", source=page("press-2024")))


def test_a_whole_row_is_as_a_person_wrote_it(folder):
    """In its place, with the pages that it names."""
    folder.merge(lines(ROW | {"note": 'Said "so", once', "source_ids": "press-2024;copy-2024"}), answered=EARLY)

    assert '\n2024-04,in,400,1,,,published,press-2024;copy-2024,"Said ""so"", once"\n2025-02,' in folder.text()


def test_words_that_differ_are_asked_about(folder):
    """What a row says besides its figures is not lost unasked; where it says nothing it takes them."""
    row = ROW | {"month": "2024-03", "value": "310", "note": "Another"}

    assert kinds(folder.merge(lines(row))) == ["words"]

    folder.merge(lines(row), answered=["sums/2024-03/in/note:words"])
    folder.merge(lines(ROW | {"month": "2024-02", "value": "200", "note": "A word"}))

    assert "2024-03,in,310,1,4.5,0.1,published,press-2024,Another\n" in folder.text()
    assert "2024-02,in,200,1,,,published,press-2024;copy-2024,A word\n" in folder.text()


@pytest.mark.parametrize("order", [1, -1])
def test_rows_come_in_any_order(folder, order):
    """And stand in that of their keys."""
    months = [("2024-04", "400"), ("2024-05", "450"), ("2024-06", "500")][::order]

    folder.merge(*starmap(lambda month, value: lines(ROW | {"month": month, "value": value}), months), answered=EARLY)

    assert [line[:7] for line in folder.text().splitlines()[4:7]] == ["2024-04", "2024-05", "2024-06"]


def test_a_table_without_pages_takes_what_a_person_sets(folder):
    """It has no prints, and so no revisions; a person is asked."""
    row = lines({"id": "first", "most": "6"}, table="limits")

    assert kinds(folder.merge(row)) == ["words"]

    folder.merge(row, lines({"id": "second", "most": "7"}, table="limits"), answered=["limits/first/most:words"])

    assert folder.text("limits") == "id,most\nfirst,6\nsecond,7\n"
    assert folder.text("revisions").count("\n") == 1


def test_two_pages_of_one_update_have_an_id_each(folder):
    """And one page that comes twice has the first that it was given."""
    one, other = (release(month, value="400", width="1", source=page("new")) for month in ("2024-04", "2024-05"))
    moved = other._replace(source=page("new") | {"address": "https://elsewhere.example/"})

    with pytest.raises(BuildError, match='found the id "new" for https://elsewhere'):
        folder.plan(one, moved)

    renamed = other._replace(source=page("new") | {"id": "renamed"})
    assert folder.plan(one, renamed, answered=EARLY).sources == ("new",)


def test_a_story_without_a_log_is_told_that_it_needs_one(folder):
    """Only when something was printed differently."""
    for end in ("csv", "toml"):
        (folder.root / f"data/revisions.{end}").unlink()
    folder.plan(release(value="310", width="1"))

    with pytest.raises(BuildError, match=r"^data/revisions\.csv:1: found no such table, expected one: sums/2024-03/in"):
        folder.plan(release(value="318", width="1"))


EARLY = [f"sums/2024-0{month}/in:early" for month in (4, 5, 6)]


def test_an_unknown_column_is_told(folder):
    """With those that there are."""
    with pytest.raises(BuildError, match='found the column "valeu"'):
        folder.plan(lines({name.replace("value", "valeu"): text for name, text in ROW.items()}))
