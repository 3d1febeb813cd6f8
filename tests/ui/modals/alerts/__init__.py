"""The modal of the alerts."""
