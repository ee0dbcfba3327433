"""The caches are never stale: after any edit a build gives what one gives that has no
cache, in memory or on disk.
"""

import shutil
from collections import Counter
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import Template
from markdown import Markdown

import build
from press.binding import paragraph
from press.desk.order import Order
from press.figures import specify
from press.ground.address import BaseUrl
from press.ground.cache import CACHES, Cache
from press.ground.errors import BuildError
from press.ground.imports import CodeFingerprints, read_story_files
from press.ground.steps import Step
from press.pages import page_reader
from tests.cases import load_cases
from tests.engine.bindings import STORY
from tests.engine.project import BASE, INPUTS, Project, load_story

INDEX, CHART = "content/en/index.md", "content/en/charts/totals.md"
EDITS = load_cases(__file__)
URL = BaseUrl.parse("https://example.org/story")


class Session:
    """A process that builds again and again; the story is imported again where its code
    has changed.
    """

    def __init__(self, project):
        self.project, self._code, self._story = project, {}, None

    def build(self, base=None):
        """Return the files of the site and what is reported, or the problems."""
        code = read_story_files(self.project.root)
        if code != self._code:
            story = load_story(self.project.root)
            self._code = code
            self._story = story._replace(
                charts=cache(story.charts), code=CodeFingerprints.from_sources(code)
            )
        said = []
        try:
            made = dict(
                build.build(
                    Order(
                        self.project.root,
                        base,
                        said.append,
                        self.project.pool,
                        lambda _root: self._story,
                    )
                )
            )
        except BuildError as error:
            return str(error)
        files = {
            address: file.body
            for address, file in made.items()
            if not address.endswith(".png")
        }
        return files, [line for line in said if not isinstance(line, Step)]

    def edit(self, kind, *, back=False):
        edit = EDITS[kind]
        old, new = edit["old"], edit["new"]
        if back:
            old, new = new, old
        self.project.replace(edit["file"], old, new)


def from_nothing(session, base=None):
    """Return what a build gives that remembers nothing, with the sources
    of a session.
    """
    root = session.project.root.with_name("cold")
    shutil.rmtree(root, ignore_errors=True)
    for folder in INPUTS:
        shutil.copytree(session.project.root / folder, root / folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            Cache, "get", lambda _own, _key, make, inputs=None: make(inputs or {})
        )
        patch.setattr(Cache, "find", lambda _own, _key: None)
        return Session(Project(root, session.project.pool)).build(base)


def session_at(root, pool):
    shutil.copytree(BASE, root)
    shutil.copytree(STORY, root, dirs_exist_ok=True)
    return Session(Project(root, pool))


@pytest.fixture
def session(tmp_path, pool):
    """Return a session that has built the small story of bindings once."""
    made = session_at(tmp_path / "story", pool)
    made.first = made.build()
    assert isinstance(made.first, tuple), made.first
    return made


@pytest.fixture(scope="module")
def shared(tmp_path_factory, pool):
    """Return a session that has built, for tests that take back what they edit."""
    made = session_at(tmp_path_factory.mktemp("shared") / "story", pool)
    made.first = made.build()
    return made


@pytest.mark.parametrize("kind", EDITS)
def test_after_an_edit_a_build_gives_what_one_from_nothing_gives(shared, kind):
    """The same files, reports and problems; and once more when the edit
    is taken back.
    """
    shared.edit(kind)
    after, cold = shared.build(), from_nothing(shared)
    shared.edit(kind, back=True)

    assert after == cold
    assert after != shared.first
    assert shared.build() == shared.first


def test_files_that_come_and_go_are_seen(session):
    """A page more, a table more, a template more, a chart's words gone."""
    root = session.project.root
    session.project.write(
        "content/en/more.md",
        '+++\ntitle = "More"\ndescription = "More."\n+++\n\nMore.\n',
    )
    shutil.copy(root / "data/limits.csv", root / "data/bounds.csv")
    shutil.copy(root / "data/limits.toml", root / "data/bounds.toml")
    more = session.build()
    assert more == from_nothing(session)
    (root / CHART).unlink()

    assert session.build() == from_nothing(session) != more


