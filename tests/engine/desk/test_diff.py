"""Diff: today's small story beside a revision of a small repository, a folder, a file of numbers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

from press.desk import sides
from tests.engine.bindings import STORY, add, with_claim_figures
from tests.engine.project import Project, files_in

INDEX, TABLE = "content/en/index.md", "data/trade.csv"
MORE = "In 2022 trade was [more](claim:more/total.2022/total.2021) than in 2021, [$190.3 billion](fact:total/2022)."
# The command line of a small story, as its repository holds it.
BUILD = """import sys
del sys.path[0]  # where this file would be taken for the engine's
from pathlib import Path
from tests.engine.project import Project
done = Project(Path(__file__).resolve().parent).run(*sys.argv[1:])
sys.stdout.write(done.out)
sys.stderr.write(done.err)
sys.exit(done.status)
"""
# The command line of a time that knew no diff.
OLDER = 'import sys\nif "diff" in sys.argv:\n    sys.stderr.write("invalid choice: diff\\n")\n    sys.exit(2)\n'
GIT = ("git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")


def git(root, *arguments):
    """Return what git says."""
    done = subprocess.run([*GIT, "-C", root, *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit(root):
    """Commit all there is; return how a diff calls it."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "As it is")
    return f"HEAD ({git(root, 'rev-parse', 'HEAD')[:7]})"


def in_repository(project):
    """Return a story with all of it read, and all of it committed."""
    project.write("build.py", BUILD)
    project.write(".gitignore", "/.cache/\n/site/\n__pycache__/\n")
    project.run("read", "--accept-without-reading")
    git(project.root, "init", "--quiet")
    commit(project.root)
    return project


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch):
    """Let a story's command line find the engine, and nobody's settings of git count."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))


@pytest.fixture
def story(project):
    """Return the small story in a repository; it has one claim in its text."""
    add(project, MORE)
    return in_repository(project)


def sections(outcome):
    """Return what each section of a terminal's lines is called, with how much there is."""
    return [line for line in outcome.out.splitlines()[1:-1] if not line.startswith(" ")]


def test_nothing_changed_since_the_last_commit(story):
    """Which is what a diff compares with; it leaves no trace in the repository."""
    before = files_in(story.root / ".git")

    outcome = story.run("diff")

    name = f"HEAD ({git(story.root, 'rev-parse', 'HEAD')[:7]})"
    assert outcome == (0, f"Nothing has changed since {name}\nNo words need a person\n", "")
    assert files_in(story.root / ".git") == before


def test_a_new_year_and_a_revision_are_told(story):
    """The signal first, then numbers, charts, tables; the exit status says that words need a person."""
    story.replace(TABLE, "2022,total,190271,1,", "2022,total,140271,1,")
    story.replace(TABLE, "2022,export,76122", "2022,export,26122")
    story.write(TABLE, f"{story.read(TABLE)}2024,total,244800,10,beta-2024\n")

    outcome = story.run("diff")

    assert outcome.status == 1
    lines = outcome.out.splitlines()
    assert [line.partition(":")[0] for line in sections(outcome)] == [
        "Claims that flipped",
        "Now false, for a person",
        "Now unread",
        "Numbers",
        "Charts",
        "Tables",
    ]
    flip = f"  {INDEX}:15:20: "
    assert next(line for line in lines if "flipped" in line) == "Claims that flipped: 2 claims"
    assert next(line for line in lines if line.startswith(flip)).endswith(": claim:more/total.2022/total.2021 hol…")
    assert "  fact:total/2022: 190271 USD million (2022) → 140271 USD million (2022)" in lines
    assert next(line for line in lines if line.startswith("  totals: newest Trade of 2023 → Trade of 2024; points:"))
    assert next(line for line in lines if line.startswith("  trade: 1 row added (2024, total); 2 rows revised"))
    assert lines[-1].startswith("For a person: 3 mistakes in the words (build.py check), and 4 sentences")


def test_a_stale_number_is_told_with_what_fix_writes(story):
    """Apart from what only a person can mend."""
    story.replace(TABLE, "2023,total,240110,10", "2023,total,240310,10")
    story.replace(TABLE, "2023,export,110970", "2023,export,111170")
    story.replace("data/trade.toml", 'value = "240110"', 'value = "240310"')

    lines = story.run("diff").out.splitlines()

    assert lines[1:3] == [
        "Now false, and fix writes them: 2 places",
        f'  {INDEX}:7:24: "In 2023 trade came to $240.1 billion.": $240.1 billion → $240.3 billion',
    ]


