"""What is not true is wrong, unless it is said to be unknown or something else."""

from __future__ import annotations

import pytest

from tests.memcached.service import Grade
from tests.memcached.verdict import Judge, Reading, Row, Table, Verdict

LOOKUPS = Reading("lookup", 7, 7)


def judged(said: int | None, *, note: str = "", share: float | None = None) -> Verdict:
    grade = Grade(of="popular_items", grade="approximate", share=share, note=note, server="")
    judge = Judge((grade,))
    judge.number("a key", 5, said, ("most_hit_keys", "popular_items"), LOOKUPS)
    return judge.rows[0].verdict


@pytest.mark.parametrize(
    ("said", "note", "share", "verdict"),
    [
        (5, "", None, Verdict.RIGHT),
        (None, "", None, Verdict.SAID),
        (0, "", None, Verdict.WRONG),
        (7, "", 1.0, Verdict.WRONG),
        (7, "lookups, of which some are not gets", 1.0, Verdict.SAID),
        (8, "lookups, of which some are not gets", 1.0, Verdict.WRONG),
        (4, "", 0.8, Verdict.SAID),
        (6, "", 0.8, Verdict.WRONG),
    ],
)
def test_a_number_is_judged_by_what_is_said_of_it(
    said: int | None, note: str, share: float | None, verdict: Verdict
) -> None:
    assert judged(said, note=note, share=share) is verdict


def test_a_table_ends_with_its_sums_and_can_show_only_what_is_wrong() -> None:
    rows = (Row("hits", 1, 1, Verdict.RIGHT), Row("misses", 2, None, Verdict.SAID), Row("sets", 3, 0, Verdict.WRONG))
    table = Table("a server", rows)
    assert [line.split()[0] for line in table.lines(only_wrong=False)] == ["##", "item", "hits", "misses", "sets", "1"]
    assert [line.split()[0] for line in table.lines(only_wrong=True)] == ["##", "item", "sets", "1"]
    assert [*table.lines(only_wrong=True)][-1] == "1 right, 1 unknown, and said so, 1 WRONG"
