"""Tests of what is drawn, without an app."""
