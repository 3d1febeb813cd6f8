"""What the documents leave open about answers, as a choice."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """How ratios are scaled (0-1, or 0-100 with `percent`), and whether v2's stats come per server as v1's do."""

    percent: bool = False
    stats_per_server: bool = False

    def scale(self, stat: str) -> float:
        """What a value of this stat is multiplied with on its way out."""
        ratio = stat == "hit_rate" or stat.endswith(("_hit_rate", "_fraction"))
        return 100.0 if self.percent and ratio else 1.0


AS_IN_THE_EXAMPLES = Shape()
"""Flat stats, and ratios of 0-1, which no example contradicts."""
