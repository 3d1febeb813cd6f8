"""The composition root: the only module that knows every part."""

from __future__ import annotations

import asyncio
import gc
import os
import threading
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from mctop.config import ConfigError, Secret, Settings
from mctop.ranges import RANGES
from mctop.user_folders import state_folder

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from mctop.api.redaction import Redactor
    from mctop.api.transport import Transport
    from mctop.service.base.served_at import ServedAt
    from mctop.service.base.served_cache import MemcachedCache, SimulatedCache
    from mctop.service.process.child import Child
    from mctop.store.base.clock import Clock
    from mctop.store.changes.execution import Actions
    from mctop.store.polling.fleet import Fleet
    from mctop.store.polling.session import Session
    from mctop.store.store import Store
    from mctop.ui.app.app import Mctop

LOOK_AT_CHILD = 0.5
"""Seconds between two looks whether the child lives: its end is told within one, for a system call each."""

STARTED = 3.0
"""Seconds after which the first picture is there, data and all."""


def watch(settings: Settings, caches: tuple[Settings, ...] = (), child: Child | None = None) -> int:
    """Open the dashboard on a cache, which is one of `caches` if there are several; return the exit code once left.

    A `child` serves the only cache: where it ends, so does the dashboard. Raises ConfigError.
    """
    refuse_unsafe(settings)
    _collect_no_garbage_yet()
    return dashboard(settings, caches, child).run_hardened(mouse=settings.lean is not True)


def dashboard(settings: Settings, caches: tuple[Settings, ...] = (), child: Child | None = None) -> Mctop:
    """Build the dashboard of a cache, which is one of `caches` if there are several; it connects after its first frame.

    Each of the others finds its own password once it is first polled. Raises ConfigError.
    """
    from mctop.api.redaction import Redactor
    from mctop.store.base.clock import SystemClock
    from mctop.ui.app.app import Mctop, UiOptions
    from mctop.ui.terminal.drawing.abilities import Wishes, abilities
    from mctop.ui.words.signs import SignSet

    clock, redactor = SystemClock(), Redactor()
    chosen = None if settings.signs == "auto" else SignSet(settings.signs)
    options = UiOptions(
        theme=settings.theme,
        read_only=settings.read_only,
        abilities=abilities(os.environ, chosen),
        wishes=Wishes(chosen, settings.lean),
        label=settings.label,
        view=settings.view or ("Caches" if settings.undecided else ""),
        keymap=_keymap(settings),
    )
    fleet = partial(_fleet, settings, caches or (settings,), clock, redactor, child)
    return Mctop(fleet, clock=clock, options=options, redactor=redactor)


def _keymap(settings: Settings) -> dict[str, str]:
    """The keys that the file gives to commands. Raises ConfigError."""
    from mctop.ui.registry.custom_keys import BadKey, keymap

    try:
        return keymap({choice.command: choice.keys for choice in settings.keys})
    except BadKey as error:
        raise ConfigError(f"{settings.origin('keys')} [keys]: {error}") from None


def _fleet(
    settings: Settings, caches: tuple[Settings, ...], clock: Clock, redactor: Redactor, child: Child | None
) -> Fleet:
    """What will be known of every cache; it is heavy, so the first frame comes before it."""
    from mctop.store.base.window import TimeWindow
    from mctop.store.polling.fleet import Fleet, Watched

    watched = tuple(
        Watched(_name(cache), partial(_connected, cache, redactor, len(caches) == 1, child), label=cache.label,
                read_only=cache.read_only)
        for cache in caches
    )  # fmt: skip
    fleet = Fleet(watched, _name(settings), clock)
    fleet.open_cache.store.window.set(TimeWindow(RANGES[settings.range]))
    return fleet


def beside(settings: Settings, what: SimulatedCache | MemcachedCache) -> int:
    """Start the API of a cache beside the dashboard, watch it, and return the exit code. Raises ConfigError."""
    from mctop.service.process.child import spawn

    try:
        child = spawn(what)
    except OSError as error:
        raise ConfigError(f"the service beside the dashboard cannot be started: {error.strerror or error}") from None
    try:
        return watch(simulated(settings, child), child=child)
    finally:
        child.close()


def simulated(settings: Settings, child: Child) -> Settings:
    """The settings that watch a child's cache."""
    password = Secret(child.password)
    return settings.with_values(
        "demo", url=child.url, cache_id=child.cache_id, username=child.username, password=password
    )


def serve(what: SimulatedCache | MemcachedCache, where: ServedAt) -> int:
    """Serve a cache in the foreground until a signal, and return the exit code."""
    from mctop.service.process.application import offer
    from mctop.service.process.serve import serve as serve_forever

    return serve_forever(offer(what, managed=True), where)


