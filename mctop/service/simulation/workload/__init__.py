"""The simulated application without an incident: families of keys, their load, their servers."""