def test_changed_words_are_unread_and_nothing_else(story):
    """No number, chart or table has changed."""
    story.replace(INDEX, "trade came to", "all trade came to")

    outcome = story.run("diff")

    assert (outcome.status, sections(outcome)) == (1, ["Now unread: 1 sentence", "Bound sentences: 1 reworded"])
    assert outcome.out.splitlines()[2].endswith("nobody has read these words")


def test_a_renamed_page_and_a_moved_section_are_no_change(story):
    """A sentence is known by its content."""
    page = '+++\ntitle = "Then"\nlabel = "Then"\ndescription = "What was."\n+++\n\n## Then {#then}\n\n'
    words = "In 2022 trade came to [$190.3 billion](fact:total/2022)."
    story.write("content/en/older.md", f"{page}{words}\n\n## Thanks {{#thanks}}\n\nNothing.\n")
    story.run("read", "--accept-without-reading")
    commit(story.root)

    (story.root / "content/en/older.md").unlink()
    head, then = page.split("## ", maxsplit=1)[0], page.split("\n\n")[1]
    story.write("content/en/former.md", f"{head}## Thanks {{#thanks}}\n\nNothing.\n\n{then}\n\n{words}\n")
    outcome = story.run("diff")

    assert story.run("check").err == ""
    assert (outcome.status, sections(outcome)) == (0, [])
    assert outcome.out.startswith("Nothing has changed since HEAD (")


def test_what_is_kept_is_not_made_again(story, monkeypatch):
    """A revision is built once for its tree, whatever it is called."""
    story.run("diff")
    git(story.root, "tag", "v1")
    monkeypatch.setattr(sides, "run_in", None)

    assert story.run("diff", "v1").out.startswith("Nothing has changed since v1 (")


def test_a_revision_that_does_not_build_is_known_by_its_tables(story):
    """The diff says so, and why; the next time it is tried again."""
    good = story.read("story/facts.py")
    story.write("story/facts.py", "import nothing_of_this_name\n")
    name = commit(story.root)
    story.write("story/facts.py", good)
    story.replace(TABLE, "2023,import,129140", "2023,import,129141")

    outcome = story.run("diff")

    assert outcome.status == 0
    lines = outcome.out.splitlines()
    assert lines[0] == f"What has changed since {name}"
    assert lines[1].startswith(f"  {name} does not build with the packages of today, and only tables are compared: ")
    assert lines[2:] == [
        "Tables: 1 changed",
        "  trade: 1 row revised (2023, import: value_usd_million 129140 → 129141)",
        "No words need a person",
    ]
    assert str(story.root.parent) not in outcome.out


def test_an_older_command_line_tells_numbers_and_tables(make_project):
    """A revision whose code knows no diff is known by its site; its build deletes no drawing of ours."""
    story = in_repository(make_project(overlay=STORY))
    story.write("build.py", OLDER + BUILD)
    name = commit(story.root)
    drawings = files_in(story.root / ".cache/figures")
    story.replace(TABLE, "2021,total,146886.9", "2021,total,146887.9")

    outcome = story.run("diff")

    lines = outcome.out.splitlines()
    assert f"  {name} is older than this command, and only numbers and tables are compared" in lines
    assert "  fact:total/2021: 146887 USD million (2021) → 146888 USD million (2021)" in lines
    assert drawings.items() <= files_in(story.root / ".cache/figures").items()
    assert not [line for line in lines if "new" in line or "gone" in line]


def test_an_older_story_without_numbers_is_known_by_its_tables(story):
    """Its site has no page of all numbers."""
    story.write("build.py", OLDER + BUILD)
    name = commit(story.root)

    lines = story.run("diff").out.splitlines()

    assert lines[1] == f"  {name} has no numbers.json that can be read, and only tables are compared"


def test_a_shallow_clone_says_what_it_lacks(story, tmp_path):
    """And what to do about it."""
    story.write("a", "b")
    commit(story.root)
    clone = Project(tmp_path / "clone", story.worker)
    git(story.root, "clone", "--quiet", "--depth", "1", f"file://{story.root}", clone.root)

    outcome = clone.run("diff", "HEAD~1")

    assert outcome.status == 2
    assert outcome.err == (
        'found no revision, file or folder "HEAD~1"\n'
        "    hint: this clone is shallow, it lacks older revisions: git fetch --unshallow\n"
    )
    assert clone.run("diff").status == 0


