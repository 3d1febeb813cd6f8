"""The forms of an alert, with its back-test over the last day, and of a delivery config."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.alerts.backtest import HIT_RATE, MEMORY_USAGE, backtest, firing, levels, wanted
from mctop.store.changes.binding import alert_moved
from mctop.store.changes.intents import CreateAlert, CreateDeliveryConfig, UpdateAlert
from mctop.store.series.ratio_scale import RatioScale
from mctop.store.series.series_set import Wanted
from mctop.ui.modals.alerts.draft import (
    EMAIL,
    LONGEST,
    LONGEST_TARGET,
    LONGEST_WEBHOOK,
    SLACK,
    AlertDraft,
    DeliveryDraft,
)
from mctop.ui.modals.alerts.form import Choice, Field, Form, Level, TextLine
from mctop.ui.modals.alerts.text import recipient, unknown, verdicts
from mctop.ui.renderables.plot import Axis, Line, Plot, Threshold
from mctop.ui.renderables.runs import Run, longest
from mctop.ui.widgets.chart import Chart
from mctop.ui.widgets.text_lines import FittedLine
from mctop.ui.words.format import Unit
from mctop.ui.words.freshness_text import explain
from mctop.ui.words.text import Clean

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from mctop.api.models.alerts import Alert, DeliveryConfig
    from mctop.store.alerts.backtest import BackTest, Levels
    from mctop.store.changes.intents import Intent
    from mctop.store.series.series_set import SeriesSet
    from mctop.store.store import Store


LOWS = (80.0, 60.0, 0.0)
"""Where the axis may begin, so that it ends at 100 however it is divided."""


def plot(over: Levels, found: BackTest, trigger_type: str, threshold: float) -> Plot | None:
    """The chart; None without a single value."""
    known = [value for value in over.values if value is not None]
    if not known:
        return None
    low = next((low for low in LOWS if low <= min(*known, threshold)), 0.0)
    label, side = ("hit rate", "below") if trigger_type == HIT_RATE else ("memory", "above")
    lines = (
        Line(Clean("would fire"), over.times, firing(over, found), "line6"),
        Line(Clean(label), over.times, over.values, "line3" if trigger_type == HIT_RATE else "line1"),
    )
    return Plot(
        over.start, over.end, Axis(Unit.PERCENT, low, 100), lines if found.stretches else lines[1:],
        thresholds=(Threshold(threshold, Clean(f"fires {side} {threshold:g} %"), "poor"),), bucket=over.bucket,
    )  # fmt: skip


NAMES = ((HIT_RATE, Clean("hit rate below")), (MEMORY_USAGE, Clean("memory usage above")))
ENABLED = ((True, Clean("yes")), (False, Clean("no")))
READING = "reading the last 24h…"
NO_VALUES = "no data for the last 24h"
UNTESTED = "the threshold is not tested while it is wrong"


class AlertForm(Form):
    """Creates an alert, or edits `base`, and closes when that changes meanwhile; the fields say `draft` at first."""

    DEFAULT_CSS = """
    AlertForm > #box { height: 100%; max-height: 32; }
    AlertForm > #box > Chart { margin-top: 1; }
    AlertForm > #box > FittedLine { margin-top: 0; }
    """

    HINT = f"+ − step the threshold · {Form.HINT}"

    def __init__(self, store: Store, draft: AlertDraft, base: Alert | None = None) -> None:
        self._store = store
        self._base = base
        self._type, self._delivery, self._enabled = Choice(), Choice(), Choice()
        self._level = Level(draft.threshold, "0 to 100", most=12)
        self._description = TextLine(draft.description, "what to do about it", most=LONGEST)
        self._chart, self._verdict, self._unknown = Chart(READING), FittedLine(), FittedLine()
        self._told: tuple[SeriesSet | None, str, RatioScale] = (None, "", RatioScale.UNKNOWN)
        self._levels: Levels | None = None
        for choice, value in ((self._type, draft.trigger_type), (self._delivery, draft.delivery),
                              (self._enabled, draft.enabled)):  # fmt: skip
            choice.set_reactive(Choice.value, value)
        self._type.set_reactive(Choice.options, NAMES)
        self._enabled.set_reactive(Choice.options, ENABLED)
        fields = (
            Field("fires when", self._type),
            Field("threshold %", self._level, short=True),
            Field("tells", self._delivery),
            Field("description", self._description),
            Field("enabled", self._enabled),
        )
        super().__init__("New alert" if base is None else f"Alert {base.id}", fields)

    def compose_more(self) -> ComposeResult:
        """The back-test."""
        yield self._chart
        yield self._verdict
        yield self._unknown

    def on_mount(self) -> None:
        """Follow what there is to choose and to test on."""
        store = self._store
        self.follow(store.ratio_scale, self._look)
        self.follow(store.backtest.value, self._look)
        self.follow(store.backtest.health, self._look)
        self.follow(store.deliveries.value, self._offer)
        self.follow(store.alerts.value, lambda _: self._check())

    def on_unmount(self) -> None:
        """Want nothing more of the last day."""
        self._store.backtest.wanted.set(Wanted())

    @property
    def draft(self) -> AlertDraft:
        """What the fields say."""
        delivery = self._delivery.value
        return AlertDraft(
            str(self._type.value), self._level.value, delivery if isinstance(delivery, int) else None,
            self._description.value, self._enabled.value is True,
        )  # fmt: skip

    @property
    def found(self) -> BackTest | None:
        """When it would have fired; None while that cannot be told."""
        draft, over = self.draft, self._over()
        return None if over is None or draft.level is None else backtest(over, draft.trigger_type, draft.level)

    def faults(self) -> tuple[str, ...]:
        """What is wrong; whether it is enabled cannot be."""
        return (*self.draft.faults(self._store.deliveries.value.value), "")

    def intent(self) -> Intent | None:
        """Create it, or change it."""
        if self._base is None:
            return CreateAlert(self.draft.new())
        after = self.draft.edited(self._base)
        return None if after == self._base else UpdateAlert(self._base, after)

    def show(self) -> None:
        """Ask for what the type looks at, and show when it would have fired."""
        super().show()
        draft = self.draft
        self._store.backtest.wanted.set(wanted(draft.trigger_type, self._store.ratio_scale.value))
        over, found = self._over(), self.found
        if over is None or found is None or draft.level is None:
            self._chart.placeholder = UNTESTED if draft.level is None else self._why()
            self._chart.plot = None
        else:
            self._chart.placeholder = NO_VALUES
            self._chart.plot = plot(over, found, draft.trigger_type, draft.level)
        self._tell(found)

    def _tell(self, found: BackTest | None) -> None:
        """Say what came of the back-test, as far as there is one."""
        told, lacking = verdicts(found) if found else ("",), unknown(found) if found else ""
        tone = "fair" if found and found.stretches else ""
        self._verdict.saying = lambda width: (Run(longest(width, told), tone),)
        self._unknown.saying = lambda width: (Run(lacking, "muted"),)

    def _over(self) -> Levels | None:
        """What an alert of this type looked at, told once for each answer."""
        told = (self._store.backtest.value.value, str(self._type.value), self._store.ratio_scale.value)
        if self._told[0] is not told[0] or self._told[1:] != told[1:]:
            self._told, self._levels = told, levels(*told)
        return self._levels

    def _why(self) -> str:
        """Why there is nothing to test on yet."""
        failure = self._store.backtest.health.value.failure
        return READING if failure is None else explain(failure).what

    def _look(self, changed: object = None) -> None:
        if self.is_mounted:
            self.show()

    def _offer(self, configs: tuple[DeliveryConfig, ...] | None) -> None:
        """Let every delivery config be chosen, and the one of the alert."""
        ids: dict[int | None, None] = {None: None, **{one.id: None for one in configs or ()}}
        if self._base is not None and configs is None:
            ids[self._base.delivery_config_id or None] = None
        self._delivery.options = tuple(
            (one, Clean("nobody") if one is None else Clean(f"{recipient(one, configs)} ({one})")) for one in ids
        )
        self._look()

    def _check(self) -> None:
        """Close where the alert is no longer what is edited."""
        listed = self._store.alerts.value.value
        moved = None if self._base is None or listed is None else alert_moved(self._base, (one.alert for one in listed))
        if moved is not None:
            self.notify(f"{moved}: nothing was sent", severity="warning", markup=False, timeout=8)
            self.dismiss(None)


DELIVERY_NAMES = ((EMAIL, Clean("e-mail")), (SLACK, Clean("Slack")))


class DeliveryForm(Form):
    """Creates a delivery config; the fields say `draft` at first. The webhook is a secret: it is typed masked."""

    def __init__(self, draft: DeliveryDraft) -> None:
        self._type = Choice()
        self._type.set_reactive(Choice.options, DELIVERY_NAMES)
        self._type.set_reactive(Choice.value, draft.delivery_type)
        self._email = TextLine(draft.email, "name@example.com", most=LONGEST_TARGET)
        self._webhook = TextLine(draft.webhook, "https://hooks.slack.com/…", most=LONGEST_WEBHOOK, secret=True)
        self._channel = TextLine(draft.channel, "#ops", most=LONGEST_TARGET)
        fields = (
            Field("delivers by", self._type),
            Field("address", self._email),
            Field("webhook", self._webhook),
            Field("channel", self._channel),
        )
        super().__init__("New delivery config", fields)

    @property
    def draft(self) -> DeliveryDraft:
        """What the fields say."""
        return DeliveryDraft(str(self._type.value), self._email.value, self._webhook.value, self._channel.value)

    def faults(self) -> tuple[str, ...]:
        """What is wrong; the type cannot be."""
        return ("", *self.draft.faults())

    def intent(self) -> Intent:
        """Create it."""
        return CreateDeliveryConfig(self.draft.config())

    def show(self) -> None:
        """Show the fields of the type."""
        super().show()
        by_email = self._type.value == EMAIL
        for field, shown in zip(self.fields[1:], (by_email, not by_email, not by_email), strict=True):
            field.display = shown
