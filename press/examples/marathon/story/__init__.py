"""A small story of days: what is Python of it."""
