"""The floor of the store: topics, the clock, marks, the window, the health of an endpoint."""
