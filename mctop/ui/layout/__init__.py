"""Where panels stand at a given size."""
