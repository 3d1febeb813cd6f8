"""The service as a process: a child of the dashboard, or in the foreground."""
