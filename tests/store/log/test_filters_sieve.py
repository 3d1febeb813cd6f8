"""What passes, what each filter hides, and that going on costs only what is new."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from mctop.api.models.log_filter import parse_filter
from mctop.store.log.filters import Sieve, Sifted, sift
from mctop.store.log.tail import Entry, LogRow, LogTail, merge
from tests.store.samples import line, logs


def tail(*lines: str) -> LogTail:
    """A tail of lines written as `COMMAND key`, a second apart."""
    parts = [text.partition(" ") for text in lines]
    return merge(LogTail(), logs(a=[line(time, key, command) for time, (command, _, key) in enumerate(parts)]))


def keys(rows: tuple[LogRow, ...]) -> list[str]:
    return [row.key for row in rows if isinstance(row, Entry)]


SOME = tail("GET one", "STATS ", "SET one", "GET two", "auth ", "SET two", "GET three")


def test_our_own_lines_are_hidden_and_counted_unless_asked_for() -> None:
    assert keys(sift(Sifted(), Sieve(), SOME).passing()) == ["one", "one", "two", "two", "three"]
    assert sift(Sifted(), Sieve(), SOME).own == 2
    shown = sift(Sifted(), Sieve(with_own=True), SOME)
    assert (len(shown.passing()), shown.own) == (7, 0)


def test_each_filter_counts_what_it_hides_of_what_passes_those_before_it() -> None:
    sieve = Sieve((parse_filter("cmd:get"), parse_filter("two", excludes=True)))
    sifted = sift(Sifted(), sieve, SOME)
    assert keys(sifted.passing()) == ["one", "three"]
    assert sifted.hidden == (2, 1)
    assert sifted.own == 2


def test_all_rows_can_be_had_with_what_passes_told() -> None:
    rows, passes = sift(Sifted(), Sieve((parse_filter("cmd:get"),)), SOME).judged()
    assert keys(rows) == ["one", "one", "two", "two", "three"]
    assert list(passes) == [True, False, True, False, True]


def test_only_new_rows_are_judged_as_a_tail_goes_on() -> None:
    asked: list[int] = []

    class Noting(Sieve):
        def judge(self, rows: object) -> bytes:
            assert isinstance(rows, tuple)
            asked.append(len(rows))
            return super().judge(rows)

    sieve = Noting((parse_filter("cmd:get"),))
    held = sift(Sifted(), sieve, SOME)
    more = merge(SOME, logs(a=[line(6, "three"), line(7, "four")], b=[line(5.5, "early")]))
    assert sift(held, sieve, more).verdicts == sieve.judge(more.rows)
    assert asked == [7, 3, 9]


@settings(max_examples=80)
@given(
    st.lists(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 12)), max_size=6), max_size=8),
    st.integers(1, 12),
)
def test_going_on_comes_to_the_same_as_judging_all_anew(polls: list[list[tuple[str, int]]], limit: int) -> None:
    sieve = Sieve((parse_filter("k1"), parse_filter("size>9")))
    one, held = LogTail(limit=limit), Sifted(sieve)
    for poll in polls:
        windows: dict[str, list[int]] = {}
        for server, time in sorted(poll):
            windows.setdefault(server, []).append(time)
        one = merge(one, logs(**{name: [line(t, f"k{t}") for t in times] for name, times in windows.items()}))
        held = sift(held, sieve, one)
        assert held == Sifted(sieve, one, sieve.judge(one.rows))


@given(
    st.lists(
        st.tuples(st.lists(st.sampled_from(["one", "two", "cmd:get", "t", "server:b"]), max_size=4), st.booleans())
    )
)
def test_other_filters_come_to_the_same_as_judging_all_anew(steps: list[tuple[list[str], bool]]) -> None:
    gapped, sifted = merge(SOME, logs(a=[line(99, "two")])), Sifted()
    for texts, with_own in steps:
        sieve = Sieve(tuple(map(parse_filter, texts)), with_own)
        sifted = sift(sifted, sieve, gapped)
        assert sifted == Sifted(sieve, gapped, sieve.judge(gapped.rows))


def test_a_tail_that_began_anew_is_judged_anew() -> None:
    held = sift(Sifted(), Sieve(), replace(SOME, forgotten=5))
    assert sift(held, Sieve(), SOME).own == 2


def test_gaps_pass_and_are_counted_apart() -> None:
    gapped = merge(SOME, logs(a=[line(99, "late")]))
    sifted = sift(Sifted(), Sieve((parse_filter("cmd:get"),)), gapped)
    assert (sifted.passed, sifted.gaps, sifted.own, sifted.hidden) == (4, 1, 2, (2,))
    assert len(sifted.passing()) == 5
    assert list(sifted.judged()[1]) == [1, 0, 1, 0, 1, 0, 1]
