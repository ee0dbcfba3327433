"""The desk: the command line, which builds, publishes, previews, repairs and explains.

Takes the arguments of ``build.py`` and its two functions that bind and build a story. Gives an exit status. The only
wing that publishes and serves.
"""

from press.desk.commands import run

__all__ = [
    "run",
]
