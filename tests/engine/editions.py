"""What tests of editions share: a small story whose templates know them."""

TOLD = '<p class="edition">{{ edition.name }}, {{ edition.date }}</p>\n'
NUMBERS = """\
{% extends "page.html" %}
{% block more %}
{% for receipt, _, _ in receipts %}
<p id="{{ receipt.id }}">{{ receipt.label }}</p>
{% endfor %}
{% endblock %}
"""
WORDS = """\
edition_numbers = "Numbers"
receipt_edition = "{name} says {words}"
cite_story = "{authors}. ({date}). {title}. {licence}."
cite_edition = "Edition {name}."
"""


def with_editions(project):
    """Let the pages of a small story say of which edition they are."""
    page = "templates/page.html"
    told = """{% if edition %}{% include "edition.html" %}{% endif %}
{% if cite_this %}<pre>{{ cite_this() | join }}</pre>{% endif %}
</main>"""
    project.replace(page, "</main>", told)
    project.write("templates/edition.html", TOLD)
    project.write("templates/edition_numbers.html", NUMBERS)
    for words in sorted((project.root / "content").glob("*/words.toml")):
        words.write_text(f"{WORDS}{words.read_text('utf-8')}", "utf-8")
