"""The Prefixes view and the page of a prefix."""
