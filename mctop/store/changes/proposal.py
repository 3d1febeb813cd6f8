"""A change that is about to be made, bound to its cache and to the exact request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.store.base.health import FailureKind

if TYPE_CHECKING:
    from mctop.store.changes.change import Change
    from mctop.store.store import Store


CONNECTION_LOST = frozenset({FailureKind.UNREACHABLE, FailureKind.TIMED_OUT})


@dataclass(frozen=True, slots=True)
class Request:
    """A request as a person may see it: `body` is JSON text, "" for none, with its secrets masked."""

    method: str
    path: str
    body: str = ""


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Proposal:
    """What is put to a person; it can be carried out once. Two proposals of the same change are not equal.

    `label` names the cache, raw, "" while its name is not known. `unrecorded` says why the audit log cannot take it, ""
    where it can.
    """

    change: Change
    cache_id: int
    label: str
    request: Request
    unrecorded: str = ""

    def lapsed(self, store: Store) -> str | None:
        """Say why nobody may confirm it any more, in clean words of ours; None while all is as the person saw it.

        What it acts on moved, the cache is another one, or the connection was lost.
        """
        cache_id, failure = store.cache_id.value, store.stats.health.value.failure
        if cache_id is None or (failure is not None and failure.kind in CONNECTION_LOST):
            return "the connection was lost"
        info = store.cache.value.value
        renamed = bool(self.label) and info is not None and info.label != self.label
        if cache_id != self.cache_id or renamed:
            return "the cache is another one now"
        return self.change.moved(store)
