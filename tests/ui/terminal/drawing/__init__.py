"""Tests of ui.terminal.drawing."""
