"""Tests of the Charts."""
