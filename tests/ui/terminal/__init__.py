"""Tests of ui.terminal."""
