"""An Analytics API of our own, v1 and v2, over a backend."""
