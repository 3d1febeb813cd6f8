"""Every operation of both APIs is reached from the keyboard."""
