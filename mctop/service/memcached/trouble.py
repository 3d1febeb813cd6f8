"""What can be wrong with a server, in words for the screen."""

from __future__ import annotations

import socket
import ssl
from enum import StrEnum

LONGEST_WORDS = 80
"""Letters of a server's own words that are shown."""


FORBIDDEN = {b"watch commands not allowed": "-W", b"metadump not allowed": "-X", b"flush_all not allowed": "-F"}
"""What a server says of a command that an option of memcached forbids, and the option."""


class TroubleKind(StrEnum):
    """What went wrong with a server."""

    UNREACHABLE = "unreachable"
    CLOSED = "closed"
    TIMED_OUT = "timed out"
    AUTH_NEEDED = "authentication needed"
    AUTH_REFUSED = "authentication refused"
    SASL_ONLY = "SASL only"
    TLS_ONLY = "TLS only"
    NOT_TLS = "not TLS"
    UNTRUSTED = "untrusted certificate"
    NOT_MEMCACHED = "not memcached"
    REFUSED = "refused"


class Trouble(Exception):
    """A server did not do what it was asked; says which one, why, and what to do about it."""

    def __init__(self, kind: TroubleKind, where: str, words: str) -> None:
        super().__init__(f"{where}: {words}")
        self.kind = kind
        self.where = where


def unreachable(error: OSError, where: str, seconds: float) -> Trouble:
    """Say why a server could not be connected to within `seconds`."""
    if isinstance(error, ssl.SSLCertVerificationError):
        reason = getattr(error, "verify_message", "") or "it cannot be verified"
        return Trouble(TroubleKind.UNTRUSTED, where, f"its certificate is not trusted: {reason} (--cacert FILE?)")
    if isinstance(error, ssl.SSLError | ConnectionAbortedError | ConnectionResetError):
        return Trouble(TroubleKind.NOT_TLS, where, "it does not speak TLS: leave out --tls")
    if isinstance(error, TimeoutError):
        return Trouble(TroubleKind.UNREACHABLE, where, f"no connection within {seconds:g} s")
    if isinstance(error, socket.gaierror):
        return Trouble(TroubleKind.UNREACHABLE, where, "the name of the host is not known")
    if isinstance(error, ConnectionRefusedError):
        return Trouble(TroubleKind.UNREACHABLE, where, "nothing listens there")
    return Trouble(TroubleKind.UNREACHABLE, where, error.strerror or type(error).__name__)


def closed(where: str) -> Trouble:
    """Say that a server ended the connection."""
    return Trouble(TroubleKind.CLOSED, where, "it closed the connection")


def timed_out(where: str, name: str, seconds: float) -> Trouble:
    """Say that a server left a command unanswered."""
    return Trouble(TroubleKind.TIMED_OUT, where, f"no answer to {name} within {seconds:g} s")


def refused(where: str, name: str, line: bytes) -> Trouble:
    """Say that a server answered a command with an error."""
    why = next((f" ({flag} forbids it)" for words, flag in FORBIDDEN.items() if words in line), "")
    return Trouble(TroubleKind.REFUSED, where, f"{name} is refused: {shown(line)}{why}")


def shown(line: bytes) -> str:
    """A server's own words, short and printable."""
    text = line.decode("utf-8", "replace")[:LONGEST_WORDS]
    return "".join(letter if letter.isprintable() else "·" for letter in text)


def oversized(where: str) -> Trouble:
    """Say that a server answered more than memcached would."""
    return Trouble(TroubleKind.NOT_MEMCACHED, where, "this is not memcached: its answer is too long")
