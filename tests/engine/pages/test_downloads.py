"""What programs are offered beside the pages: each file is held to what its readers
expect of it.
"""

import json
import shutil

import pytest
from frictionless import Package
from lxml import etree

from tests.engine.intake.tables import described
from tests.engine.test_stories import STORIES

# what a re-user wants beside the tables
KNOWN = {"version", "created", "licenses", "contributors"}
SITEMAP, PACKAGE = "sitemap.xml", "data/datapackage.json"
PUBLISHED = (
    '[[changes]]\nid = "published"\ndate = {}\nkind = "published"\ntitle = "It is'
    ' out"\n'
)
QUARTERS = [
    ("quarter", "quarter", 'constraints = { minimum = "1999-Q4" }'),
    ("of", "list", 'delimiter = ";"'),
]


@pytest.fixture
def dated(make_project):
    """Return a story with changes, an address and a licence; its tables have a column
    of every type.
    """
    project = make_project(overlay=STORIES / "dates")
    project.write("data/quarters.toml", described(["quarter"], *QUARTERS))
    project.write("data/quarters.csv", "quarter,of\n2024-Q3,a;b\n")
    return project


def faults_of_package(text):
    """Return what the standard does not allow, and what of a published package is
    missing.
    """
    package = json.loads(text)
    return [error.note for error in Package.metadata_validate(package)] + sorted(
        KNOWN - package.keys()
    )


def test_a_story_without_changes_has_no_days(make_project):
    """Where nobody has said when it was published, the package has no version."""
    site = make_project(overlay=STORIES / "base-url").build()

    assert [
        item.tag for item in etree.fromstring(site[SITEMAP].body).iter("{*}lastmod")
    ] == []
    assert faults_of_package(site[PACKAGE].text) == ["created", "version"]


def test_the_data_package_is_what_its_profile_wants(dated):
    """It says its version, when it was made, by whom and under which licences, as the
    profile that it names has it.
    """
    assert faults_of_package(dated.build()[PACKAGE].text) == []


def test_what_a_table_says_of_its_times_is_in_its_package(dated):
    """The standard takes no offence at it; a day is written as text."""
    dated.replace("data/trade.toml", 'type = "year"', 'type = "year"\nevery = 1')
    dated.replace(
        "data/sources.toml",
        'type = "date"',
        'type = "date"\nconstraints = { minimum = 1999-12-31 }',
    )
    text = dated.build()[PACKAGE].text

    assert faults_of_package(text) == []
    assert [
        line for line in ('"every": 1,', '"minimum": "1999-12-31"') if line not in text
    ] == []


def test_frictionless_finds_the_tables_as_the_package_says(dated, tmp_path):
    """The standard's own validator reads every table, and finds its size
    and its hash.
    """
    folder = tmp_path / "package"
    for address, file in dated.build().items():
        if address.startswith("data/"):
            (folder / address).parent.mkdir(parents=True, exist_ok=True)
            (folder / address).write_bytes(file.body)
    package = Package(str(folder / PACKAGE))

    assert package.validate().flatten(["title", "message"]) == []
    assert all(item.bytes and item.hash for item in package.resources)
    (folder / "data" / "quarters.csv").write_text("quarter,of\n2024-09,a\n")
    told = Package(str(folder / PACKAGE)).validate().flatten(["type", "note"])
    assert ["constraint-error", 'constraint "pattern" is "[12][0-9]{3}-Q[1-4]"'] in told
    shutil.copy(folder / "data" / "sources.csv", folder / "data" / "trade.csv")
    assert not package.validate().valid


@pytest.mark.parametrize(
    ("day", "version"),
    [
        ("2024-11-26", "2024.11.26"),
        ("2024-03-05", "2024.3.5"),
        ("2030-10-10", "2030.10.10"),
    ],
)
def test_the_version_is_the_day_of_the_last_change(dated, day, version):
    """Its parts are numbers without zeros before them, so that any program can tell
    which is newer.
    """
    dated.write("content/en/changes.toml", PUBLISHED.format(day))
    package = json.loads(dated.build()[PACKAGE].text)

    assert (package["version"], package["created"]) == (version, f"{day}T00:00:00Z")
