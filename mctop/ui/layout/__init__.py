"""Places of panels at a given size of the terminal."""
