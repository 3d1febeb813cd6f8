"""A simulation on a clock that the test holds, and what it answers."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, TypeVar

from mctop.service.base.backend import BucketSpan
from mctop.service.simulation.simulation import Simulation

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable

    from mctop.api.models.series import Series
    from mctop.api.models.stats import Counters

Answer = TypeVar("Answer")

START = 1_763_840_000.0
MINUTE = 60
HOUR = 3_600
DAY = 86_400


def answer(question: Coroutine[object, None, Answer]) -> Answer:
    """Run what never waits."""
    try:
        question.send(None)
    except StopIteration as end:
        result: Answer = end.value
        return result
    raise AssertionError("the simulation waits for something")


class Stage:
    """A simulation and its clock."""

    def __init__(self, scenario: str = "steady", seed: int = 1, servers: int = 3) -> None:
        self.time = START
        self.simulation = Simulation(seed, scenario, started=START, clock=lambda: self.time, servers=servers)

    def counters(self) -> tuple[Counters, ...]:
        """The counters of each server now."""
        return tuple(each.counters for each in answer(self.simulation.counters()))

    def minutes(self, many: int) -> BucketSpan:
        """The last whole minutes and the one under way, or just over."""
        newest = (ceil(self.time) - 1) // MINUTE * MINUTE
        return BucketSpan(newest - many * MINUTE, newest + MINUTE, MINUTE)

    def cache(self, span: BucketSpan, *names: str) -> dict[str, tuple[float | None, ...]]:
        """Stats of the cache by name."""
        return by_stat(answer(self.simulation.processed(names, span)))

    def server(self, place: int, span: BucketSpan, *names: str) -> dict[str, tuple[float | None, ...]]:
        """Stats of a server by name."""
        called = self.simulation.servers()[place]
        series = answer(self.simulation.processed_per_server(names, span))
        return by_stat(each for each in series if each.server == called)

    def latest(self, name: str, *, ago: int = 0) -> float:
        """A stat of the cache in the last whole minute, or so many seconds before it."""
        newest = (int(self.time) - ago) // MINUTE * MINUTE
        return known(self.cache(BucketSpan(newest - MINUTE, newest, MINUTE), name)[name][0])

    def prefix(self, prefix: str, span: BucketSpan) -> dict[str, tuple[float | None, ...]]:
        """What is stored and done under a prefix."""
        return by_stat(answer(self.simulation.prefix_stats(prefix, span)))


NAMES = ("hit_rate", "request_rate", "items", "bytes", "eviction_rate", "connections", "flush_rate")


def everything(stage: Stage) -> tuple[object, ...]:
    """All that a simulation answers."""
    simulation, span = stage.simulation, stage.minutes(90)
    return (
        answer(simulation.counters()),
        answer(simulation.processed(NAMES, span)),
        answer(simulation.processed_per_server(NAMES, span)),
        answer(simulation.latency(span)),
        answer(simulation.prefix_stats("product:1", span)),
        answer(simulation.recent_logs()),
        answer(simulation.popular_items()),
        answer(simulation.key_stats("config:flags")),
    )


def by_stat(series: Iterable[Series]) -> dict[str, tuple[float | None, ...]]:
    """Values by stat."""
    return {each.stat: each.values for each in series}


def known(value: float | None) -> float:
    """A value that is there."""
    assert value is not None
    return value
