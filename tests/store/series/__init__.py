"""Tests of store.series."""
