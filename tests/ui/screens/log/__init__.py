"""Tests of the Log."""
