"""The stages of a build, which ``build.py`` puts in order: load, draw, hold, render.

Each takes the order and what the stages before gave; what is wrong with the story is
collected until the last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from press.binding import (
    FactFunctions,
    Facts,
    add_claimed_outcome_problems,
    add_mixed_script_problems,
    add_unlinkable_text_problems,
    check_story_texts_and_facts,
)
from press.content import (
    Content,
    load_content_in_one_language,
    read_texts_in_chart_code,
    replace_known_years,
)
from press.data import Data, load_tables
from press.desk.order import Order, StoryImportFunction, import_story
from press.desk.read import review_passages
from press.figures import DrawingPool, DrawnChart, Studio
from press.ground.cache import FILES, end_build
from press.ground.errors import Problem, Problems
from press.ground.files import yield_problems_of_leftover_drafts
from press.ground.steps import discard_line
from press.pages import (
    File,
    FilesByAddress,
    SiteInputs,
    check_finished_site,
    check_markdown,
    render_site,
)
from press.story import CheckedStory, Story, check_tables_by_story

OLD = 1900  # years that only words or tables tell from amounts are before it


class LoadedStory(NamedTuple):
    """A story's files as read, before its texts are held; ``problems`` are all that was
    found up to here.
    """

    root: Path
    story: Story
    tables: Data
    texts: Content
    problems: Problems


class ChartsInDrawing(NamedTuple):
    """The charts that are being drawn; ``figures`` waits for each, and then raises what
    is wrong with any.
    """

    studio: Studio
    figures: Iterator[DrawnChart]


def load(order: Order) -> LoadedStory:
    """Read content/ and data/, import story/, check the tables, and report what the
    check says.

    Raises ``BuildError`` with all that is wrong in files that must be right before
    anything else.
    """
    root = order.root
    problems = Problems(yield_problems_of_leftover_drafts(root))
    story = problems.collect(order.story, root)
    tables = problems.collect(load_tables, root / "data", root)
    texts = problems.collect(load_content_in_one_language, root / "content", root)
    said = (
        problems.collect(check_tables_by_story, story, tables, root)
        if story and tables
        else None
    )
    if story is None or tables is None or texts is None:
        if texts is not None:
            problems.collect(check_markdown, texts)
        problems.stop()
    for note in said or ():
        order.report(note)
    language = replace_known_years(texts.language, _find_years_before_1900(tables))
    texts = replace(texts, language=language)
    return LoadedStory(root, story, tables, texts, problems)


def _find_years_before_1900(tables: Data) -> frozenset[int]:
    """Return the years of the tables that texts could take for amounts."""
    years = set[int]()
    for table in tables.values():
        years.update(period.year for period in table.periods)
    return frozenset(year for year in years if year < OLD)


def draw(order: Order, loaded: LoadedStory) -> ChartsInDrawing:
    """Specify the charts, and begin to draw them: that goes on while texts are held."""
    story = loaded.story
    studio = Studio(
        order.root,
        loaded.texts,
        loaded.tables,
        story.charts,
        story.code,
        order.pool,
        order.report,
        draws_pictures=order.draws_pictures,
        palette=story.palette,
    )
    figures = loaded.problems.collect(studio.begin_all_then_yield_charts) or iter(())
    return ChartsInDrawing(studio, loaded.problems.yield_and_collect(figures))


def hold(loaded: LoadedStory) -> CheckedStory:
    """Hold each text to the tables; what is false is in the problems."""
    root, story, tables, texts, problems = loaded
    facts = Facts(tables, _reuse_fact_functions_while_unchanged(root, story))
    language = texts.language
    add_claimed_outcome_problems(language.lexicon, facts, problems)
    ledger = check_story_texts_and_facts(
        language, texts.titles_and_shown_texts, facts, problems
    )
    code = problems.collect(read_texts_in_chart_code, root) or ()
    add_unlinkable_text_problems(
        (*texts.changes.texts, *code), language.lexicon, problems
    )
    add_mixed_script_problems(_list_paths_with_unchecked_text(texts, tables), problems)
    return CheckedStory(story, texts, facts, ledger, problems)


def _reuse_fact_functions_while_unchanged(root: Path, story: Story) -> FactFunctions:
    """Return the code of the facts: the very same where no file has changed that they
    may depend on.
    """
    code = (
        story.code.shared
        if story.code
        else (*story.facts.items(), story.bounds_function)
    )
    return FILES.get(
        ("facts", root, code),
        lambda _: FactFunctions(root, story.facts, story.bounds_function),
    )


def _list_paths_with_unchecked_text(
    texts: Content, tables: Data
) -> Iterator[tuple[str, str]]:
    """Yield the path and the text of files that readers see, but no one holds to the
    tables.
    """
    yield texts.settings.toml.path, texts.settings.toml.text
    for table in tables.values():
        yield table.path, table.text
        yield table.description.toml.path, table.description.toml.text


def load_story_and_check_texts(
    root: Path, story: StoryImportFunction = import_story
) -> CheckedStory:
    """Read a story, and hold its texts to its tables, without drawing anything.

    Raises ``BuildError`` as ``load``.
    """
    return hold(load(Order(root, None, discard_line, DrawingPool(), story)))


def render(
    order: Order, bound: CheckedStory, drawing: ChartsInDrawing
) -> Iterator[tuple[str, File]]:
    """Yield the site by address and file; nothing is written but the cache of drawings.

    What nobody has read beside its present data is shown to the order. Yields what can
    be made, even where something is wrong, and then raises ``BuildError`` with all of
    it.
    """
    problems = bound.problems
    inputs = _wait_for_charts_and_gather_inputs(order, bound, drawing)
    site = FilesByAddress()
    before = len(problems)
    problems.collect(bound.story.colours)
    for address, file in problems.yield_and_collect(render_site(inputs, problems)):
        site[address] = file
        yield address, file
    if inputs.figures.keys() >= bound.texts.charts.keys():
        if len(problems) == before:  # every page could be made, those of charts too
            problems.collect(check_finished_site, site, inputs.base, order.root)
        problems.extend(
            problems.collect(_list_problems_of_unread, order, inputs, bound) or ()
        )
    problems.stop_if_any()
    drawing.studio.store.delete_not_marked_as_used()
    end_build()
    order.report(bound.ledger.summarize_verdicts_exceptions_and_doubts())


def _wait_for_charts_and_gather_inputs(
    order: Order, bound: CheckedStory, drawing: ChartsInDrawing
) -> SiteInputs:
    """Wait for the charts, and return all that pages are made of."""
    return SiteInputs(
        root=order.root,
        content=bound.texts,
        facts=bound.facts,
        studio=drawing.studio,
        figures={figure.name: figure for figure in drawing.figures},
        ledger=bound.ledger,
        palette=bound.story.palette,
        theme=bound.story.theme,
        base=order.base or bound.texts.settings.base,
        edition=order.edition,
        day=order.day,
    )


def _list_problems_of_unread(
    order: Order, inputs: SiteInputs, bound: CheckedStory
) -> list[Problem]:
    """Show the order what nobody has read, and return what of it is a problem.

    Raises ``BuildError`` for approvals that cannot be read.
    """
    return [*order.judge_unread(review_passages(bound, inputs.figures, order.root))]
