"""Requests for keys in words: the gets of clients, or lookups, where nothing tells which command made them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.store.keys.hot_keys import HotList

if TYPE_CHECKING:
    from mctop.api.models.cache import CacheInfo


@dataclass(frozen=True, slots=True)
class ListWords:
    """What a list of popular items is called: on its panel, as a tab, in a table of lists, and when it is empty.

    `counts` is the title of the column of its popularity.
    """

    panel: str
    tab: str
    brief: str
    lacks: str
    counts: str = "popularity"


MUTATED = ListWords("Most mutated keys", "mutated", "most mutated", "no key was mutated lately")
PREFIXES = ListWords("Popular prefixes", "prefixes", "popular", "no prefix was popular lately")


@dataclass(frozen=True, slots=True)
class RequestWords:
    """What the requests are called that found their key and those that did not.

    `hits` and `misses` are titles of columns, as is `hit_rate`, the share of those that found it, which says how well
    a cache does only if it is `judged`. `counted` says what the counts of one key are, longest first.
    """

    hit: ListWords
    missed: ListWords
    hits: str
    misses: str
    hit_rate: str
    judged: bool
    counted: tuple[str, ...]

    def of(self, kind: HotList) -> ListWords:
        """What a list is called."""
        return {HotList.HIT: self.hit, HotList.MISSED: self.missed, HotList.MUTATED: MUTATED}.get(kind, PREFIXES)


GETS = RequestWords(
    ListWords("Most hit keys", "hit", "most hit", "no key was hit lately"),
    ListWords("Most missed keys", "missed", "most missed", "no key was missed lately"),
    "hits",
    "misses",
    "hit rate",
    judged=True,
    counted=("counts as the API tells them, their window is not documented", "counts as the API tells them"),
)
LOOKUPS = RequestWords(
    ListWords("Most lookups · found", "found", "most found", "no lookup found a key lately", "lookups"),
    ListWords("Most lookups · absent", "absent", "most absent", "no key was looked up in vain lately", "lookups"),
    "found",
    "absent",
    "% found",
    judged=False,
    counted=("lookups, also by commands that nothing tells from gets", "lookups, not only by gets", "lookups"),
)
"""memcached logs a lookup of each command that is about a key, and does not say of which."""


def request_words(info: CacheInfo | None) -> RequestWords:
    """The words for what is told of the keys of a cache."""
    return LOOKUPS if info is not None and info.is_memcached else GETS
