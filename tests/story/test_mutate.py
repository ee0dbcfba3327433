"""``make mutate`` looks at this story one paragraph at a time."""

from __future__ import annotations

from tests.engine.bindings import other_when_cut


def test_a_paragraph_alone_reads_as_in_its_text(bound):
    """Cut out of its text, each paragraph of the story has the same bindings, problems and remarks."""
    assert other_when_cut(bound) == []
