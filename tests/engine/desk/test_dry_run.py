"""Dry runs: every verb that writes has one, which writes nothing and says what the verb
would do.
"""

import re

import pytest

from press.desk import commands
from tests.engine.bindings import append_paragraph
from tests.engine.desk.test_diff import _surroundings, commit, in_repository  # noqa: F401 - a fixture
from tests.engine.desk.test_record import PAGE, ROW
from tests.engine.desk.test_update import page, with_publishers
from tests.engine.editions import add_edition_templates
from tests.engine.project import read_files_below

INDEX = "content/en/index.md"
OUT = (
    '[[changes]]\nid = "out"\ndate = 2024-02-01\nkind = "published"\ntitle = "It is'
    ' out"\n'
)
NAMED = ("diff", "--name", "again", "--title", "Printed again", "--date", "2024-03-08")
# What each verb that writes is asked, with what its dry run says otherwise than the
# verb: (dry, wet).
WRITING = {
    "fix": (("fix",), ("to be written", "written")),
    "read": (
        ("read", "--accept", f"{INDEX}:15"),
        ("1 sentence to be approved", "1 sentence approved"),
    ),
    "import": (("import",), ("to be written", "written")),
    "import a file": (("import", "saved.html"), ("to be written", "written")),
    "record": (("record", "trade", *ROW, *PAGE), ("to be written", "written")),
    "diff": (NAMED, (" would be a change", " is a change")),
    "edition": (("edition", "one"), ("would be written to ", "")),
}
# Verbs that write no source; what `build` writes `check` finds out, and a preview
# serves from memory. What `new` and `upgrade` write no author has written.
OTHERS = {"build", "check", "explain", "facts", "describe", "preview", "new", "upgrade"}


@pytest.fixture
def story(project, server, monkeypatch, no_browser):  # noqa: ARG001 - an edition is printed otherwise
    """Return the small story in a repository, all of it read but one sentence, its
    publishers on a server.
    """
    monkeypatch.chdir(project.root)
    with_publishers(project, server).write("content/en/changes.toml", OUT)
    add_edition_templates(project)
    return in_repository(project)


def prepared(project, verb):
    """Let there be something to write for a verb."""
    project.write("saved.html", page())
    if verb.startswith(("read", "diff")):
        append_paragraph(
            project, "In 2022 trade came to [$190.3 billion](fact:total/2022)."
        )
    if verb == "diff":
        project.accept()
    if verb == "fix":
        project.replace(INDEX, "$240.1 billion", "$240.2 billion")
        assert project.run("build").status == 1
    if verb == "edition":
        commit(project.root)


def lasting(out):
    """Return what is said that stays, in lines; how much is read differs once it is."""
    passing = ("fetching", "drawing", "building")
    return [
        line
        for line in out.splitlines()
        if not line.startswith(passing) and "sentences read" not in line
    ]


@pytest.mark.parametrize("verb", WRITING)
def test_a_dry_run_writes_nothing_and_says_what_the_verb_does(story, verb):
    """Each line of it is said by the verb, too, or then stands in a file; the exit
    status is the same.
    """
    prepared(story, verb)
    arguments, (told, done) = WRITING[verb]
    before = written(story)

    dry = story.run(*arguments, "--dry-run")

    assert written(story) == before
    wet = story.run(*arguments)
    after = written(story)
    assert after != before, wet
    assert (told in dry.out, dry.status) == (True, wet.status)
    new = b"".join(
        body for place, body in after.items() if body != before.get(place)
    ).decode(errors="replace")
    known = {*lasting(wet.out.replace(told, done)), *new.splitlines()}
    assert [
        line for line in lasting(dry.out.replace(told, done)) if line not in known
    ] == []


def written(project):
    """Return all files but those of the cache and of git."""
    return {
        place: body
        for place, body in read_files_below(project.root).items()
        if not place.startswith((".cache/", ".git/"))
    }


def test_every_verb_that_writes_has_a_dry_run(tmp_path, capsys):
    """A new one is in the table above, or writes nothing."""

    def helped(*verb):
        assert commands.run_in_story([*verb, "--help"], tmp_path, None) == 0
        return capsys.readouterr().out

    verbs = set(
        re.findall(r"^  (\w+)  ", helped().partition("Commands:")[2], re.MULTILINE)
    )
    dry = {verb for verb in verbs if "--dry-run" in helped(verb)}

    assert dry == {arguments[0] for arguments, _ in WRITING.values()}
    assert verbs == dry | OTHERS
