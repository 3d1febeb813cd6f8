"""The Prefixes: which part of the keys takes the room, and which part misses."""
