"""The stages of a build: charts that come while pages are made."""

from types import SimpleNamespace

from press.desk.stages import Figures
from press.ground.errors import Problems


def test_who_goes_through_charts_meets_each_once():
    """Also one that was waited for meanwhile, and where what makes them has begun anew."""
    figures = Figures(iter([SimpleNamespace(name=name) for name in "abcabcd"]), Problems())

    assert [name for name in figures if figures["c"]] == ["a", "b", "c", "d"]
    assert len(figures) == len("abcd")
    assert "e" not in figures
