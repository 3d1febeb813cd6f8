"""`mctop serve` in the foreground."""

from __future__ import annotations

import re
import signal
import socket
import ssl
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import httpx
import pytest

from mctop.service.base.served_at import Certificate, ServedAt
from mctop.service.process.application import Offer
from mctop.service.process.serve import address, listening, serve
from tests.api.faultserver import CERTIFICATE
from tests.service.fakebackend import FakeBackend

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Environment:
    """What mctop finds in the environment; "" for what is not set."""

    url: str
    cache_id: int
    username: str
    password: str


def pasted(lines: str) -> Environment:
    """The environment of a shell in which lines were pasted, and which had the password of another cache."""
    script = f"export MEMCACHIER_PASSWORD=another\n{lines}env\n"
    words = subprocess.run(["sh"], input=script, capture_output=True, text=True, check=True)
    assert words.stderr == ""
    environ = dict(line.split("=", 1) for line in words.stdout.splitlines() if "=" in line)
    return Environment(
        environ["MCTOP_URL"],
        int(environ["MCTOP_CACHE_ID"]),
        environ["MEMCACHIER_USERNAME"],
        environ.get("MEMCACHIER_PASSWORD", ""),
    )


def before_guest(lines: str) -> str:
    """What is said before the guest."""
    return lines.partition("# or as a guest")[0]


SERVE = [sys.executable, "-m", "mctop", "serve", "--simulate", "--port", "0"]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_it_says_once_where_it_is_and_ends_cleanly_on_a_signal(number: signal.Signals, code: int) -> None:
    with subprocess.Popen(SERVE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = pasted(process.stdout.readline() + process.stdout.readline())
        with httpx.Client(base_url=said.url, auth=(said.username, said.password)) as client:
            assert client.get("/api/v1/login", timeout=30).json() == {"cache_id": said.cache_id}
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
            assert address(listener, ServedAt()).startswith(url)


def test_the_url_is_one_that_mctop_can_use() -> None:
    everywhere, by_tls = ServedAt(host="0.0.0.0"), Certificate(CERTIFICATE, CERTIFICATE)
    with listening("0.0.0.0", 0) as listener:
        port = listener.getsockname()[1]
        assert address(listener, everywhere) == f"http://127.0.0.1:{port}"
        secure = replace(everywhere, certificate=by_tls)
        assert address(listener, secure) == f"https://{socket.gethostname()}:{port}"
        assert address(listener, replace(secure, names=("box.example", "b"))) == f"https://box.example:{port}"


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
def serving(*options: str | Path) -> Iterator[str]:
    """What a service says that runs until the block ends."""
    lines = 4 if "--guest" in options else 2
    with subprocess.Popen([*SERVE, *map(str, options)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield "".join(process.stdout.readline() for _ in range(lines))
        process.terminate()


def test_a_password_is_printed_when_it_is_made_up_and_never_again(tmp_path: Path) -> None:
    file = tmp_path / "account"
    with serving("--account", file, "--guest") as lines:
        first, guest = pasted(before_guest(lines)), pasted(lines)
        assert re.fullmatch("[0-9A-F]{32}", first.password)
        assert re.fullmatch("[0-9A-F]{32}", guest.password)
    with serving("--account", file, "--guest") as lines:
        again, guest_again = pasted(before_guest(lines)), pasted(lines)
        assert (again.username, again.password) == (first.username, "")
        assert (guest_again.username, guest_again.password) == (guest.username, "")
        assert f"as before, in {file}" in lines
        for login in (first, guest):
            answer = httpx.get(f"{again.url}/api/v1/login", auth=(login.username, login.password), timeout=30)
            assert answer.json() == {"cache_id": again.cache_id}
    assert guest.password.encode() not in file.read_bytes()
    with serving("--account", file) as lines:
        answer = httpx.get(f"{pasted(lines).url}/api/v1/login", auth=(guest.username, guest.password), timeout=30)
        assert answer.status_code == 401


def test_a_password_that_is_given_by_a_file_is_not_printed_and_a_shell_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "my password's"
    file.write_text("correct horse battery staple\n")
    file.chmod(0o600)
    with serving("--password-file", file) as lines:
        assert "horse" not in lines
        said = pasted(lines)
        assert said.password == "correct horse battery staple"
        login = said.username, said.password
        assert httpx.get(f"{said.url}/api/v1/login", auth=login, timeout=30).status_code == 200


def test_it_speaks_tls_with_a_certificate_and_to_no_foreign_name() -> None:
    with serving("--tls-cert", CERTIFICATE, "--tls-key", CERTIFICATE, "--name", "localhost") as lines:
        url = pasted(lines).url
        assert url.startswith("https://localhost:")
        trusting = ssl.create_default_context(cafile=CERTIFICATE)
        with httpx.Client(verify=trusting, timeout=30) as client:
            assert client.get(f"{url}/openapi.json").status_code == 200
            assert client.get(f"{url}/openapi.json", headers={"Host": "evil.example"}).status_code == 421
