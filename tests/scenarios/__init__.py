"""Every scenario, from the Overview to its cause, by the keyboard alone."""
