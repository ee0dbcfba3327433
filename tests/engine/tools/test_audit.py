"""Which pages ``make audit`` looks at, and which of the validator's messages it passes on."""

from __future__ import annotations

import pytest

from tools import audit

HIDDEN = '<meta name="robots" content="noindex">'


def test_a_page_of_each_kind_is_looked_at(tmp_path):
    """Of each class of bodies one page is chosen, the story first; a hidden one only where there is no other."""
    (tmp_path / "charts").mkdir()
    for name, kind, head in (
        ("404", "plain", HIDDEN),
        ("charts/race", "chart", ""),
        ("charts/taken", "chart", ""),
        ("frame", "embed", HIDDEN),
        ("index", "story", ""),
        ("sources", "plain", ""),
    ):
        (tmp_path / f"{name}.html").write_text(f'{head}<body id="a" class="{kind}">', "utf-8")

    assert audit.kinds(tmp_path) == ["index.html", "charts/race.html", "sources.html", "frame.html"]


@pytest.mark.parametrize(
    ("message", "extract", "asked"),
    [
        pytest.param("Duplicate ID “a”.", '<p id="a">', True, id="a fault"),
        pytest.param("Inline script violates Content Security Policy", "<script>run()", True, id="a script"),
        pytest.param(
            "Inline script violates Content Security Policy", '\n<script type="application/ld+json">{', False, id="data"
        ),
        pytest.param("CSS: “colour”: Property “colour” doesn't exist.", "", True, id="a property that is none"),
        pytest.param(
            "CSS: “scroll-initial-target”: Property “scroll-initial-target” doesn't exist.", "", False, id="a new one"
        ),
        pytest.param("Resource violates Content Security Policy", '<link href="a.css">', False, id="a file's policy"),
    ],
)
def test_what_is_no_fault_of_a_page_is_not_told(message, extract, asked):
    """The validator knows no origin of a file, no data in a page, not the newest; all else that it says is told."""
    assert audit.asked({"message": message, "extract": extract}) is asked


def test_a_site_without_pages_is_not_looked_at(tmp_path):
    """Where nothing was built the audit says what to do."""
    with pytest.raises(audit.AuditError, match="make site"):
        audit.kinds(tmp_path)
