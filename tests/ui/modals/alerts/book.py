"""Alerts and delivery configs for tests, with a day behind them, and a webhook that must never be seen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from pydantic import SecretStr
from textual.app import App

from mctop.api.models.alerts import Alert, DeliveryConfig
from mctop.api.models.cache import Grade
from mctop.api.models.exactness import Exactness
from mctop.api.models.series import Series
from mctop.store.alerts.outlook import AlertOutlook
from mctop.store.base.window import DAY
from mctop.ui.app.theme import DARK
from tests.ui import samples

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from mctop.store.changes.alert_changes import CreateAlert, CreateDeliveryConfig, UpdateAlert
    from mctop.store.changes.change import Change
    from mctop.store.series.series_set import SeriesSet
    from mctop.store.store import Store
    from mctop.ui.modals.alerts.form import Form

T = TypeVar("T")

CANARY = "https://hooks.slack.com/services/CANARY"
EMAIL = DeliveryConfig(id=1, delivery_type="email", email="ops@example.com")
SLACK = DeliveryConfig(id=2, delivery_type="slack", slack_url=SecretStr(CANARY), slack_channel="#ops")
CONFIGS = (EMAIL, SLACK)
LOW = Alert(id=3, trigger_type="hit_rate", trigger_threshold=80, delivery_config_id=1, description="page the web team",
            enabled=True)  # fmt: skip
FULL = Alert(id=8, trigger_type="memory_usage", trigger_threshold=60, delivery_config_id=2, enabled=True,
             description="think about a larger plan")  # fmt: skip
NIGHT = Alert(id=12, trigger_type="hit_rate", trigger_threshold=55.5, description="nobody is awake", enabled=False)
ALERTS = (
    AlertOutlook(LOW, 93.4, fires=False),
    AlertOutlook(FULL, 65.9, fires=True),
    AlertOutlook(NIGHT, None, fires=None),
)


def day() -> SeriesSet:
    """A day, a minute a bucket: the sample's six hours; before them a dip of 20 minutes and two hours of nothing."""
    times = tuple(range(samples.LAST - DAY, samples.LAST - samples.WINDOW, 60))
    earlier: dict[str, tuple[float | None, ...]] = {
        "hit_rate": tuple(0.7 if 300 <= at < 320 else 0.94 for at in range(len(times))),
        "bytes": (700.0 * samples.MIB,) * len(times),
        "max_bytes": (1126.4 * samples.MIB,) * len(times),
    }
    known = samples.insight()
    series: list[Series] = []
    for stat, values in earlier.items():
        later = known.get(stat)
        assert later is not None
        kept = [pair for at, pair in enumerate(zip(times, values, strict=True)) if not 600 <= at < 720]
        kept += zip(later.times, later.values, strict=True)
        series.append(Series(stat=stat, times=tuple(time for time, _ in kept), values=tuple(one for _, one in kept)))
    return replace(known, series=tuple(series), start=samples.LAST - DAY, names=frozenset(earlier))


WHY = "the service runs without MCTOP_DELIVER=1"


def without_slack(store: Store) -> Store:
    """The same store, of a service that does not deliver by Slack."""
    info = store.cache.value.value
    assert info is not None
    grade = Grade(of="alerts.slack", grade=Exactness.IMPOSSIBLE, note=WHY)
    store.cache.value.set(info.model_copy(update={"grades": (grade,)}))
    return store


def fill(store: Store) -> None:
    """A live store with alerts, delivery configs and a day."""
    samples.fill(store)
    store.alerts.value.set(ALERTS)
    store.deliveries.value.set(CONFIGS)
    store.backtest.value.set(day())
    samples.live(store)


class Bare(App[None]):
    """An app with nothing but one modal, whose answers it keeps."""

    def __init__(self, modal: Callable[[], Form[CreateAlert] | Form[UpdateAlert] | Form[CreateDeliveryConfig]]) -> None:
        super().__init__()
        self.answers: list[Change | None] = []
        self._modal = modal
        self.register_theme(DARK)
        self.theme = DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return DARK.variables

    def on_mount(self) -> None:
        self.push_screen(self._modal(), self.answers.append)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and let what follows be shown."""
    await pilot.press(*keys)
    await pilot.pause()


def text(app: App[T]) -> str:
    """What can be seen, and every toast."""
    shown = [strip.text for strip in app.screen._compositor.render_strips()]
    return "\n".join((*shown, *(note.message for note in app._notifications)))
