"""Adapters: how the documents of publishers are found and read. This story has none: its figures are recorded."""

ADAPTERS = ()
