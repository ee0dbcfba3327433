"""Words: what of the texts is false or unread now and was not, claims, verdicts, and sentences that were reworded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches
from typing import Any

from press.changes.section import Item, Section, Side, counted, listed
from press.errors import quoted

LACKING = "none"  # of a verdict that one side does not have
ALIKE = 0.6  # how much of a sentence is the same where it was reworded
MANY = 200  # sentences: of more, nobody looks at each beside what it was
Sentences = Mapping[str, str]  # what readers see, by what a sentence is known by


def sections(before: Side, after: Side) -> Iterator[Section]:
    """Yield what has become of the words, the signal first. What was so before is counted, and not listed."""
    yield _flipped(before.get("claims", {}), after.get("claims", {}))
    yield _listed("Now false, for a person", before, after, "false")
    yield _listed("Now false, and fix writes them", before, after, "stale")
    yield _listed("Now unread", before, after, "unread", "sentence")
    yield _verdicts(before.get("verdicts"), after.get("verdicts"))
    yield _sentences(before.get("sentences"), after.get("sentences"))


def waiting(side: Side) -> tuple[int, int]:
    """Return how many mistakes there are in the words of a side, and how many passages nobody has read."""
    return len(side.get("false", ())) + len(side.get("stale", ())), len(side.get("unread", ()))


def _flipped(before: Mapping[str, Any], after: Mapping[str, Any]) -> Section:
    """Return the claims that both sides make, and that hold on one alone; those that hold no more come first."""
    both = [target for target in after if target in before and after[target]["holds"] != before[target]["holds"]]
    items = [_flip(target, after[target]) for target in sorted(both, key=lambda target: after[target]["holds"])]
    return Section("Claims that flipped", counted(len(items), "claim"), tuple(items))


def _flip(target: str, claim: Mapping[str, Any]) -> Item:
    outcome = "holds again" if claim["holds"] else "holds no more"
    return Item(claim["place"], f"{target} {outcome}", words=claim["words"])


def _listed(title: str, before: Side, after: Side, name: str, what: str = "place") -> Section:
    """Return what is so on the later side and was not on the earlier; of a side that lacks it nothing is known.

    What is wrong with one sentence is one item, at the first of its places.
    """
    known = {_key(item) for item in before.get(name, ())}
    items = [item for item in after.get(name, ()) if _key(item) not in known]
    sentences = dict[tuple[str, str], Item]()
    for item in items:
        key = (item["words"] or item["place"], item["place"].partition(":")[0])
        same = sentences.setdefault(key, Item(item["place"], words=item["words"]))
        sentences[key] = same._replace(what="; ".join(filter(None, (same.what, item["why"]))))
    still = len(after.get(name, ())) - len(items)
    amount = counted(len(sentences), what) + (f", and {still} as before" if still else "")
    return Section(title, amount, tuple(sentences.values()))


def _key(item: Mapping[str, str]) -> tuple[str, ...]:
    """Return what a mistake or an unread passage is known by, wherever it stands."""
    return (item["key"],) if "key" in item else (item["words"] or item["place"].partition(":")[0], item["why"])


def _verdicts(before: Mapping[str, str] | None, after: Mapping[str, str] | None) -> Section:
    """Return the verdicts that differ; where a side knows of none at all, none."""
    old, new = (before, after) if before is not None and after is not None else ({}, {})
    names: Sequence[str] = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    items = [Item(name, before=old.get(name, LACKING), after=new.get(name, LACKING)) for name in names]
    return Section("Verdicts", counted(len(items), "verdict"), tuple(items))


def _sentences(before: Sequence[Mapping[str, str]] | None, after: Sequence[Mapping[str, str]] | None) -> Section:
    """Return the bound sentences of one side alone, those that look like a rewording of one another together."""
    known = before is not None and after is not None
    old, new = ({item["key"]: item["words"] for item in side or () if known} for side in (before, after))
    gone = {key: words for key, words in old.items() if key not in new}
    added = {key: words for key, words in new.items() if key not in old}
    pairs = dict(_reworded(gone, added))
    others = {key: words for key, words in added.items() if key not in pairs.values()}
    lost = {key: words for key, words in gone.items() if key not in pairs}
    items = [
        *(Item("reworded", _edits(gone[key], added[other]), words=added[other]) for key, other in pairs.items()),
        *(Item("new", quoted(words)) for words in others.values()),
        *(Item("gone", quoted(words)) for words in lost.values()),
    ]
    amount = listed((len(pairs), "reworded"), (len(others), "new"), (len(lost), "gone"))
    return Section("Bound sentences", amount, tuple(items))


def _edits(before: str, after: str) -> str:
    """Say which words took the place of which; nothing but links has changed where none did."""
    old, new = before.split(), after.split()
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    edits = ((" ".join(old[a:b]), " ".join(new[c:d])) for step, a, b, c, d in steps if step != "equal")
    return "; ".join(f"{was or 'nothing'} → {now or 'nothing'}" for was, now in edits) or "linked otherwise"


def _reworded(gone: Sentences, added: Sentences) -> Iterator[tuple[str, str]]:
    """Yield which sentence took the place of which, each once: the one that is most like it."""
    free = {words: key for key, words in added.items()} if max(len(gone), len(added)) <= MANY else {}
    for key, words in gone.items():
        if found := get_close_matches(words, free, 1, ALIKE):
            yield key, free.pop(found[0])
