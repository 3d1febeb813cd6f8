"""The table of caches."""

from dataclasses import replace

import pytest

from mctop.store.base.health import FailureKind, Health
from mctop.store.counters.cache_condition import CacheNow, Finding, Reason, findings
from mctop.store.store import Store
from mctop.ui.renderables.table import fit
from mctop.ui.screens.caches.rows import COLUMNS, TREND, cache_row, minutes, numbers
from mctop.ui.stats import REQUESTS
from tests.ui import samples
from tests.ui.screens.caches.fleets import fail, history, live

NOW = samples.STARTED


def now(store: Store, label: str = "shop") -> CacheNow:
    return CacheNow("id", label, store.stats.health.value, store.stats.value.value, marks=store.marks.value)


def texts(cache: CacheNow, found: tuple[Finding, ...] = (), *, opened: bool = False) -> dict[str, str]:
    row = cache_row(cache, found, NOW, opened=opened)
    return {column.id: cell.text for column, cell in zip(COLUMNS, row.cells, strict=True)}


def test_a_row_tells_the_last_minute() -> None:
    store = Store()
    live(store, hit_rate=0.412)
    said = texts(now(store))
    assert said["state"] == "● LIVE"
    assert (said["cache"], said["hit_rate"], said["requests"]) == ("  shop", "41.2 %", "3,412/s")
    assert (said["memory"], said["evictions"], said["why"]) == ("60.0 %", "1.2/s", "")


def test_everything_that_is_wrong_is_said_worst_first() -> None:
    store = Store()
    live(store, hit_rate=0.412, evictions=12.0, used=0.97)
    cache = now(store)
    assert texts(cache, findings(cache, NOW))["why"] == (
        "✗ hit rate 41.2 %, down 52 pt · evictions 10× the usual · memory 97.0 % full"
    )


def test_the_opened_cache_is_marked() -> None:
    assert texts(now(Store()), opened=True)["cache"] == "▸ shop"


def test_a_cache_of_which_nothing_is_known_has_no_numbers() -> None:
    said = texts(now(Store()))
    assert said["state"] == "◌ waiting"
    assert {said[name] for name in ("hit_rate", "requests", "memory", "evictions")} == {"–"}


def test_the_numbers_of_a_cache_that_is_gone_are_muted() -> None:
    store = Store()
    live(store)
    fail(store, FailureKind.UNREACHABLE, None, "refused", 100)
    cache = now(store)
    row = cache_row(cache, findings(cache, NOW), NOW, opened=False)
    assert row.cells[0].text == "○ OFFLINE"
    assert {cell.tone for cell in row.cells[2:6]} == {"muted"}
    assert row.cells[-1].text == "✗ cannot reach the API for 1m"


def test_hostile_text_is_cleaned() -> None:
    problem = replace(CacheNow("id", "a\x1b[31mb\n", Health(every=15)), problem="no \x1b]52;c;x\x07 password")
    said = texts(problem, findings(problem, NOW))
    assert "\x1b" not in said["cache"] + said["why"]
    assert "\n" not in said["cache"]


def test_without_lookups_there_is_no_hit_rate() -> None:
    store = Store()
    live(store, hit_rate=None)
    assert texts(now(store))["hit_rate"] == "–"
    assert numbers(now(store)).requests == pytest.approx(3_412.4)


def test_a_trend_has_a_value_a_minute_and_a_gap_where_nothing_was_sampled() -> None:
    told = [one for one in history(requests=60.0) if not 180 <= samples.NOON - one.time < 240]
    values = minutes(tuple(told), TREND, REQUESTS)
    assert len(values) == TREND
    assert values[-1] == pytest.approx(60)
    assert values[-4] is None
    assert values[0] == pytest.approx(3_412.4)


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (78, ["state", "cache", "hit_rate", "requests", "memory", "why"]),
        (118, ["state", "cache", "hit_rate", "requests", "memory", "evictions", "hit_trend", "why"]),
        (158, [column.id for column in COLUMNS]),
        (40, ["cache", "why"]),
    ],
)
def test_what_is_wrong_is_the_last_to_go(width: int, shown: list[str]) -> None:
    assert [place.column.id for place in fit(COLUMNS, width)] == shown


def test_every_reason_has_words_and_advice() -> None:
    from mctop.ui.words.condition_text import advice, phrase

    for reason in Reason:
        finding = Finding(reason, 5.0, words="because")
        assert phrase(now(Store()), finding)
        assert advice(now(Store()), finding)
