"""A brake on whoever guesses passwords: a few at once, and then one now and then."""

from __future__ import annotations

import time
from collections import OrderedDict
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

AT_ONCE, EACH = 10, 6.0
"""Wrong passwords that may be tried at once, and the seconds after which one more may be: 600 an hour."""
REMEMBERED = 1_000
"""Guessers that are remembered, the newest: some 200 KiB."""
ONE_SUBSCRIBER = 64
"""Bits of an IPv6 address that whoever is given a network cannot choose."""


class Guesser(NamedTuple):
    """Where guesses come from, and the username that they are about, "" for all that do not exist.

    So whoever does not know a username takes no try from its owner, who may come from the same address.
    """

    network: str
    username: str


def guesser(address: str, username: str) -> Guesser:
    """Who guesses at an existing username, or at "", from an address; "" is a socket that has none."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return Guesser(address, username)
    if not isinstance(parsed, IPv6Address):
        return Guesser(f"{parsed}", username)
    if parsed.ipv4_mapped is not None:
        return Guesser(f"{parsed.ipv4_mapped}", username)
    return Guesser(f"{IPv6Network((parsed, ONE_SUBSCRIBER), strict=False)}", username)


class GuessBrake:
    """Counts wrong passwords of each guesser."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._left: OrderedDict[Guesser, tuple[float, float]] = OrderedDict()

    def seconds(self, who: Guesser) -> float:
        """Seconds until the next password may be tried, 0 for now."""
        return max(0.0, (1.0 - self._tries(who)) * EACH)

    def note(self, who: Guesser) -> None:
        """Take one try for a password that was wrong."""
        self._left[who] = self._tries(who) - 1.0, self._now()
        self._left.move_to_end(who)
        if len(self._left) > REMEMBERED:
            self._left.popitem(last=False)

    def _tries(self, who: Guesser) -> float:
        tries, since = self._left.get(who, (float(AT_ONCE), self._now()))
        return min(float(AT_ONCE), tries + (self._now() - since) / EACH)
