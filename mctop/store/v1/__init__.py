"""API v1 as a source for the store."""
