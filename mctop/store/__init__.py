"""The store: everything known about the caches and its age; it knows neither the screen nor the wire."""
