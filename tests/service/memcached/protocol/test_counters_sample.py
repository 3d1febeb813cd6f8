"""A server's counters at a moment."""

import pytest

from mctop.service.memcached.protocol.counters import counters, sample

RAW = {"pid": "7", "uptime": "60", "version": "1.6.18", "rusage_user": "0.5", "cmd_get": "9223372036854775807"}
BELOW_ZERO = "18446744073709549633"
"""What a server says that counted its connections down once too often."""


def test_a_sample_holds_the_whole_numbers_and_what_tells_a_restart() -> None:
    taken = sample(RAW, 1000.5)
    assert taken.counters == {"pid": 7, "uptime": 60, "cmd_get": 2**63 - 1}
    assert (taken.pid, taken.uptime, taken.at) == (7, 60, 1000.5)


@pytest.mark.parametrize("missing", ["pid", "uptime"])
def test_a_server_that_does_not_tell_its_process_is_sampled_all_the_same(missing: str) -> None:
    taken = sample({name: value for name, value in RAW.items() if name != missing}, 0)
    assert {"pid": taken.pid, "uptime": taken.uptime}[missing] is None
    assert taken.counters["cmd_get"] == 2**63 - 1


def test_stats_with_nothing_of_memcached_are_no_sample() -> None:
    with pytest.raises(ValueError, match="nothing of memcached"):
        sample({"version": "1.0", "commands_processed": "5"}, 0)


@pytest.mark.parametrize("nonsense", [BELOW_ZERO, "9" * 400, "9" * 5_000, "-3", "4.5", "", "٣", str(2**48 + 1)])
@pytest.mark.parametrize("name", ["uptime", "curr_connections", "limit_maxbytes"])
def test_a_number_that_makes_no_sense_costs_itself_alone(name: str, nonsense: str) -> None:
    told = {"curr_connections": "5", "limit_maxbytes": "64", **RAW}
    everything = sample(told, 0).counters
    assert sample({**told, name: nonsense}, 0).counters == {key: everything[key] for key in everything if key != name}


def test_deletes_and_expirations_are_derived_and_what_is_missing_is_not_told() -> None:
    found = counters({"delete_hits": 2, "delete_misses": 3, "get_expired": 4, "get_hits": 5, "surprise": 6})
    assert (found.cmd_delete, found.expired, found.get_hits) == (5, 4, 5)
    assert found.model_fields_set == {"cmd_delete", "expired", "delete_hits", "delete_misses", "get_hits"}
    assert counters({"delete_hits": 2}).model_fields_set == {"delete_hits"}


def test_gets_are_derived_where_they_are_not_told() -> None:
    assert counters({"get_hits": 2, "get_misses": 3}).cmd_get == 5
    assert counters({"get_hits": 2, "get_misses": 3, "cmd_get": 6}).cmd_get == 6
    assert counters({"get_hits": 2}).cmd_get is None
