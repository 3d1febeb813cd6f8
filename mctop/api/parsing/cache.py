"""The cache, whose credentials and servers are rows of their own."""

from mctop.api.models.cache import CacheInfo
from mctop.api.models.credentials import Credential
from mctop.api.parsing.rows import as_object, parse_each, parse_one


def parse_cache(raw: object) -> CacheInfo:
    """Read `GET info`; bad credentials and servers are left out. Raise Malformed if the rest makes no sense."""
    answer = as_object(raw)
    servers, credentials = answer.get("servers"), answer.get("credentials")
    read = parse_each(Credential, credentials if isinstance(credentials, list) else ())
    names = [name for name in servers if isinstance(name, str)] if isinstance(servers, list) else []
    dropped = read.dropped + (len(servers) - len(names) if isinstance(servers, list) else 0)
    return parse_one(CacheInfo, {**answer, "servers": names, "credentials": read.items, "dropped": dropped})