@pytest.mark.parametrize("name", ["v9", "HEAD~99", "nowhere/numbers.json", "a b", "HEAD^{tree}:x", "-"])
def test_a_name_that_is_nothing_is_an_error(story, name):
    """A revision, a file and a folder are looked for."""
    outcome = story.run("diff", name)

    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith(f'found no revision, file or folder "{name}"\n    hint: ')


def test_without_a_repository_there_are_files_and_folders(story):
    """No repository, none with a commit, and no git at all are told apart; the hint is right."""
    shutil.rmtree(story.root / ".git")
    assert (outcome := story.run("diff")).status == 2
    assert outcome.err.startswith("git cannot say: not a git repository")
    assert outcome.err.endswith("or with a folder that holds a copy: build.py diff FOLDER\n")

    git(story.root, "init", "--quiet")
    assert story.run("diff").err.startswith("found no commit in this repository, expected one to compare with\n")


def test_without_git_it_is_named(story, monkeypatch):
    """A computer may have none."""
    monkeypatch.setenv("PATH", str(story.root))

    outcome = story.run("diff")

    assert outcome.status == 2
    assert outcome.err.startswith("found no git on this computer, which knows the revisions\n    hint: ")


def test_a_submodule_is_named_however_dirty(story, tmp_path):
    """Its files are in another repository: they are not looked at, and that is said."""
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "--quiet")
    (other / "a").write_text("a", "utf-8")
    commit(other)
    git(story.root, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other), "more")
    name = commit(story.root)
    story.write("more/a", "changed")

    assert story.run("diff").out.splitlines() == [
        f"Nothing has changed since {name}, as far as it is known",
        "  the files of submodules are not in it: more",
        "No words need a person",
    ]


def test_a_project_may_lie_below_its_repository(story, tmp_path):
    """The same folder of the revision is its other side; where there is none, that is said."""
    whole = tmp_path / "whole"
    shutil.copytree(story.root, whole / "a story", ignore=shutil.ignore_patterns(".git"))
    own = Project(whole / "a story", story.worker)
    git(whole, "init", "--quiet")
    (whole / "else").write_text("e", "utf-8")
    git(whole, "add", "else")
    git(whole, "commit", "--quiet", "--message", "Another thing")
    assert own.run("diff").err.startswith("found no folder a story in ")

    commit(whole)
    own.replace(INDEX, "trade came to", "all trade came to")

    assert sections(own.run("diff")) == ["Now unread: 1 sentence", "Bound sentences: 1 reworded"]


def test_a_folder_with_a_copy_is_compared_and_left_alone(story, tmp_path):
    """Nothing is written there; a table that it alone has is gone."""
    copy = tmp_path / "copy"
    shutil.copytree(story.root, copy, ignore=shutil.ignore_patterns(".git", ".cache"))
    (copy / "data/more.csv").write_text("year,value\n2023,1\n", "utf-8")
    (copy / "build.py").unlink()
    before = files_in(copy)

    outcome = story.run("diff", str(copy))

    assert outcome.out.splitlines()[1:] == [
        f"  {copy} holds no build.py, and only its tables are compared",
        "Tables: 1 gone",
        "  more: gone: 1 row",
        "No words need a person",
    ]
    assert files_in(copy) == before


def test_a_saved_file_of_numbers_is_compared(story, tmp_path):
    """A file, or an edition's folder that holds one."""
    snapshot = json.loads(story.run("diff", "--snapshot").out)
    saved = tmp_path / "edition" / "numbers.json"
    shutil.copytree(story.root / "data", saved.parent / "data")  # as a site has it, for other programs
    saved.write_text(json.dumps({"version": 1, "numbers": snapshot["numbers"]}), "utf-8")
    story.replace(TABLE, "2023,total,240110,10", "2023,total,240120,10")

    for name in (saved, saved.parent):
        lines = story.run("diff", str(name)).out.splitlines()
        assert lines[1] == f"  {name} holds numbers, and only these are compared"
        assert "  fact:total/2023: 240110 USD million (2023) → 240120 USD million (2023)" in lines


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "found no JSON, expected a numbers.json that a build has written"),
        ("[" * 100_000, "found no JSON, expected a numbers.json that a build has written"),
        ("[1]", "found other JSON, expected a numbers.json that a build has written"),
        ('{"numbers": [{"id": 1}]}', "found other JSON, expected a numbers.json that a build has written"),
        ('{"version": 1, "numbers": [{"id": "fact:a", "value": 3}]}', "found other JSON, expected a numbers.json"),
        (
            '{"version": 1, "numbers": [{"id": "fact:a", "value": "1e999999999"}]}',
            "found other JSON, expected a numbers.json",
        ),
        ('{"version": 9, "numbers": []}', "found the version 9, expected 1"),
        (
            '{"version": 1, "numbers": [{"id": "fact:of_another", "value": "3"}]}',
            "found no number of this story, expected its own numbers.json",
        ),
    ],
    ids=["broken", "deep", "list", "ids", "values", "huge", "version", "other story"],
)
def test_a_file_that_is_no_numbers_of_this_story_is_an_error(story, tmp_path, text, told):
    """It is said what was found, and nothing is compared."""
    file = tmp_path / "some.json"
    file.write_text(text, "utf-8")

    outcome = story.run("diff", str(file))

    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith(f"{file}: {told}")


