"""How true it is, by what the servers are able to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.service.memcached.grades import grades
from mctop.service.memcached.history.history import MemcachedHistory
from mctop.service.memcached.monitored_server import MonitoredServer
from mctop.service.memcached.protocol.address import Access, Address
from mctop.service.memcached.protocol.capabilities import capabilities
from mctop.service.memcached.protocol.trouble import ServerTrouble, TroubleKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mctop.api.models.cache import Grade
    from mctop.service.memcached.protocol.capabilities import ServerCapabilities

HISTORY = MemcachedHistory(None, ())
DUMPS = {"lru_crawler": "yes", "dump_enabled": "yes"}
SAFE = capabilities("1.6.42", DUMPS)
GETS = capabilities("1.6.18", DUMPS)
OLD = capabilities("1.4.25", {})


def graded(*able: ServerCapabilities | None, sampled: float | None = 0.98, degraded: str = "") -> Mapping[str, Grade]:
    """The grades over servers that are able to do so much."""
    return {one.of: one for one in grades(tuple(map(member, able)), sampled, degraded)}


def member(able: ServerCapabilities | None) -> MonitoredServer:
    """A server that is able to do so much, or that nothing is known of."""
    found = MonitoredServer(Address("127.0.0.1"), Access(), HISTORY)
    found.capabilities = able
    if able is None:
        found.server.trouble = ServerTrouble(TroubleKind.UNREACHABLE, found.name, "nothing listens there")
    return found


def test_servers_that_can_be_watched_without_harm_are_sampled() -> None:
    found = graded(SAFE, SAFE)
    for of in ("popular_items", "most_mutated_keys", "prefix_stats"):
        assert (found[of].grade, found[of].share, found[of].note) == ("approximate", 0.98, "")
    assert found["recent_logs"].note.startswith("a GET may be any lookup:")
    assert found["key_stats.in_cache"].grade == "exact"
    assert (found["prefix_stats.num_keys"].grade, found["processed_stats"].grade) == ("derived", "derived")


def test_on_how_many_servers_only_gets_are_seen_is_said_and_why() -> None:
    found = graded(SAFE, GETS)
    assert found["recent_logs"].note.startswith("gets only on 1 of 2: watching changes can crash memcached 1.6.18")
    assert (found["most_mutated_keys"].grade, found["popular_items"].note) == ("approximate", "")
    found = graded(GETS, GETS)
    assert found["recent_logs"].note.startswith("gets only: watching changes can crash")
    assert (found["most_mutated_keys"].grade, found["recent_logs"].grade) == ("impossible", "approximate")


def test_servers_that_are_silent_or_too_old_are_not_watched() -> None:
    found = graded(SAFE, None, OLD)
    assert found["popular_items"].note == "not watched on 2 of 3: nothing listens there"
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
