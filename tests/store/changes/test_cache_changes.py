"""Where two readings cannot tell of a change to a whole cache, nothing is claimed."""

from mctop.api.models.cache import CacheInfo
from mctop.api.models.stats import Counters, ServerCounters, Stats
from mctop.store.changes.cache_changes import flush_outcome, is_enabled, was_switched, were_reset
from mctop.store.changes.outcome import Outcome, Result
from tests.store.samples import stats


def test_a_flush_that_the_counters_cannot_tell_is_unknown() -> None:
    before = stats(cmd_flush=3, curr_items=100)
    assert flush_outcome(None, stats()).result is Result.UNKNOWN
    assert flush_outcome(before, stats(cmd_flush=0, curr_items=0)).result is Result.UNKNOWN
    assert flush_outcome(before, stats(cmd_flush=3, curr_items=10)).result is Result.UNKNOWN
    assert flush_outcome(before, stats(cmd_flush=3, curr_items=99)).result is Result.NOT_DONE
    assert flush_outcome(before, stats(cmd_flush=4, curr_items=99)).result is Result.DONE


def test_a_flush_that_reached_some_servers_names_the_others() -> None:
    def flushes(*counts: int) -> Stats:
        servers = [ServerCounters(server=f"mc{n}:1", counters=Counters(cmd_flush=c)) for n, c in enumerate(counts)]
        return stats(servers=tuple(servers), cmd_flush=sum(counts))

    assert flush_outcome(flushes(1, 1), flushes(2, 1)) == Outcome(Result.UNKNOWN, detail="not flushed: mc1:1")
    assert flush_outcome(flushes(1, 1), flushes(2, 2)) == Outcome(Result.DONE)


def test_counters_that_were_zero_cannot_tell_of_a_reset() -> None:
    assert were_reset(stats(), stats()).result is Result.UNKNOWN
    assert were_reset(None, stats()).result is Result.UNKNOWN


def test_a_cache_that_does_not_say_whether_it_is_enabled_or_where_it_is_cannot_tell() -> None:
    bare = CacheInfo(id=1)
    assert is_enabled(None, bare).result is Result.UNKNOWN
    assert was_switched(bare, bare).result is Result.UNKNOWN
    assert was_switched(None, CacheInfo(id=1, cluster_name="one")).result is Result.UNKNOWN
