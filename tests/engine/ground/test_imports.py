"""The story's code: what runs is never older than its files, and what was made with
other code is not taken for it.
"""

import os
import sys

import pytest

from press.desk.order import StoryImporter
from press.ground.errors import BuildError
from press.ground.imports import CodeFingerprints, read_story_files

FILES = {
    "story/__init__.py": "",
    "story/measures.py": "VALUE = 1\n",
    "story/facts.py": (
        "from story import measures\n\n__all__ = ['value']\n\ndef value(_):\n    return"
        " measures.VALUE\n"
    ),
    "story/charts/__init__.py": (
        "from story.charts.one import one\nfrom story.charts.two import two\n"
    ),
    "story/charts/one.py": (
        "from story.measures import VALUE\n\n\ndef one():\n    return VALUE\n"
    ),
    "story/charts/two.py": "def two():\n    return 2\n",
    "story/words.txt": "",
}
ONE, TWO = "story/charts/one.py", "story/charts/two.py"
# How a module may use another one's.
USES = [
    "from story.charts.one import one",
    "from .one import one",
    "import story.charts.one as other",
    "from . import one",
    "from story.charts import one",
    "from story.charts import *",
    "def draw():\n    from story.charts.one import one",
    "if False:\n    from story.charts.one import one",
    "import story.charts",
]


@pytest.fixture
def story(tmp_path):
    """Write a story, and leave none of its modules behind."""
    for place, text in FILES.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(text, "utf-8")
    yield tmp_path
    for name in [name for name in sys.modules if name.partition(".")[0] == "story"]:
        del sys.modules[name]


def code_of(root):
    return CodeFingerprints.from_sources(read_story_files(root))


def list_changed(before, after):
    """Return which fingerprints differ: of each chart by its path, and what all share."""
    found = {
        path
        for path in (ONE, TWO)
        if before.fingerprint_chart_and_shared_code(path)
        != after.fingerprint_chart_and_shared_code(path)
    }
    return found | ({"shared"} if before.shared != after.shared else set())


@pytest.mark.parametrize("place", FILES)
def test_all_of_a_story_is_imported_again_after_any_save(story, place):
    """And not before: what was worked out with its functions still holds."""
    importer = StoryImporter()
    first = importer(story)
    assert importer(story) is first
    (story / place).write_text(f"{FILES[place]}OTHER = 1\n", "utf-8")

    assert importer(story) is not first
    assert importer(story).facts["value"] is not first.facts["value"]


def test_what_was_compiled_before_is_not_taken_for_the_source(story):
    """A save in the same second that leaves as many bytes, which is all that Python
    looks at.
    """
    importer, path = StoryImporter(), story / "story/measures.py"
    times = path.stat().st_atime_ns, path.stat().st_mtime_ns
    assert importer(story).facts["value"](None) == 1
    path.write_text("VALUE = 2\n", "utf-8")
    os.utime(path, ns=times)

    assert importer(story).facts["value"](None) == 2


def test_a_story_that_could_not_be_imported_is_imported_when_it_can(story):
    """A slip that is mended leaves nothing behind."""
    importer, path = StoryImporter(), story / "story/measures.py"
    for broken in ("VALUE =\n", "raise ValueError\n", "raise SystemExit\n"):
        path.write_text(broken, "utf-8")
        with pytest.raises(
            BuildError, match=r"^story/measures\.py:1: the story's code raises "
        ):
            importer(story)
    path.write_text("VALUE = 3\n", "utf-8")

    assert importer(story).facts["value"](None) == 3


def test_another_story_is_another(story, tmp_path_factory):
    """One process may import two, one after the other."""
    other = tmp_path_factory.mktemp("other")
    for place, text in FILES.items():
        (other / place).parent.mkdir(parents=True, exist_ok=True)
        (other / place).write_text(text.replace("VALUE = 1", "VALUE = 9"), "utf-8")

    assert [
        StoryImporter()(root).facts["value"](None) for root in (story, other, story)
    ] == [1, 9, 1]


@pytest.mark.parametrize(
    ("place", "changed"),
    [
        (ONE, {ONE}),
        (TWO, {TWO}),
        ("story/measures.py", {ONE, TWO, "shared"}),
        ("story/charts/__init__.py", {ONE, TWO, "shared"}),
        ("story/words.txt", {ONE, TWO, "shared"}),
        ("story/new.py", {ONE, TWO, "shared"}),
    ],
)
def test_a_chart_depends_on_its_own_module_and_on_all_that_is_no_chart_s(
    story, place, changed
):
    """What was made with a chart's code is no longer good where one of these has
    changed, and only then.
    """
    before = code_of(story)
    (story / place).write_text(f"{FILES.get(place, '')}OTHER = 1\n", "utf-8")

    assert list_changed(before, code_of(story)) == changed


@pytest.mark.parametrize("use", USES)
def test_what_imports_a_chart_s_module_depends_on_it(story, use):
    """However it is imported."""
    (story / TWO).write_text(f"{use}\n{FILES[TWO]}", "utf-8")
    before = code_of(story)
    (story / ONE).write_text(f"{FILES[ONE]}OTHER = 1\n", "utf-8")
    after = code_of(story)

    assert before.fingerprint_chart_and_shared_code(
        TWO
    ) != after.fingerprint_chart_and_shared_code(TWO)


def test_a_chart_whose_function_another_module_makes_depends_on_all(story):
    """Nobody can tell by its place what it was made of."""
    before = code_of(story)
    (story / TWO).write_text(f"{FILES[TWO]}OTHER = 1\n", "utf-8")
    after = code_of(story)

    for place in ("story/measures.py", "press/forms/in_time.py"):
        assert before.fingerprint_chart_and_shared_code(
            place
        ) != after.fingerprint_chart_and_shared_code(place)


THREE = "story/charts/three.py"  # a module that only one chart imports


@pytest.mark.parametrize(
    ("importing", "changed"),
    [
        ((ONE,), {ONE}),
        ((ONE, TWO), {ONE, TWO}),
        (("story/measures.py",), {ONE, TWO, "shared"}),
    ],
)
def test_a_module_of_charts_concerns_what_imports_it(story, importing, changed):
    """Through another module, too; what a fact imports concerns all."""
    (story / "story/charts/marks.py").write_text("SIZE = 1\n", "utf-8")
    (story / THREE).write_text("from story.charts.marks import SIZE\n", "utf-8")
    for place in importing:
        text = f"from story.charts.three import SIZE\n{FILES[place]}"
        (story / place).write_text(text, "utf-8")
    before = code_of(story)
    (story / "story/charts/marks.py").write_text("SIZE = 2\n", "utf-8")

    assert list_changed(before, code_of(story)) == changed
