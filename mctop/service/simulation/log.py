"""The log of each server."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from mctop.api.models.formulas import REQUESTS
from mctop.api.models.introspection import LogLine, ServerLog
from mctop.service.simulation.counting import requests
from mctop.service.simulation.noise import draws
from mctop.service.simulation.requests import Requests
from mctop.service.simulation.usage import uses

if TYPE_CHECKING:
    from mctop.service.simulation.meter import Meter, Reading
    from mctop.service.simulation.servers import Servers

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

    def __init__(self, seed: int, meter: Meter, servers: Servers) -> None:
        self._seed, self._meter, self._servers = seed, meter, servers
        a_second = sum(
            family.gets * (each_get + family.misses * each_miss)
            for family in meter.world.families
            for each_get, each_miss in [requests(family)]
        )
        self._one_in = max(round(a_second / meter.world.servers / PER_SECOND), 1)

    def now(self, now: float) -> tuple[ServerLog, ...]:
        """The last lines of each server."""
        seconds = SHORTEST
        while True:
            first = floor(now) - seconds
            reading = self._meter.read([float(first + second) for second in range(seconds + 2)])
            logs = tuple(self._lines(server, reading, now) for server in range(self._meter.world.servers))
            if seconds >= LONGEST or all(len(lines) >= LINES for lines in logs):
                break
            seconds *= 2
        calls = [call for call in self._meter.story.last_calls if call.time >= self._servers.born()]
        return tuple(
            ServerLog(server=name, lines=tuple(sorted([*lines, *own], key=lambda line: line.time)[-LINES:]))
            for name, lines in zip(self._servers.names(), logs, strict=True)
            for own in [[LogLine(time=call.time, command=call.command, status="OK") for call in calls]]
        )

    def _lines(self, server: int, reading: Reading, now: float) -> list[LogLine]:
        counts = [count / self._one_in for count in reading.counted(server, COUNTED)]
        since = self._servers.born()
        lines: list[LogLine] = []
        for place in reversed(range(len(counts) - 1)):
            early, late, second = counts[place], counts[place + 1], reading.times[place]
            if early == late:
                continue
            mixed = Requests(uses(self._meter.world, server, reading.between(server, place, place + 1)))
            for number in range(floor(late), floor(early) - 1, -1):
                which, *chances = draws(self._seed, "log", server, number)
                time = round(second + (number + which - early) / (late - early), 3)
                if early <= number + which < late and since <= time <= now:
                    lines.append(mixed.one(time, chances))
            if len(lines) >= LINES:
                break
        return lines[::-1]
