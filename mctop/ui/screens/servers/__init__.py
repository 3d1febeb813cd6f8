"""The Servers: which one does worse than the others, and a page for each."""
