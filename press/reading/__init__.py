"""The words as written."""
