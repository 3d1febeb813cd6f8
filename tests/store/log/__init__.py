"""Tests of store.log."""
