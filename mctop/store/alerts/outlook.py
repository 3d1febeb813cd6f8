"""The outlook of alerts: those that would fire on the newest counters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.store.counters.cache_condition import memory_used
from mctop.store.counters.live_rates import recent_hit_rate

if TYPE_CHECKING:
    from mctop.api.models.alerts import Alert
    from mctop.store.counters.live_rates import LiveStats


@dataclass(frozen=True, slots=True)
class AlertOutlook:
    """An alert, the percentage it looks at, and whether it would fire; None where the value is not known.

    Nothing is looked at for one that is disabled.
    """

    alert: Alert
    value: float | None
    fires: bool | None


def outlook(alerts: tuple[Alert, ...], live: LiveStats | None) -> tuple[AlertOutlook, ...]:
    """Judge each alert: `hit_rate` over the last minute, `memory_usage` as a share of the limit."""
    return tuple(_judged(alert, live) if alert.enabled else AlertOutlook(alert, None, None) for alert in alerts)


def _judged(alert: Alert, live: LiveStats | None) -> AlertOutlook:
    if alert.trigger_type == "hit_rate":
        hit_rate = recent_hit_rate(live.history) if live else None
        value = None if hit_rate is None else 100 * hit_rate
        return AlertOutlook(alert, value, None if value is None else value < alert.trigger_threshold)
    if alert.trigger_type == "memory_usage":
        value = memory_used(live.counters) if live else None
        return AlertOutlook(alert, value, None if value is None else value > alert.trigger_threshold)
    return AlertOutlook(alert, None, None)
