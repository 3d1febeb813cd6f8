"""Levels of the hit rate on a chart: the bands, and what it has to come back to after a flush."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.counters.flush_recovery import ENOUGH
from mctop.store.counters.hit_rate_bands import FAIR_FROM, GOOD_FROM
from mctop.ui.renderables.plot import Threshold
from mctop.ui.words.recovery_text import LEVEL
from mctop.ui.words.text import Clean

if TYPE_CHECKING:
    from mctop.store.counters.flush_recovery import Recovery
    from mctop.ui.renderables.plot import Side


GOOD_LEVEL = Threshold(GOOD_FROM, Clean(f"good from {GOOD_FROM} %"), "good")
FAIR_LEVEL = Threshold(FAIR_FROM, Clean(f"fair from {FAIR_FROM} %"), "fair")
POOR_LEVEL = Threshold(FAIR_FROM, Clean(f"poor below {FAIR_FROM} %"), "poor")
CACHE_BANDS = (GOOD_LEVEL, FAIR_LEVEL)
"""On a chart of the whole cache."""
PART_BANDS = (GOOD_LEVEL, POOR_LEVEL)
"""On a chart of one server or prefix, which is looked at because it may be poor."""


def recovery_levels(recovery: Recovery | None, side: Side = "left") -> tuple[Threshold, ...]:
    """The hit rate to reach, on an axis of percentages; none once it was reached."""
    if recovery is None or recovery.took is not None:
        return ()
    return (Threshold(recovery.before * ENOUGH * 100, Clean(f"{LEVEL} of before the flush"), "muted", side),)
