"""Tests of service.simulation.workload."""
