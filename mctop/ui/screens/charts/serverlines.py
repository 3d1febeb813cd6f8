"""Servers as lines: which of many are drawn, and what they are called in a legend."""

from __future__ import annotations

import re
from statistics import fmean, median
from typing import TYPE_CHECKING

from mctop.ui.text import Clean, clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST = 10
"""Lines that one chart shows, at most."""
NAME = 24
PARTS = re.compile(r"(?=[.:])")


def standing_out(values: Mapping[str, Sequence[float | None]], most: int = MOST) -> tuple[str, ...]:
    """The servers to draw, sorted by name: all of them, or those whose mean is furthest from the median of all."""
    means = {server: fmean(known) for server, found in values.items() if (known := [v for v in found if v is not None])}
    if len(means) <= most:
        return tuple(sorted(means))
    middle = median(means.values())
    far = sorted(means, key=lambda server: (-abs(means[server] - middle), server))
    return tuple(sorted(far[:most]))


def short_names(servers: Sequence[str]) -> dict[str, Clean]:
    """What tells the servers apart: their names without the end that all of them share."""
    parts = [PARTS.split(server) for server in servers]
    shared = 0
    shortest = min(map(len, parts), default=0)
    while shared < shortest - 1 and len({tuple(one[-shared - 1 :]) for one in parts}) == 1:
        shared += 1
    if len(servers) < 2:
        shared = 0
    return {server: clean("".join(one[: len(one) - shared]), NAME) for server, one in zip(servers, parts, strict=True)}
