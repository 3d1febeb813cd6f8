"""The points of a line."""

from dataclasses import replace

from mctop.store.base.window import TimeWindow
from mctop.store.series.ratio_scale import RatioScale
from mctop.ui.screens.charts.drawings import earlier, points
from mctop.ui.screens.charts.picture import FIRST_CHOICE, Earlier
from mctop.ui.stats import AUTHENTICATIONS, CAS, GET_PART, HIT_RATE, LATENCY, MEMORY, REQUESTS
from tests.ui import samples
from tests.ui.screens.charts.pictures import DAY, WHOLE, live
from tests.ui.screens.charts.pictures import earlier as moved

LIVE = replace(WHOLE, window=TimeWindow(300), stats=live())


def test_points_are_those_of_the_window_in_its_complete_buckets() -> None:
    found = points(replace(WHOLE, window=TimeWindow(3_600)), REQUESTS)
    assert found is not None
    assert found.times == tuple(range(samples.LAST - 3_600, samples.LAST, 60))


def test_a_window_that_ended_earlier_shows_what_was_then() -> None:
    found = points(replace(WHOLE, window=TimeWindow(3_600, samples.LAST - 7_200.0)), REQUESTS)
    assert found is not None
    assert (found.times[0], found.times[-1]) == (samples.LAST - 10_800, samples.LAST - 7_260)


def test_ratios_are_percentages_and_wait_until_their_scale_is_known() -> None:
    found = points(WHOLE, HIT_RATE)
    assert found is not None
    assert 90 < (found.values[0] or 0) < 100
    assert points(replace(WHOLE, scale=RatioScale.UNKNOWN), HIT_RATE) is None
    assert points(replace(WHOLE, scale=RatioScale.UNKNOWN), REQUESTS) is not None


def test_short_windows_are_drawn_from_live_samples() -> None:
    found = points(LIVE, HIT_RATE)
    assert found is not None
    assert found.bucket == 5
    assert len(found.times) == 60
    assert set(found.values) == {90.0}
    assert points(LIVE, MEMORY) == found._replace(values=tuple(n * 2.0**20 for n in range(60)))


def test_what_live_samples_do_not_tell_comes_from_the_series() -> None:
    assert points(LIVE, AUTHENTICATIONS) is None
    found = points(LIVE, LATENCY, samples.SERVERS[0])
    assert found is not None
    assert found.bucket == 60
    none = points(replace(LIVE, stats=samples.stats()), REQUESTS)
    assert none is not None
    assert none.bucket == 60


def test_a_share_of_no_requests_is_a_gap() -> None:
    busy = samples.rates()
    history = (replace(busy, requests=0.0, gets=0.0), replace(busy, time=samples.NOON + 5))
    found = points(replace(LIVE, stats=replace(samples.stats(), history=history)), GET_PART)
    assert found is not None
    assert found.values[0] is None


def test_the_day_before_lies_on_the_times_of_this_one() -> None:
    assert WHOLE.insight is not None
    chosen = replace(FIRST_CHOICE, earlier=Earlier.DAY)
    found = earlier(replace(WHOLE, before=moved(WHOLE.insight, DAY), choice=chosen), HIT_RATE)
    assert found == points(WHOLE, HIT_RATE)
    assert earlier(WHOLE, HIT_RATE) is None


def test_nothing_known_is_no_points() -> None:
    assert points(replace(WHOLE, insight=None, stats=None, latency=None, per_server=None), HIT_RATE) is None
    assert points(WHOLE, CAS) is None
