"""The stats of one key, answer after answer."""

from mctop.api.models.introspection import KeyStats
from mctop.api.models.value import Rows
from mctop.store.keys.key_stats import MOST_ANSWERS, Counts, KeyReport, reported


def answer(*hits: int, misses: int = 0) -> Rows[KeyStats]:
    rows = (KeyStats(time=1, name="k", hit_count=many, miss_count=misses, mutation_count=0) for many in hits)
    return Rows(items=tuple(rows))


def after(*answers: Rows[KeyStats]) -> KeyReport:
    report = None
    for index, one in enumerate(answers):
        report = reported(report, "k", one, 10.0 * index)
    assert report is not None
    return report


def test_all_rows_of_the_newest_answer_are_kept_and_added_up() -> None:
    report = after(answer(1), answer(3, 4, misses=1))
    assert [row.hit_count for row in report.rows] == [3, 4]
    assert report.counts[-1] == Counts(10, 7, 2, 0)


def test_growth_is_counted_from_the_first_answer() -> None:
    assert after(answer(5), answer(8), answer(15, misses=2)).grown == Counts(20, 10, 2, 0)
    assert after(answer(5)).grown is None


def test_growth_is_counted_from_where_the_counts_last_fell() -> None:
    assert after(answer(50), answer(3), answer(9)).grown == Counts(10, 6, 0, 0)
    assert after(answer(50), answer(3)).grown is None


def test_another_key_begins_anew() -> None:
    report = reported(after(answer(5), answer(6)), "other", answer(1), 30)
    assert (report.key, report.counts) == ("other", (Counts(30, 1, 0, 0),))


def test_a_count_that_is_not_told_is_unknown_and_so_is_its_growth() -> None:
    untold = Rows[KeyStats](items=(KeyStats(time=1, name="k", hit_count=9, miss_count=1),))
    report = after(answer(5), untold)
    assert report.counts[-1] == Counts(10, 9, 1, None)
    assert report.grown == Counts(10, 4, 1, None)


def test_a_key_that_was_never_seen_has_no_rows() -> None:
    assert after(answer()).rows == ()


def test_what_is_remembered_is_bounded() -> None:
    assert len(after(*(answer(n) for n in range(MOST_ANSWERS + 5))).counts) == MOST_ANSWERS
