"""Tests of ui.words."""
