"""What all commands have in common: the group that names them, the story that they work
on, and how a run of one ends.
"""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from press.desk.order import BuildFunction, StoryHandle, StoryImportFunction
from press.desk.teller import (
    SAY,
    make_full_output_error,
    report_problems,
    report_refusal,
)
from press.ground.errors import BuildError, ToldError, format_message
from press.ground.files import LOCK, check_existing_story_folders_readable
from press.ground.guard import report_engine_errors
from press.ground.lock import hold_lock


@dataclass(frozen=True)
class StoryLocation:
    """Where a command is run, and what gives it the story there; a command that needs
    none asks for none.
    """

    root: Path
    load_required_build_function: Callable[[], BuildFunction]
    story: StoryImportFunction


def run_command(arguments: list[str], location: StoryLocation) -> int:
    """Run a command line, however it ends, but for Ctrl-C; return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # a terminal that lacks a character is no mistake
            stream.reconfigure(errors="backslashreplace")
    try:
        return _invoke_verb_and_report_errors(arguments, location)
    except BrokenPipeError:  # the reader of the output has closed it
        with contextlib.suppress(BrokenPipeError):
            sys.stdout.close()  # else Python would try once more when it ends
        return 1
    finally:
        SAY.clear()


def _invoke_verb_and_report_errors(
    arguments: list[str], location: StoryLocation
) -> int:
    """Do what a command line asks; return the exit status, and tell what is wrong."""
    try:
        with group_verbs.make_context("press", arguments, obj=location) as context:
            return int(group_verbs.invoke(context))
    except click.exceptions.Exit as end:  # of --help
        return end.exit_code
    except click.UsageError as error:
        told = format_message(error.format_message())
        click.UsageError(told, error.ctx).show()
        return error.exit_code
    except BuildError as error:
        return report_problems(error)
    except ToldError as error:
        return report_refusal(error.message, error.hint)
    except BrokenPipeError:
        raise
    except OSError as error:  # of --help, which click prints by itself
        full = make_full_output_error(error)
        return report_refusal(full.message, full.hint)


@contextlib.contextmanager
def open_story(
    location: StoryLocation, *, locks_sources: bool = False
) -> Iterator[StoryHandle]:
    """Give a verb the story, whose build.py and folders are looked at first.

    One that ``locks_sources`` waits for its turn.

    What is raised inside, and no author's mistake, is told as a mistake of the engine,
    at its line.
    """
    build = location.load_required_build_function()
    check_existing_story_folders_readable(location.root)
    waiting = partial(SAY, "another command is writing sources: waiting")
    with (
        report_engine_errors(location.root),
        hold_lock(LOCK, location.root, waiting)
        if locks_sources
        else contextlib.nullcontext(),
    ):
        try:
            yield StoryHandle(location.root, build, location.story)
        except click.Abort:  # Ctrl-C, or the end of what is typed
            raise ToldError(
                "found no answer, expected one: nothing was written"
            ) from None


class _InOrder(click.Group):
    """Verbs that help lists in the order in which they stand here."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """Return the names of the verbs."""
        return list(self.commands)


@click.group(
    cls=_InOrder,
    subcommand_metavar="VERB ...",
    context_settings={"help_option_names": ["-h", "--help"]},
)
def group_verbs() -> None:
    """Make a data story whose prose is tested like code.

    Works in the folder of a story. Its build.py takes the same verbs, and builds
    without one.
    """
