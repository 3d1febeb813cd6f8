"""Whose certificates are believed."""

import ssl
from pathlib import Path

import pytest
import truststore

from mctop.api.certificates import check_trust, trusting, trusting_nobody
from mctop.api.errors import BadEndpoint
from tests.api.faultserver import CERTIFICATE


def test_the_system_is_believed_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    assert isinstance(trusting(None), truststore.SSLContext)


def test_a_given_file_is_believed_and_nobody_else() -> None:
    context = trusting(CERTIFICATE)
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    (believed,) = context.get_ca_certs()
    assert believed["subject"] == ((("commonName", "mctop test"),),)


def test_files_that_hold_no_certificate_say_so(tmp_path: Path) -> None:
    empty = tmp_path / "empty.pem"
    empty.write_text("hello")
    with pytest.raises(BadEndpoint, match=r"empty\.pem holds no certificate"):
        trusting(empty)
    with pytest.raises(BadEndpoint, match="No such file"):
        trusting(tmp_path / "missing.pem")
    with pytest.raises(BadEndpoint):
        trusting(tmp_path)


def test_a_certificate_file_of_the_environment_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")
    with pytest.raises(BadEndpoint, match=r"SSL_CERT_FILE names /nowhere/ca\.pem"):
        trusting(None)


def test_plain_http_trusts_nobody() -> None:
    context = trusting_nobody()
    assert context.get_ca_certs() == []
    assert context.verify_mode is ssl.CERT_REQUIRED


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "which is not a file"), ("", "holds no certificate"), ("hello", "holds no certificate")],
)
def test_a_certificate_file_of_the_environment_is_looked_into(tmp_path: Path, content: str | None, words: str) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_text(content)
    with pytest.raises(BadEndpoint, match=words):
        check_trust(None, {"SSL_CERT_FILE": str(file)})
    check_trust(CERTIFICATE, {"SSL_CERT_FILE": str(file)})
    check_trust(None, {"SSL_CERT_FILE": str(CERTIFICATE)})


def test_a_certificate_directory_of_the_environment_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(BadEndpoint, match="SSL_CERT_DIR names /nowhere, which is not a directory"):
        check_trust(None, {"SSL_CERT_DIR": "/nowhere:/nowhere/either"})
    check_trust(None, {"SSL_CERT_DIR": f"/nowhere:{tmp_path}"})
    check_trust(None, {"SSL_CERT_DIR": "", "SSL_CERT_FILE": ""})


def test_a_log_of_session_keys_that_cannot_be_written_is_no_fault_of_the_certificates(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", "/nowhere/keys")
    check_trust(CERTIFICATE)