def test_a_folder_of_something_else_is_an_error(story, tmp_path):
    """It has neither tables nor numbers."""
    outcome = story.run("diff", str(tmp_path))

    assert outcome.status == 2
    assert "found neither data/ nor numbers.json in this folder" in outcome.err


def test_today_may_be_broken(story):
    """Its tables are compared all the same, what is wrong is said, and the exit status is that of an error."""
    story.replace(TABLE, "2023,total,240110", "2023,total,oil")

    outcome = story.run("diff")

    assert outcome.status == 2
    assert outcome.out.splitlines()[1:3] == [
        "  today's story cannot be read, and only tables are compared",
        "Tables: 1 changed",
    ]
    assert outcome.err.startswith(f"{TABLE}:10: ")


def test_a_chart_that_cannot_be_drawn_is_a_mistake(story):
    """Then nothing is known of the charts of today, nor of what is unread."""
    story.write("story/charts.py", f"{story.read('story/charts.py')}\n\ndef totals(*_):\n    return 1 / 0\n")

    outcome = story.run("diff")

    assert (outcome.status, sections(outcome)) == (1, ["Now false, for a person: 1 place"])


def test_it_is_written_as_markdown_and_as_a_page(story, tmp_path):
    """The page goes where it is asked for, and the same again is the same."""
    story.replace(TABLE, "2021,total,146886.9", "2021,total,146887.9")
    story.run("diff")
    page = tmp_path / "new" / "page.html"

    outcome = story.run("diff", "--markdown", "--html", str(page))

    assert outcome.out.startswith("### What has changed since HEAD ")
    text = page.read_text("utf-8")
    assert text.count("<svg") == 2
    assert str(tmp_path) not in text
    assert story.run("diff", "--markdown", "--html", str(page)) == outcome
    assert page.read_text("utf-8") == text


def test_a_page_that_cannot_be_written_is_an_error(story, tmp_path):
    """A folder is no file."""
    (tmp_path / "page.html").mkdir()

    outcome = story.run("diff", "--html", str(tmp_path / "page.html"))

    assert outcome.status == 2
    assert "cannot be written" in outcome.err


def test_a_page_takes_the_place_of_no_source(story):
    """Its name says that it is one."""
    with pytest.raises(SystemExit, match="2"):
        story.run("diff", "--html", "data/trade.csv")


def test_a_side_holds_every_language(make_project):
    """The numbers of all, each once; the charts of others than the site's own by their code."""
    other = make_project(overlay=STORY.with_name("second-language"))

    known = json.loads(other.run("diff", "--snapshot").out)

    names = [item["id"] for item in known["numbers"]]
    assert "fact:total/2023" in names
    assert len(names) == len({*names})
    assert {name.partition("/")[0] for name in known["charts"]} >= {"ru", "totals"}
    assert {item["state"] for item in known["sentences"]} == {"read"}


def test_a_verdict_that_changed_has_before_and_after(make_project):
    """It is what the build computes, not what the table says."""
    story = in_repository(with_claim_figures(make_project(overlay=STORY)))
    story.replace(TABLE, "2023,import,129140", "2023,import,129130")

    lines = story.run("diff").out.splitlines()

    assert lines[lines.index("Verdicts: 1 verdict") + 1] == "  C1: $129.14 billion: right → wrong"


def test_a_copy_is_made_with_its_own_code(story, tmp_path):
    """Of its sentences, too; and eight sides are kept."""
    copy = tmp_path / "copy"
    shutil.copytree(story.root, copy, ignore=shutil.ignore_patterns(".git", ".cache"))
    for number in range(9):
        story.write(f".cache/sides/{number}.json", "{}")
    story.replace(INDEX, "trade came to", "all trade came to")

    outcome = story.run("diff", str(copy))

    assert sections(outcome) == ["Now unread: 1 sentence", "Bound sentences: 1 reworded"]
    assert len(files_in(story.root / ".cache/sides")) == 8
