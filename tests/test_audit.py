"""Which pages ``make audit`` looks at."""

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


def test_a_site_without_pages_is_not_looked_at(tmp_path):
    """Where nothing was built the audit says what to do."""
    with pytest.raises(audit.AuditError, match="make site"):
        audit.kinds(tmp_path)
