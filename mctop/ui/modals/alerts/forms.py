"""The forms of an alert, with its back-test over the last day, and of a delivery config."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.store.alerts.backtest import HIT_RATE, MEMORY_USAGE, backtest, firing, levels, wanted
from mctop.store.changes.alert_changes import CreateAlert, CreateDeliveryConfig, UpdateAlert
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
from mctop.ui.modals.alerts.form import ChoiceLine, Field, Form, PercentLine, TextLine, TypedChange
from mctop.ui.modals.alerts.text import NOBODY, config_of, recipient, undelivered, unknown, verdicts
from mctop.ui.renderables.plot import Axis, Plot, PlotLine, Threshold
from mctop.ui.widgets.chart import Chart
from mctop.ui.widgets.text_lines import FittedLine
from mctop.ui.words.format import Unit
from mctop.ui.words.freshness_text import explain
from mctop.ui.words.runs import Run, longest
from mctop.ui.words.text import Clean

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from mctop.api.models.alerts import Alert, DeliveryConfig
    from mctop.store.alerts.backtest import BackTest, Levels
    from mctop.store.series.series_set import SeriesSet
    from mctop.store.store import Store


LOWS = (80.0, 60.0, 0.0)
"""Where the axis may begin, so that it ends at 100 however it is divided."""


def plot(over: Levels, test: BackTest, trigger_type: str, threshold: float) -> Plot | None:
    """The chart; None without a single value."""
    values = [value for value in over.values if value is not None]
    if not values:
        return None
    low = next((low for low in LOWS if low <= min(*values, threshold)), 0.0)
    label, side = ("hit rate", "below") if trigger_type == HIT_RATE else ("memory", "above")
    lines = (
        PlotLine(Clean("would fire"), over.times, firing(over, test), "line6"),
        PlotLine(Clean(label), over.times, over.values, "line3" if trigger_type == HIT_RATE else "line1"),
    )
    return Plot(
        over.start, over.end, Axis(Unit.PERCENT, low, 100), lines if test.stretches else lines[1:],
        thresholds=(Threshold(threshold, Clean(f"fires {side} {threshold:g} %"), "poor"),), bucket=over.bucket,
    )  # fmt: skip


NAMES = ((HIT_RATE, Clean("hit rate below")), (MEMORY_USAGE, Clean("memory usage above")))
ENABLED = ((True, Clean("yes")), (False, Clean("no")))
READING = "reading the last 24h…"
NO_VALUES = "no data for the last 24h"
UNTESTED = "the threshold is not tested while it is wrong"


class AlertForm(Form[TypedChange]):
    """The fields of an alert, which say `draft` at first, with its back-test; of `base` where there is an alert."""

    DEFAULT_CSS = """
    AlertForm > #box { height: 100%; max-height: 32; }
    AlertForm > #box > Chart { margin-top: 1; }
    AlertForm > #box > FittedLine { margin-top: 0; }
    """

    HINT = f"+ − step the threshold · {Form.HINT}"

    def __init__(self, title: str, store: Store, draft: AlertDraft, base: Alert | None = None) -> None:
        self._store = store
        self._base = base
        self._type, self._delivery, self._enabled = ChoiceLine(), ChoiceLine(), ChoiceLine()
        self._level = PercentLine(draft.threshold, "0 to 100", most=12)
        self._description = TextLine(draft.description, "what to do about it", most=LONGEST)
        self._chart, self._verdict, self._unknown = Chart(READING), FittedLine(), FittedLine()
        self._basis: tuple[SeriesSet | None, str, RatioScale] = (None, "", RatioScale.UNKNOWN)
        self._levels: Levels | None = None
        for choice, value in ((self._type, draft.trigger_type), (self._delivery, draft.delivery),
                              (self._enabled, draft.enabled)):  # fmt: skip
            choice.set_reactive(ChoiceLine.value, value)
        self._type.set_reactive(ChoiceLine.options, NAMES)
        self._enabled.set_reactive(ChoiceLine.options, ENABLED)
        fields = (
            Field("fires when", self._type),
            Field("threshold %", self._level, short=True),
            Field("tells", self._delivery),
            Field("description", self._description),
            Field("enabled", self._enabled),
        )
        super().__init__(title, fields)

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
        self.follow(store.cache.value, self._look)

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
    def test(self) -> BackTest | None:
        """The back-test that is seen: when it would have fired; None while that cannot be told."""
        draft, over = self.draft, self._over()
        return None if over is None or draft.level is None else backtest(over, draft.trigger_type, draft.level)

    def faults(self) -> tuple[str, ...]:
        """What is wrong; whether it is enabled cannot be."""
        return (*self.draft.faults(self._store.deliveries.value.value), "")

    def caution(self) -> Clean:
        """That nobody will be told, where that is so."""
        store, draft = self._store, self.draft
        if not draft.enabled:
            return Clean("")
        return undelivered(config_of(draft.new(), store.deliveries.value.value), store.cache.value.value)

    def show(self) -> None:
        """Ask for what the type looks at, and show when it would have fired."""
        super().show()
        draft = self.draft
        self._store.backtest.wanted.set(wanted(draft.trigger_type, self._store.ratio_scale.value))
        over, test = self._over(), self.test
        if over is None or test is None or draft.level is None:
            self._chart.placeholder = UNTESTED if draft.level is None else self._why()
            self._chart.plot = None
        else:
            self._chart.placeholder = NO_VALUES
            self._chart.plot = plot(over, test, draft.trigger_type, draft.level)
        self._tell(test)

    def _tell(self, test: BackTest | None) -> None:
        """Say what came of the back-test, as far as there is one."""
        texts, lacking = verdicts(test) if test else ("",), unknown(test) if test else ""
        tone = "fair" if test and test.stretches else ""
        self._verdict.saying = lambda width: (Run(longest(width, texts), tone),)
        self._unknown.saying = lambda width: (Run(lacking, "muted"),)

    def _over(self) -> Levels | None:
        """What an alert of this type looked at, told once for each answer."""
        basis = (self._store.backtest.value.value, str(self._type.value), self._store.ratio_scale.value)
        if self._basis[0] is not basis[0] or self._basis[1:] != basis[1:]:
            self._basis, self._levels = basis, levels(*basis)
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
        ids: dict[int | None, None] = {None: None, **{config.id: None for config in configs or ()}}
        if self._base is not None and configs is None:
            ids[self._base.delivery_config_id or None] = None
        self._delivery.options = tuple(
            (id, NOBODY if id is None else Clean(f"{recipient(id, configs)} ({id})")) for id in ids
        )
        self._look()


class NewAlertForm(AlertForm[CreateAlert]):
    """Creates an alert."""

    def __init__(self, store: Store, draft: AlertDraft) -> None:
        super().__init__("New alert", store, draft)

    def change(self) -> CreateAlert:
        """Create it."""
        return CreateAlert(self.draft.new())


class EditAlertForm(AlertForm[UpdateAlert]):
    """Edits an alert, which is `alert` as the person saw it, and closes when that changes meanwhile."""

    def __init__(self, store: Store, draft: AlertDraft, alert: Alert) -> None:
        super().__init__(f"Alert {alert.id}", store, draft, alert)
        self._alert = alert

    def on_mount(self) -> None:
        """Follow the alert."""
        self.follow(self._store.alerts.value, lambda _: self._check())

    def change(self) -> UpdateAlert | None:
        """Change it."""
        after = self.draft.edited(self._alert)
        return None if after == self._alert else UpdateAlert(self._alert, after)

    def _check(self) -> None:
        """Close where the alert is no longer what is edited."""
        moved = UpdateAlert(self._alert, self._alert).moved(self._store)
        if moved is not None:
            self.notify(f"{moved}: nothing was sent", severity="warning", markup=False, timeout=8)
            self.dismiss(None)


DELIVERY_NAMES = ((EMAIL, Clean("e-mail")), (SLACK, Clean("Slack")))


class DeliveryForm(Form[CreateDeliveryConfig]):
    """Creates a delivery config; the fields say `draft` at first. The webhook is a secret: it is typed masked."""

    def __init__(self, store: Store, draft: DeliveryDraft) -> None:
        self._store = store
        self._type = ChoiceLine()
        self._type.set_reactive(ChoiceLine.options, DELIVERY_NAMES)
        self._type.set_reactive(ChoiceLine.value, draft.delivery_type)
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

    def caution(self) -> Clean:
        """That nothing will arrive, where that is so."""
        return undelivered(self.draft.config(), self._store.cache.value.value)

    def change(self) -> CreateDeliveryConfig:
        """Create it."""
        return CreateDeliveryConfig(self.draft.config())

    def show(self) -> None:
        """Show the fields of the type."""
        super().show()
        by_email = self._type.value == EMAIL
        for field, shown in zip(self.fields[1:], (by_email, not by_email, not by_email), strict=True):
            field.display = shown
