"""Prose held to the data."""
