"""What is stored and done under prefixes adds up to the whole cache."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from mctop.service.base.backend import BucketSpan
from mctop.service.simulation.incidents.scenario_names import SCENARIOS
from tests.service.simulation.stage import HOUR, Stage, answer, known

TOP = ("session:", "user:", "product:", "cart:", "feed:", "api:rate:", "tmpl:", "config:")
GUESTS = ("item:", "export:", "fragment:", "advice:")


@settings(max_examples=12)
@given(some.sampled_from(SCENARIOS), some.integers(0, 1_000), some.integers(0, 3 * HOUR))
def test_prefixes_add_up_to_the_cache(scenario: str, seed: int, after: int) -> None:
    stage = Stage(scenario, seed)
    stage.time += after
    span = stage.minutes(5)
    whole = stage.prefix("", span)
    parts = [stage.prefix(prefix, span) for prefix in (*TOP, *GUESTS)]
    for name, values in whole.items():
        total = [sum(map(known, each)) for each in zip(*(part[name] for part in parts), strict=True)]
        assert values == pytest.approx(total, abs=10), name


@settings(max_examples=12)
@given(some.sampled_from(SCENARIOS), some.integers(0, 1_000), some.integers(0, 3 * HOUR))
def test_the_whole_is_what_the_series_say(scenario: str, seed: int, after: int) -> None:
    stage = Stage(scenario, seed)
    stage.time += after
    span = stage.minutes(5)
    whole, series = stage.prefix("", span), stage.cache(span, "items", "bytes", "hit_rate")
    assert whole["num_keys"] == pytest.approx(series["items"], abs=3)
    assert whole["total_size"] == pytest.approx(series["bytes"], abs=3)
    hits, misses = whole["total_hits_rate"], whole["total_misses_rate"]
    rates = [known(hit) / (known(hit) + known(miss)) for hit, miss in zip(hits, misses, strict=True)]
    assert series["hit_rate"] == pytest.approx(rates)


def test_a_part_of_a_family_is_a_part_of_its_numbers() -> None:
    stage = Stage()
    span = stage.minutes(1)
    family = stage.prefix("product:", span)
    parts = [stage.prefix(f"product:{digit}", span) for digit in range(10)]
    for name, values in family.items():
        total = sum(known(part[name][0]) for part in parts)
        assert total == pytest.approx(known(values[0]), rel=0.01)
    assert sum(known(part["num_keys"][0]) > 0 for part in parts) >= 3


def test_a_prefix_of_some_keys_has_what_the_stats_of_these_keys_say() -> None:
    stage = Stage()
    names = [f"tmpl:home:{part}" for part in ("head", "nav", "body", "foot", "aside")]

    def counts() -> tuple[float, float, float]:
        rows = [row for name in names for row in answer(stage.simulation.key_stats(name))]
        return (
            sum(known(row.hit_count) for row in rows),
            sum(known(row.miss_count) for row in rows),
            sum(known(row.mutation_count) for row in rows),
        )

    stage.time = stage.time // HOUR * HOUR
    before = counts()
    stage.time += HOUR
    after = counts()
    newest = int(stage.time)
    series = stage.prefix("tmpl:home:", BucketSpan(newest - HOUR, newest, HOUR))
    for column, early, late in zip(("hits", "misses", "mutations"), before, after, strict=True):
        rate = known(series[f"total_{column}_rate"][0])
        assert rate * HOUR == pytest.approx(late - early, rel=0.01), column
    assert known(series["num_keys"][0]) == pytest.approx(len(names), abs=1)


def test_nothing_is_under_a_prefix_that_no_key_has() -> None:
    stage = Stage()
    assert set(stage.prefix("nothing:", stage.minutes(1)).values()) == {(0.0, 0.0)}
