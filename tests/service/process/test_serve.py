"""`mctop serve` in the foreground."""

from __future__ import annotations

import re
import signal
import socket
import ssl
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest

from mctop.service.base.served_at import ServedAt
from mctop.service.process.application import Offer
from mctop.service.process.serve import address, listening, serve
from tests.api.faultserver import CERTIFICATE
from tests.service.fakebackend import FakeBackend

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SERVE = [sys.executable, "-m", "mctop", "serve", "--simulate", "--port", "0"]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_it_says_once_where_it_is_and_ends_cleanly_on_a_signal(number: signal.Signals, code: int) -> None:
    with subprocess.Popen(SERVE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = dict(process.stdout.readline().rsplit(maxsplit=1) for _ in range(4))
        with httpx.Client(base_url=said["URL"], auth=(said["username"], said["password"])) as client:
            assert client.get("/api/v1/login", timeout=10).json() == {"cache_id": int(said["cache id"])}
            process.send_signal(number)
            rest = process.communicate(timeout=30)
    assert (process.returncode, rest) == (code, ("", ""))


def test_a_port_in_use_is_one_line_and_exit_1(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert serve(Offer(FakeBackend()), ServedAt(port=port)) == 1
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"mctop: cannot listen on 127.0.0.1 port {port}: Address already in use\n")


def test_a_host_that_is_none_is_one_line_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert serve(Offer(FakeBackend()), ServedAt(host="nowhere.invalid", port=0)) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_it_listens_on_either_family() -> None:
    for host, url in (("127.0.0.1", "http://127.0.0.1:"), ("::1", "http://[::1]:")):
        with listening(host, 0) as listener:
            assert address(listener).startswith(url)


def test_a_file_that_cannot_hold_the_account_is_one_line_and_exit_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "account.sqlite"
    file.write_text("this is no database, however long it is read")
    assert serve(Offer(FakeBackend()), ServedAt(port=0, account=file)) == 1
    assert (
        capsys.readouterr().err
        == f"mctop: cannot keep the account in {file}: it is something else, and is left as it is\n"
    )


def test_an_answer_on_a_kept_connection_does_not_wait_for_the_clients_acknowledgement() -> None:
    with listening("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@contextmanager
def serving(*options: str | Path) -> Iterator[list[str]]:
    """The words of a service that runs until the block ends, a line each."""
    lines = 6 if "--guest" in options else 4
    with subprocess.Popen([*SERVE, *map(str, options)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield [process.stdout.readline().rstrip("\n").split(maxsplit=1)[-1] for _ in range(lines)]
        process.terminate()


def test_a_password_is_printed_when_it_is_made_up_and_never_again(tmp_path: Path) -> None:
    file = tmp_path / "account"
    with serving("--account", file) as (_, _, username, password):
        assert re.fullmatch("[0-9A-F]{32}", password)
    with serving("--account", file) as (url, number, again, words):
        assert (again, words) == (username, f"as before, in {file}")
        answer = httpx.get(f"{url}/api/v1/login", auth=(username, password), timeout=30)
        assert answer.json() == {"cache_id": int(number.split()[-1])}


def test_a_password_that_is_given_by_a_file_is_not_printed(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("correct horse battery staple\n")
    file.chmod(0o600)
    with serving("--password-file", file) as (url, _, username, words):
        assert words == "as in the file that was named"
        login = username, "correct horse battery staple"
        assert httpx.get(f"{url}/api/v1/login", auth=login, timeout=30).status_code == 200


def test_a_guest_reads_changes_nothing_and_sees_no_secret() -> None:
    with serving("--guest") as (url, number, username, password, guest, guests_password):
        cache = f"{url}/api/v2/caches/{number.split()[-1]}"
        with httpx.Client(auth=(guest, guests_password), timeout=30) as client:
            assert client.get(f"{cache}/stats").status_code == 200
            for path in ("info", "credentials"):
                assert password not in client.get(f"{cache}/{path}").text
            for method, path in (("POST", "flush"), ("POST", "credentials"), ("DELETE", f"credentials/{username}")):
                assert client.request(method, f"{cache}/{path}").status_code == 403
        assert password in httpx.get(f"{cache}/credentials", auth=(username, password), timeout=30).text


def test_it_speaks_tls_with_a_certificate_and_to_no_foreign_name() -> None:
    with serving("--tls-cert", CERTIFICATE, "--tls-key", CERTIFICATE) as (url, *_):
        assert url.startswith("https://127.0.0.1:")
        trusting = ssl.create_default_context(cafile=CERTIFICATE)
        port = url.rpartition(":")[2]
        with httpx.Client(verify=trusting, timeout=30) as client:
            assert client.get(f"https://localhost:{port}/openapi.json").status_code == 200
            evil = {"Host": "evil.example"}
            assert client.get(f"https://localhost:{port}/openapi.json", headers=evil).status_code == 421
