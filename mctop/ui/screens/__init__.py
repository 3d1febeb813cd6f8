"""Screens: follow topics, hand their values to widgets."""
