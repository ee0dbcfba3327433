"""The desk: the command line, which builds, publishes, previews, repairs and explains.

Takes what is typed, and the function of ``build.py`` that builds a story. Gives an exit
status. The only wing that publishes and serves.

* ``commands``: what may be typed; ``build_file``: the build.py of a story; ``verbs``:
  the verbs that need texts; ``intake``: those that merge new figures.
* ``order``: what is to be built, and the story's code; ``stages``: a build step by
  step; ``publish``: the folder ``site/``.
* ``read``: what nobody has read, beside its data; ``explain``: where a number comes
  from; ``teller``: what is said on standard output while that goes on.
* ``diff``: what has changed since another time; ``sides``, ``git``: the site of that
  time; ``differences``: numbers and charts of both; ``name``: what is told to readers.
* ``edition``: versions of the story that stay, made of the last commit.
* ``preview``: the server, and the page that shows what is wrong (``preview_assets/``).

Merging new figures needs neither texts nor charts nor pages, which take half a second
to import: only ``verbs`` and
``build.py`` import what does.
"""

from press.desk.commands import run
