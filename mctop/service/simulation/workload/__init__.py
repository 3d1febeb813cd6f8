"""The simulated application as it usually is: families of keys, traffic, servers."""
