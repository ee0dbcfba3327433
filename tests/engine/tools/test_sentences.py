"""``python -m tools.sentences FILE`` says what becomes of sentences, and which names
the story has not.
"""

import json

import pytest

from tools import sentences

RIGHT = "In 2023 trade came to [$240.1 billion](fact:total/2023)."
WRONG = "In 2023 trade came to [$240.2 billion](fact:total/2023)."


@pytest.fixture
def run(bound, tmp_path, capsys):
    """Return a function that holds the sentences of a file; it returns the exit status,
    and what was printed.
    """

    def run(**kinds):
        path = tmp_path / "sentences.json"
        path.write_text(json.dumps(kinds), "utf-8")
        status = sentences.main([str(path)], lambda: bound)
        shown = capsys.readouterr()
        return status, json.loads(shown.out) if shown.out else shown.err

    return run


def test_each_sentence_is_a_problem_or_a_doubt_or_passes(run):
    """Each kind has one answer for each sentence, in their order."""
    false, true = (
        [{"text": WRONG}, {"text": RIGHT}],
        [{"text": RIGHT, "more": 1}, {"text": WRONG}],
    )

    assert run(false=false, true=true) == (
        0,
        {"false": ["problem", "passes"], "true": ["passes", "problem"]},
    )


def test_a_title_is_read_as_one(run):
    """A comparison that no link proves is a doubt in a title, and none in a page."""
    both = [{"text": "The highest trade", "title": title} for title in (True, False)]

    assert run(false=both) == (0, {"false": ["doubt", "passes"], "true": []})


def test_what_no_page_may_hold_is_refused(run):
    """Markup that a build refuses is a problem of its sentence."""
    assert run(false=[{"text": '<meter value="300">x</meter>'}])[1]["false"] == [
        "problem"
    ]


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("fact:sum/2023", "no fact sum"),
        ("claim:above/total.2023/total.2022", "no comparison above"),
        ("claim:more/total.2023/sum.2022", "no fact sum"),
        ("said:nobody-2023", "no statement nobody-2023"),
    ],
)
def test_a_name_that_the_story_has_not_is_told(run, target, told):
    """A slip of whoever wrote the file is no catch of the checker."""
    status, message = run(false=[{"text": f"In 2023 trade was [$5](<{target}>)."}])

    assert (status, told in message) == (2, True)


def test_a_tolerance_is_no_fact(run):
    """The last part of a comparison of equals is a number, not the name of a fact."""
    assert (
        run(
            true=[{"text": "Trade was [level](claim:equal/total.2023/total.2022/0.5)."}]
        )[0]
        == 0
    )


@pytest.mark.parametrize("written", ["{", '{"false": 5}', '{"false": [{}]}'])
def test_a_file_that_is_none_is_told(bound, tmp_path, capsys, written):
    """A file that is no JSON, or has no sentences, ends with a message and no
    traceback.
    """
    (path := tmp_path / "sentences.json").write_text(written, "utf-8")

    assert sentences.main([str(path)], lambda: bound) == 2
    assert "sentences" in capsys.readouterr().err