def test_a_change_that_readers_are_told_of_dates_the_site_anew(session):
    """Where changes.toml came, and where it says another day."""
    record = (
        '[[changes]]\nid = "out"\ndate = 2024-02-01\nkind = "published"\ntitle = "It is'
        ' out"\n'
    )
    session.project.write("content/en/changes.toml", record)
    out = session.build()
    session.project.replace("content/en/changes.toml", "2024-02-01", "2024-02-02")
    later = session.build()

    assert session.first != out != later
    assert later == from_nothing(session)


def test_another_address_is_another_site(session):
    """What was built for one address is not taken for another."""
    there = session.build(URL)

    assert there == from_nothing(session, URL) != session.first
    assert session.build() == session.first


@given(kinds=st.lists(st.sampled_from(sorted(EDITS)), min_size=2, max_size=8))
@settings(
    max_examples=6,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_after_any_edits_a_build_gives_what_one_from_nothing_gives(
    tmp_path_factory, pool, kinds
):
    """Edits are made and taken back in any order, some on top of others, with a build
    after each.
    """
    session, made = session_at(tmp_path_factory.mktemp("edits") / "story", pool), set()
    session.build()
    for kind in kinds:
        session.edit(kind, back=kind in made)
        made ^= {kind}
        after = session.build()

    assert after == from_nothing(session)


def test_what_no_build_asks_for_is_forgotten(session):
    """Thirty saves leave no more behind than ten."""
    counts = []
    for number in range(30):
        text = session.project.read(INDEX)
        session.project.write(
            INDEX,
            text.replace("may stand here", f"may stand here for the {number}th time"),
        )
        session.build()
        session.project.write(INDEX, text)
        counts.append(sum(map(len, CACHES)))

    assert max(counts[10:]) <= max(counts[:10])


@pytest.fixture
def counted(tmp_path, pool, monkeypatch):
    """Return a session that has built once, and how often a build since did each of the
    things that take long.
    """
    counts = Counter()

    def count(owner, name, kind):
        made = getattr(owner, name)

        def counting(*given, **named):
            counts[kind] += 1
            return made(*given, **named)

        monkeypatch.setattr(owner, name, counting)

    for each in CACHES:
        each.clear()
    for owner, name, kind in (
        (specify, "check_plot_rows_and_width", "charts specified"),
        (pool, "begin_svg", "drawings"),
        (paragraph, "_check_paragraph_without_cache", "paragraphs held"),
        (Markdown, "convert", "texts converted"),
        (Template, "render", "templates filled"),
        (page_reader, "_list_repeated_ids", "pages looked through"),
    ):
        count(owner, name, kind)
    made = session_at(tmp_path / "story", pool)
    shutil.rmtree(made.project.root / ".cache", ignore_errors=True)
    made.build()
    return made, counts


def test_a_build_from_nothing_does_each_thing_once(counted):
    """A chart is specified once and drawn once a size; a page is looked through once, a
    text once where it is shown.
    """
    _, counts = counted

    assert {
        "charts specified": 1,
        "drawings": 2,
        "pages looked through": 5,
        "texts converted": 6,
    }.items() <= counts.items()


ON_PAGE = {"texts converted": 1, "templates filled": 1, "pages looked through": 1}


@pytest.mark.parametrize(
    ("kind", "done"),
    [
        ("a word", {**ON_PAGE, "paragraphs held": 1}),
        ("a line above", {**ON_PAGE, "paragraphs held": 1}),
        ("a template", {"templates filled": 5, "pages looked through": 5}),
    ],
)
def test_after_an_edit_only_what_follows_from_it_is_done(counted, kind, done):
    """Nothing that takes long is done again for what has not changed."""
    session, counts = counted
    counts.clear()
    session.edit(kind)
    session.build()

    assert counts == done
