"""Tests of the watch stream."""
