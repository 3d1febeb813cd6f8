"""A server's counters at a moment."""

import pytest

from mctop.service.memcached.protocol.counters import counters, sample

RAW = {"pid": "7", "uptime": "60", "version": "1.6.18", "rusage_user": "0.5", "cmd_get": "18446744073709551615"}


def test_a_sample_holds_the_whole_numbers_and_what_tells_a_restart() -> None:
    taken = sample(RAW, 1000.5)
    assert taken.counters == {"pid": 7, "uptime": 60, "cmd_get": 2**64 - 1}
    assert (taken.pid, taken.uptime, taken.at) == (7, 60, 1000.5)


@pytest.mark.parametrize("missing", ["pid", "uptime"])
def test_stats_without_a_process_are_no_sample(missing: str) -> None:
    with pytest.raises(ValueError, match="name no process"):
        sample({name: value for name, value in RAW.items() if name != missing}, 0)


def test_deletes_and_expirations_are_derived_and_what_is_missing_is_zero() -> None:
    found = counters({"delete_hits": 2, "delete_misses": 3, "get_expired": 4, "get_hits": 5, "surprise": 6})
    assert (found.cmd_delete, found.expired, found.get_hits, found.cmd_touch) == (5, 4, 5, 0)
