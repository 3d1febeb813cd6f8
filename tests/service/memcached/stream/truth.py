"""What independent clients did to a server, by the key."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pymemcache.client.base import Client

from mctop.service.memcached.protocol.commands import WatchKind

if TYPE_CHECKING:
    from tests.service.memcached.realserver import RealServer

KEYS = [f"{family}:{number}" for number in range(100) for family in ("user", "post", "é")]
WEIGHTS = list(accumulate(1 / rank for rank in range(1, len(KEYS) + 1)))


@dataclass
class Truth:
    """What clients did: stores that were done, and what found or did not find its key without being a store."""

    counted: dict[str, Counter[str]] = field(
        default_factory=lambda: {kind: Counter() for kind in ("hits", "misses", "mutations", "deletions")}
    )

    def note(self, key: str, *, found: bool) -> None:
        """Note a lookup that is nothing else in the log."""
        self.counted["hits" if found else "misses"][key] += 1

    def store(self, key: str, *, done: bool | None) -> None:
        """Note a store, which changes the key if it is done."""
        if done:
            self.counted["mutations"][key] += 1

    def one(self, client: Client, key: str, chance: float) -> None:
        """Do something by chance."""
        if chance < 0.5:
            self.note(key, found=client.get(key) is not None)
        elif chance < 0.7:
            self.store(key, done=client.set(key, "1"))
        elif chance < 0.8:
            self.store(key, done=client.add(key, "1"))
        elif chance < 0.85:
            found, cas = client.gets(key)
            self.note(key, found=found is not None)
            if cas is not None:
                self.store(key, done=client.cas(key, "2", cas))
        elif chance < 0.9:
            self.note(key, found=client.touch(key, 0))
        elif chance < 0.95:
            self.note(key, found=client.incr(key, 1) is not None)
        else:
            found = client.delete(key)
            self.counted["deletions" if found else "misses"][key] += 1

    def expected(self, kinds: tuple[WatchKind, ...]) -> tuple[Counter[str], Counter[str], Counter[str]]:
        """What is to be seen: a deletion is a get for a server that does not log it, and else a mutation."""
        told = WatchKind.DELETIONS in kinds
        hits, misses, mutations, deletions = self.counted.values()
        return (hits if told else hits + deletions, misses, mutations + deletions if told else mutations)


def work(server: RealServer, seed: int, many: int) -> Truth:
    """Use a server over two connections."""
    chance, truth = random.Random(seed), Truth()
    where = (server.address.host, server.port)
    clients = [Client(where, default_noreply=False, encoding="utf-8", allow_unicode_keys=True) for _ in range(2)]
    with closing(clients[0]), closing(clients[1]):
        for number in range(many):
            truth.one(clients[number % 2], chance.choices(KEYS, cum_weights=WEIGHTS)[0], chance.random())
    return truth


def plain(key: bytes) -> str:
    """A key as the client wrote it."""
    return unquote(key.decode())
