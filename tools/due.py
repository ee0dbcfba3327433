"""Says what a published site promises for a day that has passed: ``python -m tools.due
ADDRESS 2026-11-26``.

A site says in ``data/datapackage.json`` by which day the next figures of each table are
due. One that is built on a later day, and told so, promises them no more: where
something is said here, the site is to be built anew. Nothing is said where nothing is
promised, nothing is published, or the site does not answer, which is told as a warning.
"""

from __future__ import annotations

import http.client
import json
import sys
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

PACKAGE = "data/datapackage.json"
PATIENCE = 30  # seconds


def main(arguments: Sequence[str]) -> None:
    """Look at a site, and say which promises have passed."""
    address, today = arguments
    try:
        package = read_package_if_published(address)
    except (OSError, ValueError, http.client.HTTPException) as error:
        sys.stderr.write(f"::warning::{address} cannot be looked at: {error}\n")
        return
    if passed := find_passed_due_days(package, today):
        told = ", ".join(f"{name} by {day}" for name, day in passed.items())
        print(f"The site promises figures for a day that has passed: {told}")


def read_package_if_published(site_address: str) -> Mapping[str, Any]:
    """Return what a site says of its tables; nothing where it is not published yet.

    Raises ``OSError``, ``ValueError`` or ``HTTPException`` where it cannot be read.
    """
    place = f"{site_address.rstrip('/')}/{PACKAGE}"
    try:
        with urlopen(place, timeout=PATIENCE) as answer:  # noqa: S310 - GitHub says where
            package: Mapping[str, Any] = json.load(answer)
    except HTTPError as error:
        if error.code == HTTPStatus.NOT_FOUND:
            return {}
        raise
    return package


def find_passed_due_days(package: Mapping[str, Any], today: str) -> dict[str, str]:
    """Return the day that is promised for each table, where it lies before today."""
    days = {
        table["name"]: table.get("refresh", {}).get("next_due", "")
        for table in package.get("resources", ())
    }
    return {name: day for name, day in days.items() if "" < day < today}


if __name__ == "__main__":
    main(sys.argv[1:])
