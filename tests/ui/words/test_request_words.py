"""Requests for keys in words."""

from __future__ import annotations

import pytest

from mctop.api.models.cache import CacheInfo
from mctop.store.keys.hot_keys import HotList
from mctop.ui.words.request_words import GETS, LOOKUPS, request_words


def test_only_of_memcached_what_is_counted_are_lookups() -> None:
    assert request_words(None) is GETS
    assert request_words(CacheInfo(id=1, cache_type="memcachier")) is GETS
    assert request_words(CacheInfo(id=1, cache_type="memcached")) is LOOKUPS


@pytest.mark.parametrize("kind", [HotList.HIT, HotList.MISSED])
def test_no_word_for_lookups_says_that_they_were_gets(kind: HotList) -> None:
    words = LOOKUPS.of(kind)
    texts = (words.panel, words.tab, words.brief, words.lacks, words.counts, LOOKUPS.hits, LOOKUPS.misses)
    for text in (*texts, LOOKUPS.hit_rate):
        assert not {"hit", "hits", "miss", "missed", "misses", "get", "gets"} & set(text.lower().split())
    assert "lookup" in words.panel.lower()
    assert not LOOKUPS.judged


@pytest.mark.parametrize("kind", [HotList.MUTATED, HotList.PREFIXES])
def test_what_lookups_have_no_part_in_is_called_the_same(kind: HotList) -> None:
    assert GETS.of(kind) == LOOKUPS.of(kind)
