"""API v1: one method for each of its 9 documented operations."""
