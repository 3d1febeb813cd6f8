"""A full-screen terminal dashboard for caches."""

__version__ = "0.1.0"
