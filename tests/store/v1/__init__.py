"""Tests of store.v1."""
