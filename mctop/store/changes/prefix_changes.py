"""The changes to the watched prefixes: one is watched from then on, or no more."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from mctop.store.changes.change import Change, Tier
from mctop.store.changes.outcome import DONE, Outcome, Result
from mctop.store.changes.read_back import Comparison, row_deleted, row_listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mctop.api.client import Client
    from mctop.api.models.introspection import Prefix
    from mctop.store.changes.change import AnySlice
    from mctop.store.changes.read_back import Witness
    from mctop.store.store import Store


class PrefixChange(Change):
    """A change to the watched prefixes."""

    __slots__ = ()

    def affected(self, store: Store) -> tuple[AnySlice, ...]:
        """The watched prefixes too."""
        return (store.cache, store.stats, store.prefixes)


@dataclass(frozen=True, slots=True)
class WatchPrefix(PrefixChange):
    """Watch the prefix of that name."""

    name: str
    TIER, VERB, TITLE, NOTE = Tier.CONFIRM, "Watch", "Watch a prefix", "watched"
    MADE, NOT_MADE = "{} is watched now", "{} is not watched"
    AFTERWARDS = "; its statistics come within a minute"
    MEANING = ("The API collects statistics for its keys from then on.",)

    @property
    def subject(self) -> str:
        """The prefix."""
        return self.name

    async def send(self, client: Client) -> Outcome:
        """Watch it; the detail is its id."""
        return Outcome(Result.DONE, detail=f"{(await client.watch_prefix(self.name)).id}")

    def witness(self, client: Client) -> Witness:
        """The list of watched prefixes; one that was watched before is watched."""
        return Comparison(client.watched_prefixes, partial(row_listed, lambda prefix: prefix.name == self.name))


@dataclass(frozen=True, slots=True)
class UnwatchPrefix(PrefixChange):
    """Stop watching a prefix, which is `prefix` as the person saw it."""

    prefix: Prefix
    TIER, VERB, TITLE, NOTE = Tier.CONFIRM, "Unwatch", "Unwatch a prefix", "unwatched"
    MADE, NOT_MADE = "{} is not watched now", "{} is watched"
    MEANING = ("The statistics that were collected for it may be lost.",)

    @property
    def subject(self) -> str:
        """The prefix."""
        return self.prefix.name

    def moved(self, store: Store) -> str | None:
        """Compare it with the list, if there is one."""
        watched = store.prefixes.value.value
        return None if watched is None else self._moved_in(row.prefix for row in watched)

    async def send(self, client: Client) -> Outcome:
        """Stop watching it."""
        await client.unwatch_prefix(self.prefix.id)
        return DONE

    def witness(self, client: Client) -> Witness:
        """The list of watched prefixes."""
        judge = partial(row_deleted, lambda prefix: prefix.id == self.prefix.id)
        return Comparison(client.watched_prefixes, judge, lambda rows: self._moved_in(rows.items))

    def _moved_in(self, prefixes: Iterable[Prefix]) -> str | None:
        return None if self.prefix in prefixes else "the prefix is not watched any more"
