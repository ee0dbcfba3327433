"""The desk: the command line, which builds, publishes, previews, repairs and explains.

Takes the arguments of ``build.py`` and its two functions that bind and build a story. Gives an exit status. The only
wing that publishes and serves.

* ``commands``: the verbs; ``publish``: the folder ``site/``; ``explain``: where a number comes from.
* ``teller``: what is said on standard output while that goes on.
* ``preview``: the server, and the page that shows what is wrong (``preview_assets/``).
"""

from press.desk.commands import run

__all__ = [
    "run",
]
