"""Steps: what is told of many things, and that nothing is told of few."""

from __future__ import annotations

import pytest

from press.steps import Step, stepwise


@pytest.mark.parametrize(
    ("count", "lines"),
    [(100, []), (101, ["making pages 100/101"]), (250, ["making pages 100/250", "making pages 200/250"])],
)
def test_each_hundredth_of_many_things_is_told(count, lines):
    """All items come in their order; where there are more than a hundred, each hundredth is told before its turn."""
    said = []

    assert list(stepwise(range(count), "making pages", said.append)) == list(range(count))
    assert said == lines
    assert all(isinstance(line, Step) for line in said)
