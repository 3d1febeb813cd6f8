"""What a server is and can be asked for without harm, from its first answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.service.memcached.commands import VERSION, WatchKind, authenticate
from mctop.service.memcached.trouble import Trouble, TroubleKind, refused, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mctop.service.memcached.address import Access
    from mctop.service.memcached.commands import Command


Release = tuple[int, int, int]

_RELEASE = re.compile(r"(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?")

METADUMP_SINCE = (1, 4, 31)
WATCH_SINCE = (1, 4, 26)
ME_SINCE = (1, 5, 19)
MN_SINCE = (1, 6, 0)
DELETIONS_SINCE = (1, 6, 20)
MUTATIONS_SAFE_SINCE = (1, 6, 42)
"""Before it, `watch mutations` and one failed binary SET end the server."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What one server can do: `watch` is what can be watched without harm, `without` why changes cannot (else "").

    Without `me` nothing is known of one key, without `metadump` nothing of what a prefix holds.
    """

    version: str
    watch: tuple[WatchKind, ...]
    without: str
    has_me: bool
    has_metadump: bool


def capabilities(version: str, settings: Mapping[str, str]) -> Capabilities:
    """Judge a server by its version and its `stats settings`; of an unreadable version nothing is believed."""
    number = release(version)
    is_text_only = settings.get("binding_protocol") == "ascii"
    watch, without = _watch(number, version, is_text_only=is_text_only)
    return Capabilities(
        version=version,
        watch=watch,
        without=without,
        has_me=number >= ME_SINCE,
        has_metadump=number >= METADUMP_SINCE
        and settings.get("lru_crawler") == "yes"
        and settings.get("dump_enabled") != "no",
    )


def release(version: str) -> Release:
    """The three numbers a version starts with; zeros if it does not."""
    found = _RELEASE.match(version)
    return (int(found[1]), int(found[2]), int(found[3] or 0)) if found else (0, 0, 0)


def has_mn(version: str) -> bool:
    """Say whether a server knows the command that does nothing."""
    return release(version) >= MN_SINCE


def _watch(number: Release, version: str, *, is_text_only: bool) -> tuple[tuple[WatchKind, ...], str]:
    if number < WATCH_SINCE:
        return (), f"memcached {version} has no watch: it came with 1.4.26"
    if number < MUTATIONS_SAFE_SINCE and not is_text_only:
        return (
            (WatchKind.FETCHERS,),
            f"watching changes can crash memcached {version}: 1.6.42 is safe, or -B ascii",
        )
    changes = (WatchKind.MUTATIONS, WatchKind.DELETIONS) if number >= DELETIONS_SINCE else (WatchKind.MUTATIONS,)
    return (WatchKind.FETCHERS, *changes), ""


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
