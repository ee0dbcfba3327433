"""What the descriptions of the tables say of figures to come: how they come, and that
nothing bars their way.
"""

from pathlib import Path

import pytest
from packaging.licenses import canonicalize_license_expression

from story.sources import ADAPTERS
from tests.story import newer

ROOT = Path(__file__).resolve().parents[2]
# ids that SPDX writes otherwise, or does not have
OPEN_DEFINITION = {"notspecified", "other-pd", "ODC-PDDL-1.0"}
TABLES = sorted(path.stem for path in (ROOT / "data").glob("*.csv"))


@pytest.mark.parametrize("name", TABLES)
def test_a_description_says_how_its_table_is_refreshed(data, name):
    """In a sentence, and by a command if there is one."""
    refresh = data[name].description.refresh

    assert refresh.how.endswith(".")
    assert refresh.command.startswith("python build.py ") or not refresh.command


@pytest.mark.parametrize("name", TABLES)
def test_a_licence_is_one_that_programs_know(data, name):
    """By its id: one of SPDX, with the address of its text, or one of the Open
    Definition.
    """
    for licence in data[name].description.licenses:
        if licence["name"] not in OPEN_DEFINITION:
            assert canonicalize_license_expression(licence["name"]) == licence["name"]
        assert "path" in licence or licence["name"] == "notspecified"


@pytest.mark.parametrize("name", TABLES)
def test_no_time_has_an_end(data, name):
    """A last year or month in a description would refuse the release after it."""
    fields = data[name].description.fields.values()

    assert [
        field.name
        for field in fields
        if field.type in newer.TIMES and "maximum" in field.constraints
    ] == []


def test_adapters_and_commands_that_descriptions_name_are_there(data):
    """Each adapter fills a table, and each command is one that the command line has."""
    refreshes = [table.description.refresh for table in data.values()]
    verbs = {refresh.command.split()[2] for refresh in refreshes if refresh.command}

    assert verbs <= {"import", "record"}
    for name, table in data.items():
        refresh = table.description.refresh
        if "record" in refresh.command:
            assert refresh.command == f"python build.py record {name}"
        if " import " in refresh.command:
            assert refresh.command.removeprefix("python build.py import --only ") in {
                item.name for item in ADAPTERS
            }
