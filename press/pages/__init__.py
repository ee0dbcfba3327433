"""The site as a value."""
