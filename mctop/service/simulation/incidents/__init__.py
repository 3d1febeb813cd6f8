"""What goes wrong in the simulated cache, and when."""
