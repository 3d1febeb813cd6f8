"""Bytes parsed into values, tolerantly: what is good stays, what makes no sense is counted."""
