"""Tests of store.keys."""
