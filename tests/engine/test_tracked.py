"""What git keeps is the project's alone: nothing leads to a place of somebody's
computer.
"""

import shutil
import subprocess
from pathlib import Path

ALL = ("--", ":/")  # of the project, wherever git is asked
LINK = "120000"  # how git marks one
# A folder that a person or a machine has for itself, named from the root of a disk: no
# part of a longer address.
SOMEBODYS = r"(^|[^[:alnum:]_.:/~*-])(/(home|Users|root|tmp|work|mnt|var/folders)/[[:alnum:]_.]|[A-Z]:\\+Users\\)"


def git(*arguments):
    """Return the lines of an answer of git."""
    command = (shutil.which("git") or "git", *arguments, *ALL)
    done = subprocess.run(
        command, cwd=Path(__file__).parent, capture_output=True, text=True, check=False
    )
    assert not done.stderr
    return done.stdout.splitlines()


def test_git_tracks_no_link():
    """A link leads to a folder that other computers lack, and what is set up there
    would follow it.
    """
    assert [line for line in git("ls-files", "--stage") if line.startswith(LINK)] == []


def test_no_file_names_a_folder_of_somebody():
    """An absolute path in a file is right on one computer alone."""
    assert git("grep", "--line-number", "-I", "--extended-regexp", SOMEBODYS) == []
