"""What tests of editions share: a small story whose templates know them."""

from __future__ import annotations

import re

LINE = re.compile(r'<p class="edition">.*?</p>')
TOLD = """\
<p class="edition">{{ edition.name }}, {{ edition.date }}{% if edition.newest %} \
<a href="{{ edition.newest_at }}">{{ edition.newest }}</a>{% endif %}\
{% if edition.changes %} <a href="{{ edition.changes }}">changes</a>{% endif %}</p>
"""
NUMBERS = """\
{% extends "page.html" %}
{% block more %}
{% for receipt in receipts %}
<p id="{{ receipt.id }}">{{ receipt.label }}</p>
{% endfor %}
{% endblock %}
"""


def with_editions(project):
    """Let the pages of a small story say of which edition they are."""
    page = "templates/page.html"
    head = '{% if edition %}\n<meta name="edition" content="{{ edition.name }}">\n{% endif %}\n</head>'
    project.replace(page, "</head>", head)
    project.replace(page, "</main>", '{% if edition %}{% include "edition.html" %}{% endif %}\n</main>')
    project.write("templates/edition.html", TOLD)
    project.write("templates/edition_numbers.html", NUMBERS)
    for words in sorted((project.root / "content").glob("*/words.toml")):
        words.write_text(f'edition_numbers = "Numbers"\n{words.read_text("utf-8")}', "utf-8")
