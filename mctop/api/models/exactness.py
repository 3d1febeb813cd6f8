"""Grades of exactness: the words that the service sends and the screen reads. Light: it loads no pydantic."""

from __future__ import annotations

from enum import StrEnum


class Exactness(StrEnum):
    """How exact something is that is told of servers; the value is the word on the wire and on the screen.

    A word that this version does not know is UNKNOWN, so that nothing is taken for exact which nobody said is.
    """

    EXACT = "exact"
    DERIVED = "derived"
    """Computed from exact numbers, without loss."""
    APPROXIMATE = "approximate"
    """Sampled, or not counted in part."""
    IMPOSSIBLE = "impossible"
    """The servers cannot tell it."""
    UNKNOWN = "exactness not known"
    """Never sent."""

    @classmethod
    def _missing_(cls, value: object) -> Exactness:
        return cls.UNKNOWN

    @property
    def trusted(self) -> bool:
        """Whether the number can be read as it stands; of every other grade the screen says so."""
        return self in (Exactness.EXACT, Exactness.DERIVED)
