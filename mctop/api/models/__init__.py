"""Frozen values of the Analytics API, one file a noun."""
