"""Fleets to show: caches that are well, and one of each kind that is not."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from mctop.store.base.health import DENIED, Failure, FailureKind, Health
from mctop.store.base.marks import Mark, MarkKind
from mctop.store.counters.live_rates import LiveStats
from mctop.store.polling.fleet import CannotWatch, Fleet, Watched
from mctop.ui.app.app import Mctop
from mctop.ui.registry.options import UiOptions
from tests.store.samples import counted
from tests.ui import samples
from tests.ui.stage import FakeSession, StillClock

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from mctop.store.counters.live_rates import Rates
    from mctop.store.polling.fleet import Connect
    from mctop.store.store import Store

LIMIT = 1_024 * samples.MIB


class WaitingClock(StillClock):
    """A clock that stands still, on which whoever sleeps goes on at once."""

    async def sleep(self, seconds: float) -> None:
        """Let others run."""
        await asyncio.sleep(0)


class FleetStage:
    """An app over caches of these names, of which nothing is known yet; `locked` ones cannot be polled."""

    def __init__(self, *names: str, locked: dict[str, str] | None = None, options: UiOptions | None = None) -> None:
        self.clock = WaitingClock()
        self.locked = locked or {}
        self.sessions = {name: FakeSession() for name in names}
        caches = tuple(Watched(name, self._connecting(name), label=name) for name in names)
        self.fleet = Fleet(caches, names[0], self.clock)
        self.app = Mctop(lambda: self.fleet, clock=self.clock, options=options or UiOptions(label=names[0]))

    def store(self, name: str) -> Store:
        """What is known of a cache."""
        return self.fleet.cache(name).store

    def _connecting(self, name: str) -> Connect:
        async def connect(store: Store, turn: AbstractAsyncContextManager[None]) -> FakeSession:
            if name in self.locked:
                raise CannotWatch(self.locked[name])
            return self.sessions[name]

        return connect


def history(**recently: float | None) -> tuple[Rates, ...]:
    """A quarter of an hour of quiet, and a last minute as it is told."""
    calm = {"evictions": 1.2, "hit_rate": 0.934}
    quiet = (replace(samples.rates(**calm), time=samples.NOON - 15 * step) for step in range(59, 3, -1))
    last = (replace(samples.rates(**{**calm, **recently}), time=samples.NOON - 15 * step) for step in range(3, -1, -1))
    return tuple(replace(one, window=15.0) for one in (*quiet, *last))


def live(store: Store, *, used: float = 0.6, marks: tuple[Mark, ...] = (), **recently: float | None) -> None:
    """Let a cache be live, with a last minute as it is told; `used` is a share of its memory."""
    told = history(**recently)
    counters = counted(
        time=int(samples.NOON), bytes=int(used * LIMIT), limit_maxbytes=LIMIT, curr_items=812_000, curr_connections=42
    )
    store.connecting.set(None)
    store.marks.set(marks)
    store.stats.value.set(LiveStats(counters, told[-1], history=told))
    store.stats.health.set(
        Health(every=15, last_good=samples.STARTED - 4, due=samples.STARTED + 11, next_try=samples.STARTED + 11)
    )


def fail(store: Store, kind: FailureKind, status: int | None, words: str, since: float | None) -> None:
    """Let a cache fail, that was last seen so many seconds ago, or never."""
    seen = None if since is None else samples.STARTED - since
    failure = Failure(kind, "GET", "/api/v2/caches/1/stats", words, samples.NOON, status)
    wait = 286 if kind in DENIED else 6
    store.stats.health.set(
        Health(
            every=15, last_good=seen, due=None if seen is None else seen + 15, failure=failure, failures=3,
            next_try=samples.STARTED + wait,
        )
    )  # fmt: skip


NAMES = ("checkout", "sessions", "search", "catalogue", "recommendations-eu-central", "images", "feature-flags", "geo",
         "mail", "staging", "billing", "reports")  # fmt: skip


def busy(options: UiOptions | None = None) -> FleetStage:
    """Twelve caches, of which eight are in trouble, each in its own way."""
    stage = FleetStage(*NAMES, locked={"staging": "password_command pass ended with 1 and no password"},
                       options=options)  # fmt: skip
    for name in NAMES:
        if name not in ("staging", "reports"):
            live(stage.store(name))
    samples.fill(stage.store("checkout"))
    live(stage.store("checkout"))
    live(stage.store("sessions"), hit_rate=0.412)
    live(stage.store("search"), evictions=480.0, used=0.991)
    live(stage.store("catalogue"), hit_rate=0.71, marks=(Mark(samples.NOON - 190, MarkKind.FLUSH),))
    live(stage.store("images"), used=0.972)
    live(stage.store("geo"), requests=1.2, gets=1.0, sets=0.1, deletes=0.1, touches=0.0, incrs=0.0)
    fail(stage.store("mail"), FailureKind.UNREACHABLE, None, "cannot connect to analytics.example: refused", 184)
    fail(stage.store("billing"), FailureKind.UNAUTHORIZED, 401, "Bad [b]username[/b] \x1b[31mor password", None)
    return stage
