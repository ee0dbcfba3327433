"""What readers are told has changed: on its page and in the feed; whatever it is."""

import re

LISTED = re.compile(r'<section class="change"[^>]*>.*?<h2 id="[^"]+">(.*?)</h2>', re.DOTALL)
FEED = re.compile(r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]*)"')


def test_the_page_lists_what_it_promises(story_built, bound):
    """All changes, corrections among them; the old page of corrections leads there."""
    text, corrections = ((story_built.root / f"{name}.html").read_text("utf-8") for name in ("changes", "corrections"))

    assert LISTED.findall(text) == [item.title for item in reversed(bound.texts.changes.items)]
    assert 'id="corrections"' in text
    assert 'href="changes.html#corrections"' in corrections


def test_every_page_names_the_feed(story_built):
    """Where the site has an address; without one there is neither feed nor link. What only leads on names none."""
    root = story_built.repository
    pages = [path for path in root.rglob("*.html") if path.relative_to(root).parts[0] not in {"embed", "editions"}]
    texts = [path.read_text("utf-8") for path in pages]

    assert (root / "feed.atom").exists()
    assert {len(FEED.findall(text)) for text in texts if 'http-equiv="refresh"' not in text} == {1}
    assert not (story_built.root / "feed.atom").exists()
    assert not [path for path in story_built.root.rglob("*.html") if "feed.atom" in path.read_text("utf-8")]
