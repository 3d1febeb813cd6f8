"""Values as words and numbers on the screen, in clean text."""
