"""Tests of API v2."""
