"""A cache as `GET info` describes it, and its credentials."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, SecretStr

from mctop.api.models.exactness import Exactness
from mctop.api.models.value import Count, Number, Text, Value


class Capabilities(Value):
    """What a credential may do; PATCH sends all three, because an omitted one becomes false."""

    write_capability: bool = False
    flush_capability: bool = False
    api_capability: bool = False


def _or_untold(raw: object) -> object:
    return None if raw == "" else raw


class Credential(Capabilities):
    """One username and its capabilities; the password is there only where the API shows it, which "" is not."""

    id: int | None = None
    cache_id: int | None = None
    sasl_username: Text = ""
    sasl_password: Annotated[SecretStr | None, BeforeValidator(_or_untold)] = None
    primary: bool = False


class Grade(Value):
    """How exact something is that the service tells of servers it does not run; MemCachier's API has no such thing.

    `of` names an operation or a field of one, `share` is the part, 0-1, of what happened that was observed, `note` the
    reason. With a `server`, it is about that server alone.
    """

    of: Text
    grade: Annotated[Exactness, BeforeValidator(Exactness)] = Exactness.UNKNOWN
    share: Number | None = None
    note: Text = ""
    server: Text = ""


class CacheInfo(Value):
    """One cache: who it is, what it is allowed, and which servers stand behind it.

    `plan` is its size in bytes. A `can_*` of None was not said: allow, and let the server judge.
    `dropped` counts credentials and servers that made no sense.
    """

    id: int
    name: Text = ""
    label: Text = ""
    cache_type: Text = ""
    plan: Count = 0
    provider: Text = ""
    enabled: bool | None = None
    cluster_name: Text = ""
    servers: tuple[str, ...] = ()
    credentials: tuple[Credential, ...] = ()
    can_switch: bool | None = None
    can_manage_credentials: bool | None = None
    can_update_capabilities: bool | None = None
    grades: tuple[Grade, ...] = ()
    dropped: int = 0

    @property
    def is_memcached(self) -> bool:
        """Whether it is memcached servers of one's own that this very program gives an API."""
        return self.cache_type == "memcached"
