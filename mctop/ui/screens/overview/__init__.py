"""The Overview: is the cache healthy, since when not, and which keys and servers say so."""
