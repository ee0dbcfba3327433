"""Binding: whether what a text says is true of the tables.

Takes texts, their vocabulary, and the story's facts on the tables. Gives a ledger:
every binding with what it was proved on, and what is wrong, missing or unbound; the
repairs of stale numbers; and the outcome of figures that somebody else wrote.

* ``facts``, ``signatures``: what authors ask the story for; ``latest``: its newest
  figure; ``statements``: what somebody said.
* ``claims``, ``comparators``: comparisons, a class for each way to compare;
  ``intervals``, ``fact_series``: the figures that they go through; ``claim_words``:
  whether words say the comparison.
* ``proof``: one binding and what it names; ``truth``: whether words are true of a
  figure (form, unit, direction), with ``words_and_figure``, ``number_truth`` and
  ``date_words``.
* ``paragraph``: a paragraph with all around its bindings: ``attribute_checks`` (when,
  whose, of what, as the sentence says), with ``attributes`` and ``times`` (what tells
  figures apart); ``adjacent_words`` (what stands beside a link), ``speakers`` (who
  said it), ``unbound`` (what should be bound); ``faults``: what is wrong, and doubts,
  at places.
* ``legible``: what is seen otherwise than it is read.
* ``binder``, ``ledger``: all texts; ``arguments``: what a fact may be asked for;
  ``suggest``: hints; ``fix``: repairs; ``verdicts``: others' figures.
"""

from press.binding.arguments import FactArguments
from press.binding.attributes import list_unstated_dimension_values
from press.binding.binder import check_story_texts_and_facts, check_texts
from press.binding.claims import Claim
from press.binding.facts import (
    Fact,
    FactFunctions,
    Facts,
    get_label_and_formula,
    get_label_and_formula_template,
)
from press.binding.fix import (
    apply_edits,
    find_repairs,
    format_fix_report,
    group_edits_by_file,
    list_problems_without_edit,
)
from press.binding.intervals import Interval
from press.binding.latest import LATEST, LATEST_IN_TARGET
from press.binding.ledger import CheckedLink, Ledger
from press.binding.legible import add_mixed_script_problems
from press.binding.levels import find_previous_and_year_ago_levels
from press.binding.proof import Prover
from press.binding.statements import SpeakerStatement, get_statement
from press.binding.unbound import add_unlinkable_text_problems
from press.binding.verdicts import (
    CLAIMS,
    add_claimed_outcome_problems,
    list_rows_with_claimed_fact,
)
