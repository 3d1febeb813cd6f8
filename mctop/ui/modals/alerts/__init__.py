"""The modal of the alerts and of where they are delivered."""
