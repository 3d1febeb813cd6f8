"""What is wrong with a cache, and which of many is worst."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mctop.store.base.health import Failure, FailureKind, Health
from mctop.store.base.marks import Mark, MarkKind
from mctop.store.counters.cache_condition import CacheNow, Finding, Reason, Severity, findings, worst_first
from mctop.store.counters.live_rates import LiveStats, Rates
from tests.store.samples import counted

NOON = 1_700_000_040
NOW = 5_000.0
LIVE = Health(every=15, last_good=NOW - 3, due=NOW + 12)


def rates(time: float, **other: float | None) -> Rates:
    values: dict[str, float | None] = {
        "requests": 1_000.0, "gets": 900.0, "sets": 100.0, "deletes": 0.0, "touches": 0.0, "incrs": 0.0, "decrs": 0.0,
        "cas": 0.0, "flushes": 0.0, "hit_rate": 0.9, "get_hit_rate": 0.9, "evictions": 0.0, "expirations": 0.0,
        "connections": 0.0, "read": 0.0, "written": 0.0, "lookups": 900.0,
    }  # fmt: skip
    return Rates(time=time, window=15.0, **{**values, **other})  # type: ignore[arg-type]  # hit rates alone are None


def history(minutes: int, **recently: float | None) -> tuple[Rates, ...]:
    """Quiet minutes, then one as it is told."""
    quiet = [rates(NOON - 60 - 15 * step) for step in reversed(range(4 * minutes))]
    return (*quiet, *(rates(NOON - 45 + 15 * step, **recently) for step in range(4)))


def cache(
    name: str = "a", *, minutes: int = 10, health: Health = LIVE, used: int = 50, **recently: float | None
) -> CacheNow:
    told = history(minutes, **recently)
    counters = counted(time=NOON, bytes=used, limit_maxbytes=100)
    return CacheNow(name, name, health, LiveStats(counters, told[-1], history=told))


def failed(kind: FailureKind, words: str = "no") -> Health:
    return replace(LIVE, failure=Failure(kind, "GET", "/", words, NOON))


def test_a_healthy_cache_has_no_findings() -> None:
    assert findings(cache(), NOW) == ()


@pytest.mark.parametrize(
    ("recently", "finding"),
    [
        ({"hit_rate": 0.3}, Finding(Reason.HIT_RATE_POOR, 30.0)),
        ({"hit_rate": 0.7}, Finding(Reason.HIT_RATE_FELL, 70.0)),
        ({"requests": 10.0}, Finding(Reason.TRAFFIC_GONE, 10.0)),
        ({"evictions": 7.0}, Finding(Reason.EVICTIONS_ROSE, None)),
    ],
)
def test_each_trouble_is_found_with_its_number(recently: dict[str, float], finding: Finding) -> None:
    calm = cache()
    assert calm.live is not None
    found = findings(replace(calm, live=replace(calm.live, history=history(10, **recently))), NOW)
    assert [(one.reason, one.value) for one in found if one.reason is finding.reason] == [
        (finding.reason, None if finding.value is None else pytest.approx(finding.value))
    ]


def test_a_hit_rate_that_fell_says_by_how_many_points_and_how_it_is() -> None:
    (found,) = findings(cache(hit_rate=0.7), NOW)
    assert found.value == pytest.approx(70)
    assert found.fell == pytest.approx(20)
    (found,) = findings(cache(hit_rate=0.3), NOW)
    assert found.reason is Reason.HIT_RATE_POOR
    assert found.fell == pytest.approx(60)


def test_a_hit_rate_that_was_always_fair_is_said_too() -> None:
    (found,) = findings(cache(minutes=0, hit_rate=0.7), NOW)
    assert found.reason is Reason.HIT_RATE_FAIR
    assert found.value == pytest.approx(70)


def test_evictions_that_were_always_there_are_not_news() -> None:
    always = tuple(rates(NOON - 15 * step, evictions=50.0) for step in reversed(range(40)))
    steady = cache()
    assert steady.live is not None
    assert findings(replace(steady, live=replace(steady.live, history=always)), NOW) == ()


def test_nothing_has_changed_against_a_history_that_is_too_short() -> None:
    assert findings(cache(minutes=1, evictions=7.0, requests=10.0), NOW) == ()


def test_a_few_lookups_make_no_poor_hit_rate() -> None:
    assert findings(cache(minutes=0, hit_rate=0.1, gets=0.5, lookups=0.5, requests=0.5), NOW) == ()


def test_a_full_memory_is_said() -> None:
    assert findings(cache(used=97), NOW) == (Finding(Reason.MEMORY_FULL, 97.0),)
    assert findings(cache(used=94), NOW) == ()


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (MarkKind.FLUSH, Reason.FLUSHED),
        (MarkKind.RESTART, Reason.RESTARTED),
        (MarkKind.AFRESH, Reason.AFRESH),
    ],
)
def test_a_flush_or_restart_is_said_while_the_history_shows_it(kind: MarkKind, reason: Reason) -> None:
    marks = (Mark(NOON - 180, kind), Mark(NOON - 100, MarkKind.GAP))
    assert findings(replace(cache(), marks=marks), NOW) == (Finding(reason, 180.0),)
    assert findings(replace(cache(), marks=(Mark(NOON - 1_000, kind),)), NOW) == ()


def test_counters_that_were_reset_are_nothing_wrong() -> None:
    assert findings(replace(cache(), marks=(Mark(NOON - 60, MarkKind.RESET),)), NOW) == ()


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (FailureKind.UNREACHABLE, Reason.OFFLINE),
        (FailureKind.TIMED_OUT, Reason.OFFLINE),
        (FailureKind.UNAUTHORIZED, Reason.REFUSED),
        (FailureKind.NOT_FOUND, Reason.REFUSED),
        (FailureKind.SERVER_FAULT, Reason.FAULTY),
        (FailureKind.RATE_LIMITED, Reason.FAULTY),
    ],
)
def test_what_cannot_be_reached_is_said_and_its_old_numbers_prove_nothing(kind: FailureKind, reason: Reason) -> None:
    assert findings(cache(hit_rate=0.1, health=failed(kind)), NOW) == (Finding(reason, 3.0, words="no"),)


def test_a_sample_that_should_have_come_makes_a_cache_stale() -> None:
    assert findings(cache(), NOW + 60) == (Finding(Reason.STALE, 63.0),)


def test_a_cache_that_cannot_be_polled_says_why() -> None:
    assert findings(replace(cache(), problem="no password"), NOW) == (Finding(Reason.UNUSABLE, words="no password"),)


def test_a_cache_of_which_nothing_is_known_yet_is_not_wrong() -> None:
    assert findings(CacheNow("a", "a", Health(every=15)), NOW) == ()


def test_the_worst_comes_first_and_what_cannot_be_reached_before_any_number() -> None:
    caches = (
        cache("fine"), cache("full", used=97), cache("fair", hit_rate=0.7, minutes=0), cache("poor", hit_rate=0.3),
        cache("poorer", hit_rate=0.1), cache("gone", requests=0.0), replace(cache("locked"), problem="no password"),
        cache("away", health=failed(FailureKind.UNREACHABLE)),
        cache("refused", health=failed(FailureKind.FORBIDDEN)), cache("also fine"),
    )  # fmt: skip
    assert [one.name for one, _ in worst_first(caches, NOW)] == [
        "locked", "away", "refused", "gone", "poorer", "poor", "fair", "full", "also fine", "fine",
    ]  # fmt: skip


def test_a_hit_rate_that_flutters_does_not_change_the_order() -> None:
    calm = [cache("a", hit_rate=0.42), cache("b", hit_rate=0.43)]
    fluttered = [cache("a", hit_rate=0.44), cache("b", hit_rate=0.41)]
    assert [one.name for one, _ in worst_first(calm, NOW)] == [one.name for one, _ in worst_first(fluttered, NOW)]


@given(st.permutations([cache(str(index), hit_rate=index / 20) for index in range(20)]))
def test_the_order_does_not_depend_on_the_order_of_the_configuration(caches: list[CacheNow]) -> None:
    ordered = worst_first(caches, NOW)
    assert [one.name for one, _ in ordered] == [one.name for one, _ in worst_first(reversed(caches), NOW)]
    assert sorted(one.name for one, _ in ordered) == sorted(one.name for one in caches)


def test_every_reason_has_a_level() -> None:
    assert {reason.severity for reason in Reason} == set(Severity)
