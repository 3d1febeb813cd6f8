"""Popular items come from the traffic that the series show."""

import pytest

from mctop.service.simulation.keys import TIME_SLICE
from tests.service.simulation.stage import START, Stage, answer, known


def test_lists_are_sorted_and_of_the_last_minutes() -> None:
    popular = answer(Stage().simulation.popular_items())
    assert popular.time_slice == TIME_SLICE
    for items in (
        popular.most_hit_keys,
        popular.most_missed_keys,
        popular.most_mutated_keys,
        popular.popular_prefixes,
    ):
        values = [item.popularity for item in items]
        assert values == sorted(values, reverse=True)
        assert len({item.name for item in items}) == len(items) >= 8


def test_the_popularity_of_prefixes_is_their_share_of_requests() -> None:
    stage = Stage()
    popular = answer(stage.simulation.popular_items())
    requests = sum(item.popularity for item in popular.popular_prefixes) / (TIME_SLICE / 1e9)
    assert requests == pytest.approx(stage.latest("request_rate"), rel=0.05)


def test_a_key_is_as_popular_as_it_is_hit() -> None:
    stage = Stage()
    first = answer(stage.simulation.popular_items()).most_hit_keys[0]
    stage.time = START - TIME_SLICE / 1e9
    before = known(answer(stage.simulation.key_stats(first.name))[0].hit_count)
    stage.time = START
    hits = known(answer(stage.simulation.key_stats(first.name))[0].hit_count) - before
    assert first.popularity == pytest.approx(hits, rel=0.05)


def test_with_a_prefix_only_its_keys_are_listed() -> None:
    stage = Stage()
    for prefix in ("cart:", "product:2", "feed:"):
        popular = answer(stage.simulation.popular_items(prefix))
        names = [item.name for item in (*popular.most_hit_keys, *popular.most_missed_keys, *popular.most_mutated_keys)]
        assert names
        assert all(name.startswith(prefix) for name in names)
    assert answer(stage.simulation.popular_items("nothing:")).most_hit_keys == ()


def test_the_sample_turns_but_not_within_seconds() -> None:
    stage = Stage()
    first = answer(stage.simulation.popular_items())
    stage.time += 60
    assert answer(stage.simulation.popular_items()) != first


def test_a_popular_prefix_has_the_hits_of_its_series() -> None:
    stage = Stage("rename")
    stage.time += 600
    span = stage.minutes(3)
    keys = answer(stage.simulation.popular_items("item:")).most_hit_keys
    hits = sum(known(value) for value in stage.prefix("item:", span)["total_hits_rate"][:3]) / 3
    assert 0 < sum(key.popularity for key in keys) / (TIME_SLICE / 1e9) < hits
