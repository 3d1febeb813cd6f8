"""What the cards say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mctop.api.models.cache import CacheInfo
from mctop.api.models.series import Series
from mctop.api.models.stats import Counters
from mctop.store.counters.live_rates import LiveStats, rates_between
from mctop.store.series.ratio_scale import RatioScale
from mctop.store.series.series_set import SeriesSet
from mctop.ui.screens.overview.cards import OVERVIEW_CARDS, face_of
from mctop.ui.screens.overview.picture import OverviewPicture
from mctop.ui.words.format import NOTHING
from tests.store.samples import counted
from tests.ui import samples
from tests.ui.screens.overview.pictures import full

if TYPE_CHECKING:
    from mctop.ui.widgets.card import CardFace


def faces(picture: OverviewPicture) -> dict[str, CardFace]:
    """The cards by their titles."""
    return {card.draw(picture).title: card.draw(picture) for card in OVERVIEW_CARDS}


def test_there_are_eight_cards_in_their_order() -> None:
    titles = ["Hit rate", "Requests", "Memory", "Items", "Connections", "Evictions", "Network", "Latency"]
    assert list(faces(OverviewPicture())) == titles


def test_nothing_known_is_a_dash_and_not_a_zero() -> None:
    unknown = faces(OverviewPicture()).values()
    assert {face.value for face in unknown} == {NOTHING}
    assert all(not face.change and face.state is None for face in unknown)


@pytest.mark.parametrize(("rate", "word"), [(0.8, "good"), (0.799, "fair"), (0.5, "fair"), (0.499, "poor")])
def test_hit_rates_are_good_from_80_and_fair_from_50(rate: float, word: str) -> None:
    state = faces(replace(full(), stats=samples.stats(hit_rate=rate)))["Hit rate"].state
    assert state is not None
    assert state.word == word


def test_no_lookups_have_no_hit_rate_and_no_state() -> None:
    face = faces(replace(full(), stats=samples.stats(hit_rate=None, get_hit_rate=None)))["Hit rate"]
    assert (face.value, face.state, face.details[0]) == (NOTHING, None, ("no lookups",))


def test_the_hit_rate_is_compared_with_the_hour_before_in_points() -> None:
    face = faces(full())["Hit rate"]
    assert face.value == "93.4 %"
    assert face.change[-1].startswith("▲ +")
    assert face.change[-1].endswith(" pt")


def test_percentages_of_the_api_say_the_same_as_fractions() -> None:
    picture = full()
    assert picture.insight is not None
    scaled = tuple(
        series.model_copy(update={"values": tuple(None if v is None else v * 100 for v in series.values)})
        if series.stat.endswith("hit_rate")
        else series
        for series in picture.insight.series
    )
    in_percent = replace(picture, insight=replace(picture.insight, series=scaled), scale=RatioScale.PERCENT)
    assert faces(in_percent)["Hit rate"].change == faces(picture)["Hit rate"].change


def test_while_the_scale_is_unknown_hit_rates_are_not_compared() -> None:
    assert faces(replace(full(), scale=RatioScale.UNKNOWN))["Hit rate"].change == ()


def test_requests_are_told_by_command() -> None:
    face = faces(full())["Requests"]
    assert face.value == "3,412/s"
    assert face.details[0][0] == "get 2.8k · set 482 · delete 96 · other 44 /s"


def test_memory_is_told_of_the_limit_and_of_the_plan() -> None:
    face = faces(full())["Memory"]
    assert face.value == "742 MiB"
    assert face.details[0][0] == "65.9 % of limit · 72.5 % of plan"
    assert face.details[1][0] == "limit 1.10 GiB · plan 1.00 GiB"


def test_memory_above_the_plan_is_not_clamped() -> None:
    small = CacheInfo(id=1, plan=512 * samples.MIB)
    assert "145 % of plan" in faces(replace(full(), cache=small))["Memory"].details[0][0]


def test_without_a_plan_there_is_only_the_limit() -> None:
    assert faces(replace(full(), cache=CacheInfo(id=1)))["Memory"].details[0][0] == "65.9 % of limit 1.10 GiB"


def test_items_have_an_average_size_and_an_empty_cache_has_none() -> None:
    assert faces(full())["Items"].details[0][0] == "average size 658 B"
    empty = LiveStats(counted(time=1), samples.rates())
    assert faces(replace(full(), stats=empty))["Items"].details[0][0] == "average size –"


@pytest.mark.parametrize(("fresh", "many"), [(10.0, False), (10.1, True)])
def test_more_than_ten_new_connections_a_second_are_called_high(fresh: float, many: bool) -> None:
    state = faces(replace(full(), stats=samples.stats(connections=fresh)))["Connections"].state
    assert (state is not None and state.word == "high") is many


def test_the_network_is_told_in_and_out() -> None:
    face = faces(full())["Network"]
    assert face.value == "10.2 MiB/s"
    assert face.details[0] == ("in 1.31 MiB/s · out 8.84 MiB/s", "↓1.31 ↑8.84 MiB/s", "out 8.84 MiB/s")


def test_the_short_form_of_in_and_out_keeps_its_unit_where_they_differ_in_size() -> None:
    face = faces(replace(full(), stats=samples.stats(read=957 * 1024.0, written=12.1 * 2**20)))["Network"]
    assert face.details[0][1] == "↓957Ki ↑12.1Mi B/s"


def test_the_latency_is_that_of_the_worst_server_and_names_it() -> None:
    face = faces(full())["Latency"]
    assert face.details[0] == (samples.SERVERS[2],)
    assert face.value == "2.41 ms"
    assert face.note[0] == "worst of 3 · 1m"


def test_a_hostile_server_name_is_cleaned() -> None:
    assert samples.latency().get("duration", samples.SERVERS[0])
    series = samples.latency().series[0].model_copy(update={"server": "a\x1b[2J"})
    found = SeriesSet((series,), 60, samples.LAST)
    assert faces(replace(full(), latency=found))["Latency"].details[0] == ("a^[[2J",)


def test_without_live_rates_the_last_minute_stands_in_and_says_so() -> None:
    picture = full()
    assert picture.stats is not None
    face = faces(replace(picture, stats=replace(picture.stats, rates=None)))["Requests"]
    assert face.note == ("over 1m", "1m")
    assert face.value != NOTHING


def test_without_series_the_trend_is_that_of_the_live_rates() -> None:
    history = tuple(replace(samples.rates(requests=float(n)), time=n * 5.0) for n in range(60))
    stats = replace(samples.stats(), history=history)
    face = faces(OverviewPicture(stats=stats))["Requests"]
    assert face.trend == tuple(float(n) for n in range(60))
    assert face.span == "4m"


def test_gaps_of_a_series_are_gaps_of_the_trend() -> None:
    trend = faces(full())["Memory"].trend
    assert len(trend) == 360
    assert trend[150:165] == (None,) * 15


def test_a_card_reads_no_series_but_those_that_are_fetched_for_it() -> None:
    picture = replace(full(), stats=None)
    assert picture.insight is not None
    for card in OVERVIEW_CARDS:
        fetched = {stat.id for stat in card.stats}
        series = tuple(series for series in picture.insight.series if series.stat in fetched)
        only = replace(picture, insight=replace(picture.insight, series=series))
        assert card.draw(only) == card.draw(picture)


def shown(picture: OverviewPicture) -> dict[str, CardFace]:
    """The cards as they stand on the screen."""
    return {face.title: face for face in (face_of(card, picture) for card in OVERVIEW_CARDS)}


def test_what_a_server_does_not_tell_is_a_dash_with_its_reason() -> None:
    told = {"time": 5, "get_hits": 9, "get_misses": 1, "curr_items": 3, "cmd_get": 10}
    before = {**told, "time": 0, "get_hits": 0, "get_misses": 0, "cmd_get": 0}
    rates = rates_between(Counters.model_validate(before), Counters.model_validate(told))
    live = LiveStats(Counters.model_validate(told), rates)
    faces = shown(replace(full(), stats=live))
    for title in ("Requests", "Memory", "Connections", "Evictions", "Network"):
        assert (faces[title].value, faces[title].note[-1]) == (NOTHING, "not told"), title
    assert (faces["Hit rate"].value, faces["Items"].value) == ("90.0 %", "3")
    assert ("of get: no more is told", "of get") in faces["Hit rate"].details
    assert "get 2 · set – · delete – · other – /s" in faces["Requests"].details[0]


def test_no_traffic_is_no_counter_that_is_not_told() -> None:
    faces = shown(replace(full(), stats=samples.stats(hit_rate=None, get_hit_rate=None)))
    assert faces["Hit rate"].note[-1] == "5s"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(1, None), (2, "vs 2m before"), (12, "vs 12m before"), (56, "vs 56m before"), (58, "vs hour before")],
)
def test_now_is_compared_with_no_more_of_the_past_than_there_is(minutes: int, said: str | None) -> None:
    end = int(samples.NOON) // 60 * 60
    times = tuple(range(end - 60 * minutes, end, 60))
    series = Series(stat="request_rate", times=times, values=(1_000.0,) * minutes)
    insight = SeriesSet((series,), 60, end, end - 7_200, frozenset({"request_rate"}), end)
    change = shown(replace(full(), insight=insight))["Requests"].change
    assert [words.partition(" vs ")[2] for words in change[:1]] == ([] if said is None else [said.removeprefix("vs ")])
