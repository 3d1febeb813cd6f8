"""The Keys: what is hit, missed and changed most, one key or one pattern a row."""
