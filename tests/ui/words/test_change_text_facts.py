"""What is told before a change that needs to know no more than the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.cache import CacheInfo
from mctop.store.base.marks import Mark, MarkKind
from mctop.store.changes.cache_changes import EnableCache, Flush, ResetStats, RotateSso, SwitchCluster
from mctop.store.changes.credential_changes import CreateCredential
from mctop.store.counters.live_rates import LiveStats
from mctop.store.series.ratio_scale import RatioScale
from mctop.store.store import Store
from mctop.ui.words.change_text import facts_before
from tests.ui import samples

if TYPE_CHECKING:
    from mctop.store.changes.change import Change


def told(change: Change, store: Store) -> list[str]:
    """The lines, each in one blank between its words."""
    lines = ("".join(run.text for run in line) for line in facts_before(change, store, samples.NOON))
    return [" ".join(line.split()) for line in lines]


def filled() -> Store:
    """A store with a sample in every slice."""
    store = Store()
    samples.fill(store)
    return store


def test_before_a_flush_it_is_told_what_is_lost_and_what_falls_on_the_database() -> None:
    lines = told(Flush(), filled())
    for expected in (
        "items 1.2M",
        "memory 742 MiB of 1.10 GiB (65.9 %)",
        "hits 2,626/s over 5s, which the database must answer instead",
        "hit rate 93.4 % over 5s",
        "last flush Sep 21 10:01Z, 2h 10m ago",
    ):
        assert expected in lines


def test_the_newest_of_several_flushes_is_told_and_no_other_mark() -> None:
    store = filled()
    marks = (Mark(samples.NOON - 60, MarkKind.FLUSH), Mark(samples.NOON - 900, MarkKind.FLUSH))
    store.marks.set((*marks, Mark(samples.NOON, MarkKind.PERSON, "flush?")))
    assert "last flush Sep 21 12:10Z, 1m ago" in told(Flush(), store)


def test_what_is_not_known_is_said_and_not_made_up() -> None:
    lines = told(Flush(), Store())
    assert lines[-5:] == [
        "items not known yet",
        "memory not known yet",
        "hits not known yet",
        "hit rate not known yet",
        "last flush none seen yet",
    ]
    store = filled()
    store.marks.set(())
    store.stats.value.set(LiveStats(samples.stats().counters, None))
    assert told(Flush(), store)[-3:] == [
        "hits 2,569/s over 1m, which the database must answer instead",
        "hit rate 92.6 % over 1m",
        "last flush none seen since Sep 21 06:11Z",
    ]
    store.ratio_scale.set(RatioScale.UNKNOWN)
    assert told(Flush(), store)[-3:-1] == ["hits not known yet", "hit rate not known yet"]
    store.insight.value.set(None)
    assert told(Flush(), store)[-1] == "last flush none seen yet"
    store.stats.value.set(
        LiveStats(samples.stats().counters, samples.rates(gets=0.0, get_hit_rate=None, hit_rate=None))
    )
    assert told(Flush(), store)[-3:-1] == ["hits none over 5s: no gets", "hit rate – no gets"]
    for untold in ({"gets": None}, {"get_hit_rate": None}):
        store.stats.value.set(LiveStats(samples.stats().counters, samples.rates(**untold)))
        assert told(Flush(), store)[-3:-1] == ["hits not known yet", "hit rate not known yet"], untold


def test_before_a_switch_the_cluster_and_its_servers_are_told() -> None:
    store = filled()
    servers = tuple(f"mc{index}\x1b.example.net:11211" for index in range(5))
    store.cache.value.set(CacheInfo(id=1, cluster_name="mc1\x07", servers=servers))
    assert told(SwitchCluster(), store)[-5:] == [
        "cluster now mc1^G",
        "servers now mc0^[.example.net:11211",
        "mc1^[.example.net:11211",
        "mc2^[.example.net:11211",
        "and 2 more",
    ]


def test_before_the_other_actions_it_is_told_what_they_do() -> None:
    store = filled()
    assert told(ResetStats(), store)[-1] == "counted 91.4M gets, 86.0M of them hits"
    assert told(EnableCache(), store) == ["Clients can log in to the cache again."]
    assert told(RotateSso(), store) == ["Every URL of the web dashboard that was given away stops working."]


def test_before_a_credential_is_created_its_three_minutes_and_masked_password_are_told() -> None:
    lines = told(CreateCredential(), filled())
    assert lines[-1] == "It takes up to 3 minutes until the cache's servers know it."
    assert "it is masked until you ask" in lines[1]


def test_of_flushes_that_the_server_does_not_count_it_is_not_said_that_there_was_none() -> None:
    store = filled()
    store.marks.set(())
    store.insight.value.set(None)
    untold = samples.stats().counters.model_copy(update={"cmd_flush": None})
    store.stats.value.set(LiveStats(untold, samples.rates(), history=(samples.rates(),)))
    assert told(Flush(), store)[-1] == "last flush not told by the server"
