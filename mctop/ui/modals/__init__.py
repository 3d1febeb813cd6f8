"""Modals: ask or tell, and change nothing themselves."""
