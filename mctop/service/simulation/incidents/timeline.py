"""The timeline of the cache: the scenario's incident, and the flushes, switches, resets and API calls since."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from dataclasses import dataclass, field
from math import ceil, inf
from typing import TYPE_CHECKING

from mctop.service.simulation.incidents.effects import LASTS, Incident, Loss

if TYPE_CHECKING:
    from collections.abc import Sequence


EVERYTHING = Loss()


@dataclass(frozen=True, slots=True)
class ApiCall:
    """A command that the API itself sent to every server, in epoch seconds."""

    time: float
    command: str


@dataclass(slots=True)
class Timeline:
    """An incident that began at `anchor`, and actions as they are taken; all in epoch seconds, oldest first."""

    incident: Incident
    anchor: int
    flushes: list[float] = field(default_factory=list)
    resets: list[float] = field(default_factory=list)
    switches: list[float] = field(default_factory=list)
    call_times: list[float] = field(default_factory=list)
    last_calls: deque[ApiCall] = field(default_factory=lambda: deque(maxlen=100))
    _drops: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.flushes.extend(self.anchor + at for at in self.incident.flushes)

    @property
    def eventful(self) -> bool:
        """Whether the scenario has an incident at all."""
        return self.incident != Incident()

    def flush(self, now: float) -> None:
        """Every item is dropped, by command."""
        self.flushes.append(now)
        self._drops.append(now)
        self.call("FLUSH_ALL", now)

    def switch(self, now: float) -> None:
        """Other servers take over, with nothing on them."""
        self.switches.append(now)
        self._drops.append(now)

    def call(self, command: str, now: float) -> None:
        """The API sent a command to every server, over a connection of its own."""
        self.call_times.append(now)
        self.last_calls.append(ApiCall(now, command))

    def incident_at(self, now: float) -> Incident:
        """The incident, if it is under way."""
        return self.incident if self.anchor <= now < self.anchor + LASTS else Incident()

    def down(self, server: int, start: float, end: float) -> bool:
        """Whether a server is down all the time from start to end."""
        outage = self.incident.outage
        struck = outage is not None and outage.server == server
        return struck and self.anchor <= start and end <= self.back_up()

    def back_up(self) -> float:
        """The moment at which the server that goes down is up again, epoch seconds."""
        return self.anchor + float(self.incident.outage.seconds if self.incident.outage else 0)

    def losses(self, now: float) -> tuple[tuple[float, Loss], ...]:
        """The losses that still show, with the moments they count from."""
        own = tuple((float(self.anchor), loss) for loss in self.incident_at(now).losses)
        return own + tuple((at, EVERYTHING) for at in self._drops if at <= now < effective_second(at) + LASTS)

    def losses_felt(self, now: float) -> tuple[tuple[float, Loss], ...]:
        """The losses that requests feel by a whole second."""
        return tuple(each for each in self.losses(now) if effective_second(each[0]) <= now)

    def disturbed(self, now: float) -> bool:
        """Whether anything is other than usual."""
        return (self.eventful and self.anchor <= now < self.anchor + LASTS) or any(
            at <= now < effective_second(at) + LASTS for at in self._drops
        )

    def next_change(self, after: float) -> float:
        """The next moment from which requests go otherwise; infinite if there is none."""
        changes = [float(effective_second(at)) for at in self._drops]
        changes += [float(self.anchor)] if self.eventful else []
        return min((at for at in changes if at > after), default=inf)


def effective_second(time: float) -> int:
    """The whole second from which requests feel an action: the counters told before it stay true."""
    return ceil(time)


def count_between(times: Sequence[float], after: float, until: float) -> int:
    """How many times are later than `after` and not later than `until`."""
    return bisect_right(times, until) - bisect_right(times, after)
