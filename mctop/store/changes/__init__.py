"""Changes to the cache: proposed, sent once, read back, recorded."""
