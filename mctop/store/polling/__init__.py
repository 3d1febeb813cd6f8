"""Polling: endpoints into slices, while someone looks."""
