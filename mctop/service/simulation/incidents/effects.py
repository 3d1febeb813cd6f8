"""The effects of incidents, as frozen values; times are seconds since the incident began."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mctop.service.simulation.workload.families import Family


LASTS = 14_400
"""Seconds after which nothing is left of an incident or of a loss."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The family and the server that an effect is about; None is all."""

    family: Family | None = None
    server: int | None = None

    def holds(self, family: Family, server: int) -> bool:
        """Whether a family on a server belongs to it."""
        return self.family in (None, family) and self.server in (None, server)


EVERYWHERE = Scope()


@dataclass(frozen=True, slots=True)
class Surge:
    """A family gets so many more requests a second at mean load; `items` says how far its keys are in the cache."""

    family: Family
    gets: float
    envelope: Envelope
    items: Envelope


@dataclass(frozen=True, slots=True)
class Fade:
    """A share of requests stays away; `items` is how far their keys go."""

    share: float
    envelope: Envelope
    scope: Scope
    items: Envelope | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """A share of items is lost, so many times, each `every` seconds.

    They come back in about `refill` seconds, or in the family's own time.
    """

    at: float = 0.0
    share: float = 1.0
    scope: Scope = EVERYWHERE
    times: int = 1
    every: float = 3_600.0
    refill: float | None = None
    expires: bool = False

    def age(self, since: float) -> float:
        """Seconds since the newest of its times; negative before the first."""
        newest = min(max(int((since - self.at) // self.every), 0), self.times - 1)
        return since - self.at - newest * self.every


@dataclass(frozen=True, slots=True)
class Strain:
    """Latency and connections are so many times the usual, and `opened` more are opened a second at mean load.

    Of a family it is felt only where its most popular key is.
    """

    envelope: Envelope
    latency: float = 1.0
    connections: float = 1.0
    opened: float = 0.0
    scope: Scope = EVERYWHERE


@dataclass(frozen=True, slots=True)
class Outage:
    """A server is down from the beginning for so many seconds, and comes back with nothing."""

    server: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Incident:
    """Everything that happens in a scenario; `flushes` are the times of flush commands."""

    surges: tuple[Surge, ...] = ()
    fades: tuple[Fade, ...] = ()
    losses: tuple[Loss, ...] = ()
    strains: tuple[Strain, ...] = ()
    outage: Outage | None = None
    flushes: tuple[float, ...] = ()


def missing(age: float, refill: float) -> float:
    """The share of hits that miss, so long after everything was lost: what is popular comes back soonest."""
    return 0.55 * exp(-6 * age / refill) + 0.42 * exp(-age / refill)


def gone(age: float, refill: float) -> float:
    """The share of items that are not back, so long after everything was lost."""
    return exp(-age / refill)


@dataclass(frozen=True, slots=True)
class Envelope:
    """From 0 up to 1 and back: from `begin` it rises, holds and falls, so many times, each `every` seconds."""

    rise: float
    hold: float
    fall: float
    begin: float = 0.0
    times: int = 1
    every: float = 3_600.0

    def value(self, age: float) -> float:
        """Its strength from 0 to 1 at an age in seconds."""
        _, into = self._pulse(age)
        if into < 0:
            return 0.0
        if into < self.rise:
            return into / self.rise
        left = self.rise + self.hold + self.fall - into
        return 1.0 if left >= self.fall > 0 else max(left / self.fall, 0.0) if self.fall else float(left > 0)

    def area(self, age: float) -> float:
        """The integral of its strength up to an age, in seconds."""
        pulse, into = self._pulse(age)
        return 0.0 if into < 0 else pulse * self._part(self.rise + self.hold + self.fall) + self._part(into)

    def _pulse(self, age: float) -> tuple[int, float]:
        since = age - self.begin
        pulse = min(max(int(since // self.every), 0), self.times - 1)
        return pulse, since - pulse * self.every

    def _part(self, into: float) -> float:
        up = min(into, self.rise)
        full = min(max(into - self.rise, 0.0), self.hold)
        down = min(max(into - self.rise - self.hold, 0.0), self.fall)
        rising = up * up / (2 * self.rise) if self.rise else 0.0
        falling = down - down * down / (2 * self.fall) if self.fall else 0.0
        return rising + full + falling
