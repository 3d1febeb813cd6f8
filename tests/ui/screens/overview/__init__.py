"""Tests of the Overview."""
