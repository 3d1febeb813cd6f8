"""What is watched for a day."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """A view that is left open, or a tour of all; of a simulated cache, or of a real memcached."""

    view: str = "Overview"
    tours: bool = False
    memcached: bool = False


CASES = {
    "overview": Case(),
    "log": Case("Log"),
    "memcached": Case(memcached=True),
    "tour": Case(tours=True),
}
