"""The delimiter between the first part of keys and the rest, judged from samples: pure."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from mctop.service.memcached.protocol.replies import encoded

if TYPE_CHECKING:
    from collections.abc import Iterable

DELIMITERS = tuple(encoded(sign) for sign in (b":", b"/", b"|", b".", b"_", b"-"))
"""As servers encode them; of those that are common the first is believed, for names contain the last ones, too."""

EACH_TIME = 50
"""Keys that are looked at in each batch."""
COMMON = 0.5
"""The share of keys that a delimiter is in."""
MEMORY = 5_000
"""Keys after which older ones count half."""


class Delimiter:
    """The delimiter that most keys have, judged anew with each batch of them."""

    def __init__(self) -> None:
        self._keys_seen = 0
        self._votes: Counter[bytes] = Counter()

    def see(self, keys: Iterable[bytes]) -> None:
        """Look at some keys of a batch."""
        for key in islice(keys, EACH_TIME):
            self._keys_seen += 1
            self._votes.update(sign for sign in DELIMITERS if sign in key)
        if self._keys_seen > MEMORY:
            self._keys_seen //= 2
            self._votes = Counter({sign: many // 2 for sign, many in self._votes.items()})

    @property
    def sign(self) -> bytes:
        """The delimiter, as servers encode it; b"" while none is common."""
        return next((sign for sign in DELIMITERS if self._votes[sign] > self._keys_seen * COMMON), b"")


def prefixes(counts: Counter[bytes], sign: bytes) -> Counter[bytes]:
    """Counts of what keys start with, up to and with their first delimiter; keys without it are left out."""
    by_prefix: Counter[bytes] = Counter()
    for key, many in counts.items():
        head, cut, _ = key.partition(sign)
        if cut:
            by_prefix[head + cut] += many
    return by_prefix
