"""What `mctop serve` refuses before it listens, and what it takes from its options."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.api.faultserver import CERTIFICATE
from tests.command_line import run

if TYPE_CHECKING:
    from mctop.service.base.served_at import ServedAt
    from mctop.service.base.served_cache import MemcachedCache, SimulatedCache

PASSWORD = "correct horse battery"


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[ServedAt]:
    """Where the service would have been."""
    places: list[ServedAt] = []

    def serve(_: SimulatedCache | MemcachedCache, where: ServedAt) -> int:
        places.append(where)
        return 0

    monkeypatch.setattr("mctop.wiring.serve", serve)
    return places


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    """A file with a password that its owner alone can read."""
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n")
    file.chmod(0o600)
    return file


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.0.2.1", "box.example", "localhost.example", "127.0.0.1.nip.io", ""]
)
def test_beyond_this_machine_it_needs_tls_or_a_word(host: str, served: list[ServedAt]) -> None:
    result = run("serve", "--simulate", "--host", host)
    assert result.exit_code == 2
    assert "passwords would travel in clear" in result.output
    assert served == []
    result = run("serve", "--simulate", "--host", host, "--insecure")
    assert (result.exit_code, result.output.count("travel in clear")) == (0, 1)
    result = run("serve", "--simulate", "--host", host, "--tls-cert", str(CERTIFICATE), "--tls-key", str(CERTIFICATE))
    assert (result.exit_code, result.output) == (0, "")
    assert [bool(where.certificate) for where in served] == [False, True]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_on_this_machine_it_needs_neither(host: str, served: list[ServedAt]) -> None:
    result = run("serve", "--simulate", "--host", host)
    assert (result.exit_code, result.output) == (0, "")
    assert served[0].host == host


def test_a_certificate_that_cannot_be_used_is_one_line(tmp_path: Path, served: list[ServedAt]) -> None:
    text, locked = tmp_path / "text", tmp_path / "locked"
    text.write_text("no certificate")
    command = ["openssl", "genrsa", "-aes128", "-passout", "pass:x", "-out", str(locked), "2048"]
    subprocess.run(command, check=True, capture_output=True)
    for chain, key, words in (
        (CERTIFICATE, tmp_path / "nowhere", "No such file"),
        (text, text, "no certificate and its key"),
        (CERTIFICATE, locked, "without a passphrase"),
    ):
        result = run("serve", "--simulate", "--tls-cert", str(chain), "--tls-key", str(key))
        assert (result.exit_code, result.output.count("\n")) == (2, 1)
        assert words in result.output
    assert run("serve", "--simulate", "--tls-cert", str(CERTIFICATE)).exit_code == 2
    assert served == []


def test_a_password_is_read_from_a_file_of_ones_own(password_file: Path, served: list[ServedAt]) -> None:
    assert run("serve", "--simulate", "--password-file", str(password_file)).exit_code == 0
    chosen = served[0].password
    assert chosen is not None
    assert (chosen.text, chosen.file) == (PASSWORD, password_file)
    assert PASSWORD not in repr(served[0])


@pytest.mark.parametrize(
    ("content", "mode", "words"),
    [
        (PASSWORD.encode(), 0o644, "chmod 600"),
        (PASSWORD.encode(), 0o660, "chmod"),
        (b"too short", 0o600, "12 characters"),
        (b"", 0o600, "12 characters"),
        (b"first line here\nsecond line here\n", 0o600, "on one line"),
        (b"\xff" * 20, 0o600, "UTF-8"),
    ],
)
def test_a_file_that_holds_no_password_or_is_not_ones_own_alone_is_refused(
    password_file: Path, served: list[ServedAt], content: bytes, mode: int, words: str
) -> None:
    password_file.write_bytes(content)
    password_file.chmod(mode)
    result = run("serve", "--simulate", "--password-file", str(password_file))
    assert result.exit_code == 2
    assert words in result.output
    assert PASSWORD not in result.output
    assert served == []


def test_what_is_no_file_holds_no_password(tmp_path: Path, served: list[ServedAt]) -> None:
    for path in (tmp_path, tmp_path / "nowhere", Path("/dev/null")):
        assert run("serve", "--simulate", "--password-file", str(path)).exit_code == 2
    assert served == []
