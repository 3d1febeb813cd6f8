"""The log of the simulation: single requests, sampled from the totals."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from math import floor
from typing import TYPE_CHECKING

from mctop.api.models.formulas import REQUESTS
from mctop.api.models.introspection import LogLine, ServerLog
from mctop.service.simulation.counters.request_totals import CONFLICTS, requests
from mctop.service.simulation.workload.noise import draws

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mctop.service.simulation.counters.samples import FamilyRequests, Sampler, Samples
    from mctop.service.simulation.incidents.cluster import Cluster


HIT_STATUS = {
    "GET": "HIT",
    "DELETE": "DELETED",
    "INCR": "STORED",
    "DECR": "STORED",
    "CAS": "STORED",
    "TOUCH": "TOUCHED",
}
"""What a server says of a command that finds its key."""


class RequestMix:
    """The requests to a server while its families were used so and so."""

    def __init__(self, family_requests: Sequence[FamilyRequests]) -> None:
        kinds = [(many, use, command) for use in family_requests for command, many in commands(use) if many > 0]
        self._kinds = [(use, command) for _, use, command in kinds]
        self._sums = list(accumulate(many for many, _, _ in kinds))

    def line(self, time: float, chances: Sequence[float]) -> LogLine:
        """A request at a time in epoch seconds, decided by three chances from 0 to 1."""
        place = bisect_right(self._sums, chances[0] * self._sums[-1])
        use, command = self._kinds[min(place, len(self._kinds) - 1)]
        if command == "SET":
            return stored(use, time, chances)
        rank = use.placement.read(use.server, chances[1])
        key, (gets, missed) = use.family.keys.name(rank), use.of(rank)
        if chances[2] * gets < missed:
            return LogLine(time=time, key=key, command=command, status="MISS" if command == "GET" else "NOT_FOUND")
        if command == "CAS" and (1 - chances[2]) * gets < CONFLICTS * (gets - missed):
            return LogLine(time=time, key=key, command=command, status="EXISTS")
        size = use.family.bytes_of(key) if command in ("GET", "CAS") else 0
        return LogLine(time=time, key=key, command=command, status=HIT_STATUS[command], size=size)


def stored(use: FamilyRequests, time: float, chances: Sequence[float]) -> LogLine:
    """A set: most follow a miss, and so are of keys that miss."""
    family = use.family
    after_usual, all_sets = family.stores * use.usual, family.stores * use.missed + family.sets * use.gets
    draw = use.placement.absent if chances[2] * all_sets < after_usual else use.placement.read
    key = family.keys.name(draw(use.server, chances[1]))
    status = "STORED" if family.storable else "TOO_LARGE"
    return LogLine(time=time, key=key, command="SET", status=status, size=family.bytes_of(key))


def commands(use: FamilyRequests) -> tuple[tuple[str, float], ...]:
    """How often each command was sent."""
    family = use.family
    return (
        ("GET", use.gets),
        ("SET", family.sets * use.gets + family.stores * use.missed),
        ("TOUCH", family.touches * use.gets),
        ("DELETE", family.deletes * use.gets),
        ("CAS", family.cas * use.gets),
        ("INCR", family.incrs * use.gets),
        ("DECR", family.decrs * use.gets),
    )


LINES = 100
"""Lines that are kept of each server."""

PER_SECOND = 8
"""Lines of each server in a second at mean load."""

SHORTEST, LONGEST = 24, 768
"""Seconds that are searched for lines."""

COUNTED = tuple(name for name in REQUESTS if name != "cmd_flush")


class Log:
    """A log that holds a sample: of each server's requests, counted since the origin, one in so many by chance.

    So a line is the same whenever it is read, its key is there as often as it is asked for, and a server that gets
    more requests logs more lines.
    """

    def __init__(self, seed: int, sampler: Sampler, servers: Cluster) -> None:
        self._seed, self._sampler, self._cluster = seed, sampler, servers
        a_second = sum(
            family.gets * (each_get + family.misses * each_miss)
            for family in sampler.baseline.families
            for each_get, each_miss in [requests(family)]
        )
        self._one_in = max(round(a_second / sampler.baseline.servers / PER_SECOND), 1)

    def now(self, now: float) -> tuple[ServerLog, ...]:
        """The last lines of each server."""
        seconds = SHORTEST
        while True:
            first = floor(now) - seconds
            samples = self._sampler.at([float(first + second) for second in range(seconds + 2)])
            logs = tuple(self._lines(server, samples, now) for server in range(self._sampler.baseline.servers))
            if seconds >= LONGEST or all(len(lines) >= LINES for lines in logs):
                break
            seconds *= 2
        calls = [call for call in self._sampler.timeline.last_calls if call.time >= self._cluster.since()]
        return tuple(
            ServerLog(server=name, lines=tuple(sorted([*lines, *own], key=lambda line: line.time)[-LINES:]))
            for name, lines in zip(self._cluster.names(), logs, strict=True)
            for own in [[LogLine(time=call.time, command=call.command, status="OK") for call in calls]]
        )

    def _lines(self, server: int, samples: Samples, now: float) -> list[LogLine]:
        counts = [count / self._one_in for count in samples.counted(server, COUNTED)]
        since = self._cluster.since()
        lines: list[LogLine] = []
        for place in reversed(range(len(counts) - 1)):
            early, late, second = counts[place], counts[place + 1], samples.times[place]
            if early == late:
                continue
            mix = RequestMix(samples.requests(server, place, place + 1))
            for number in range(floor(late), floor(early) - 1, -1):
                which, *chances = draws(self._seed, "log", server, number)
                time = round(second + (number + which - early) / (late - early), 3)
                if early <= number + which < late and since <= time <= now:
                    lines.append(mix.line(time, chances))
            if len(lines) >= LINES:
                break
        return lines[::-1]
