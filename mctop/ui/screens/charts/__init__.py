"""The Charts: any stat, several at once, of the cache or its servers."""
