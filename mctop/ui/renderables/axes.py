"""Axes, ticks, tick labels and grid lines of charts, drawn by plotext; the only importer of plotext."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

COLOURS = re.compile("\x1b\\[[0-9;]*m")
ZONE = "UTC"
GRID = str.maketrans("─", "┈")
LEFT, RIGHT = str.maketrans("┼", "┤"), str.maketrans("┼┤", "├│")
PLAIN = str.maketrans("─│┬┤├└┘┈", "-|+++++.")


class Stop(NamedTuple):
    """A tick at a row (counted from below) or column of the canvas, with its label."""

    at: int
    label: str


BELOW = 2
"""Rows that the axis of time takes."""
BESIDE = 2
"""Columns that an axis of values takes beside its labels."""


def area(width: int, left: tuple[Stop, ...], right: tuple[Stop, ...]) -> tuple[int, int]:
    """Where in a frame of `width` the canvas begins, and how wide it is."""
    x = _widest(left) + BESIDE if left else 1
    return x, width - x - (_widest(right) + BESIDE if right else 0)


@lru_cache(maxsize=32)
def frame(
    width: int,
    height: int,
    left: tuple[Stop, ...],
    right: tuple[Stop, ...],
    bottom: tuple[Stop, ...],
    *,
    each: str = "",
    plain: bool,
) -> tuple[str, ...]:
    """Draw a frame of exactly `width` by `height`; the same frame is drawn once, because plotext needs 2 ms for it.

    `each` names the granularity, before the axis of time.
    """
    x, across = area(width, left, right)
    down = height - BELOW
    lines = _drawn(width, height, left, right, bottom, across, down)
    end = x + across
    rows = [line[:x].translate(LEFT) + line[x:end].translate(GRID) + line[end:].translate(RIGHT) for line in lines]
    rows[down - 1] = rows[down - 1][:x] + " " * across + rows[down - 1][end:]
    rows[down] = each + lines[down][len(each) :] if lines[down][: len(each) + 1].isspace() else lines[down]
    if rows[-1][: len(ZONE) + 1].isspace():
        rows[-1] = ZONE + rows[-1][len(ZONE) :]
    return tuple(row.translate(PLAIN) if plain else row for row in rows)


def _drawn(
    width: int,
    height: int,
    left: tuple[Stop, ...],
    right: tuple[Stop, ...],
    bottom: tuple[Stop, ...],
    across: int,
    down: int,
) -> list[str]:
    """Let plotext draw; its figure is global to the module, so nothing of it is used outside of this function."""
    import plotext  # here, because it takes 33 ms that no first frame should wait for

    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.plot_size(width, height)
    plotext.theme("clear")
    plotext.xaxes(True, False)
    plotext.yaxes(True, bool(right))
    plotext.grid(True, False)
    plotext.xlim(0, max(1, across - 1))
    plotext.xticks([stop.at for stop in bottom], [stop.label for stop in bottom])
    for side, stops in (("left", left), ("right", right)):
        if not stops and side == "right":
            continue
        plotext.scatter([-1], [-1], marker=" ", yside=side)
        plotext.ylim(0, max(1, down - 1), yside=side)
        labels = [f"{stop.label} " if side == "left" else f" {stop.label}" for stop in stops]
        plotext.yticks([stop.at for stop in stops], labels, yside=side)
    return COLOURS.sub("", plotext.build()).splitlines()


def _widest(stops: tuple[Stop, ...]) -> int:
    return max((len(stop.label) for stop in stops), default=0)
