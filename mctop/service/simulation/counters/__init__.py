"""The counters and gauges of the simulated servers, as functions of time."""
