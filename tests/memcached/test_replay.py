"""A replay of a recording is recorded again as it was, and the recording of the installed version is true."""

from __future__ import annotations

import pytest

from tests.memcached.record import record
from tests.memcached.recording import Recording, recordings
from tests.memcached.replay import replaying
from tests.service.memcached.realserver import needs_memcached, real_server

RECORDINGS = recordings()


@pytest.mark.parametrize("version", RECORDINGS)
def test_a_replay_answers_logs_and_counts_as_the_version_did(version: str) -> None:
    with replaying(RECORDINGS[version]) as server:
        again = record("127.0.0.1", server.port)
    assert again.exchanges == RECORDINGS[version].exchanges
    assert (again.version, again.kinds, again.overhead) == (version, again.kinds, RECORDINGS[version].overhead)


@pytest.mark.parametrize("version", RECORDINGS)
def test_several_keys_at_once_are_logged_and_counted_as_one_after_the_other(version: str) -> None:
    exchanges = RECORDINGS[version].exchanges
    present, absent = exchanges["get present"], exchanges["get absent"]
    several = exchanges["several"]
    assert several.log == (*present.log, absent.log[0].replace("{key}", "other"), *present.log)
    assert several.counters == {"cmd_get": 3, "get_hits": 2, "get_misses": 1}


@needs_memcached
def test_the_installed_memcached_is_as_its_version_was_recorded() -> None:
    with real_server() as server:
        again = record("127.0.0.1", server.port)
    expected: Recording | None = RECORDINGS.get(again.version)
    if expected is None:
        pytest.skip(f"memcached {again.version} is not recorded")
    assert again.exchanges == expected.exchanges
