"""The bands of the hit rate: the percentages from which it is good, and fair."""

GOOD_FROM, FAIR_FROM = 80, 50
"""Percentages from which a hit rate is good, and fair: the colour bands of MemCachier's own dashboard."""
