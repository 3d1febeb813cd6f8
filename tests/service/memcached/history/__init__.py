"""The history of memcached servers."""
