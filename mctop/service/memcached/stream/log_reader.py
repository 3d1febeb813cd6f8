"""The logs of all servers, read from a cursor on."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

from mctop.api.models.introspection import LogExcerpt
from mctop.service.memcached.stream.log_ring import LogPlace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mctop.api.models.log_filter import LogFilter
    from mctop.service.memcached.stream.log_ring import LogRing

NUMBER = re.compile(r"[0-9]{1,15}")


class LogReader:
    """Reads the logs of named servers. A cursor is the run of the service and a place in each log."""

    def __init__(self, logs: tuple[tuple[str, LogRing], ...]) -> None:
        self._logs = logs
        self._run = secrets.token_hex(4)
        for _, log in logs:
            log.share(len(logs))

    def after(self, cursor: str, filters: tuple[LogFilter, ...], most: int) -> LogExcerpt:
        """What came after a cursor and passes all filters, the newest `most` lines; "" is the beginning.

        After a cursor of another run, or none of ours, all that is there comes, and how much is missed is not known.
        """
        places = self._places(cursor)
        waiting = [log.after(place, filters, server) for (server, log), place in zip(self._logs, places, strict=True)]
        shares = fair_shares([lines.many for lines in waiting], most)
        return LogExcerpt.model_construct(
            cursor="~".join((self._run, *(".".join(map(str, lines.place)) for lines in waiting))),
            servers=tuple(
                lines.excerpt(server, share)
                for (server, _), lines, share in zip(self._logs, waiting, shares, strict=True)
            ),
        )

    def _places(self, cursor: str) -> list[LogPlace | None]:
        if not cursor:
            return [None for _ in self._logs]
        run, *texts = cursor.split("~")
        places = [_place(text) for text in texts]
        if run != self._run or len(places) != len(self._logs) or None in places:
            return [log.unknown for _, log in self._logs]
        return [*places]


def _place(text: str) -> LogPlace | None:
    parts = text.split(".")
    if len(parts) != len(LogPlace._fields) or not all(map(NUMBER.fullmatch, parts)):
        return None
    return LogPlace(*map(int, parts))


def fair_shares(wanted: Sequence[int], most: int) -> list[int]:
    """Share `most` among those that want so much each: none gets more than it wants, nor less than one that does."""
    shares = [0 for _ in wanted]
    left = most
    for rank, place in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        shares[place] = min(wanted[place], left // (len(wanted) - rank))
        left -= shares[place]
    return shares
