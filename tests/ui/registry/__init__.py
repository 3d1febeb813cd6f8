"""Tests of ui.registry."""
