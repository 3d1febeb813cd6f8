"""Tests of service.simulation.incidents."""
