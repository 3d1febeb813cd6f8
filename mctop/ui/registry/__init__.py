"""The commands, the views and the options, each declared once."""
