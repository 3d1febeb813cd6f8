"""The page of one key: its stats, its ranks over time, what it belongs to, and its last log lines."""
