"""What tests of the engine share: projects made of the base story, with its drawings or
with its good site.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from press.data.descriptions import parse_description
from press.data.schema import TableDescription
from press.figures.pool import DrawingPool
from press.ground.files import format_path, read_text
from press.story import CheckedStory
from tests.engine.bindings import STORY, bind_project, make_project_with_overlay
from tests.engine.project import BASE, Project
from tests.engine.serving import Server, run_server


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, pool: DrawingPool) -> Path:
    """Build and publish the base story once, for tests that begin with a good site and
    its drawings.
    """
    root = tmp_path_factory.mktemp("built") / "story"
    shutil.copytree(BASE, root)
    outcome = Project(root, pool).run("build")
    assert outcome.status == 0, outcome.err
    return root


@pytest.fixture
def make_project(
    built: Path, tmp_path: Path, pool: DrawingPool
) -> Callable[..., Project]:
    """Return a function that makes a project: the base story with the files of
    ``overlay`` over it.

    The drawings of the base story are in its cache: what a test changes is drawn anew,
    and nothing else.
    """

    def make(name: str = "project", overlay: Path | None = None) -> Project:
        root = tmp_path / name
        shutil.copytree(BASE, root)
        shutil.copytree(built / ".cache", root / ".cache")
        if overlay:
            shutil.copytree(overlay, root, dirs_exist_ok=True)
        return Project(root, pool)

    return make


@pytest.fixture
def project(make_project: Callable[..., Project]) -> Project:
    """Return the base story with its drawings, not yet published."""
    return make_project()


@pytest.fixture
def story(make_project: Callable[..., Project]) -> Project:
    """Return the small story in which every scheme is bound."""
    return make_project(overlay=STORY)


@pytest.fixture(scope="session")
def bound(tmp_path_factory: pytest.TempPathFactory) -> CheckedStory:
    """Return that story held to its tables, which stay as they are."""
    return bind_project(
        make_project_with_overlay(tmp_path_factory.mktemp("bound") / "story")
    )


@pytest.fixture
def published(built: Path, project: Project) -> Project:
    """Return the base story with its drawings and its good site."""
    shutil.copytree(built / "site", project.site)
    return project


@pytest.fixture(scope="module")
def no_browser() -> Iterator[None]:
    """Let no browser be on this computer that prints."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("CHROME", "none-of-this-computer")
        yield


@pytest.fixture
def server() -> Iterator[Server]:
    """Run a server of the test's own."""
    with run_server() as own:
        yield own


@pytest.fixture
def describe(tmp_path: Path) -> Callable[..., TableDescription]:
    """Return a function that reads the description of a table from the TOML of its
    fields and more.
    """

    def describe(toml: str, name: str = "table") -> TableDescription:
        path = tmp_path / "data" / f"{name}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(toml, "utf-8")
        return parse_description(read_text(path, tmp_path), format_path(path, tmp_path))

    return describe
