"""The base of every change: a value that holds all it acts on, and all that is particular about its kind."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import Enum, IntEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from mctop.api.client import Client
    from mctop.api.legacy import LegacyClient
    from mctop.api.models.cache import CacheInfo
    from mctop.store.changes.outcome import Outcome
    from mctop.store.changes.read_back import Witness
    from mctop.store.store import Slice, Store

    AnyClient: TypeAlias = Client | LegacyClient
    AnySlice: TypeAlias = Slice[Any]


READ_ONLY = "read-only: mctop changes nothing"
NOT_CONNECTED = "not connected yet: nothing can be changed"
NOT_IN_V1 = "API v1 cannot do this: API v2 can"
NOT_FOR_MEMCACHED = "there is no such thing for memcached servers"
DISABLED = "the cache is disabled: enable it first"


class Tier(IntEnum):
    """By how much a change can hurt, and so what guards it."""

    CONFIRM = 1
    """One confirmation."""
    SHOW = 2
    """The exact request is shown, and confirmed."""
    TYPE = 3
    """The name of what it acts on is typed."""


class Facts(Enum):
    """Facts of the whole cache that a person should see before a change, or after it."""

    CONTENTS = "contents"
    """The items and memory that would be lost, what the cache answers now, and its last flush."""
    COUNTERS = "counters"
    """The counters."""
    CLUSTER = "cluster"
    """The cluster and its servers."""


class Change:
    """A change to the cache. A kind of change is one subclass, a frozen dataclass; only what differs is overridden.

    Its name is the `action` of the audit log. API v1 cannot make it, unless it is a V1Change.
    """

    __slots__ = ()

    TIER: ClassVar[Tier]
    VERB: ClassVar[str]
    """Its name on a button."""
    TITLE: ClassVar[str]
    """The title of its dialogs."""
    NOTE: ClassVar[str]
    """What a mark says of it once it was made; the subject follows."""
    MADE: ClassVar[str]
    """A sentence of what is so once it was made; {} is the subject."""
    NOT_MADE: ClassVar[str]
    """A sentence of what is so where it was not made; {} is the subject."""
    AFTERWARDS: ClassVar[str] = ""
    """What is still to come once it was made, as the end of the sentence MADE."""
    MEANING: ClassVar[tuple[str, ...]] = ()
    """What it does, in lines of at most 70 columns."""
    CAUTION: ClassVar[tuple[str, ...]] = ()
    """What to mind about it, in lines of at most 70 columns."""
    FACTS: ClassVar[tuple[Facts, ...]] = ()
    """What to see of the cache before it."""
    DETAIL: ClassVar[str] = "id"
    """What the detail of its outcome is."""
    SECRET: ClassVar[str] = "secret"
    """What the secret of its outcome is."""
    IN_V1: ClassVar[bool] = False
    """Whether API v1 can make it."""
    NEEDS_PROVIDER: ClassVar[bool] = False
    """Whether it has no meaning for servers that nobody provides."""
    NEEDS_RUNNING_CACHE: ClassVar[bool] = False
    """Whether a disabled cache refuses it."""
    MARKED_BY_POLL: ClassVar[bool] = False
    """Whether the next poll of what it affects sets a mark for it, whoever made it."""

    @property
    def subject(self) -> str:
        """What of the cache it acts on, "" where it is the cache itself; raw and untrusted."""
        return ""

    def secrets(self) -> tuple[str, ...]:
        """Every secret in the values that it holds; none of them is ever shown or recorded."""
        from pydantic import BaseModel, SecretStr

        parts: list[object] = [getattr(self, field.name) for field in fields(self)] if is_dataclass(self) else []
        attributes = [attribute for value in parts if isinstance(value, BaseModel) for _, attribute in value]
        secrets = [attribute.get_secret_value() for attribute in attributes if isinstance(attribute, SecretStr)]
        return tuple(secret for secret in secrets if secret)

    @classmethod
    def unavailable(cls, store: Store, *, read_only: bool) -> str | None:
        """Say why no change of this kind can be made now, in clean words of ours; None where it may be tried."""
        if read_only:
            return READ_ONLY
        if store.cache_id.value is None:
            return NOT_CONNECTED
        if store.api.value == "v1" and not cls.IN_V1:
            return NOT_IN_V1
        info = store.cache.value.value
        if info is None:
            return None
        if info.is_memcached and cls.NEEDS_PROVIDER:
            return NOT_FOR_MEMCACHED
        if info.enabled is False and cls.NEEDS_RUNNING_CACHE:
            return DISABLED
        return cls.disallowed(info, store)

    @classmethod
    def disallowed(cls, info: CacheInfo, store: Store) -> str | None:
        """Say what of the cache or of our credential forbids it; what is not said may be tried. Override."""
        return None

    @classmethod
    def urgent(cls, store: Store) -> bool:
        """Whether the cache needs it before anything else. Override."""
        return False

    def moved(self, store: Store) -> str | None:
        """Say how what it acts on differs by now from what the person saw; None where that is not known. Override."""
        return None

    def locks_out(self, store: Store) -> bool:
        """Whether the credential that mctop uses is let in no more afterwards. Override."""
        return False

    def affected(self, store: Store) -> tuple[AnySlice, ...]:
        """The slices that may differ afterwards, to be polled at once. Override to add to these."""
        return (store.cache, store.stats)

    async def send(self, client: Client) -> Outcome:
        """Make it with one request, the first thing that happens; the outcome is as the API's answer tells.

        The result is UNKNOWN where the answer is not what was asked for. May raise any ApiError.
        """
        raise NotImplementedError

    def witness(self, client: Client) -> Witness | None:
        """What reads the cache before and after; None where the API never tells whether it was made. Override."""
        return None

    def facts_afterwards(self, outcome: Outcome, store: Store) -> tuple[Facts, ...]:
        """The facts that tell more than the detail of the outcome, once they are read. Override."""
        return ()

    def secret_is_listed(self, store: Store) -> bool:
        """Whether the secret of the outcome can be seen again in a list. Override."""
        return False


class V1Change(Change):
    """A change that both versions of the API can make."""

    __slots__ = ()
    IN_V1 = True

    async def send(self, client: AnyClient) -> Outcome:
        """Make it."""
        raise NotImplementedError

    def witness(self, client: AnyClient) -> Witness | None:
        """What reads the cache before and after."""
        return None
