"""Tests of service.base."""
