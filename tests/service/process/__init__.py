"""Tests of service.process."""