def scenarios() -> tuple[str, ...]:
    """The names of what can happen to a simulated cache."""
    from mctop.service.simulation.incidents.scenario_names import SCENARIOS

    return SCENARIOS


@dataclass(frozen=True, slots=True)
class SessionConnection:
    """A session that closes its transport when it ends."""

    session: Session
    transport: Transport
    child: Child | None = None

    @property
    def actions(self) -> Actions | None:
        """What changes the cache, None before it is connected."""
        return self.session.actions

    async def run(self) -> None:
        """Feed the store until cancelled. Raise ServiceEnded where the child that serves it ends by itself."""
        from mctop.store.base.clock import first_of

        ends = () if self.child is None else (_until_ended(self.child),)
        try:
            await first_of(self.session.run(), *ends)
        finally:
            await self.transport.aclose()

    def refresh(self) -> None:
        """Poll now."""
        self.session.refresh()


async def _until_ended(child: Child) -> None:
    """Wait for a child to end by itself, and raise ServiceEnded with its last words."""
    from mctop.store.base.health import ServiceEnded

    while True:
        if words := child.last_words():
            raise ServiceEnded(words)
        await asyncio.sleep(LOOK_AT_CHILD)


def _collect_no_garbage_yet() -> None:
    """Leave garbage alone while starting: nearly all that is made then stays, and looking through it takes 90 ms."""
    gc.disable()
    settled = threading.Timer(STARTED, _collect_garbage)
    settled.daemon = True
    settled.start()


def _collect_garbage() -> None:
    """Look for garbage from now on, but not among what was made to start."""
    gc.freeze()
    gc.enable()


def _name(settings: Settings) -> str:
    """What tells a cache from the others; the one of the environment has no profile."""
    return settings.profile if settings.profile is not None else f"${settings.origin('username')}"


async def _connected(
    settings: Settings,
    redactor: Redactor,
    alone: bool,
    child: Child | None,
    store: Store,
    turn: AbstractAsyncContextManager[None],
) -> SessionConnection:
    """Find the password of a cache, and join what polls it. Raises CannotWatch."""
    from mctop.password import with_password_unseen
    from mctop.store.polling.fleet import CannotWatch

    try:
        settings = await with_password_unseen(settings)
        if settings.username is None:
            raise CannotWatch(f"no username in [caches.{settings.profile}]")
        if settings.password is None:
            raise CannotWatch("no password: set password_command, or start mctop with this cache, which asks")
        redactor.register(settings.password.value)
        return await asyncio.to_thread(_connect, settings, redactor, store, turn, alone, child)
    except ConfigError as error:
        raise CannotWatch(str(error)) from None


def refuse_unsafe(settings: Settings) -> None:
    """Raise ConfigError, before the screen opens, for what would be refused later: URL, certificates, proxy, state.

    The environment is read without httpx, whose import would delay the first frame.
    """
    from mctop.api.base_url import parse_endpoint
    from mctop.api.certificates import check_trust
    from mctop.api.errors import BadEndpoint
    from mctop.api.proxies import proxy_for

    state_folder()
    where = f" (from {settings.origin('url')})"
    try:
        endpoint = parse_endpoint(settings.url)
        where = "" if settings.cacert is None else f" (from {settings.origin('cacert')})"
        if endpoint.secure or settings.cacert is not None:
            check_trust(settings.cacert)
        where = ""
        proxy_for(endpoint)
    except BadEndpoint as error:
        raise ConfigError(f"{error}{where}") from None


def _connect(
    settings: Settings,
    redactor: Redactor,
    store: Store,
    turn: AbstractAsyncContextManager[None],
    alone: bool,
    child: Child | None,
) -> SessionConnection:
    """Load and join what speaks to the API; it is heavy, so the first frame comes before it. Raises ConfigError."""
    refuse_unsafe(settings)
    from pydantic import SecretStr

    from mctop.api.errors import BadEndpoint
    from mctop.api.login import Login
    from mctop.api.transport import Transport
    from mctop.store.polling.session import Session
    from mctop.store.series.ratio_scale import RatioScale

    password = settings.password.value if settings.password else ""
    try:
        transport = Transport(
            settings.url,
            Login(settings.username or "", SecretStr(password)),
            read_only=settings.read_only,
            cacert=settings.cacert,
            learn_secret=redactor.learn,
        )
    except BadEndpoint as error:
        raise ConfigError(str(error)) from None
    scale = {"fraction": RatioScale.FRACTION, "percent": RatioScale.PERCENT}.get(
        settings.ratio_scale, RatioScale.UNKNOWN
    )
    session = Session(
        store, transport, settings.cache_id, api=settings.api, ratio_scale=scale, turn=turn, alone=alone,
        audit=state_folder() / "audit.jsonl", redact=redactor.redact,
    )  # fmt: skip
    return SessionConnection(session, transport, child)
