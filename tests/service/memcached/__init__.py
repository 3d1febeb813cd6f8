"""Tests of the API over real memcached servers."""
