"""What is told of memcached servers against loads that count every operation: `python -m tests.memcached`."""
