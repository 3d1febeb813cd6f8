"""The first words with a server, which show what it is: pure, for whatever connection they go over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.service.memcached.commands import VERSION, authenticate
from mctop.service.memcached.trouble import Trouble, TroubleKind, refused, shown

if TYPE_CHECKING:
    from mctop.service.memcached.access import Access
    from mctop.service.memcached.commands import Command

NUDGE = VERSION.line * 2
"""Sent to a server that leaves one `version` unanswered: a binary one closes when it has 24 bytes it cannot read."""


def version_of(line: bytes, where: str) -> str | None:
    """The version in the answer to `version`, or None if the server wants credentials; raise Trouble."""
    word, _, version = line.partition(b" ")
    if word == b"VERSION":
        return shown(version)
    if line.startswith(b"CLIENT_ERROR unauthenticated"):
        return None
    if word in (b"ERROR", b"SERVER_ERROR", b"CLIENT_ERROR"):
        raise refused(where, VERSION.name, line)
    raise Trouble(TroubleKind.NOT_MEMCACHED, where, f"this is not memcached: it says {shown(line)!r}")


def credentials(access: Access, where: str) -> Command:
    """The credentials to present; raise Trouble where there are none, or none that could be sent."""
    if access.password is None:
        raise Trouble(TroubleKind.AUTH_NEEDED, where, "it wants a username and password")
    try:
        return authenticate(access.username, access.password)
    except ValueError as error:
        raise Trouble(TroubleKind.AUTH_REFUSED, where, str(error)) from None


def check_accepted(line: bytes, where: str) -> None:
    """Judge the answer to credentials; raise Trouble where they were not taken."""
    if line != b"STORED":
        raise Trouble(TroubleKind.AUTH_REFUSED, where, "it does not accept the username and password")


def cut_off(where: str, *, has_tls: bool) -> Trouble:
    """Judge a server that closed on the first `version`."""
    words = "it closes at the first word" if has_tls else "it cuts off what is not TLS: try --tls"
    return Trouble(TroubleKind.CLOSED if has_tls else TroubleKind.TLS_ONLY, where, words)


def binary_only(where: str) -> Trouble:
    """Judge a server that closed on NUDGE."""
    words = "it does not speak the text protocol, only the binary one (-S for SASL, or -B binary)"
    return Trouble(TroubleKind.SASL_ONLY, where, words)


def proxied(where: str, name: str) -> Trouble:
    """Judge a server that says its version but closes on a command that memcached knows."""
    words = f"it closes on {name}, as proxies do (twemproxy): name the memcached servers behind it"
    return Trouble(TroubleKind.NOT_MEMCACHED, where, words)
