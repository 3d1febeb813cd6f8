"""Panels that live by one slice."""

from __future__ import annotations

import pytest

from mctop.api.models.cache import CacheInfo, Grade
from mctop.api.models.exactness import Exactness
from mctop.store.base.health import Health
from mctop.store.keys.hot_keys import HotList
from mctop.store.store import Store
from mctop.ui.renderables.table import Column
from mctop.ui.widgets.grid import Grid
from mctop.ui.widgets.panel import SlicePanel
from mctop.ui.words.freshness_text import Explanation

GRADED = {
    "popular": "popular_items",
    "prefix_items": "popular_items",
    "key": "key_stats",
    "log": "recent_logs",
    "prefixes": "prefix_stats",
    "insight": "processed_stats",
    "per_server": "processed_stats",
}
"""Slices, and the operation under which the service tells their grade."""


@pytest.mark.parametrize(("slice_", "operation"), GRADED.items())
def test_a_grade_is_said_of_the_operation_whatever_the_slice_is_called(slice_: str, operation: str) -> None:
    store = Store()
    grade = Grade(of=operation, grade=Exactness.APPROXIMATE, share=0.4, note="gets only: sets could crash")
    store.cache.value.set(CacheInfo(id=1, grades=(grade,)))
    part = getattr(store, slice_)
    part.name = "another label"
    panel = SlicePanel("Title", Grid((Column("key", "key", 10),)), part, store, id="panel")
    panel.judge(0.0)
    assert panel.grade == "sampled 40 % · gets only"


def test_each_list_of_keys_has_a_grade_of_its_own() -> None:
    fields = {kind: kind.graded for kind in HotList}
    assert fields.pop(HotList.PREFIXES) == Store().popular.graded
    assert all(graded == kind.value for kind, graded in fields.items())
    parts = {kind: kind.graded_in_part for kind in fields}
    assert parts.pop(HotList.MUTATED) == HotList.MUTATED.graded
    assert not set(parts.values()) & set(fields.values())


def test_what_is_not_certain_in_a_list_is_said_beside_its_grade() -> None:
    store = Store()
    grade = Grade(of="popular_items", grade=Exactness.APPROXIMATE, share=1.0, note="all gets: as the counters tell")
    store.cache.value.set(CacheInfo(id=1, grades=(grade,)))
    panel = SlicePanel("Title", Grid((Column("key", "key", 10),)), store.popular, store, id="panel")
    panel.certain_from = 1_048
    panel.judge(0.0)
    assert panel.grade == "all gets · below 1,048 not certain"
    store.popular.health.set(Health(every=10, last_good=0.0, due=10.0))
    panel.lacks = "no key was hit lately"
    panel.judge(0.0)
    assert panel.notice == Explanation("nothing stands out: below 1,048 not certain", "")
    panel.certain_from = 0
    panel.judge(0.0)
    assert panel.notice == Explanation("no key was hit lately", "")
