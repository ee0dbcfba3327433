"""What we conclude: Python about the subject. It knows no HTML."""
