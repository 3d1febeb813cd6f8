"""The Log: every server's lines as they come."""
