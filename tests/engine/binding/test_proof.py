"""One binding held to what it names: each scheme's verdicts, and all that can be wrong
with words and target.
"""

import pytest

from press.binding.proof import Prover
from tests.cases import load_cases

CASES = load_cases(__file__)


@pytest.fixture(scope="module")
def prover(bound):
    """Return what proves the bindings of the small story."""
    return Prover(bound.texts.language, bound.facts)


@pytest.mark.parametrize(("target", "words", "verdict", "sources"), CASES["verdicts"])
def test_each_scheme_has_its_verdict(prover, target, words, verdict, sources):
    """Facts and claims are proved, statements matched or cited, sources cited, terms
    defined; sources are the rows'.
    """
    proof = prover.prove_words(target, words)

    assert (proof.basis, [*proof.source_ids], proof.fault) == (verdict, sources, "")


@pytest.mark.parametrize(("target", "words", "fault", "hint"), CASES["wrong"])
def test_what_is_wrong_is_said(prover, target, words, fault, hint):
    """A target that is none, a name that nothing has, words that the target does not
    bear: found, expected, hint.
    """
    proof = prover.prove_words(target, words)

    assert (proof.fault, proof.hint) == (fault, hint)
