"""Tests of the Keys."""
