"""Tests of store.alerts."""
