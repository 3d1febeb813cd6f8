"""The cache id that v1's login answers."""

from mctop.api.models.value import to_count
from mctop.api.parsing.jsontext import Malformed
from mctop.api.parsing.rows import as_object


def parse_cache_id(raw: object) -> int:
    """Read `cache_id`. Raise Malformed where it is no positive number."""
    try:
        cache_id = to_count(as_object(raw).get("cache_id"))
    except ValueError:
        cache_id = 0
    if cache_id <= 0:
        raise Malformed("the answer holds no cache_id")
    return cache_id
