"""The process that reads a workbook: its bytes come in, its sheets go out as JSON; nothing of the engine is needed.

The library that reads workbooks ends the whole process at some broken files: it has one of its own to end.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from decimal import Decimal

from python_calamine import CalamineError, CalamineWorkbook

TOLD = 3  # the exit status beside which an error says what is wrong
MEMORY = 2_000_000_000  # bytes that the process may have
DECIMALS = 6  # of a number: what stands behind them is how a computer stores it


def main() -> int:
    """Read the workbook on standard input; print ``[[name, rows], ...]``, or what is wrong and exit with ``TOLD``."""
    with contextlib.suppress(ImportError, ValueError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except (CalamineError, OSError, ValueError) as error:
        sys.stderr.write(str(error))
        return TOLD
    sys.stdout.write(json.dumps([(name, [list(map(stored, row)) for row in rows]) for name, rows in sheets]))
    return 0


def stored(value: object) -> str:
    """Write a cell's value: a number with the decimals that were meant."""
    if isinstance(value, float):
        return f"{Decimal(repr(round(value, DECIMALS))):f}".removesuffix(".0")
    return str(value)


if __name__ == "__main__":
    sys.exit(main())
