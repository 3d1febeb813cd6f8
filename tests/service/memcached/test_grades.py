"""How true it is, by what the servers are able to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mctop.service.base.background import TaskFailure
from mctop.service.memcached.grades import grades
from mctop.service.memcached.history.history import MemcachedHistory
from mctop.service.memcached.monitored_server import MonitoredServer
from mctop.service.memcached.protocol.address import Access, Address
from mctop.service.memcached.protocol.capabilities import capabilities
from mctop.service.memcached.protocol.trouble import ServerTrouble, TroubleKind
from mctop.service.memcached.stream.lookups import NotGets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mctop.api.models.cache import Grade
    from mctop.service.memcached.protocol.capabilities import ServerCapabilities

HISTORY = MemcachedHistory(None, ())
DUMPS = {"lru_crawler": "yes", "dump_enabled": "yes"}
SAFE = capabilities("1.6.42", DUMPS, has_mn=True, has_me=True)
UNSAFE = capabilities("1.6.18", DUMPS, has_mn=True, has_me=True)
STATED = capabilities("1.6.18", DUMPS, has_mn=True, has_me=True, text_only=True)
OLD = capabilities("1.4.25", {}, has_mn=False, has_me=False)
SOME = NotGets(0.3, 0.002)


def graded(
    *able: ServerCapabilities | None,
    sampled: float | None = 0.98,
    lookups: NotGets = SOME,
    degraded: str = "",
) -> Mapping[str, Grade]:
    """The grades over servers that are able to do so much."""
    return {one.of: one for one in grades(tuple(map(member, able)), sampled, lookups, degraded)}


def member(able: ServerCapabilities | None) -> MonitoredServer:
    """A server that is able to do so much, or that nothing is known of."""
    found = MonitoredServer(Address("127.0.0.1"), Access(), HISTORY)
    found.capabilities = able
    if able is None:
        found.server.trouble = ServerTrouble(TroubleKind.UNREACHABLE, found.name, "nothing listens there")
    return found


def test_servers_that_can_be_watched_without_harm_are_sampled() -> None:
    found = graded(SAFE, SAFE)
    for of in ("recent_logs", "popular_items", "most_hit_keys", "most_mutated_keys", "prefix_stats"):
        assert (found[of].grade, found[of].share) == ("approximate", 0.98)
    assert found["recent_logs"].note == ""
    assert found["key_stats.in_cache"].grade == "exact"
    assert (found["prefix_stats.num_keys"].grade, found["processed_stats"].grade) == ("derived", "derived")


def test_while_no_prefix_is_counted_their_numbers_are_said_to_stand_still() -> None:
    told = grades((member(SAFE),), 0.98, NotGets(), "", TaskFailure("Fault: unforeseen", 4.0))
    first = {grade.of: grade for grade in reversed(told)}
    for of in ("prefix_stats", "prefix_stats.num_keys", "prefix_stats.total_size"):
        assert first[of].grade == "impossible"
        assert first[of].note == "not counted: mctop failed (Fault: unforeseen), and tries again within 4 s"
    assert first["popular_items"].grade == "approximate"


def test_on_how_many_servers_only_lookups_are_seen_is_said_and_why() -> None:
    found = graded(SAFE, UNSAFE)
    assert found["recent_logs"].note.startswith("lookups only on 1 of 2: watching changes can crash memcached 1.6.18")
    assert found["most_mutated_keys"].grade == found["key_stats.mutation_count"].grade == "approximate"
    found = graded(UNSAFE, UNSAFE)
    assert found["recent_logs"].note.startswith("lookups only: watching changes can crash")
    assert "or --watch-changes if no client speaks binary" in found["most_mutated_keys"].note
    assert found["key_stats.mutation_count"].grade == "impossible"
    assert (found["most_mutated_keys"].grade, found["recent_logs"].grade) == ("impossible", "approximate")


def test_it_is_said_which_part_of_the_lookups_were_not_gets_and_what_they_may_be() -> None:
    found = graded(UNSAFE)
    every = "each set, incr, touch and delete is logged as a lookup, too, as a get is"
    assert found["most_hit_keys"].note == f"30 % not gets: {every}"
    assert found["most_missed_keys"].note == f"under 1 % not gets: {every}"
    assert found["popular_items"].note == f"lookups: {every}"
    assert found["key_stats.hit_count"].note == f"perhaps not gets: {every}", "of one key nobody knows"
    assert graded(UNSAFE, lookups=NotGets(1.0, 0.0))["key_stats.hit_count"].note.startswith("none is a get: ")
    assert graded(UNSAFE, lookups=NotGets(1.0, 0.0))["key_stats.miss_count"].note.startswith("all gets: ")
    assert graded(SAFE, UNSAFE)["most_hit_keys"].note.endswith(every), "of one server of two is enough"
    assert "incr, touch and delete are logged as lookups" in graded(STATED)["most_hit_keys"].note
    assert "incr, touch and the delete of nothing are" in graded(SAFE)["most_hit_keys"].note


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (None, "perhaps not gets"),
        (0, "all gets"),
        (0.005, "under 1 % not gets"),
        (0.999, "99 % not gets"),
        (1, "none is a get"),
    ],
)
def test_only_none_and_all_are_said_to_be_that(share: float | None, words: str) -> None:
    assert graded(SAFE, lookups=NotGets(share, None))["most_hit_keys"].note.startswith(f"{words}: ")


def test_which_changes_are_not_logged_is_said() -> None:
    assert graded(SAFE)["most_mutated_keys"].note == "stores and deletes: no incr or decr is logged"
    assert graded(STATED)["most_mutated_keys"].note.startswith("stores: no delete, incr or decr")


def test_servers_that_are_silent_or_too_old_are_not_watched() -> None:
    found = graded(SAFE, None, OLD)
    assert found["recent_logs"].note == "not watched on 2 of 3: nothing listens there"
    assert found["popular_items"].note.startswith("not watched on 2 of 3: nothing listens there; lookups: ")
    assert found["popular_items"].grade == "approximate"
    assert (found["server"].server, found["server"].note) == ("127.0.0.1:11211", "nothing listens there")
    found = graded(OLD)
    for of in ("recent_logs", "popular_items", "most_mutated_keys"):
        assert (found[of].grade, found[of].note[:12]) == ("impossible", "not watched:")


def test_what_no_server_can_be_asked_is_unknown_and_on_how_many_where_some_can() -> None:
    found = graded(OLD)
    assert {found[of].grade for of in ("key_stats.in_cache", "prefix_stats.num_keys", "prefix_stats.total_size")} == {
        "impossible"
    }
    assert graded(OLD, SAFE)["prefix_stats"].note.startswith("no keys on 1 of 2: it lists no keys")
    partly = graded(OLD, SAFE)["key_stats.in_cache"]
    assert (partly.grade, partly.note[:18]) == ("approximate", "unknown on 1 of 2:")


def test_a_history_that_is_not_kept_says_so() -> None:
    found = graded(SAFE, degraded="the disk is full")["processed_stats"]
    assert (found.grade, found.note) == ("approximate", "in memory: the disk is full")


def test_before_the_first_watch_it_is_not_said_that_nothing_happened() -> None:
    found = graded(SAFE, UNSAFE, sampled=None)
    for of in ("recent_logs", "popular_items", "most_mutated_keys"):
        assert (found[of].grade, found[of].note) == ("impossible", "not watched: nobody has looked until now")


def test_a_server_that_cannot_be_watched_nor_asked_for_items_tells_nothing_of_a_key() -> None:
    assert graded(OLD)["key_stats"].grade == "impossible"
    assert graded(OLD, SAFE)["key_stats"].grade == "approximate"
