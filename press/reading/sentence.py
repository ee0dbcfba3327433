"""Sentences as they are read: each with its clauses, its bindings, and the times that
its words name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from press.reading.lexicon import Dimension, Lexicon, fold_text
from press.reading.matcher import PhraseTag
from press.reading.named_values import (
    SUBJECT,
    DimensionValueFinder,
    DimensionValueMention,
    resolve_bare_subjects_by_counterparties,
)
from press.reading.periods import (
    PeriodMention,
    TimeMentions,
    find_named_periods_and_days,
)
from press.reading.places import (
    AnyItemInText,
    ItemInText,
    begins_in_link,
    find_data_links,
    group_into_enumerations,
    list_items_beginning_in,
    words_on_one_line,
)
from press.reading.text import Link, Span, Text, split_cells


@dataclass(frozen=True, eq=False)
class Paragraph:
    """A block of a text, with what its sentences share: the times and values that it
    names.

    ``title`` is what its text stands under.
    """

    text: Text
    block: Span
    lexicon: Lexicon
    title: str = ""

    @cached_property
    def named_times(self) -> TimeMentions:
        """The periods that it names, and the days, which count beside figures of a day
        alone.
        """
        return find_named_periods_and_days(self.text, self.block, self.lexicon)

    @cached_property
    def value_mentions_by_dimension(
        self,
    ) -> Mapping[str, Sequence[DimensionValueMention]]:
        """The words of its text that name subjects and values, by dimension."""
        finder = self.lexicon.get_memoized(DimensionValueFinder)
        return finder.find_mentions_by_dimension(self.text.folded_visible)


class LinkContext(NamedTuple):
    """What stands around a link in its sentence.

    Its units and words for directions, those of comparisons among them, which are said
    of its figure; its clause and its sentence, for a claim.
    """

    units: tuple[str, ...] = ()
    direction_words: frozenset[str] = frozenset()
    clause: str = ""
    sentence: str = ""


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence of a paragraph; its places are those of the text."""

    text: Text
    start: int
    end: int
    lexicon: Lexicon
    paragraph: Paragraph

    @property
    def span(self) -> Span:
        """From where to where it goes."""
        return Span(self.start, self.end)

    @cached_property
    def bindings(self) -> tuple[Link, ...]:
        """The bindings that begin in it."""
        return self.text.bindings_in(self.span)

    @cached_property
    def times(self) -> tuple[PeriodMention, ...]:
        """The times that it names itself."""
        return tuple(list_items_beginning_in(self.paragraph.named_times.periods, self))

    @cached_property
    def figure_subject_mentions(self) -> tuple[DimensionValueMention, ...]:
        """The subjects that it names, without those of a balance: in "a sales surplus"
        no sales are meant.
        """
        balances = self.find_tags(*self.span, "of_balances")
        balance_starts = {tag.start for tag in balances}
        named = [
            item
            for item in self._value_mentions_by_dimension.get(SUBJECT, ())
            if item.end + 1 not in balance_starts
        ]
        title = fold_text(self.paragraph.title)
        return tuple(
            resolve_bare_subjects_by_counterparties(
                self.text, self.span, named, title, self.lexicon
            )
        )

    def list_value_mentions(
        self, dimension: Dimension
    ) -> Sequence[DimensionValueMention]:
        """Return the words that name a value of a dimension."""
        return self._value_mentions_by_dimension.get(dimension.name, ())

    def list_subject_and_value_mentions(self) -> list[DimensionValueMention]:
        """Return the words that name a subject, or a value of any dimension."""
        mentions = [*self.figure_subject_mentions]
        for dimension in self.lexicon.dimensions:
            mentions += self.list_value_mentions(dimension)
        return mentions

    @cached_property
    def _value_mentions_by_dimension(
        self,
    ) -> Mapping[str, Sequence[DimensionValueMention]]:
        """The words in it that name subjects and values, by dimension."""
        return {
            dimension: list_items_beginning_in(named, self)
            for dimension, named in self.paragraph.value_mentions_by_dimension.items()
        }

    def collect_values_named_before_or_above(
        self, dimension: Dimension
    ) -> frozenset[str]:
        """Return the values of a dimension that are named before it: in its paragraph,
        or in what its text stands under.
        """
        named = self.paragraph.value_mentions_by_dimension.get(dimension.name, ())
        lending = [item for item in named if item.end <= self.start]
        finder = self.lexicon.get_memoized(DimensionValueFinder)
        for words in self.headings_heads_and_title:
            found = finder.find_mentions_by_dimension(fold_text(words))
            lending += found.get(dimension.name, ())
        return frozenset().union(*(item.values for item in lending))

    @property
    def headings_heads_and_title(self) -> tuple[str, ...]:
        """What it stands under: headings, heads of row and column, and the title."""
        headings = self.text.heads.headings
        return (*headings, *self.row_and_column_heads, self.paragraph.title)

    @cached_property
    def row_and_column_heads(self) -> tuple[str, ...]:
        """The heads of its row and its column, where it stands in a cell of a table."""
        columns = self.text.heads.columns
        row = self.text.visible_text
        place = row[: self.start].lstrip().removeprefix("|").count("|")
        if place >= len(columns):
            return ()
        row_head = split_cells(row)[0] if place else ""
        return tuple(filter(None, (row_head, columns[place])))

    def read_link_context(self, link: Link) -> LinkContext:
        """Return what stands around a link; units and words for directions only from
        before the end of its clause, and from the heads of its row and column.
        """
        phrases = self._list_phrases_of_link_context
        units = map(self.lexicon.units.__getitem__, phrases(link, "units"))
        known = self.lexicon.matcher.phrases_of("directions", "comparators")
        direction_words = phrases(link, "directions", "comparators", "names")
        return LinkContext(
            tuple(dict.fromkeys(units)),
            known.intersection(direction_words),
            self.text.value[slice(*self.clause_or_sentence_at(link.words_start))],
            self.text.visible_text[slice(*self.span)],
        )

    def _list_phrases_of_link_context(self, link: Link, *tables: str) -> Iterator[str]:
        """Yield the phrases of some tables that begin before the end of a link's
        clause, or stand at its heads.
        """
        end = max(link.end, self.clause_or_sentence_at(link.words_start).end)
        for tag in self.find_tags(*self.span, *tables):
            if tag.start < end:
                yield tag.phrase
        for head in self.row_and_column_heads:
            for tag in self.lexicon.matcher.find_tags(fold_text(head), tables):
                yield tag.phrase

    def find_tags(self, start: int, end: int, *tables: str) -> Iterator[PhraseTag]:
        """Yield the phrases of some tables between two places of its text."""
        return self.lexicon.matcher.find_tags(
            self.text.folded_visible, tables, start, end
        )

    def find_first_tag(self, start: int, end: int, *tables: str) -> PhraseTag | None:
        """Return the first phrase of some tables between two places of its text."""
        return next(self.find_tags(start, end, *tables), None)

    def split_folded_words(self, start: int, end: int) -> list[str]:
        """Return the words between two places of its text, folded."""
        return self.text.folded_visible[start:end].split()

    def clause_or_sentence_at(self, position: int) -> Span:
        """Return the clause in which a position is."""
        return self.text.clause_or_sentence_at(self.span, position)

    def visible_words(self, item: ItemInText) -> str:
        """Return the words that stand somewhere in it on one line."""
        return words_on_one_line(self.text, item)

    def source_words(self, link: Link) -> str:
        """Return the words of a link on one line, as the file has them."""
        return " ".join(self.text.value[link.words_start : link.words_end].split())

    def find_data_links(self) -> list[Link]:
        """Return the links in it whose words are held to our tables."""
        return find_data_links(self.text, self.span)

    def find_nearest_or_all_candidates(
        self, link: Link, candidates: Sequence[AnyItemInText]
    ) -> Sequence[AnyItemInText]:
        """Return those of the ``candidates`` that a figure may answer to.

        They are those in its own words; all, if it is the only figure. Else, where
        lists of figures and of candidates go in pairs, its partner: "in 2021 and 2022
        [5] and [6]", "from [5] in 2021 to [6] in 2022". Else, in its clause if any is
        there, all if it is the only figure of it, or the last before, the first after
        it, and one that opens clause or sentence: "In 2023 sales were …, more than in
        2022, and purchases …".
        """
        inside_link = [item for item in candidates if begins_in_link(item, link)]
        if inside_link:
            return inside_link
        links = self.find_data_links()
        if links == [link]:
            return candidates
        groups = group_into_enumerations(self.text, candidates)
        partner = self._find_partner_in_parallel_list(link, groups, links)
        if partner:
            return [partner]
        return self._list_members_of_nearest_groups(link, groups, links)

    def _find_partner_in_parallel_list(
        self,
        link: Link,
        groups: Sequence[Sequence[AnyItemInText]],
        links: Sequence[Link],
    ) -> AnyItemInText | None:
        """Return the partner of a figure in the list next to its own, if that has as
        many members.

        Lists stand before those of figures, "in 2021 and 2022 [5] and [6]", or else
        behind them.
        """
        lists = group_into_enumerations(self.text, links)
        figures = next((figures for figures in lists if link in figures), [])
        if len(figures) < 2:  # noqa: PLR2004
            return None
        before = [group for group in groups if group[-1].end <= figures[0].start]
        after = [group for group in groups if group[0].start >= figures[-1].end]
        nearest = [*after[:1], *before[-1:]]
        if groups and groups[0][0].start < links[0].start:
            nearest.reverse()
        group = next(iter(nearest), ())
        places = {item.start for item in group}
        if not len(places) == len(group) == len(figures):
            return None
        return group[figures.index(link)]

    def _list_members_of_nearest_groups(
        self,
        link: Link,
        groups: Sequence[Sequence[AnyItemInText]],
        links: Sequence[Link],
    ) -> Sequence[AnyItemInText]:
        """Return the members of the groups to which a figure may answer, where those
        are no pairs with the figures.
        """
        groups = [
            group
            for group in groups
            if not self._is_right_before_later_link(group, link, links)
        ]
        before = [group for group in groups if group[-1].end <= link.start]
        # as in "Cars ([5]) were behind ships ([6])"
        if before and self.text.value[link.start - 1] == "(":
            return before[-1]
        clause = self.clause_or_sentence_at(link.words_start)
        own = [group for group in groups if list_items_beginning_in(group, clause)]
        if own:
            groups = own
            links = find_data_links(self.text, clause)
        if links == [link]:
            return list(chain.from_iterable(groups))
        if own and _is_each_link_followed_by_group(links, groups):
            return groups[links.index(link)]
        return _list_members_of_adjacent_or_opening_groups(link, groups, links)

    def _is_right_before_later_link(
        self, group: Sequence[AnyItemInText], link: Link, links: Sequence[Link]
    ) -> bool:
        """Tell whether a group behind a link is right before another figure: "[27] to
        Ardland’s [26]".
        """
        return any(
            link.end < group[0].start < other.start
            and self.text.value[group[-1].end : other.start] in {" ", " ("}
            for other in links
        )


