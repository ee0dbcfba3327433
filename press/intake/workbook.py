"""Workbooks: the sheets of XLSX and XLS files, which are looked into before anything of them is unpacked."""

from __future__ import annotations

import io
import json
import os
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from press.intake.cells import Sheet, check_size, clean
from press.intake.release import UnreadableError

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
UNPACKED = 50_000_000  # bytes of an XLSX file once it is unpacked
TOLD = 3  # the exit status beside which the reader says what is wrong
READER, SECONDS = Path(__file__).with_name("reader.py"), 60
KEPT = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}  # Windows starts nothing without it
# In a worksheet of XLSX: a row, a cell with its place, a cell that holds a formula; some programs write ``x:c``.
ROW = re.compile(rb"<(?:\w+:)?row\b")
PLACE = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=[\"']([A-Za-z]{1,9})(\d{1,9})[\"']")
FORMULA = re.compile(rb"<(?:\w+:)?c\b[^>]*>\s*<(?:\w+:)?f\b")
LETTERS = 26
AGAIN = "save it again as XLSX, XLS or CSV, or fetch it anew"
# In XLS: records of formulas, and of cells, which begin with row and column; what a sector is that is none.
FORMULAS = {0x0006, 0x0221, 0x04BC}
CELLS = {0x00BD, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E}
EXTENT, EXTENTS = 0x0200, "<2I2H"  # the record of the first and the last row and column, and what it holds
STREAMS = {"Workbook", "Book"}
ENTRY, NAME, START = 128, 64, 116  # of the folder in an XLS file: bytes of an entry, of its name, before its sector
IN_HEADER, SECTORS = 109, 0xFFFFFFFA  # sectors of the table of sectors that the header names; numbers of none


def sheets_of(body: bytes) -> Iterator[Sheet]:
    """Yield the sheets of an XLSX or XLS file: its values as they were stored. Formulas are refused."""
    if body.startswith(ZIP):
        _check_archive(body)
    else:
        _check_records(_stream(body))
    for name, rows in _read(body):
        check_size(len(rows), max(map(len, rows), default=0))
        yield Sheet(clean(name), tuple(tuple(map(clean, row)) for row in rows))


def _read(body: bytes) -> list[tuple[str, list[list[str]]]]:
    """Return the names of the sheets and their rows, read in a process of its own that knows no secret."""
    command = [sys.executable, "-I", str(READER)]
    try:
        done = subprocess.run(command, input=body, capture_output=True, timeout=SECONDS, check=False, env=dict(KEPT))
    except subprocess.TimeoutExpired:
        raise UnreadableError(f"found a spreadsheet that takes longer than {SECONDS} seconds to read", AGAIN) from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() if done.returncode == TOLD else []
        message = f"found a spreadsheet that cannot be read: {said[0] if said else 'it is broken'}"
        raise UnreadableError(message, "open it and save it again without a password")
    return json.loads(done.stdout) or []


def _refuse_formulas() -> NoReturn:
    hint = "save a copy with values alone (copy all, paste values)"
    raise UnreadableError("found formulas in the spreadsheet, expected values as they were printed", hint)


# XLSX


def _check_archive(body: bytes) -> None:
    """Look into an XLSX file before it is read: it is a whole archive, of no monstrous size, without formulas."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            _check_unpacked(sum(item.file_size for item in archive.infolist()))
            broken = archive.testzip()  # it reads each file to the size that was told, and no further
            worksheets = [] if broken else [archive.read(name) for name in archive.namelist() if name.endswith(".xml")]
            is_workbook = "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, zlib.error) as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError(f"found a broken spreadsheet: {error}", AGAIN) from None
    if broken or not is_workbook:
        raise UnreadableError("found a broken spreadsheet, or an archive that is none", AGAIN)
    for xml in worksheets:
        _check_worksheet(xml)


def _check_unpacked(size: int) -> None:
    if size > UNPACKED:
        raise UnreadableError(f"found {size:,} bytes once it is unpacked, expected at most {UNPACKED:,}")


def _check_worksheet(xml: bytes) -> None:
    """Refuse formulas, and cells so far out that a reader would make room for millions before them."""
    if b"\0" in xml:
        raise UnreadableError("found a spreadsheet in UTF-16", "open it and save it again")
    if FORMULA.search(xml):
        _refuse_formulas()
    places = {(letters.upper(), int(row)) for letters, row in PLACE.findall(xml)}
    rows = max((row for _, row in places), default=0)
    check_size(max(rows, len(ROW.findall(xml))), max((_column(letters) for letters, _ in places), default=0))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * LETTERS + letter - ord("A") + 1
    return number


# XLS


def _stream(body: bytes) -> bytes:
    """Return the stream of records of an XLS file, nothing where its sectors cannot be followed."""
    try:
        size = 1 << struct.unpack_from("<H", body, 30)[0]
        sectors = [body[start : start + size] for start in range(size, len(body), size)]
        table = _table(body, sectors, size)
        folder = _chain(struct.unpack_from("<I", body, 48)[0], table, sectors)
        for start in range(0, len(folder), ENTRY):
            entry = folder[start : start + ENTRY]
            if entry[:NAME].decode("utf-16-le", "replace").rstrip("\0") in STREAMS:
                return _chain(struct.unpack_from("<I", entry, START)[0], table, sectors)
    except (struct.error, IndexError, OverflowError, ValueError):
        pass
    return b""


def _table(body: bytes, sectors: list[bytes], size: int) -> list[int]:
    """Return the number of the sector after each: the header names where that is written, and where the rest is."""
    named = [*struct.unpack_from(f"<{IN_HEADER}I", body, 76)]
    further = struct.unpack_from("<I", body, 68)[0]
    while further < SECTORS and len(named) < len(sectors) + IN_HEADER:
        *more, further = struct.unpack(f"<{size // 4}I", sectors[further])
        named += more
    whole = b"".join(sectors[number] for number in named if number < SECTORS)
    return list(struct.unpack(f"<{len(whole) // 4}I", whole))


def _chain(start: int, table: list[int], sectors: list[bytes]) -> bytes:
    """Return the bytes of a chain of sectors, each taken once."""
    found: list[bytes] = []
    while start < SECTORS and len(found) <= len(sectors):
        found.append(sectors[start])
        start = table[start]
    return b"".join(found)


def _check_records(stream: bytes) -> None:
    """Refuse formulas, and cells too far out. Without records nothing is said: the reader tells what is wrong."""
    place, rows, columns = 0, 0, 0
    while place + 8 <= len(stream):
        kind, length, row, column = struct.unpack_from("<4H", stream, place)
        if kind in FORMULAS:
            _refuse_formulas()
        if kind in CELLS:
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        if kind == EXTENT and length >= struct.calcsize(EXTENTS):
            first, last, left, right = struct.unpack_from(EXTENTS, stream.ljust(place + 32, b"\0"), place + 4)
            check_size(max(last, last - first & 0xFFFFFFFF), max(right, right - left & 0xFFFF))
        place += 4 + length
    check_size(rows, columns)
