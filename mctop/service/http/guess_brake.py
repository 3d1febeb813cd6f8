"""A brake on whoever guesses passwords: a few at once, and then one now and then."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)

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


class Tries(NamedTuple):
    """How many tries were left at monotonic time `since`, and whether they had run out before."""

    left: float
    since: float
    ran_out: bool


class GuessBrake:
    """Counts wrong passwords of each guesser, and logs once who has tried too many."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._tries: OrderedDict[Guesser, Tries] = OrderedDict()

    def seconds(self, who: Guesser) -> float:
        """Seconds until the next password may be tried, 0 for now."""
        return max(0.0, (1.0 - self._now_left(who).left) * EACH)

    def note(self, who: Guesser) -> None:
        """Take one try for a password that was wrong."""
        left, since, ran_out = self._now_left(who)
        left -= 1.0
        if left < 1.0 and not ran_out:
            logger.warning("too many wrong passwords from %s: one each %g s is looked at", who.network or "here", EACH)
        self._tries[who] = Tries(left, since, ran_out or left < 1.0)
        self._tries.move_to_end(who)
        if len(self._tries) > REMEMBERED:
            self._tries.popitem(last=False)

    def _now_left(self, who: Guesser) -> Tries:
        now = self._now()
        left, since, ran_out = self._tries.get(who, Tries(float(AT_ONCE), now, ran_out=False))
        return Tries(min(float(AT_ONCE), left + (now - since) / EACH), now, ran_out)
