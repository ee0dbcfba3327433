"""What every wing of the engine stands on: files, errors, memory, the process in which a command runs.

* ``errors``: what an author is told; ``invisible``: characters that no text has; ``files``, ``lock``: sources read and
  replaced; ``address``, ``period``, ``scales``, ``toml``, ``colour``, ``grid``: values that know no story.
* ``parent``, ``record``: the process that a person starts, and what the last good build left; ``guard``, ``imports``:
  the story's code called and imported; ``memo``: what was made before; ``steps``: what takes long.

It is no wing with a face: its modules are imported by their names.
"""
