"""The window in which servers are shown."""

from dataclasses import replace

from mctop.store.base.window import TimeWindow
from mctop.ui.screens.servers.picture import pasts
from mctop.ui.stats import HIT_RATE, LATENCY
from tests.ui import samples
from tests.ui.screens.servers.bad_server import SINCE, SLOW, picture


def test_a_live_window_shows_all_there_is() -> None:
    assert picture().windowed() == picture()
    assert picture().read() == picture()


def test_at_the_cursor_everything_is_as_it_was() -> None:
    before = replace(picture(), time=TimeWindow(samples.WINDOW, None, SINCE - 600))
    then, now = before.read().newest_of_servers()[SLOW], picture().newest_of_servers()[SLOW]
    assert (then.value(LATENCY) or 0) < (now.value(LATENCY) or 0) / 3
    assert (then.value(HIT_RATE) or 0) > 80 > (now.value(HIT_RATE) or 0)


def test_a_window_that_ends_before_the_trouble_knows_nothing_of_it() -> None:
    past = replace(picture(), time=TimeWindow(3_600, SINCE - 60)).windowed()
    assert past.stats is None
    assert past.latency is not None
    assert past.latency.end <= SINCE - 60


def test_it_is_said_when_the_rates_are_of() -> None:
    shown = picture()
    assert shown.when == "over 1m"
    assert replace(shown, time=TimeWindow(3_600, None, samples.LAST - 1_800)).when == "at 11:41"
    assert replace(shown, time=TimeWindow(3_600, samples.LAST - 3_600)).when == "at 11:11"
    assert shown.span == "6h"


def test_a_server_that_was_well_at_the_cursor_did_not_stand_out_there() -> None:
    before = replace(picture(), time=TimeWindow(samples.WINDOW, None, SINCE - 600))
    assert (pasts(before).slow, pasts(before).missing) == (None, None)
    slow = pasts(picture()).slow
    assert slow is not None
    assert slow.server == SLOW
    assert pasts(before).servers == pasts(picture()).servers
