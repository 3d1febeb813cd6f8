"""The line under the charts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from mctop.ui.screens.charts.drawings import drawings
from mctop.ui.screens.charts.panels import moment, readout
from mctop.ui.screens.charts.picture import FIRST_CHOICE, Earlier
from tests.ui import samples
from tests.ui.screens.charts.pictures import DAY, WHOLE, earlier, read_at

if TYPE_CHECKING:
    from mctop.ui.screens.charts.picture import ChartsPicture

AT = read_at(samples.LAST - 7_200.0)


def said(picture: ChartsPicture, width: int = 400) -> str:
    return "".join(
        run.text
        for run in readout([one.read_at(picture.window.cursor) for one in drawings(picture) if one], width, "v2")
    )


def test_without_a_cursor_it_says_what_is_seen() -> None:
    assert said(WHOLE) == "21 Sep 06:11Z – 21 Sep 12:11Z · 6h in buckets of 1m"


def test_at_the_cursor_every_series_is_read_chart_by_chart() -> None:
    text = said(AT)
    assert text.startswith("21 Sep 10:11Z 2h before the end   Hit rates all ")
    for title in ("Traffic requests ", "Memory used ", "Evictions evictions "):
        assert f"   {title}" in text
    assert "items 1.2M" in text


def test_the_value_of_the_day_before_stands_beside() -> None:
    assert WHOLE.insight is not None
    choice = replace(FIRST_CHOICE, earlier=Earlier.DAY)
    assert "(was " in said(replace(AT, before=earlier(WHOLE.insight, DAY), choice=choice))


def test_in_a_gap_there_is_nothing_to_read() -> None:
    assert "Hit rates all –" in said(read_at(samples.LAST - samples.WINDOW + 155 * 60.0))


def test_what_has_no_room_is_counted() -> None:
    assert said(AT, 70).endswith("+8")


@given(st.integers(0, 200), st.booleans())
def test_it_is_never_wider_than_the_screen(width: int, cursor: bool) -> None:
    drawn = [one.read_at(AT.window.cursor if cursor else None) for one in drawings(WHOLE) if one]
    assert sum(cell_len(run.text) for run in readout(drawn, width, "v2")) <= max(width, 0)


def test_a_moment_has_seconds_where_buckets_are_shorter_than_minutes() -> None:
    assert moment(samples.NOON, 60) == "21 Sep 12:11Z"
    assert moment(samples.NOON, 5) == "21 Sep 12:11:07Z"
