"""Packing files together, to the same bytes each time: stored, with one date for all."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

WHEN = (1980, 1, 1, 0, 0, 0)  # the first moment that the format knows
READABLE = 0o644 << 16  # by everybody, where it is unpacked
UNIX = 3


def pack(folder: str, files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP archive of files in one folder, in the order of their names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as packed:
        for name, body in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{folder}/{name}", WHEN)
            entry.external_attr, entry.create_system = READABLE, UNIX
            packed.writestr(entry, body)
    return stream.getvalue()