def _is_each_link_followed_by_group(
    links: Sequence[Link], groups: Sequence[Sequence[ItemInText]]
) -> bool:
    """Tell whether each of two links or more is followed by a list of its own: "from
    [5] in 2021 to [6] in 2023".
    """
    if len(groups) != len(links) or len(links) < 2:  # noqa: PLR2004
        return False
    places = []
    for link, group in zip(links, groups, strict=True):
        places += [link.words_start, group[0].start]
    return places == sorted(places)


def _list_members_of_adjacent_or_opening_groups(
    link: Link, groups: Sequence[Sequence[AnyItemInText]], links: Sequence[Link]
) -> list[AnyItemInText]:
    """Return the members of the last group before a link and of the first after it, and
    of the first of all if that stands before all ``links``.
    """
    earlier = [group for group in groups if group[-1].end <= link.words_start]
    later = [group for group in groups if group[0].start >= link.words_end]
    around = [*earlier[-1:], *later[:1]]
    if groups and links and groups[0][-1].end <= links[0].words_start:
        around.append(groups[0])
    return list(dict.fromkeys(chain.from_iterable(around)))


def find_periods_in_headings(
    headings: Iterable[str], lexicon: Lexicon
) -> list[PeriodMention]:
    """Return the times that headings name, or the heads of rows and columns."""
    sentences = read_heading_sentences(headings, lexicon)
    return [item for sentence in sentences for item in sentence.times]


def read_heading_sentences(
    headings: Iterable[str], lexicon: Lexicon
) -> Iterator[Sentence]:
    """Yield the sentences of words that stand above others: of headings, of the heads
    of rows and columns.
    """
    for words in headings:
        yield from read_sentences(Text("", words, 0, 1, words, "heading"), lexicon)


def read_sentences(text: Text, lexicon: Lexicon, title: str = "") -> Iterator[Sentence]:
    """Yield the sentences of a text in the language of ``lexicon``, block by block."""
    for block in text.blocks:
        paragraph = Paragraph(text, block, lexicon, title)
        for span in text.split_sentences(block):
            yield Sentence(text, *span, lexicon, paragraph)
