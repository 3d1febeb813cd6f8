"""Tests of the places of panels."""
