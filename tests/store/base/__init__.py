"""Tests of store.base."""
