"""Where two readings cannot tell, nothing is claimed."""

from functools import partial

import pytest

from mctop.api.models.alerts import Alert
from mctop.api.models.cache import CacheInfo, Credential
from mctop.api.models.stats import Counters, ServerCounters, Stats
from mctop.api.models.value import Rows
from mctop.store.changes import finding
from mctop.store.changes.finding import Found
from mctop.store.changes.outcome import Result
from tests.store.fakeapi import ALERT, SECOND
from tests.store.samples import stats

THIRD = SECOND.model_copy(update={"sasl_username": "C3"})


def test_a_flush_that_the_counters_cannot_tell_is_unknown() -> None:
    before = stats(cmd_flush=3, curr_items=100)
    assert finding.flushed(None, stats()).result is Result.UNKNOWN
    assert finding.flushed(before, stats(cmd_flush=0, curr_items=0)).result is Result.UNKNOWN
    assert finding.flushed(before, stats(cmd_flush=3, curr_items=10)).result is Result.UNKNOWN
    assert finding.flushed(before, stats(cmd_flush=3, curr_items=99)).result is Result.NOT_DONE
    assert finding.flushed(before, stats(cmd_flush=4, curr_items=99)).result is Result.DONE


def test_a_flush_that_reached_some_servers_names_the_others() -> None:
    def flushes(*counts: int) -> Stats:
        servers = [ServerCounters(server=f"mc{n}:1", counters=Counters(cmd_flush=c)) for n, c in enumerate(counts)]
        return stats(servers=tuple(servers), cmd_flush=sum(counts))

    assert finding.flushed(flushes(1, 1), flushes(2, 1)) == Found(Result.UNKNOWN, "not flushed: mc1:1")
    assert finding.flushed(flushes(1, 1), flushes(2, 2)) == Found(Result.DONE)


def test_counters_that_were_zero_cannot_tell_of_a_reset() -> None:
    assert finding.stats_reset(stats(), stats()).result is Result.UNKNOWN
    assert finding.stats_reset(None, stats()).result is Result.UNKNOWN


def test_a_cache_that_does_not_say_whether_it_is_enabled_or_where_it_is_cannot_tell() -> None:
    bare = CacheInfo(id=1)
    assert finding.enabled(None, bare).result is Result.UNKNOWN
    assert finding.switched(bare, bare).result is Result.UNKNOWN
    assert finding.switched(None, CacheInfo(id=1, cluster_name="one")).result is Result.UNKNOWN


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (Rows(items=(SECOND,)), Rows(items=(SECOND, THIRD)), Found(Result.DONE, "C3", THIRD.sasl_password)),
        (Rows(items=(SECOND,)), Rows(items=(SECOND,)), Found(Result.NOT_DONE)),
        (Rows(), Rows(items=(SECOND, THIRD)), Found(Result.UNKNOWN, "B2, C3")),
        (None, Rows(items=(THIRD,)), Found(Result.UNKNOWN)),
        (Rows(dropped=1), Rows(items=(THIRD,)), Found(Result.UNKNOWN)),
        (Rows(), Rows(dropped=1), Found(Result.UNKNOWN)),
    ],
)
def test_a_new_credential_is_the_only_one_that_was_not_there(
    before: Rows[Credential] | None, after: Rows[Credential], found: Found
) -> None:
    assert finding.created_credential(before, after) == found


def test_two_new_alerts_with_the_values_that_were_sent_are_both_named() -> None:
    twin = ALERT.model_copy(update={"id": 9})
    created = partial(finding.created, lambda one: one.description == "low", lambda one: one.id)
    assert created(Rows(), Rows(items=(ALERT, twin))) == Found(Result.UNKNOWN, "3, 9")
    assert created(Rows(items=(ALERT,)), Rows(items=(ALERT, twin))) == Found(Result.DONE, "9")
    other = twin.model_copy(update={"description": "else"})
    assert created(Rows(items=(ALERT,)), Rows(items=(ALERT, other))) == Found(Result.NOT_DONE)


def test_what_somebody_else_changed_meanwhile_is_unknown() -> None:
    def is_it(one: Alert) -> bool:
        return one.id == ALERT.id

    def is_off(one: Alert) -> bool:
        return not one.enabled

    changed = partial(finding.changed, is_it, is_off)
    before: Rows[Alert] = Rows(items=(ALERT,))
    off = ALERT.model_copy(update={"enabled": False})
    assert changed(before, Rows(items=(off,))).result is Result.DONE
    assert changed(before, before).result is Result.NOT_DONE
    assert changed(before, Rows(items=(ALERT.model_copy(update={"description": "x"}),))).result is Result.UNKNOWN
    assert changed(before, Rows(items=())).result is Result.UNKNOWN


def test_among_rows_that_made_no_sense_what_is_missing_may_still_be() -> None:
    def is_it(one: Alert) -> bool:
        return one.id == ALERT.id

    assert finding.deleted(is_it, None, Rows(dropped=1)).result is Result.UNKNOWN
    assert finding.deleted(is_it, None, Rows()).result is Result.DONE
    assert finding.listed(is_it, None, Rows(dropped=1)).result is Result.UNKNOWN
    assert finding.listed(is_it, None, Rows()).result is Result.NOT_DONE
