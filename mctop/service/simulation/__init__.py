"""A simulated cache behind the API."""
