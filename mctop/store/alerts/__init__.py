"""When alerts fire: now, and over the last day."""
