"""The Keys: what is hit, missed and mutated most, one key or one pattern a row."""
