"""Failures in words that never advise less security."""

from __future__ import annotations

import ssl

import pytest

from mctop.service.memcached.protocol.trouble import TroubleKind, unreachable


def handshake(reason: str) -> ssl.SSLError:
    """An error as Python raises it where a handshake fails."""
    error = ssl.SSLError(1, f"[SSL: {reason}] words")
    error.reason = reason
    return error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (handshake("WRONG_VERSION_NUMBER"), "its answer is not TLS of a version that is accepted"),
        (handshake("TLSV1_ALERT_PROTOCOL_VERSION"), "tlsv1 alert protocol version"),
        (ssl.SSLError(1, "words"), "no reason is given"),
        (ConnectionResetError(), "it closed the connection"),
    ],
)
def test_a_failed_handshake_says_why_and_never_advises_to_go_without(error: OSError, words: str) -> None:
    trouble = unreachable(error, "a:1", 2.0)
    assert (trouble.kind, str(trouble)) == (TroubleKind.NOT_TLS, f"a:1: the TLS handshake failed: {words}")
