"""One binding held to what it names: each scheme's verdicts, and all that can be wrong
with words and target.
"""

import pytest

from press.binding.proof import Prover

MORE = "claim:more/total.2023/total.2022"
LESS = "is not more than 2023 (240105 to 240115 USD million)"
MORE_WORDS = 'words for "more" are more, higher, larger, above, rose, rise, …'
LEAVE = "leave it out of the link"
TOO_MUCH = "says something that the claim does not prove"
NEAR_SOURCES = "did you mean beta-2024 or beta-2023 or alpha-2023?"


@pytest.fixture(scope="module")
def prover(bound):
    """Return what proves the bindings of the small story."""
    return Prover(bound.texts.language, bound.facts)


@pytest.mark.parametrize(
    ("target", "words", "verdict", "sources"),
    [
        ("fact:total/2023", "$240.1 billion", "proved", ("beta-2024",)),
        (
            "fact:growth/2023",
            "rose by 26.2%",
            "proved",
            ("alpha-2023", "beta-2023", "beta-2024"),
        ),
        ("fact:passed", "2023", "proved", ("beta-2024",)),
        ("fact:limit", "$200 billion", "proved", ("beta-2023",)),
        (MORE, "more", "proved", ("alpha-2023", "beta-2023", "beta-2024")),
        (MORE, "up", "proved", ("alpha-2023", "beta-2023", "beta-2024")),
        (
            MORE,
            "$49.8 billion more",
            "proved",
            ("alpha-2023", "beta-2023", "beta-2024"),
        ),
        (
            MORE,
            "$240.1 billion, more than $190.3 billion",
            "proved",
            ("alpha-2023", "beta-2023", "beta-2024"),
        ),
        (
            "claim:most/flow.import.2023/total.2023",
            "more than half",
            "proved",
            ("beta-2024",),
        ),
        (
            "claim:every/more/total.2021/total.2023",
            "more each year",
            "proved",
            ("alpha-2022", "beta-2024"),
        ),
        (
            "claim:crossed/total.2023/limit",
            "passed $200 billion",
            "proved",
            ("beta-2023", "beta-2024"),
        ),
        (
            "claim:first/total.2023/limit",
            "the first year above $200 billion",
            "proved",
            ("beta-2023", "beta-2024"),
        ),
        ("said:goal-2022", "$200 billion", "matched", ("beta-2023",)),
        ("said:goal-2022", "promised it", "cited", ("beta-2023",)),
        ("source:beta-2024", "the yearbook of 2023", "cited", ("beta-2024",)),
        ("term:mirror-statistics", "two sides", "defined", ()),
        ("term:goal", "the goal", "defined", ()),
    ],
)
def test_each_scheme_has_its_verdict(prover, target, words, verdict, sources):
    """Facts and claims are proved, statements matched or cited, sources cited, terms
    defined; sources are the rows'.
    """
    proof = prover.prove_words(target, words)

    assert (proof.basis, proof.source_ids, proof.fault) == (verdict, sources, "")


@pytest.mark.parametrize(
    ("target", "words", "fault", "hint"),
    [
        (
            "fact:total/2023",
            "$241 bn",
            'found "$241 bn", expected "$240 bn" (exactly 240110 USD million)',
            "",
        ),
        ("fact:", "x", 'found "fact:", expected fact:name/argument', ""),
        (
            "claim:more",
            "x",
            'found "claim:more", expected claim:more/fact.argument/fact.argument',
            "",
        ),
        ("said:a/b", "x", 'found "said:a/b", expected said:id', ""),
        ("source:a b", "x", 'found "source:a b", expected source:id', ""),
        ("term:", "x", 'found "term:", expected term:id', ""),
        (MORE, "nicer", '"nicer" has no word for "more"', MORE_WORDS),
        (
            MORE,
            "more, more",
            '"more, more" has 2 words for "more"',
            "leave the others out of the link",
        ),
        (
            MORE,
            "more, not less",
            (
                '"less" says less, but the link says claim:more; "not" in "more, not'
                f' less" {TOO_MUCH}'
            ),
            LEAVE,
        ),
        (
            MORE,
            "five more",
            '"five" is none of the figures compared: total/2023, total/2022',
            LEAVE,
        ),
        (
            "claim:every/more/total.2021/total.2023",
            "more",
            '"more" has no word for "every"',
            'words for "every" are every, each, always, throughout, all, without a break, …',
        ),
        (
            "claim:every/more/total.2021/total.2023",
            "each year lower",
            '"lower" says less, but the link says claim:every/more',
            MORE_WORDS,
        ),
        (
            "claim:highest/total.2022",
            "a record",
            (
                '"a record" is not true: total/2022 (190270.5 to 190271.5 USD million)'
                f" {LESS}"
            ),
            (
                "if it was so until then, write claim:highest/FACT/FROM/UNTIL, and say"
                " from when to when"
            ),
        ),
        (
            MORE,
            "more than $250 bn",
            '"$250 bn" is none of the figures compared: total/2023, total/2022',
            LEAVE,
        ),
        (MORE, "never more", f'"never" in "never more" {TOO_MUCH}', LEAVE),
        (MORE, "nearly more", f'"nearly" in "nearly more" {TOO_MUCH}', LEAVE),
        (
            "said:hope",
            "x",
            'data/statements.csv has no statement "hope"',
            "did you mean hope-2023?",
        ),
        (
            "source:beta-2025",
            "x",
            'data/sources.csv has no source "beta-2025"',
            NEAR_SOURCES,
        ),
        (
            "term:mirror",
            "x",
            'glossary.md has no entry "mirror"',
            "did you mean mirror-statistics?",
        ),
    ],
)
def test_what_is_wrong_is_said(prover, target, words, fault, hint):
    """A target that is none, a name that nothing has, words that the target does not
    bear: found, expected, hint.
    """
    proof = prover.prove_words(target, words)

    assert (proof.fault, proof.hint) == (fault, hint)
