"""What all charts share: short titles."""

import pytest

from tests.story.browser.site import CHARTS, read

MOST_WORDS = 12  # of a title


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_a_title_is_short(chart):
    """A title tells a finding in at most twelve words, as a reader sees it: numbers
    count, too.
    """
    title = read(str(chart.text["title"]))

    assert len(title.split()) <= MOST_WORDS, title
