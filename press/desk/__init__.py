"""The desk: the command line, which builds, publishes, previews, repairs and explains.

Takes what is typed, and the function of ``build.py`` that builds a story. Gives an exit
status. The only wing that publishes and serves.

* ``start``: where a command begins; ``commands``: what may be typed, which is where a
  verb is added; ``options``: what several verbs take; ``command_line``: how any is run;
  ``build_file``: the build.py of a story.
* ``verbs``: does the work of verbs that need texts; ``intake``: merges new figures.
  That needs neither texts nor charts nor pages, which take half a second to import:
  only ``verbs``, what it uses, and ``build.py`` import those.
* ``order``: what is to be built, and the story's code; ``stages``: a build step by
  step; ``publish``: the folder ``site/``.
* ``read``: what nobody has read, and its approval; ``passage_report``: the data that is
  shown with it; ``explain``: where a number comes from; ``teller``: what is said on
  standard output while that goes on.
* ``diff``: what has changed since another time; ``sides``, ``git``: the site of that
  time; ``differences``: numbers and pages of both; ``change_entry``: what is told to
  readers.
* ``edition``: versions of the story that stay, made of the last commit; ``paper``:
  their PDF.
* ``new_command``: what may be said of a table; ``upgrading``: a newer engine.
* ``preview``: the server, and the page that shows what is wrong (``preview_assets/``).
"""

from press.desk.start import run
