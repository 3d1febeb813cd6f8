"""The top line."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from mctop.ui.widgets.top_line import Location, top_line
from mctop.ui.words.badge import LIVE, STALE
from mctop.ui.words.freshness_text import PictureState
from mctop.ui.words.text import clean
from tests.ui.samples import NOON

PLACE = Location(clean("prod-cache"), "Overview")
STANDING = PictureState(STALE.saying("3m"), "next try 4s · r now")


def shown(width: int, *, read_only: bool = True, place: Location = PLACE, standing: PictureState = STANDING) -> str:
    """The text of the line."""
    return "".join(run.text for run in top_line(place, standing, NOON, width, read_only=read_only))


def test_with_room_it_says_where_how_honest_when_again_and_what_time_it_is() -> None:
    assert shown(95) == (
        "mctop \u203a prod-cache \u203a Overview  ◐ STALE 3m  next try 4s · r now             READ-ONLY  12:11:07Z"
    )


def test_at_80_columns_only_the_name_of_the_program_goes() -> None:
    line = shown(80)
    assert line.startswith("prod-cache \u203a Overview  ◐ STALE 3m  next try 4s · r now")
    assert line.endswith("READ-ONLY  12:11:07Z")


@pytest.mark.parametrize("width", range(12, 130))
def test_the_state_stays_whole_at_every_width(width: int) -> None:
    assert "◐ STALE 3m" in shown(width)
    assert cell_len(shown(width)) <= width


@pytest.mark.parametrize("width", range(34, 130))
def test_read_only_stays_as_long_as_anything_but_the_state_does(width: int) -> None:
    assert "READ-ONLY" in shown(width)


def test_a_long_name_does_not_push_the_state_away() -> None:
    line = shown(60, place=Location(clean("x" * 40), "Overview"))
    assert "◐ STALE 3m" in line
    assert "xxxxxxxxxxx…" in line


def test_live_and_writable_needs_no_more_than_a_word() -> None:
    line = shown(80, read_only=False, standing=PictureState(LIVE.saying("2s")))
    assert line == "mctop \u203a prod-cache \u203a Overview  ● LIVE 2s".ljust(71) + "12:11:07Z"


@pytest.mark.parametrize(
    ("skew", "said"),
    [(29, "12:11:07Z"), (3_600, "12:11:07Z, API clock +1h"), (-90, "12:11:07Z, API clock −1m")],
)
def test_a_clock_of_the_api_that_differs_is_told_because_log_and_chart_go_by_it(skew: float, said: str) -> None:
    line = "".join(run.text for run in top_line(PLACE, STANDING, NOON, 120, read_only=False, skew=skew))
    assert line.endswith(f"  {said}")


@pytest.mark.parametrize(("api", "read_only", "said"), [("v1", False, "v1"), ("v1", True, "v1  READ-ONLY")])
def test_an_older_version_of_the_api_is_named(api: str, read_only: bool, said: str) -> None:
    line = "".join(run.text for run in top_line(PLACE, STANDING, NOON, 95, read_only=read_only, api=api))
    assert line.endswith(f"  {said}  12:11:07Z")


def test_without_seconds_the_time_is_told_to_the_minute() -> None:
    line = "".join(run.text for run in top_line(PLACE, STANDING, NOON, 95, read_only=False, seconds=False))
    assert line.endswith("  12:11Z")
