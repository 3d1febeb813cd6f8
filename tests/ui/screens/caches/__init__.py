"""The Caches."""
