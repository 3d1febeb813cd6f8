"""An intent that is about to be carried out, bound to its cache and to the exact request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mctop.store.changes.intents import Intent


@dataclass(frozen=True, slots=True)
class Request:
    """A request as a person may see it: `body` is JSON text, "" for none, with its secrets masked."""

    method: str
    path: str
    body: str = ""


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Proposal:
    """What is put to a person; it can be carried out once. Two proposals of the same intent are not equal.

    `label` names the cache, raw. `unrecorded` says why the audit log cannot take it, "" where it can.
    """

    intent: Intent
    cache_id: int
    label: str
    request: Request
    unrecorded: str = ""
