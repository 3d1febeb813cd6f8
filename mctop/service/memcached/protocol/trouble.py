"""The failures of a server, in words for the screen."""

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
    OUT_OF_STEP = "out of step"
    OUR_FAULT = "our own fault"


class ServerTrouble(Exception):
    """A server did not do what it was asked; says which one, why, and what to do about it."""

    def __init__(self, kind: TroubleKind, where: str, words: str) -> None:
        super().__init__(f"{where}: {words}")
        self.kind = kind
        self.where = where


class ChangeUnanswered(ServerTrouble):
    """A change was sent, and what came back does not tell whether it was done."""


def outcome_unknown(trouble: ServerTrouble, name: str) -> ChangeUnanswered:
    """Say that a change may have been done although an answer to it is missing or makes no sense."""
    words = str(trouble).removeprefix(f"{trouble.where}: ")
    return ChangeUnanswered(trouble.kind, trouble.where, f"whether {name} was done is not known: {words}")


def out_of_step(where: str, name: str, line: bytes) -> ServerTrouble:
    """Say that an answer is none to what was asked."""
    return ServerTrouble(TroubleKind.OUT_OF_STEP, where, f"its answer does not fit {name}: {shown(line)}")


def unreachable(error: OSError, where: str, seconds: float) -> ServerTrouble:
    """Say why a server could not be connected to within `seconds`."""
    if isinstance(error, ssl.SSLCertVerificationError):
        reason = getattr(error, "verify_message", "") or "it cannot be verified"
        return ServerTrouble(TroubleKind.UNTRUSTED, where, f"its certificate is not trusted: {reason} (--cacert FILE?)")
    if isinstance(error, ssl.SSLError | ConnectionAbortedError | ConnectionResetError):
        return ServerTrouble(TroubleKind.NOT_TLS, where, f"the TLS handshake failed: {_handshake_failure(error)}")
    if isinstance(error, TimeoutError):
        return ServerTrouble(TroubleKind.UNREACHABLE, where, f"no connection within {seconds:g} s")
    if isinstance(error, socket.gaierror):
        return ServerTrouble(TroubleKind.UNREACHABLE, where, "the name of the host is not known")
    if isinstance(error, ConnectionRefusedError):
        return ServerTrouble(TroubleKind.UNREACHABLE, where, "nothing listens there")
    return ServerTrouble(TroubleKind.UNREACHABLE, where, error.strerror or type(error).__name__)


def _handshake_failure(error: OSError) -> str:
    """Why a handshake failed. Never advises less security: whoever disturbs it may want just that."""
    if not isinstance(error, ssl.SSLError):
        return "it closed the connection"
    reason: str = getattr(error, "reason", None) or "no reason is given"  # OpenSSL's, and missing on Python's own
    if reason == "WRONG_VERSION_NUMBER":
        return "its answer is not TLS of a version that is accepted"
    return reason.replace("_", " ").lower()


def closed(where: str) -> ServerTrouble:
    """Say that a server ended the connection."""
    return ServerTrouble(TroubleKind.CLOSED, where, "it closed the connection")


def timed_out(where: str, name: str, seconds: float) -> ServerTrouble:
    """Say that a server left a command unanswered."""
    return ServerTrouble(TroubleKind.TIMED_OUT, where, f"no answer to {name} within {seconds:g} s")


def refused(where: str, name: str, line: bytes) -> ServerTrouble:
    """Say that a server answered a command with an error."""
    why = next((f" ({flag} forbids it)" for words, flag in FORBIDDEN.items() if words in line), "")
    return ServerTrouble(TroubleKind.REFUSED, where, f"{name} is refused: {shown(line)}{why}")


def shown(line: bytes) -> str:
    """A server's own words, short and printable."""
    text = line.decode("utf-8", "replace")[:LONGEST_WORDS]
    return "".join(letter if letter.isprintable() else "·" for letter in text)


def oversized(where: str) -> ServerTrouble:
    """Say that a server answered more than memcached would."""
    return ServerTrouble(TroubleKind.NOT_MEMCACHED, where, "this is not memcached: its answer is too long")


def cut_off(where: str, *, has_tls: bool) -> ServerTrouble:
    """Judge a server that closed on the first `version`."""
    words = "it closes at the first word" if has_tls else "it cuts off what is not TLS: try --tls"
    return ServerTrouble(TroubleKind.CLOSED if has_tls else TroubleKind.TLS_ONLY, where, words)


def binary_only(where: str) -> ServerTrouble:
    """Judge a server that closed on the nudge after an unanswered `version`."""
    words = "it does not speak the text protocol, only the binary one (-S for SASL, or -B binary)"
    return ServerTrouble(TroubleKind.SASL_ONLY, where, words)


def proxied(where: str, name: str) -> ServerTrouble:
    """Judge a server that says its version but closes on a command that memcached knows."""
    words = f"it closes on {name}, as proxies do (twemproxy): name the memcached servers behind it"
    return ServerTrouble(TroubleKind.NOT_MEMCACHED, where, words)
