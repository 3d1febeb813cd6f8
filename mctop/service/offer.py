"""From what is to be served to the application that serves it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from mctop.service.alerting import Alarm
from mctop.service.api import create_app
from mctop.service.order import Simulated
from mctop.service.shape import AS_IN_THE_EXAMPLES, Shape

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.applications import Starlette

    from mctop.service.account import Account
    from mctop.service.backend import Backend
    from mctop.service.order import Servers


@dataclass(frozen=True, slots=True)
class Offer:
    """A backend, how its answers are shaped, and what runs `beside` the service until it is cancelled."""

    backend: Backend
    shape: Shape = AS_IN_THE_EXAMPLES
    beside: Callable[[Account], Awaitable[None]] | None = None

    def application(self, account: Account) -> Starlette:
        """The API over it."""
        return create_app(
            self.backend,
            account,
            shape=self.shape,
            chores=(Alarm(self.backend, account).check,),
            beside=None if self.beside is None else partial(self.beside, account),
        )


def offer(what: Simulated | Servers, *, managed: bool = False) -> Offer:
    """Begin to stand before a cache. Raise ValueError with words where that cannot be.

    Whom the service before servers lets in can be changed where it is `managed`.
    """
    if isinstance(what, Simulated):
        from mctop.service.simulation.simulation import Simulation

        return Offer(Simulation(what.seed, what.scenario, started=time.time()))
    from mctop.service.memcached.gateway import Gateway

    gateway = Gateway.of(what, managed=managed)
    return Offer(gateway.backend, Shape(stats_per_server=True), gateway.run)
