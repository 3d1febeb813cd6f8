"""The stats of a key."""

import pytest

from tests.service.simulation.stage import HOUR, Stage, answer, known


def test_a_popular_key_is_in_the_cache_and_was_hit_mostly() -> None:
    (row,) = answer(Stage().simulation.key_stats("config:flags"))
    assert row.name == "config:flags"
    assert row.in_cache
    assert row.size > 0
    assert known(row.hit_count) > 100 * known(row.miss_count) > 0


def test_a_key_that_was_never_seen_has_no_stats() -> None:
    stage = Stage()
    for key in ("", "nothing", "product:", "product:999999", "product:01377", "item:2000", "session:xyz"):
        assert answer(stage.simulation.key_stats(key)) == ()


def test_the_keys_of_a_family_add_up_to_its_series() -> None:
    stage = Stage()
    names = [f"config:{word}" for word in ("flags", "rates", "limits", "currency", "locales")]
    names += [f"config:{word}" for word in ("banner", "shipping", "taxes", "menu", "experiments")]

    def hits() -> float:
        return sum(known(row.hit_count) for name in names for row in answer(stage.simulation.key_stats(name)))

    stage.time = stage.time // 60 * 60
    before = hits()
    stage.time += 60
    grown = hits() - before
    rate = known(stage.prefix("config:", stage.minutes(1))["total_hits_rate"][1])
    assert grown / 60 == pytest.approx(rate, abs=0.5)


def test_after_a_flush_an_unpopular_key_is_gone() -> None:
    stage = Stage()
    names = [f"cart:{number}" for number in range(3_000, 3_060)]

    def inside() -> int:
        return sum(answer(stage.simulation.key_stats(name))[0].in_cache is True for name in names)

    assert inside() > 40
    answer(stage.simulation.flush())
    stage.time += 61
    assert inside() < 20
    stage.time += 3 * HOUR
    assert inside() > 40


def test_what_is_never_stored_is_never_in_the_cache() -> None:
    stage = Stage("never-stored")
    stage.time += 600
    first = answer(stage.simulation.popular_items()).most_missed_keys[0]
    (row,) = answer(stage.simulation.key_stats(first.name))
    assert (row.in_cache, row.size, row.hit_count, row.mutation_count) == (False, 0, 0, 0)
    assert known(row.miss_count) > 100
