"""Speaks the Analytics API; knows nothing else."""
