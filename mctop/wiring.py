"""The composition root: the only module that knows every part."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.config import RANGES, ConfigError, Secret, Settings

if TYPE_CHECKING:
    from pathlib import Path

    from mctop.api.transport import Transport
    from mctop.service.child import Child
    from mctop.store.session import Session
    from mctop.store.store import Store
    from mctop.ui.app import Mctop


def watch(settings: Settings) -> int:
    """Open the dashboard on a cache, and return the exit code once it is left. Raises ConfigError."""
    _refuse_unsafe(settings)
    return dashboard(settings).run_hardened(mouse=not settings.lean)


def dashboard(settings: Settings) -> Mctop:
    """Build the dashboard of a cache; it connects after its first frame."""
    from mctop.store.clock import SystemClock
    from mctop.store.store import Store
    from mctop.ui.app import Mctop, UiOptions
    from mctop.ui.redaction import Redactor

    store = Store()
    redactor = Redactor()
    redactor.register(settings.password.value if settings.password else "")
    options = UiOptions(
        theme=settings.theme,
        read_only=settings.read_only,
        lean=settings.lean,
        window=RANGES[settings.range],
        label=settings.label,
    )

    async def start() -> Connection:
        return await asyncio.to_thread(_connect, settings, store)

    return Mctop(store, start, clock=SystemClock(), options=options, redactor=redactor)


def demo(settings: Settings, scenario: str, seed: int) -> int:
    """Start the simulation beside the dashboard, watch it, and return the exit code."""
    from mctop.service.child import spawn

    child = spawn(scenario, seed)
    try:
        return watch(simulated(settings, child))
    finally:
        child.close()


def simulated(settings: Settings, child: Child) -> Settings:
    """The settings that watch a child's cache."""
    password = Secret(child.password)
    return settings.told("demo", url=child.url, cache_id=child.cache_id, username=child.username, password=password)


def serve(scenario: str, seed: int, host: str, port: int, account: Path | None) -> int:
    """Serve the simulation in the foreground until a signal, and return the exit code."""
    from mctop.service.serve import serve as serve_forever
    from mctop.service.simulation.simulation import Simulation

    simulation = Simulation(seed=seed, scenario=scenario, started=time.time())
    return serve_forever(simulation, host=host, port=port, file=account)


def scenarios() -> tuple[str, ...]:
    """The names of what can happen to a simulated cache."""
    from mctop.service.simulation.names import SCENARIOS

    return SCENARIOS


@dataclass(frozen=True, slots=True)
class Connection:
    """A session that closes its transport when it ends."""

    session: Session
    transport: Transport

    async def run(self) -> None:
        """Feed the store until cancelled."""
        try:
            await self.session.run()
        finally:
            await self.transport.aclose()

    def refresh(self) -> None:
        """Poll now."""
        self.session.refresh()


def _refuse_unsafe(settings: Settings) -> None:
    """Say before the screen opens what the transport would refuse later: a bad URL or certificate file."""
    from mctop.api.endpoint import parse_endpoint
    from mctop.api.errors import BadEndpoint
    from mctop.api.trust import trusting

    setting = "url"
    try:
        parse_endpoint(settings.url)
        if settings.cacert is not None:
            setting = "cacert"
            trusting(settings.cacert)
    except BadEndpoint as error:
        raise ConfigError(f"{error} (from {settings.origin(setting)})") from None


def _connect(settings: Settings, store: Store) -> Connection:
    """Load and join what speaks to the API; it is heavy, so the first frame comes before it."""
    from pydantic import SecretStr

    from mctop.api.login import Login
    from mctop.api.transport import Transport
    from mctop.store.ratio import RatioScale
    from mctop.store.session import Session

    password = settings.password.value if settings.password else ""
    transport = Transport(
        settings.url,
        Login(settings.username or "", SecretStr(password)),
        read_only=settings.read_only,
        cacert=settings.cacert,
    )
    scale = {"fraction": RatioScale.FRACTION, "percent": RatioScale.PERCENT}.get(
        settings.ratio_scale, RatioScale.UNKNOWN
    )
    return Connection(Session(store, transport, settings.cache_id, ratio_scale=scale), transport)
