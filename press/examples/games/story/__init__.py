"""A small story of things and times: what is Python of it."""
