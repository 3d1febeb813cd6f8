"""Alerts and delivery configs in words and rows, and the facts before one is created, changed or deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.renderables.table import Cell, Column, Row
from mctop.ui.words.badge import FIRES, QUIET, UNKNOWN, Badge
from mctop.ui.words.format import NOTHING, duration, percent
from mctop.ui.words.freshness_text import caveat, graded, reason
from mctop.ui.words.runs import Run, longest
from mctop.ui.words.text import Clean, clean

if TYPE_CHECKING:
    from mctop.api.models.alerts import Alert, DeliveryConfig, NewAlert, NewDeliveryConfig
    from mctop.api.models.cache import CacheInfo
    from mctop.store.alerts.backtest import BackTest
    from mctop.store.alerts.outlook import AlertOutlook
    from mctop.store.changes.alert_changes import (
        CreateAlert,
        CreateDeliveryConfig,
        DeleteAlert,
        DeleteDeliveryConfig,
        UpdateAlert,
    )
    from mctop.store.store import Store

    Line = tuple[Run, ...]

WORDS = {"hit_rate": "hit rate below", "memory_usage": "memory above"}
"""What an alert of each type looks at, and on which side of its threshold it fires."""
NOBODY = Clean("nobody")
MASKED = "••••••••"
LONGEST = 60
"""Characters of foreign text within a line."""
WIDE = 70
"""Columns of a line, at most."""
NAME = 13
"""Columns of what a line is about."""


def number(value: float) -> str:
    """A number in the fewest digits that are exactly it."""
    short = f"{value:g}"
    return short if float(short) == value else repr(value)


def condition(trigger_type: str, threshold: float) -> Clean:
    """When it fires: `hit rate below 80 %`."""
    return clean(f"{WORDS.get(trigger_type, trigger_type)} {number(threshold)} %", LONGEST)


def target(config: NewDeliveryConfig) -> Clean:
    """Where a delivery config delivers to; a webhook is a secret."""
    if config.delivery_type == "slack":
        webhook = f"webhook {MASKED}" if config.slack_url else "webhook not told"
        return clean(f"{config.slack_channel} {webhook}".strip(), LONGEST)
    return clean(config.email or config.slack_channel, LONGEST)


def recipient(config_id: int | None, configs: tuple[DeliveryConfig, ...] | None) -> Clean:
    """Who hears of an alert, in a few words."""
    if not config_id:
        return NOBODY
    config = next((config for config in configs or () if config.id == config_id), None)
    if config is None:
        return Clean(f"config {config_id}")
    if config.delivery_type == "slack":
        return clean(f"Slack {config.slack_channel}".strip(), LONGEST)
    return clean(f"{_way(config.delivery_type)} {config.email}".strip(), LONGEST)


def undelivered(config: NewDeliveryConfig | None, info: CacheInfo | None) -> Clean:
    """That nothing arrives by a delivery config, and why; "" where nobody says so."""
    why = reason(graded(info, f"alerts.{config.delivery_type}")) if config is not None else ""
    return Clean(f"not delivered: {why}") if why else Clean("")


def config_of(alert: NewAlert, configs: tuple[DeliveryConfig, ...] | None) -> DeliveryConfig | None:
    """The delivery config that an alert names, None where it names none or it is not known."""
    return next((config for config in configs or () if config.id == alert.delivery_config_id), None)


def cautions(configs: tuple[DeliveryConfig, ...] | None, info: CacheInfo | None) -> tuple[Line, ...]:
    """What keeps people from being told: that alerts are not judged, and by which ways in use nothing arrives."""
    ways = {config.delivery_type: undelivered(config, info) for config in configs or ()}
    unjudged = caveat(graded(info, "alerts"))
    told = (
        f"alerts are {unjudged}" if unjudged else "",
        *(f"{_way(way)} is {why}" for way, why in ways.items() if why),
    )
    return tuple((Run(f"✗ {words}", "poor"),) for words in told if words)


def _way(delivery_type: str) -> Clean:
    """A way of delivery, as it begins a sentence."""
    return clean({"email": "e-mail", "slack": "Slack"}.get(delivery_type, delivery_type), LONGEST)


def state(enabled: bool) -> Clean:
    """Whether it is enabled."""
    return Clean("enabled" if enabled else "disabled")


def described(alert: NewAlert, store: Store) -> tuple[Line, ...]:
    """An alert, all of it, and that it will not be delivered, where that is so."""
    configs = store.deliveries.value.value
    return (
        _line("fires", condition(alert.trigger_type, alert.trigger_threshold)),
        _line("tells", recipient(alert.delivery_config_id, configs)),
        *_warned(config_of(alert, configs), store),
        _line("is", state(alert.enabled)),
    )


def _warned(config: NewDeliveryConfig | None, store: Store) -> tuple[Line, ...]:
    """A warning that nothing arrives there, where the service says so."""
    words = undelivered(config, store.cache.value.value)
    return ((Run(" " * NAME), Run(f"! {words}", "poor")),) if words else ()


def changes(before: Alert, after: Alert, configs: tuple[DeliveryConfig, ...] | None) -> tuple[Line, ...]:
    """What differs between two alerts, as before → after."""
    return tuple(
        (*_line(name, old), Run(" → ", "muted"), Run(new, "value"))
        for name, old, new in (
            ("fires", *(condition(alert.trigger_type, alert.trigger_threshold) for alert in (before, after))),
            ("tells", *(recipient(alert.delivery_config_id, configs) for alert in (before, after))),
            ("is", *(state(alert.enabled) for alert in (before, after))),
            ("description", *(clean(alert.description, LONGEST) or "none" for alert in (before, after))),
        )
        if old != new
    )


def verdicts(test: BackTest) -> tuple[str, ...]:
    """How often an alert would have fired over the last day, and for how long, in ever fewer words."""
    if not test.covered:
        return ("nothing to test it on: no data for the last 24h",)
    if not test.stretches:
        return ("would not have fired in the last 24h",)
    total, times = duration(test.total), len(test.stretches)
    if times == 1:
        return (f"would have fired once in the last 24h, for {total}",)
    whole = f"would have fired {times} times in the last 24h, {total} in all"
    return (f"{whole}, longest {duration(test.longest)}", whole)


def unknown(test: BackTest) -> str:
    """How much of the last day nothing is known of, "" for nothing."""
    return f"no data for {duration(test.uncovered)}" if test.covered and test.uncovered else ""


def backtested(test: BackTest | None) -> tuple[Line, ...]:
    """The back-test, where there is one."""
    if test is None:
        return ()
    lacking = unknown(test)
    return (_line("back-test", longest(WIDE - NAME, verdicts(test))), *((_line("", lacking),) if lacking else ()))


def _line(name: str, text: str) -> Line:
    return (Run(f"{name:<{NAME}}", "muted"), Run(text))


ALERTS = (
    Column("id", "id", 5),
    Column("alert", "fires when", 21, 27),
    Column("outlook", "now", 12),
    Column("value", "value", 6, align="right", priority=2),
    Column("delivery", "tells", 14, 36),
    Column("description", "description", 11, 60, priority=1),
)
DELIVERIES = (
    Column("id", "id", 5),
    Column("type", "type", 6),
    Column("target", "delivers to", 26, 60),
    Column("users", "used by", 16, 40),
)
DISABLED = Badge("·", "off", "muted")


def alert_rows(
    alerts: tuple[AlertOutlook, ...] | None, configs: tuple[DeliveryConfig, ...] | None, info: CacheInfo | None = None
) -> tuple[Row, ...]:
    """A row an alert, in the order of their ids; `info` tells what is not delivered."""
    ordered = sorted(alerts or (), key=lambda outlook: outlook.alert.id)
    return tuple(_alert(outlook, configs, info) for outlook in ordered)


def config_rows(
    configs: tuple[DeliveryConfig, ...] | None, alerts: tuple[AlertOutlook, ...] | None, info: CacheInfo | None = None
) -> tuple[Row, ...]:
    """A row a delivery config, in the order of their ids; `info` tells what is not delivered."""
    return tuple(_config(config, alerts, info) for config in sorted(configs or (), key=lambda config: config.id))


def users(config: DeliveryConfig, alerts: tuple[AlertOutlook, ...] | None) -> tuple[AlertOutlook, ...]:
    """The alerts that are delivered to it."""
    return tuple(outlook for outlook in alerts or () if outlook.alert.delivery_config_id == config.id)


def _alert(outlook: AlertOutlook, configs: tuple[DeliveryConfig, ...] | None, info: CacheInfo | None) -> Row:
    alert = outlook.alert
    badge = UNKNOWN if outlook.fires is None else FIRES if outlook.fires else QUIET
    badge = badge if alert.enabled else DISABLED
    hears = recipient(alert.delivery_config_id, configs)
    fails = bool(undelivered(config_of(alert, configs), info))
    lost = (hears == NOBODY or fails) and alert.enabled
    return Row(
        str(alert.id),
        (
            Cell(Clean(str(alert.id)), "muted"),
            Cell(condition(alert.trigger_type, alert.trigger_threshold)),
            Cell(Clean(badge.text), badge.tone),
            Cell(Clean(percent(outlook.value)), value=outlook.value),
            Cell(_marked(hears, fails), "fair" if lost else "muted" if hears == NOBODY else ""),
            Cell(clean(alert.description, 2 * LONGEST), "muted"),
        ),
    )


def _marked(text: Clean, fails: bool) -> Clean:
    return Clean(f"✗ {text}") if fails else text


def _config(config: DeliveryConfig, alerts: tuple[AlertOutlook, ...] | None, info: CacheInfo | None) -> Row:
    fails = bool(undelivered(config, info))
    ids = ", ".join(str(outlook.alert.id) for outlook in users(config, alerts))
    used = NOTHING if alerts is None else f"alert {ids}" if ids else "no alert"
    return Row(
        str(config.id),
        (
            Cell(Clean(str(config.id)), "muted"),
            Cell(_way(config.delivery_type)),
            Cell(_marked(target(config), fails), "fair" if fails else ""),
            Cell(Clean(used.replace("alert ", "alerts ", 1) if "," in ids else used), "" if ids else "muted"),
        ),
    )


NAMED = 5
"""Alerts that are named, at most."""


def facts_of_create(change: CreateAlert, store: Store, test: BackTest | None = None) -> tuple[Line, ...]:
    """The alert, and its back-test."""
    return (*described(change.alert, store), *backtested(test))


def facts_of_update(change: UpdateAlert, store: Store, test: BackTest | None = None) -> tuple[Line, ...]:
    """What differs, and the back-test of what it becomes; when it fires, also where that stays."""
    before, after, configs = change.alert, change.after, store.deliveries.value.value
    unchanged = before.trigger_threshold == after.trigger_threshold
    fires = described(before, store)[:1] if unchanged else ()
    warned = _warned(config_of(after, configs), store) if after.enabled else ()
    return (*fires, *changes(before, after, configs), *warned, *backtested(test))


def facts_of_delete(change: DeleteAlert, store: Store) -> tuple[Line, ...]:
    """The alert."""
    return described(change.alert, store)


def facts_of_create_delivery(change: CreateDeliveryConfig, store: Store) -> tuple[Line, ...]:
    """Where it delivers to, and that nothing arrives there, where that is so."""
    return ((Run("delivers to  ", "muted"), Run(target(change.config))), *_warned(change.config, store))


def facts_of_delete_delivery(change: DeleteDeliveryConfig, store: Store) -> tuple[Line, ...]:
    """Where it delivers to, and a warning that names the alerts that use it."""
    return (
        (Run("delivers to  ", "muted"), Run(target(change.config))),
        *_used(change.config, store.alerts.value.value),
    )


def _used(config: DeliveryConfig, alerts: tuple[AlertOutlook, ...] | None) -> tuple[Line, ...]:
    """A warning that names the alerts that would reach nobody."""
    if alerts is None:
        return ((Run("which alerts use it is not known", "fair"),),)
    using = [outlook.alert for outlook in users(config, alerts)]
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
