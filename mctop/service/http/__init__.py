"""The API over HTTP: operations, bodies, faults, the application."""
