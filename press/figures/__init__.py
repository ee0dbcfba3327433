"""Charts, drawn."""
