"""`mctop serve` in the foreground."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import httpx
import pytest

from mctop.service.process.application import Offer
from mctop.service.process.serve import address, listening, serve
from tests.service.fakebackend import FakeBackend

if TYPE_CHECKING:
    from pathlib import Path

SERVE = [sys.executable, "-m", "mctop", "serve", "--simulate", "--port", "0"]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_it_says_once_where_it_is_and_ends_cleanly_on_a_signal(number: signal.Signals, code: int) -> None:
    with subprocess.Popen(SERVE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = dict(process.stdout.readline().rsplit(maxsplit=1) for _ in range(4))
        with httpx.Client(base_url=said["URL"], auth=(said["username"], said["password"])) as client:
            assert client.get("/api/v1/login", timeout=10).json() == {"cache_id": int(said["cache id"])}
            begun = time.monotonic()
            process.send_signal(number)
            rest = process.communicate(timeout=10)
        assert time.monotonic() - begun < 2
    assert (process.returncode, rest) == (code, ("", ""))


def test_a_port_in_use_is_one_line_and_exit_1(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert serve(Offer(FakeBackend()), host="127.0.0.1", port=port) == 1
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"mctop: cannot listen on 127.0.0.1 port {port}: Address already in use\n")


def test_a_host_that_is_none_is_one_line_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert serve(Offer(FakeBackend()), host="nowhere.invalid", port=0) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_it_listens_on_either_family() -> None:
    for host, url in (("127.0.0.1", "http://127.0.0.1:"), ("::1", "http://[::1]:")):
        with listening(host, 0) as listener:
            assert address(listener).startswith(url)


def test_an_account_in_a_file_survives_a_restart(tmp_path: Path) -> None:
    said = []
    for _ in range(2):
        command = [*SERVE, "--account", str(tmp_path / "account.sqlite")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            lines = dict(process.stdout.readline().rsplit(maxsplit=1) for _ in range(4))
            said.append((lines["username"], lines["password"]))
            process.terminate()
    assert said[0] == said[1]


def test_a_file_that_cannot_hold_the_account_is_one_line_and_exit_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "account.sqlite"
    file.write_text("this is no database, however long it is read")
    assert serve(Offer(FakeBackend()), host="127.0.0.1", port=0, file=file) == 1
    assert (
        capsys.readouterr().err
        == f"mctop: cannot keep the account in {file}: it is something else, and is left as it is\n"
    )
