"""Single requests, as a server would see them."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from mctop.api.models.introspection import LogLine
from mctop.service.simulation.counting import CONFLICTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mctop.service.simulation.usage import Use

FOUND = {"GET": "HIT", "DELETE": "DELETED", "INCR": "STORED", "DECR": "STORED", "CAS": "STORED", "TOUCH": "TOUCHED"}
"""What a server says of a command that finds its key."""


class Requests:
    """The requests to a server while its families were used so and so."""

    def __init__(self, uses: Sequence[Use]) -> None:
        kinds = [(many, use, command) for use in uses for command, many in commands(use) if many > 0]
        self._kinds = [(use, command) for _, use, command in kinds]
        self._sums = list(accumulate(many for many, _, _ in kinds))

    def one(self, time: float, chances: Sequence[float]) -> LogLine:
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
        return LogLine(time=time, key=key, command=command, status=FOUND[command], size=size)


def stored(use: Use, time: float, chances: Sequence[float]) -> LogLine:
    """A set: most follow a miss, and so are of keys that miss."""
    family = use.family
    after_usual, all_sets = family.stores * use.usual, family.stores * use.missed + family.sets * use.gets
    draw = use.placement.absent if chances[2] * all_sets < after_usual else use.placement.read
    key = family.keys.name(draw(use.server, chances[1]))
    status = "STORED" if family.kept else "TOO_LARGE"
    return LogLine(time=time, key=key, command="SET", status=status, size=family.bytes_of(key))


def commands(use: Use) -> tuple[tuple[str, float], ...]:
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
