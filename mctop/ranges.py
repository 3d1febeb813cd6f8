"""The ranges of time that a view can show."""

MINUTE, HOUR, DAY = 60, 3_600, 86_400
RANGES = {
    "5m": 5 * MINUTE, "15m": 15 * MINUTE, "1h": HOUR, "6h": 6 * HOUR, "24h": DAY, "7d": 7 * DAY, "30d": 30 * DAY,
    "90d": 90 * DAY, "1y": 365 * DAY,
}  # fmt: skip
"""Names of the ranges, shortest first, and their seconds."""
