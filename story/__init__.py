"""What we conclude: Python about trade. It knows no HTML."""
