"""What the simulated servers count."""
