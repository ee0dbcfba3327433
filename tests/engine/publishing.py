"""What tests of publishing share: killing one at any step, and looking at what it
leaves.
"""

import os
from pathlib import Path

from press.pages.file import File
from tests.engine.project import read_files_below


class Killed(BaseException):
    """What a killed process sees last.

    It is not an Exception, so that nothing handles it.
    """


def make_site(files):
    """Return a site of texts by address."""
    return {address: File(text.encode(), "x") for address, text in files.items()}


def read_published_texts(folder):
    """Return the files of a published site, without the build's notes in .press."""
    return {
        place: body.decode()
        for place, body in read_files_below(folder).items()
        if not place.startswith(".press/")
    }


def kill_after_steps(monkeypatch, limit, look=lambda: None):
    """Let only so many changes to the disk happen, ``look`` after each; return the list
    of those that did.
    """
    done = []

    def counted(name, change):
        def step(*arguments, **options):
            if len(done) >= limit:
                raise Killed
            done.append(name)
            given = change(*arguments, **options)
            look()
            return given

        return step

    for owner, name in [
        (Path, "replace"),
        (Path, "unlink"),
        (Path, "rmdir"),
        (Path, "mkdir"),
        (Path, "write_bytes"),
        (Path, "write_text"),
        (os, "rmdir"),
        (os, "unlink"),
    ]:
        monkeypatch.setattr(owner, name, counted(name, getattr(owner, name)))
    return done
