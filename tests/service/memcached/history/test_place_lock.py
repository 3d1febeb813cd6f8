"""One process for a file, and a name for every set of servers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mctop.service.memcached.history.place import HistoryInUse, default_place, lock, name_of

HOLD = """
import os, sys
from pathlib import Path
from mctop.service.memcached.history.place import HistoryInUse, lock
try:
    lock(Path(sys.argv[1]))
except HistoryInUse as error:
    print(error)
else:
    print("taken", flush=True)
    sys.stdin.read()
"""


def other(file: Path, *pass_fds: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLD, str(file)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, pass_fds=pass_fds)


def test_a_second_process_is_told_who_has_it_and_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "new" / "history.sqlite"
    with other(file) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "taken\n"
        with pytest.raises(HistoryInUse) as refused:
            lock(file)
        assert f"process {first.pid} " in str(refused.value)
        for words in (str(file), "--no-history", "--history FILE", "API"):
            assert words in str(refused.value)
        first.kill()
    os.close(lock(file))


def test_a_child_keeps_the_lock_of_a_parent_that_is_gone(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite"
    descriptor = lock(file)
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, pass_fds=(descriptor,)) as child:
        os.close(descriptor)
        with pytest.raises(HistoryInUse):
            lock(file)
        assert child.stdin is not None
        child.stdin.close()
    os.close(lock(file))


def test_taking_the_lock_needs_nothing_but_the_standard_library() -> None:
    code = (
        "import sys, mctop.service.memcached.history.place, mctop.service.memcached.history.place;"
        "print(sorted({'pydantic', 'sqlite3', 'httpx', 'starlette', 'asyncio'} & set(sys.modules)))"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "[]\n"


def test_the_place_is_in_the_state_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    servers = ("b.example:11211", "a.example:11211")
    name = "a.example_11211+b.example_11211.sqlite"
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    assert default_place(servers) == tmp_path / ".local/state/mctop/history" / name
    monkeypatch.setenv("XDG_STATE_HOME", "/state")
    assert default_place(servers) == Path("/state/mctop/history") / name


addresses = some.lists(some.text(min_size=1, max_size=60), min_size=1, max_size=4)


@given(addresses, addresses)
def test_names_are_safe_and_differ_with_the_servers(one: list[str], other: list[str]) -> None:
    for name in map(name_of, (one, other)):
        assert name.isascii()
        assert len(name) <= 100
        assert not set(name) & set("/\\\0 :*?")
        assert not name.startswith(".")
    assert (name_of(one) == name_of(other)) == ({text.lower() for text in one} == {text.lower() for text in other})
