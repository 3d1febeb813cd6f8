"""Real memcached servers behind the API."""
