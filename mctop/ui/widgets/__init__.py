"""Widgets: draw values, send messages, fetch nothing."""
