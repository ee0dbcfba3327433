"""Archives: the same files are the same bytes, wherever and whenever they are packed."""

import io
import zipfile

from press.pages.archive import pack

FILES = {"b.csv": b"a,b\n1,2\n", "a.txt": "ä\n".encode()}


def test_an_archive_knows_no_time_and_no_machine():
    """One date for all, nothing compressed by whatever library is at hand, readable by everybody."""
    entries = zipfile.ZipFile(io.BytesIO(pack("chart", FILES))).infolist()

    assert {(entry.date_time, entry.compress_type, entry.create_system, entry.external_attr) for entry in entries} == {
        ((1980, 1, 1, 0, 0, 0), zipfile.ZIP_STORED, 3, 0o644 << 16)
    }


def test_the_order_in_which_files_come_makes_no_difference():
    """The same files give the same bytes."""
    assert pack("chart", FILES) == pack("chart", dict(reversed(FILES.items())))
