"""Tests of service.memcached.protocol."""
