"""The engine: Python about stories. It knows no trade and never imports ``story``."""
