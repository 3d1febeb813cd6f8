"""What is told before an alert or a delivery config is created, changed or deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.intents import CreateAlert, CreateDeliveryConfig, DeleteAlert, DeleteDeliveryConfig, UpdateAlert
from mctop.ui.modals.alerts.rows import users
from mctop.ui.modals.alerts.words import LONGEST, backtested, changes, condition, described, target
from mctop.ui.renderables.runs import Run
from mctop.ui.text import clean

if TYPE_CHECKING:
    from mctop.api.models.alerts import DeliveryConfig
    from mctop.store.alerting import AlertOutlook
    from mctop.store.backtest import BackTest
    from mctop.store.intents import Intent
    from mctop.store.store import Store

    Line = tuple[Run, ...]

NAMED = 5
"""Alerts that are named, at most."""


def facts(intent: Intent, store: Store, found: BackTest | None = None) -> tuple[Line, ...]:
    """What is known of what an intent acts on; `found` is the back-test that was seen."""
    configs, alerts = store.deliveries.value.value, store.alerts.value.value
    match intent:
        case UpdateAlert(before=before, after=after):
            unchanged = before.trigger_threshold == after.trigger_threshold
            known = described(before, configs)[:1] if unchanged else ()
            return (*known, *changes(before, after, configs), *backtested(found))
        case CreateAlert(alert=alert):
            return (*described(alert, configs), *backtested(found))
        case DeleteAlert(alert=alert):
            return described(alert, configs)
        case CreateDeliveryConfig(config=config):
            return ((Run("delivers to  ", "muted"), Run(target(config))),)
        case DeleteDeliveryConfig(config=config):
            return ((Run("delivers to  ", "muted"), Run(target(config))), *_used(config, alerts))
    return ()


def _used(config: DeliveryConfig, alerts: tuple[AlertOutlook, ...] | None) -> tuple[Line, ...]:
    """A warning that names the alerts that would reach nobody."""
    if alerts is None:
        return ((Run("which alerts use it is not known", "fair"),),)
    using = [one.alert for one in users(config, alerts)]
    if not using:
        return ((Run("no alert uses it", "muted"),),)
    who = "1 alert uses" if len(using) == 1 else f"{len(using)} alerts use"
    lines: list[Line] = [(Run(f"! {who} it: the API may refuse, or they reach nobody", "poor"),)]
    for alert in using[:NAMED]:
        name = clean(
            f"{alert.id}  {condition(alert.trigger_type, alert.trigger_threshold)}  {alert.description}", LONGEST
        )
        lines.append((Run(f"  {name.rstrip()}"),))
    if len(using) > NAMED:
        lines.append((Run(f"  and {len(using) - NAMED} more", "muted"),))
    return tuple(lines)
