"""Tests of the page of one key."""
