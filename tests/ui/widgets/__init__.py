"""Tests of widgets, each in a small host app."""
