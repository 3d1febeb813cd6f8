"""How the hit rate comes back after a flush."""

from collections.abc import Iterable

import pytest

from mctop.store.counters.flush_recovery import LATELY, Recovery, begun, continued
from mctop.store.counters.live_rates import LiveStats, advance
from tests.store.samples import NOON, stats

GETS = 100


def played(shares: Iterable[float], start: int = NOON, held: LiveStats | None = None) -> LiveStats:
    """Five seconds of so many hits in a hundred gets, again and again, after what is held."""
    live = held or advance(None, stats(start), None)
    for share in shares:
        known = live.counters
        after = stats(
            known.time + 5, cmd_get=(known.cmd_get or 0) + GETS, get_hits=(known.get_hits or 0) + round(share * GETS),
            get_misses=(known.get_misses or 0) + round((1 - share) * GETS),
        )  # fmt: skip
        live = advance(live, after, None)
    return live


def recovered(shares: Iterable[float], before: float = 0.8) -> tuple[Recovery | None, LiveStats]:
    """What is told after a flush in the middle of the first sample after, whose rates are half from before."""
    live = played([before] * 20)
    seen = played([0.5], held=live)
    recovery = begun(None, live, seen.counters.time)
    live = seen
    for share in shares:
        live = played([share], held=live)
        recovery = continued(recovery, live)
    return recovery, live


def test_it_begins_at_the_hit_rate_before_with_nothing_known_of_now() -> None:
    recovery, _ = recovered([])
    assert recovery is not None
    assert recovery.before == pytest.approx(0.8)
    assert recovery == Recovery(NOON + 105, recovery.before, NOON + 105, now=None, took=None)


def test_it_follows_the_hit_rate_of_the_last_seconds_since_the_flush() -> None:
    recovery, _ = recovered([0.1])
    assert recovery is not None
    assert recovery.now == pytest.approx(0.1)
    assert (recovery.elapsed, recovery.took) == (5, None)
    recovery, _ = recovered([0.1, 0.2, 0.3, 0.4])
    assert recovery is not None
    assert recovery.now == pytest.approx(0.3)


def test_it_is_back_at_nine_tenths_and_stays_back() -> None:
    recovery, live = recovered([0.1, 0.76, 0.76, 0.76])
    assert recovery is not None
    assert recovery.took == 20
    recovery = continued(recovery, played([0.1, 0.1, 0.1], held=live))
    assert recovery is not None
    assert recovery.now == pytest.approx(0.1)
    assert recovery.took == 20


def test_what_has_not_fallen_yet_has_not_come_back() -> None:
    recovery, live = recovered([0.8, 0.8])
    assert recovery is not None
    assert (recovery.took, recovery.fell) == (None, False)
    recovery = continued(recovery, played([0.1, 0.1, 0.1], held=live))
    assert recovery is not None
    assert (recovery.took, recovery.fell) == (None, True)


def test_another_flush_before_it_is_back_changes_the_beginning_and_not_the_aim() -> None:
    recovery, live = recovered([0.1] * 10)
    again = begun(recovery, live, live.counters.time + 5)
    assert again is not None
    assert again.before == pytest.approx(0.8)
    assert again.flushed == live.counters.time + 5


def test_a_flush_after_it_is_back_aims_anew() -> None:
    recovery, live = recovered([0.1] * 3 + [0.9] * 100)
    again = begun(recovery, live, live.counters.time + 5)
    assert again is not None
    assert again.before == pytest.approx(0.9)


def test_without_traffic_before_there_is_nothing_to_come_back_to() -> None:
    assert begun(None, played([]), NOON) is None
    assert begun(None, played([0.0] * 5), NOON) is None


def test_it_is_told_for_an_hour_and_not_by_a_clock_that_went_back() -> None:
    late = played([], start=NOON + int(LATELY) + 1)
    assert continued(Recovery(NOON, 0.8, NOON), late) is None
    assert continued(Recovery(NOON, 0.8, NOON), played([], start=NOON - 1)) is None
    assert continued(None, late) is None
