"""The keys of memcached, of which lookups are seen, on every view that lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.cache import CacheInfo, Grade
from mctop.api.models.exactness import Exactness
from mctop.api.models.introspection import CertainFrom, KeyStats
from mctop.api.models.value import Rows
from mctop.store.keys.hot_keys import HotKeys, extended
from mctop.store.keys.key_stats import reported
from tests.ui import samples
from tests.ui.screens.keys import slices
from tests.ui.screens.keys.showing import busy, press, showing, text

if TYPE_CHECKING:
    from tests.ui.stage import Stage

WHY = "each set, incr, touch and delete is logged as a lookup, too, as a get is"
GRADES = (
    Grade(of="key_stats.hit_count", grade=Exactness.APPROXIMATE, share=1.0, note=f"perhaps not gets: {WHY}"),
    Grade(of="most_hit_keys", grade=Exactness.APPROXIMATE, share=1.0, note=f"40 % not gets: {WHY}"),
    Grade(of="most_missed_keys", grade=Exactness.APPROXIMATE, share=1.0, note=f"50 % not gets: {WHY}"),
    Grade(of="most_mutated_keys", grade=Exactness.IMPOSSIBLE, note="lookups only: watching changes can crash it"),
)


def memcached() -> Stage:
    """A stage on which everything is live, of servers of one's own."""
    stage = busy()
    info = stage.store.cache.value.value or CacheInfo(id=1)
    stage.store.cache.value.set(info.model_copy(update={"cache_type": "memcached", "grades": GRADES}))
    return stage


async def test_keys_that_were_looked_up_are_not_called_hit_or_missed() -> None:
    stage = memcached()
    async with showing(stage, size=(160, 48)) as pilot:
        shown = text(pilot)
        assert "Most lookups · found · 40 % not gets" in shown
        assert "Most lookups · absent · 50 % not gets" in shown
        assert "▼lookups" in shown
        await press(pilot, "1")
        assert "Most lookups · found · 40 % not gets" in text(pilot)
        for view in ("4", "1"):
            await press(pilot, view)
            assert not [word for word in ("Most hit", "Most missed", "was hit", "was missed") if word in text(pilot)]


async def test_the_tabs_of_a_small_terminal_say_it_too() -> None:
    async with showing(memcached(), size=(80, 24)) as pilot:
        assert "[found] absent  mutated  prefixes" in text(pilot)


async def test_the_share_of_all_lookups_is_not_said_of_the_keys_of_a_pattern() -> None:
    async with showing(memcached(), "p", "enter", size=(160, 48)) as pilot:
        assert "Most lookups · found · perhaps not gets" in text(pilot)
        assert "40 % not gets" not in text(pilot)


async def test_the_page_of_a_key_has_no_hit_rate_and_what_nobody_sees_is_unknown() -> None:
    stage = memcached()
    async with showing(stage, "enter", size=(160, 48)) as pilot:
        row = KeyStats(time=samples.NOON, name=slices.HOT, size=9, hit_count=3_051, miss_count=17, in_cache=True)
        stage.store.key.value.set(reported(None, slices.HOT, Rows(items=(row,)), samples.NOON))
        await press(pilot)
        (titles,) = [line for line in text(pilot).splitlines() if "mutations" in line]
        assert titles.split()[2:7] == ["found", "absent", "%", "found", "mutations"]
        (told,) = [line for line in text(pilot).splitlines() if "3,051" in line]
        assert told.split()[1:6] == ["3,051", "17", "99.4", "%", "–"]
        assert "most found" in text(pilot)
        assert "lookups, also by commands that nothing tells from gets" in text(pilot)
        assert "mutations: " not in text(pilot)
        some = Grade(of="key_stats.mutation_count", grade=Exactness.APPROXIMATE, note="stores: no delete is logged")
        info = stage.store.cache.value.value or CacheInfo(id=1)
        stage.store.cache.value.set(info.model_copy(update={"grades": (*GRADES, some)}))
        stage.store.key.value.set(reported(None, slices.HOT, Rows(items=(row,)), samples.NOON + 1))
        await press(pilot)
        assert "lookups, not only by gets · mutations: stores" in text(pilot)


async def test_what_cannot_be_told_apart_is_said_of_the_newest_slice() -> None:
    stage = memcached()
    async with showing(stage, size=(160, 48)) as pilot:
        answer = slices.items(slices.SLICES - 1).model_copy(update={"certain_from": CertainFrom(most_hit_keys=48)})
        stage.store.popular.hot_keys.set(extended(HotKeys(), answer, samples.NOON))
        await press(pilot)
        assert "Most lookups · found · 40 % not gets · below 48 not certain" in text(pilot)
