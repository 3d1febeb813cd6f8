"""The counters of the API from those of memcached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.stats import Counters

if TYPE_CHECKING:
    from collections.abc import Mapping


def counters(raw: Mapping[str, int]) -> Counters:
    """The 31 counters from `stats` of one server; what it does not have is 0.

    `cmd_delete` is its hits and misses; `expired` is `get_expired`, which memcached has since 1.4.26.
    """
    derived = {
        "cmd_delete": raw.get("delete_hits", 0) + raw.get("delete_misses", 0),
        "expired": raw.get("get_expired", 0),
    }
    return Counters.model_validate({**raw, **derived})
