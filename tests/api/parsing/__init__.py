"""Readers of what a stranger wrote."""
