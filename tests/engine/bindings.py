"""What tests of bindings share: a small story in which every scheme is bound, and
looking at what is said of it.
"""

import shutil
from pathlib import Path

from press import content
from press.binding.binder import check_texts
from press.binding.suggest import FactSuggester
from press.desk.stages import load_story_and_check_texts
from press.ground.errors import BuildError
from press.reading.text import Text
from tests.engine.intake.tables import described
from tests.engine.project import BASE, Project, load_story

STORY = Path(__file__).parent / "stories" / "bindings"
PAGED = STORY.with_name("chart-pages")
INDEX, CHART = "content/en/index.md", "content/en/charts/totals.md"

# What a chart's page says beside its title, its subtitle and its summary, which the
# template of pages shows.
CHART_PAGE = """{% extends "page.html" %}
{% block more %}
{% for text in told.how_to_read + told.note %}
<p>{{ text }}</p>
{% endfor %}
{% for form in cite %}
<pre>{{ form }}</pre>
{% endfor %}
{% endblock %}
"""
# And what is said of a chart there, in its pictures and its citation.
WORDS = """kicker = "A small kicker"
picture_source = "Source: {makers}"
embed_more = "More"
authors = "{name} contributors"
cite_text = "{authors}. ({date}). {title} [Chart]. {site}. {licence}."
cite_undated = "n.d."
cite_changed = "Last changed {date}."
cite_newest = "Figures published up to {date}."
"""


def make_project_with_overlay(root, overlay=STORY):
    """Return a project in a folder: the base story, and the files of ``overlay`` over
    it.
    """
    shutil.copytree(BASE, root)
    if overlay:
        shutil.copytree(overlay, root, dirs_exist_ok=True)
    return Project(root)


def add_chart_pages(project):
    """Give the charts of a story with bindings pages of their own."""
    shutil.copy(PAGED / "templates/embed.html", project.root / "templates")
    project.write("templates/chart.html", CHART_PAGE)
    project.write(
        "content/en/words.toml", WORDS + project.read("content/en/words.toml")
    )
    licence = (PAGED / "content/site.toml").read_text("utf-8").partition("[licence]")[2]
    project.write(
        "content/site.toml", f"{project.read('content/site.toml')}\n[licence]{licence}"
    )


def add_claim_figures(project):
    """Let a story with bindings test four figures of somebody else."""
    columns = ((name, "string", "") for name in ("claim", "words", "fact", "outcome"))
    project.write("data/claim_figures.toml", described(["claim"], *columns))
    project.write(
        "data/claim_figures.csv",
        "claim,words,fact,outcome\n"
        "C1,$129.14 billion,flow/import/2023,right\n"
        "C2,more than $200 billion,total/2023,hedge\n"
        "C3,grew 30%,growth/2023,wrong\n"
        "C4,$5 trillion,,undecided\n",
    )
    return project


def bind_project(project):
    """Hold a story's texts to its tables; nothing is drawn or rendered."""
    return load_story_and_check_texts(project.root, load_story)


def list_problems(project):
    """Return all that is wrong, each problem in one line without its hint, in the order
    of the places.
    """
    return format_problems(bind_project(project))


def format_problems(ledger):
    """Return all that is wrong with what was read into a ledger, as
    ``list_problems`` does.
    """
    return [
        str(item).partition("\n")[0] for item in BuildError(ledger.problems).problems
    ]


def check_file(project, facts, place):
    """Hold the texts of one file, as it stands now, to facts; return the language that
    was read, and the ledger.
    """
    found = content.load_content_in_one_language(project.root / "content", project.root)
    texts = [
        (title, [text for text in group if text.path == place])
        for title, group in found.titles_and_shown_texts
    ]
    return found.language, check_texts(found.language, texts, facts)


def check_words(bound, value):
    """Hold a text to the facts of a story, as if it were its page; return the ledger,
    with hints.
    """
    language = bound.texts.language
    texts = [("", [make_text_of_index(value)])]
    suggester = FactSuggester(language, bound.texts.titles_and_shown_texts, bound.facts)
    return check_texts(language, texts, bound.facts, suggester)


def list_messages_about(bound, sentence):
    """Return what is said of a sentence: its problems, and its doubts after a "?"."""
    ledger = check_words(bound, sentence)
    return [
        *(problem.message for problem in ledger.problems),
        *(f"? {problem.message}" for _, problem in ledger.doubts),
    ]


def read_sentences_with_messages(path):
    """Return the pairs of a file: a sentence, and the line below it with the start of
    what is said of it, "-" for nothing.
    """
    lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
    return [*zip(lines[::2], lines[1::2], strict=True)]


def make_text_of_index(value):
    """Return words as a text of the story's page."""
    return Text(INDEX, value, 0, 1, value, "text", is_markdown=True)


def append_paragraph(project, text, place=INDEX):
    """Write a paragraph at the end of a text; return the number of its line."""
    before = project.read(place)
    project.write(place, f"{before}\n{text}\n")
    return before.count("\n") + 2
