"""The description of a cache, and the cache id that v1's login answers."""

from __future__ import annotations

from mctop.api.models.cache import CacheInfo, Credential, Grade
from mctop.api.models.value import LARGEST, to_count
from mctop.api.parsing.json_text import Malformed
from mctop.api.parsing.rows import MOST_ROWS, as_object, parse_each, parse_one


def parse_cache(raw: object, cache_id: int) -> CacheInfo:
    """Read `GET info` of the cache that was asked for; bad credentials and servers are left out.

    Raise Malformed if the rest makes no sense.
    """
    answer = as_object(raw)
    if not answer:
        raise Malformed("the answer is empty")
    servers, credentials = _list(answer.get("servers")), _list(answer.get("credentials"))
    names = [name for name in servers if isinstance(name, str)][:MOST_ROWS]
    read = parse_each(Credential, credentials)
    grades = parse_each(Grade, _list(answer.get("grades")), 10 * MOST_ROWS)
    fields = {
        **answer,
        "id": cache_id if answer.get("id") is None else answer["id"],
        "servers": names,
        "credentials": read.items,
        "grades": grades.items,
        "dropped": len(servers) - len(names) + read.dropped + grades.dropped,
    }
    return parse_one(CacheInfo, fields)


def _list(raw: object) -> list[object]:
    return raw if isinstance(raw, list) else []


def parse_cache_id(raw: object) -> int:
    """Read `cache_id`. Raise Malformed where it is no number of a row."""
    try:
        cache_id = to_count(as_object(raw).get("cache_id"))
    except ValueError:
        cache_id = 0
    if not 0 < cache_id < LARGEST:
        raise Malformed("the answer holds no cache_id")
    return cache_id
