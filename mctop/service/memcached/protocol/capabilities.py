"""The version of a server, and which commands it can be sent without harm."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.service.memcached.protocol.commands import WatchKind

if TYPE_CHECKING:
    from collections.abc import Mapping


Release = tuple[int, int, int]

_RELEASE = re.compile(r"(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?")

UNREADABLE: Release = (0, 0, 0)
"""The release of what is not memcached's own."""

# The first releases with each command and each kind of watch.
METADUMP_SINCE = (1, 4, 31)
WATCH_SINCE = (1, 4, 26)
ME_SINCE = (1, 5, 19)
MN_SINCE = (1, 6, 0)
DELETIONS_SINCE = (1, 6, 20)
MUTATIONS_SAFE_SINCE = (1, 6, 42)
"""Before it, `watch mutations` and one failed binary SET end the server."""


@dataclass(frozen=True, slots=True)
class ServerCapabilities:
    """What one server can do: `watch` is what can be watched without harm, `without` why changes cannot (else "").

    Without `me` nothing is known of one key, without `metadump` nothing of what a prefix holds.
    """

    version: str
    watch: tuple[WatchKind, ...]
    without: str
    has_me: bool
    has_metadump: bool


def capabilities(
    version: str, settings: Mapping[str, str], *, has_mn: bool, has_me: bool, text_only: bool = False
) -> ServerCapabilities:
    """Judge a server by its `stats settings`, by whether it understood `mn` and `me`, and by its version.

    A version is believed where it forbids something. Where it says that `mn` is there, and it is not, the server is a
    fork that counts its versions by itself, of which no other is believed either; nor is an unreadable one.
    No client speaks the binary protocol where that is stated, `text_only`, or where the server allows none to.
    """
    number = release(version)
    if number >= MN_SINCE and not has_mn:
        number = UNREADABLE
    is_text_only = text_only or settings.get("binding_protocol") == "ascii"
    watch, without = _watch(number, version, is_text_only=is_text_only)
    return ServerCapabilities(
        version=version,
        watch=watch,
        without=without,
        has_me=has_me,
        has_metadump=number >= METADUMP_SINCE
        and settings.get("lru_crawler") == "yes"
        and settings.get("dump_enabled") != "no",
    )


def release(version: str) -> Release:
    """The three numbers a version starts with; UNREADABLE if it does not."""
    match = _RELEASE.match(version)
    return (int(match[1]), int(match[2]), int(match[3] or 0)) if match else UNREADABLE


def may_have_mn(version: str) -> bool:
    """Say whether a server may know the command that does nothing, so that it is worth asking."""
    return release(version) >= MN_SINCE


def may_have_me(version: str) -> bool:
    """Say whether a server may tell of items, so that it is worth asking; an unreadable version forbids nothing."""
    number = release(version)
    return number >= ME_SINCE or number == UNREADABLE


def _watch(number: Release, version: str, *, is_text_only: bool) -> tuple[tuple[WatchKind, ...], str]:
    if number == UNREADABLE:
        return (WatchKind.FETCHERS,), f"changes are watched on memcached's own releases alone, which {version} is not"
    if number < WATCH_SINCE:
        return (), f"memcached {version} has no watch: it came with 1.4.26"
    if number < MUTATIONS_SAFE_SINCE and not is_text_only:
        return (
            (WatchKind.FETCHERS,),
            f"watching changes can crash memcached {version}: 1.6.42 is safe, or -B ascii, or --watch-changes if no "
            "client speaks binary",
        )
    changes = (WatchKind.MUTATIONS, WatchKind.DELETIONS) if number >= DELETIONS_SINCE else (WatchKind.MUTATIONS,)
    return (WatchKind.FETCHERS, *changes), ""
