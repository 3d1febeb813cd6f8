"""Whether what mctop says is true, and the table of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.memcached.service import Grade

Value = str | int | bool | None


class Verdict(StrEnum):
    """What a row comes to."""

    RIGHT = "right"
    SAID = "unknown, and said so"
    WRONG = "WRONG"


@dataclass(frozen=True, slots=True)
class Reading:
    """Another number that is true if `word` is in the note of its grade, such as lookups instead of hits."""

    word: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is told: `said` is None where mctop says that it does not know."""

    item: str
    truth: Value
    said: Value
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges what was told by what the grades say about it."""

    grades: tuple[Grade, ...]
    rows: list[Row] = field(default_factory=list)

    def plain(self, item: str, truth: Value, said: Value) -> None:
        """Judge what is either true, unknown, or wrong."""
        verdict = Verdict.SAID if said is None else Verdict.RIGHT if said == truth else Verdict.WRONG
        self.rows.append(Row(item, truth, said, verdict))

    def number(self, item: str, truth: int, said: int | None, of: tuple[str, ...], *readings: Reading) -> None:
        """Judge a number, which the grades of any of `of` may say to be another one, or a part of it."""
        verdict = Verdict.SAID if said is None else Verdict.RIGHT if said == truth else Verdict.WRONG
        if verdict is Verdict.WRONG and said is not None:
            graded = [grade for grade in self.grades if grade["of"] in of]
            notes = " ".join(grade["note"] for grade in graded)
            is_part = any(grade["share"] is not None and grade["share"] < 1 for grade in graded)
            is_meant = any(reading.word in notes and reading.least <= said <= reading.most for reading in readings)
            if is_meant or (is_part and said < truth):
                verdict = Verdict.SAID
        self.rows.append(Row(item, truth, said, verdict))

    def is_impossible(self, of: str) -> bool:
        """Whether it is said that something cannot be known."""
        return any(grade["of"] == of and grade["grade"] == "impossible" for grade in self.grades)


@dataclass(frozen=True, slots=True)
class Table:
    """What came of one server."""

    title: str
    rows: tuple[Row, ...]

    def wrong(self) -> list[Row]:
        """The rows that are not true."""
        return [row for row in self.rows if row.verdict is Verdict.WRONG]

    def lines(self, *, only_wrong: bool) -> Iterable[str]:
        """The table as text, its sums last."""
        yield f"## {self.title}"
        yield f"{'item':<42} {'truth':>16} {'mctop says':>26}  verdict"
        for row in self.wrong() if only_wrong else self.rows:
            said = "unknown" if row.said is None else row.said
            yield f"{row.item:<42} {row.truth!s:>16} {said!s:>26}  {row.verdict}"
        counts = {verdict: sum(row.verdict is verdict for row in self.rows) for verdict in Verdict}
        yield ", ".join(f"{many} {verdict}" for verdict, many in counts.items())
