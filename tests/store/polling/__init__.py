"""Tests of store.polling."""
