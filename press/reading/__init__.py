"""Reading: what a text says, in the terms of its language.

Takes a text with its place in its file, and the lexicon of its language. Gives the
text's links, sentences and clauses; the quantities, periods, names and hedges in them,
each with its place; and writes numbers as a text has written them. Knows no tables and
no facts.

* ``lexicon``: the grammar of a language and the words of a story, which ``grammar``
  reads; ``vocabulary``: with it the words of facts, exceptions, and how the language
  writes numbers and dates.
* ``matcher``: every phrase of the lexicon in a text, in one pass; ``named_values``:
  those that name subjects and values; ``dates``, ``time_phrases``, ``periods``: dates,
  the phrases around them, and the periods that both name; ``amounts``: numbers.
* ``text``: where words, links, sentences and clauses stand in a file; ``places``: how
  two such places lie to each other; ``markup``: what of a file is no words;
  ``sentence``: a sentence read, and what in it is nearest to a number.
* ``scripts``: words in letters of several scripts.
* ``tokens``, ``phrase``: the words of one quantity, "fell by about 16%";
  ``quantities``: all of them in a longer text; ``writing``: other numbers in its place.
"""

from press.reading.amounts import (
    GLANCED,
    find_numbers_except_small_words,
    may_hold_number_words,
)
from press.reading.dates import MONTH_NUMBERS, WrittenDate, find_dates
from press.reading.grammar import GRAMMARS, read_lexicon
from press.reading.lexicon import (
    MONTH_NAMES,
    TIME_UNITS,
    Dimension,
    Lexicon,
    build_whole_phrase_pattern,
    fold_text,
)
from press.reading.markup import CODE, LINK, PLACE, REFERENCE, blank_addresses
from press.reading.matcher import PhraseMatcher, PhraseTag
from press.reading.periods import PeriodMention, find_named_periods_and_days
from press.reading.phrase import WrittenNumber, WrittenQuantity, parse_quantity
from press.reading.places import (
    NEAR,
    SPACE,
    ItemInText,
    begins_in,
    begins_in_any,
    begins_in_link,
    blank_spans,
    group_into_enumerations,
    list_items_beginning_in,
    words_on_one_line,
)
from press.reading.quantities import PlacedQuantity, find_quantities_outside_names
from press.reading.scripts import MixedWord, find_mixed_script_words
from press.reading.sentence import (
    LinkContext,
    Sentence,
    find_periods_in_headings,
    read_heading_sentences,
    read_sentences,
)
from press.reading.text import (
    CHECKED,
    OF_DATA,
    SCHEMES,
    HeadingsAndColumnHeads,
    Link,
    Span,
    Text,
    blank_span,
)
from press.reading.tokens import WELL_GROUPED, QuantityParseError
from press.reading.vocabulary import (
    Conventions,
    FactWords,
    Texts,
    UnlinkedNumberExceptions,
    Vocabulary,
)
from press.reading.writing import (
    is_followed_by_singular,
    replace_numbers_if_words_exist,
)
