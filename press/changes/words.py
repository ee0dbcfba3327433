"""Words: what of the texts is false or unread now and was not; claims that have flipped, verdicts that have changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from press.changes.section import Item, Section, Side, counted

LACKING = "none"  # of a verdict that one side does not have


def sections(before: Side, after: Side) -> Iterator[Section]:
    """Yield what has become of the words, the signal first. What was so before is counted, and not listed."""
    yield _flipped(before.get("claims", {}), after.get("claims", {}))
    yield _listed("Now false, for a person", before, after, "false")
    yield _listed("Now false, and fix writes them", before, after, "stale")
    yield _listed("Now unread", before, after, "unread", "sentence")
    yield _verdicts(before.get("verdicts"), after.get("verdicts"))


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
