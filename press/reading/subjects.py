"""What a sentence is about: the phrases that name a subject of the story, and what bare ones can mean."""

from __future__ import annotations

from collections.abc import Iterator

from press.reading.dimensions import NamedValue
from press.reading.lexicon import Lexicon
from press.reading.loose import Loose
from press.reading.nearby import just_before, lies_in
from press.reading.text import Span, Text


class SubjectFinder:
    """Finds the words that name a subject of a story. Bare ones are told apart by the party named beside them."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Prepare the phrases of ``lexicon``."""
        self._lexicon = lexicon
        self._parts = frozenset(lexicon.subjects.values()) - {lexicon.whole}
        # Words that stand inside no phrase that names a subject: they say something else.
        stops = {*lexicon.directions, *lexicon.bare_subjects, *lexicon.parties, *lexicon.comparators}
        self._phrases = Loose({"": [*lexicon.subjects, *lexicon.bare_subjects]}, stops)

    def find(self, text: Text, sentence: Span, title: str) -> Iterator[NamedValue]:
        """Yield the words of a sentence that name a subject; where it names no party, the folded ``title`` may."""
        tagger = self._lexicon.tagger
        here = [*tagger.find(text.folded, ("parties",), *sentence)]
        parties = here or [*tagger.find(title, ("parties",))]
        balances = {tag.start for tag in tagger.find(text.folded, ("of_balances",), *sentence)}
        for _, (start, end, phrase, *_) in self._phrases.find(text.folded, sentence):
            if end + 1 in balances:  # in "a sales surplus" no sales are meant
                continue
            if phrase in self._lexicon.subjects:
                yield NamedValue(frozenset([self._lexicon.subjects[phrase]]), start, end)
                continue
            clause = text.clause(sentence, start)
            meant = set[str]()
            for party in parties:
                near = bool(here) and lies_in(party, clause)
                before = just_before(text, party).split()[-1:] if near else []
                meant |= self._meant(phrase, before, party.phrase)
            verb = max(start, end - len(phrase.rsplit(maxsplit=1)[-1]))  # "bought" of "and bought"
            yield NamedValue(frozenset(meant) or self._parts, verb, end)

    def _meant(self, bare: str, before: list[str], party: str) -> set[str]:
        """Return what bare "sales" are beside a party: with "to the south" what "sales to the south" are."""
        subjects = self._lexicon.subjects
        if name := subjects.get(" ".join([bare, *before, party])):
            return {name}
        said = bare.rsplit(maxsplit=1)[-1]  # "and bought" is what "the south bought" is
        return {
            name for words, name in subjects.items() if words.split()[-1].startswith(said) and words.startswith(party)
        }
