"""What programs are offered beside the pages: each file is held to what its readers
expect of it.
"""

import json
import shutil
from uuid import UUID

import pytest
from frictionless import Package
from lxml import etree

from press.ground.address import BaseUrl
from tests.engine.intake.tables import described
from tests.engine.test_stories import STORIES

# what a re-user wants beside the tables
KNOWN = {"id", "version", "created", "licenses", "contributors"}
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


FACTS = '{ name = "facts", title = "Facts; no licence claimed" }'
UNSTATED = '{ name = "notspecified", title = "Facts; no licence claimed" }'
UNKNOWN = {"name": "notspecified", "title": "Facts; no licence claimed"}
CC_BY = {
    "name": "CC-BY-4.0",
    "title": "CC BY 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


def package_of(project):
    """Return the package of a story, and what each table says of its terms in it."""
    package = json.loads(project.build()[PACKAGE].text)
    terms = {
        item["name"]: (item.get("licenses"), item.get("rights"))
        for item in package["resources"]
    }
    return package, terms


def test_what_nobody_has_licensed_is_said_once(project):
    """By the package, from which a table that says nothing has its licence; a licence
    that is known is said by its table, and not by the package.
    """
    project.replace("data/trade.toml", FACTS, UNSTATED)

    package, terms = package_of(project)

    assert package["licenses"] == [UNKNOWN]
    assert terms == {"sources": ([CC_BY], None), "trade": (None, None)}
    assert faults_of_package(json.dumps(package)) == ["created", "version"]


def test_a_table_says_what_the_package_does_not_say_of_its_rights(dated):
    """Most tables without a licence have the same words; others have their own."""
    for name, title in (("sources", "Facts"), ("trade", "Facts"), ("quarters", "Odd")):
        text = dated.read(f"data/{name}.toml")
        unknown = f'licenses = [{{ name = "notspecified", title = "{title}" }}]'
        lines = [
            unknown if line.startswith("licenses") else line
            for line in text.splitlines()
        ]
        dated.write(f"data/{name}.toml", "\n".join(lines))

    package, terms = package_of(dated)

    assert package["licenses"] == [{"name": "notspecified", "title": "Facts"}]
    assert terms == {
        "quarters": (None, "Odd"),
        "sources": (None, None),
        "trade": (None, None),
    }


def test_a_table_that_is_licensed_in_part_says_both(project):
    """Its licence, and in words what is known of the rest, whatever others say: that
    the package says the same does not take it from it.
    """
    text = project.read("data/sources.toml")
    project.write(
        "data/sources.toml", text.replace("licenses = [", f"licenses = [{UNSTATED}, ")
    )
    all_licensed, terms = package_of(project)
    project.replace("data/trade.toml", FACTS, UNSTATED)

    package, terms_beside_unlicensed = package_of(project)

    assert terms["sources"] == ([CC_BY], "Facts; no licence claimed")
    assert terms_beside_unlicensed["sources"] == terms["sources"]
    assert [item["name"] for item in all_licensed["licenses"]] == ["CC-BY-4.0", "facts"]
    assert package["licenses"] == [UNKNOWN]


def test_terms_without_a_name_that_have_an_address_are_a_licence(project):
    """Their text can be read there."""
    told = 'path = "https://example.org/terms"'
    project.replace("data/trade.toml", FACTS, UNSTATED.replace(" }", f", {told} }}"))

    package, terms = package_of(project)

    own = UNKNOWN | {"path": "https://example.org/terms"}
    assert terms["trade"] == ([own], None)
    assert package["licenses"] == [CC_BY, own]


def test_a_package_and_its_tables_have_ids_that_an_address_does_not_change(project):
    """Each has one of its own, made of the story's name; another story has others."""
    nowhere, somewhere = (
        json.loads(project.build(base)[PACKAGE].text)
        for base in (BaseUrl(""), BaseUrl("https://example.org/story"))
    )
    project.replace("content/site.toml", "A small story", "Another story")
    other = json.loads(project.build()[PACKAGE].text)

    ids, ids_at_address, ids_of_other = map(ids_of, (nowhere, somewhere, other))
    assert ids == ids_at_address
    assert len({*ids, *ids_of_other}) == len(ids) + len(ids_of_other)
    assert [str(UUID(own)) for own in ids] == ids
    assert "homepage" not in nowhere


def ids_of(package):
    """Return the ids of a package and of its tables."""
    return [package["id"], *(item["id"] for item in package["resources"])]


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
