"""What is not in a table."""

TESTED = 100
