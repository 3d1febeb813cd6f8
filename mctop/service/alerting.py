"""Evaluates the alerts: this service alone decides that one fires."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.service.backend import Span
from mctop.service.delivery import Message, deliver

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mctop.api.models.alerts import Alert, DeliveryConfig
    from mctop.service.account import Account
    from mctop.service.backend import Backend

    Deliver = Callable[[DeliveryConfig, Message], Awaitable[None]]

logger = logging.getLogger(__name__)

MINUTE = 60
NEEDED = ("hit_rate", "bytes", "max_bytes")


@dataclass(frozen=True, slots=True)
class Minute:
    """A complete minute of the cache in percent, 0-100; None where there was no traffic or no limit."""

    hit_rate: float | None
    memory_usage: float | None


def fires(alert: Alert, minute: Minute) -> bool | None:
    """Say whether an alert fires; None if the minute does not tell."""
    if alert.trigger_type == "hit_rate":
        return None if minute.hit_rate is None else minute.hit_rate < alert.trigger_threshold
    if alert.trigger_type == "memory_usage":
        return None if minute.memory_usage is None else minute.memory_usage > alert.trigger_threshold
    return None


class Alarm:
    """Fires an alert once when the last complete minute crosses its threshold, and clears it when one is back."""

    def __init__(self, backend: Backend, account: Account, deliver: Deliver = deliver) -> None:
        self._backend, self._account, self._deliver = backend, account, deliver
        self._firing: frozenset[int] = frozenset()

    async def check(self) -> None:
        """Evaluate every enabled alert, and tell of each that begins or ends to fire."""
        alerts = tuple(alert for alert in self._account.alerts.all() if alert.enabled)
        if not alerts:
            self._firing = frozenset()
            return
        minute = await self._last_minute()
        before, after = self._firing, set[int]()
        for alert in alerts:
            verdict = fires(alert, minute)
            if verdict or (verdict is None and alert.id in before):
                after.add(alert.id)
        self._firing = frozenset(after)
        for alert in alerts:
            if (alert.id in after) != (alert.id in before):
                await self._tell(alert, minute, begins=alert.id in after)

    async def _last_minute(self) -> Minute:
        end = int(self._backend.now()) // MINUTE * MINUTE
        series = await self._backend.processed(NEEDED, Span(end - MINUTE, end, MINUTE))
        value = {each.stat: each.values[-1] for each in series}
        hit_rate, used, limit = (value.get(name) for name in NEEDED)
        return Minute(
            None if hit_rate is None else hit_rate * 100,
            used / limit * 100 if used is not None and limit else None,
        )

    async def _tell(self, alert: Alert, minute: Minute, *, begins: bool) -> None:
        measured = minute.hit_rate if alert.trigger_type == "hit_rate" else minute.memory_usage
        message = Message(
            label=self._backend.identity().label,
            alert_id=alert.id,
            description=alert.description,
            fires=begins,
            stat=alert.trigger_type.replace("_", " "),
            value=measured or 0.0,
            threshold=alert.trigger_threshold,
        )
        logger.warning("%s", message.line())
        if alert.delivery_config_id is not None:
            config = next((c for c in self._account.deliveries.all() if c.id == alert.delivery_config_id), None)
            if config is not None:
                await self._deliver(config, message)
