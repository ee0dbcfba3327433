"""Works to cite and to tell search engines of: one of which all is known, and one of
which little is.
"""

import pytest

from press.pages.cite import CitableWork

PAGE = "https://example.org/story/charts/fuels.html"
KNOWN = CitableWork(
    key="small-story-fuels",
    title="Crude oil outweighed coal & gas: 100% of “it”",
    description="What Arden pays Borsia for fuels, billions of US dollars a year",
    container="A small story",
    authors="The authors of a small story",
    language="en",
    licence="CC BY 4.0",
    licence_address="https://creativecommons.org/licenses/by/4.0/",
    address=PAGE,
    site="https://example.org/story/",
    published="2026-11-25",
    changed="2026-11-26",
    newest="2026-05-20",
    coverage="2015/2024",
)
# built without an address, never published
BARE = KNOWN._replace(
    address="", site="", published="", changed="", newest="", coverage=""
)
WORKS = [
    pytest.param(KNOWN, id="all known"),
    pytest.param(BARE, id="address and dates not known"),
]
