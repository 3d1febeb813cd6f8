"""Alerts, where they are delivered, and what changes about them, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.format import duration
from mctop.ui.renderables.runs import Run
from mctop.ui.renderables.words import longest
from mctop.ui.text import Clean, clean

if TYPE_CHECKING:
    from mctop.api.models.alerts import Alert, DeliveryConfig, NewAlert, NewDeliveryConfig
    from mctop.store.backtest import BackTest

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
        webhook = f"webhook {MASKED}" if config.slack_url else "no webhook"
        return clean(f"{config.slack_channel} {webhook}".strip(), LONGEST)
    return clean(config.email or config.slack_channel, LONGEST)


def recipient(config_id: int | None, configs: tuple[DeliveryConfig, ...] | None) -> Clean:
    """Who hears of an alert, in a few words."""
    if not config_id:
        return NOBODY
    config = next((one for one in configs or () if one.id == config_id), None)
    if config is None:
        return Clean(f"config {config_id}")
    if config.delivery_type == "slack":
        return clean(f"Slack {config.slack_channel}".strip(), LONGEST)
    kind = "e-mail" if config.delivery_type == "email" else config.delivery_type
    return clean(f"{kind} {config.email}".strip(), LONGEST)


def state(enabled: bool) -> Clean:
    """Whether it is enabled."""
    return Clean("enabled" if enabled else "disabled")


def described(alert: NewAlert, configs: tuple[DeliveryConfig, ...] | None) -> tuple[Line, ...]:
    """An alert, all of it."""
    return (
        _line("fires", condition(alert.trigger_type, alert.trigger_threshold)),
        _line("tells", recipient(alert.delivery_config_id, configs)),
        _line("is", state(alert.enabled)),
    )


def changes(before: Alert, after: Alert, configs: tuple[DeliveryConfig, ...] | None) -> tuple[Line, ...]:
    """What differs between two alerts, as before → after."""
    return tuple(
        (*_line(name, old), Run(" → ", "muted"), Run(new, "value"))
        for name, old, new in (
            ("fires", *(condition(one.trigger_type, one.trigger_threshold) for one in (before, after))),
            ("tells", *(recipient(one.delivery_config_id, configs) for one in (before, after))),
            ("is", *(state(one.enabled) for one in (before, after))),
            ("description", *(clean(one.description, LONGEST) or "none" for one in (before, after))),
        )
        if old != new
    )


def verdicts(found: BackTest) -> tuple[str, ...]:
    """How often an alert would have fired over the last day, and for how long, in ever fewer words."""
    if not found.known:
        return ("nothing to test it on: no data for the last 24h",)
    if not found.stretches:
        return ("would not have fired in the last 24h",)
    total, times = duration(found.total), len(found.stretches)
    if times == 1:
        return (f"would have fired once in the last 24h, for {total}",)
    whole = f"would have fired {times} times in the last 24h, {total} in all"
    return (f"{whole}, longest {duration(found.longest)}", whole)


def unknown(found: BackTest) -> str:
    """How much of the last day nothing is known of, "" for nothing."""
    return f"no data for {duration(found.unknown)}" if found.known and found.unknown else ""


def backtested(found: BackTest | None) -> tuple[Line, ...]:
    """The back-test, where there is one."""
    if found is None:
        return ()
    lacking = unknown(found)
    return (_line("back-test", longest(WIDE - NAME, verdicts(found))), *((_line("", lacking),) if lacking else ()))


def _line(name: str, text: str) -> Line:
    return (Run(f"{name:<{NAME}}", "muted"), Run(text))
