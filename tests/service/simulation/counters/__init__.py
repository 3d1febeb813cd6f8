"""Tests of service.simulation.counters."""
