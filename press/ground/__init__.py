"""What every wing of the engine stands on: files, errors, caches, calls of the story's
code.

* ``errors``: what an author is told; ``invisible``: characters that no text has;
  ``files``, ``lock``: sources read and replaced; ``address``, ``period``, ``scales``,
  ``toml``, ``colour``, ``grid``: values that know no story; ``schemas``: their shapes.
* ``guard``, ``imports``: the story's code called and imported; ``cache``: what was made
  before; ``memoizing``: what follows from one value; ``steps``: what takes long.

It is no wing with a face: its modules are imported by their names.
"""
