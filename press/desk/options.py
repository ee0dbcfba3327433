"""Options that several commands take, and what is checked of words that are typed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from press.ground.address import BaseUrl
from press.ground.errors import quote_words
from press.ground.invisible import collect_invisible, locate_invisible
from press.ground.period import Period


def parse_base(
    _context: click.Context, _option: click.Parameter, url: str | None
) -> BaseUrl | None:
    """Return the address that an option gives."""
    try:
        return None if url is None else BaseUrl.parse(url)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def check_day_or_month_like(
    example: str, _context: click.Context, _option: click.Parameter, text: str | None
) -> str | None:
    """Return a month or a day that is written as ``example`` is, of this
    millennium or the one before.
    """
    if text is None:
        return None
    time = Period.parse_or_none(text)
    if time and time.length == 1 and len(text) == len(example) and text[0] in "12":
        return text
    raise click.BadParameter(f"found {text}, expected a time such as {example}")


check_day = partial(check_day_or_month_like, "2026-11-26")
check_month = partial(check_day_or_month_like, "2026-01")


def check_invisible_characters(
    _context: click.Context, _option: click.Parameter, text: str
) -> str:
    """Return words for readers as they were typed, which have no
    invisible characters.
    """
    if hidden := locate_invisible(text):
        raise click.BadParameter(
            "; ".join(dict.fromkeys(each.message for each in hidden))
        )
    return text


def parse_visible_folder_name(
    _context: click.Context, _argument: click.Parameter, name: str
) -> Path:
    """Return the folder that an argument names."""
    if not name.strip() or collect_invisible(name) or "\n" in name:
        raise click.BadParameter(
            f"found {quote_words(name)}, expected the name of a folder"
        )
    return Path(name)


# of words that readers are shown
make_words_option = partial(
    click.option, default="", callback=check_invisible_characters
)
DRY_RUN = click.option(
    "--dry-run", is_flag=True, help="Say what would be written, and write nothing."
)
STRICT = click.option(
    "--strict",
    "refuses_unread",
    is_flag=True,
    help="Refuse sentences that nobody has read beside their present data, and"
    " placeholders in data/.",
)
BASE_URL = click.option(
    "--base-url",
    metavar="URL",
    callback=parse_base,
    help="Where the site will be served (default: site.toml).",
)
ANSWER = click.option(
    "--answer",
    "confirmed_figures",
    multiple=True,
    metavar="FIGURE",
    help=(
        "A figure of which an earlier run has asked: yes, it is so. May be given"
        " several times."
    ),
)
