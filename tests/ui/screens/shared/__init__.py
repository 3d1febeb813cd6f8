"""Tests of ui.screens.shared."""
