"""The Servers view and the page of a server."""
