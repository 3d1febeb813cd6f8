"""The cache, whose credentials and servers are rows of their own."""

from mctop.api.models.cache import CacheInfo, Grade
from mctop.api.models.credentials import Credential
from mctop.api.parsing.jsontext import Malformed
from mctop.api.parsing.rows import as_object, parse_each, parse_one


def parse_cache(raw: object, cache_id: int) -> CacheInfo:
    """Read `GET info` of the cache that was asked for; bad credentials and servers are left out.

    Raise Malformed if the rest makes no sense.
    """
    answer = as_object(raw)
    if not answer:
        raise Malformed("the answer is empty")
    servers, credentials = _list(answer.get("servers")), _list(answer.get("credentials"))
    names = [name for name in servers if isinstance(name, str)]
    read = parse_each(Credential, credentials)
    grades = parse_each(Grade, _list(answer.get("grades")))
    known = {
        **answer,
        "id": cache_id if answer.get("id") is None else answer["id"],
        "servers": names,
        "credentials": read.items,
        "grades": grades.items,
        "dropped": len(servers) - len(names) + read.dropped + grades.dropped,
    }
    return parse_one(CacheInfo, known)


def _list(raw: object) -> list[object]:
    return raw if isinstance(raw, list) else []
