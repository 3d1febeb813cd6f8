"""Series over time, and what they show."""
