"""Alerts: those that would fire now, and over the last day."""
