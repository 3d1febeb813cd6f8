"""Tests of store.counters."""
