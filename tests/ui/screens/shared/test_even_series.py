"""Windows of series."""

from __future__ import annotations

from dataclasses import replace

from mctop.api.models.series import Series
from mctop.store.series.series_set import SeriesSet
from mctop.ui.screens.shared.even_series import added, over
from tests.ui import samples

FOUND = SeriesSet((Series(stat="items", times=(0, 60, 180, 240), values=(1.0, 2.0, None, 9.0)),), 60, 240)


def test_missing_rows_and_nulls_are_gaps() -> None:
    assert over(FOUND, "items", 240) == (1.0, 2.0, None, None)


def test_a_bucket_that_is_not_complete_is_left_out() -> None:
    assert 9.0 not in over(FOUND, "items", 240)


def test_what_is_older_than_the_window_is_left_out() -> None:
    assert over(FOUND, "items", 180) == (2.0, None, None)


def test_without_the_series_there_is_nothing() -> None:
    assert over(FOUND, "bytes", 240) == ()
    assert over(None, "items", 240) == ()


def test_a_gap_in_either_is_a_gap_in_the_sum() -> None:
    assert added((1.0, None, 3.0), (1.0, 2.0, None)) == (2.0, None, None)


def test_a_window_ends_now_even_where_the_series_ended_before() -> None:
    ended = replace(samples.insight(), closed=samples.LAST + 1_800)
    values = over(ended, "bytes", 3_600)
    assert values[-27:] == (None,) * 27
    assert values[-28] is not None
