"""Tests of store.changes."""
