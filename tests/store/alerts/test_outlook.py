"""What alerts would do."""

import pytest

from mctop.api.models.alerts import Alert
from mctop.store.alerts.outlook import AlertOutlook, outlook
from mctop.store.counters.live_rates import LiveStats, advance
from tests.store.samples import NOON, stats


def live(hits: int = 0, misses: int = 0, used: int = 0, limit: int = 100) -> LiveStats:
    first = advance(None, stats(NOON), None)
    after = stats(NOON + 5, cmd_get=hits + misses, get_hits=hits, get_misses=misses, bytes=used, limit_maxbytes=limit)
    return advance(first, after, None)


def judged(trigger: str, threshold: float, now: LiveStats | None, *, enabled: bool = True) -> tuple[AlertOutlook, ...]:
    return outlook((Alert(id=1, trigger_type=trigger, trigger_threshold=threshold, enabled=enabled),), now)


@pytest.mark.parametrize(("threshold", "fires"), [(81, True), (80, False), (79, False)])
def test_a_hit_rate_alert_fires_below_its_threshold(threshold: float, fires: bool) -> None:
    (one,) = judged("hit_rate", threshold, live(hits=80, misses=20))
    assert (one.value, one.fires) == (80, fires)


@pytest.mark.parametrize(("threshold", "fires"), [(89, True), (90, False), (91, False)])
def test_a_memory_alert_fires_above_its_threshold(threshold: float, fires: bool) -> None:
    (one,) = judged("memory_usage", threshold, live(used=90))
    assert (one.value, one.fires) == (90, fires)


@pytest.mark.parametrize(
    ("trigger", "now"),
    [
        ("hit_rate", None),
        ("hit_rate", live()),
        ("memory_usage", None),
        ("memory_usage", live(limit=0)),
        ("odd", live()),
    ],
)
def test_what_is_not_known_is_not_judged(trigger: str, now: LiveStats | None) -> None:
    (one,) = judged(trigger, 50, now)
    assert (one.value, one.fires) == (None, None)


def test_a_disabled_alert_has_no_outlook() -> None:
    (one,) = judged("hit_rate", 80, live(misses=1), enabled=False)
    assert (one.value, one.fires) == (None, None)
