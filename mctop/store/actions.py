"""What a person does to the cache: the intent goes to the API, what came of it is read back, and a mark is set."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from mctop.api.errors import ApiError, BadAnswer, OutcomeUnknown, ServerFault
from mctop.store.marks import Mark, MarkKind, marked
from mctop.store.outcome import Outcome, Result
from mctop.store.prefixes import listed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mctop.api.models.introspection import Prefix
    from mctop.api.models.value import Rows
    from mctop.store.store import Store


class Changes(Protocol):
    """The operations that actions use; `mctop.api.client.Client` has them. Each may raise any ApiError."""

    async def watched_prefixes(self) -> Rows[Prefix]:
        """List the watched prefixes."""

    async def watch_prefix(self, name: str) -> Prefix:
        """Watch a prefix."""

    async def unwatch_prefix(self, prefix_id: int) -> None:
        """Stop watching a prefix."""


class Actions:
    """Changes one cache. No change is ever sent twice; `refresh` polls everything once something may have changed.

    `now` tells epoch seconds on the server's clock.
    """

    def __init__(self, store: Store, changes: Changes, now: Callable[[], float], refresh: Callable[[], object]) -> None:
        self._store = store
        self._changes = changes
        self._now = now
        self._refresh = refresh

    async def watch(self, name: str) -> Outcome:
        """Watch a prefix."""

        async def is_watched() -> bool:
            return any(prefix.name == name for prefix in await self._read_back())

        return await self._change(self._changes.watch_prefix(name), is_watched, f"watched {name}")

    async def unwatch(self, prefix: Prefix) -> Outcome:
        """Stop watching a prefix."""

        async def is_gone() -> bool:
            return all(other.id != prefix.id for other in await self._read_back())

        return await self._change(self._changes.unwatch_prefix(prefix.id), is_gone, f"unwatched {prefix.name}")

    async def _change(self, sent: Awaitable[object], is_so: Callable[[], Awaitable[bool]], note: str) -> Outcome:
        try:
            await sent
        except (OutcomeUnknown, ServerFault, BadAnswer) as error:
            outcome = await _found(is_so, error)
        except ApiError as error:
            return Outcome(Result.NOT_DONE, words=error.message)
        else:
            with suppress(ApiError):  # the API said that it is done; what cannot be read back now is polled soon
                await is_so()
            outcome = Outcome(Result.DONE)
        if outcome.result is not Result.NOT_DONE:
            self._store.marks.set(marked(self._store.marks.value, Mark(self._now(), MarkKind.ACTION, note)))
        self._refresh()
        return outcome

    async def _read_back(self) -> tuple[Prefix, ...]:
        rows = await self._changes.watched_prefixes()
        kept = self._store.prefixes.value
        kept.set(listed(kept.value or (), rows.items))
        return rows.items


async def _found(is_so: Callable[[], Awaitable[bool]], lost: ApiError) -> Outcome:
    """The API gave no clear answer: look what is so."""
    try:
        result = Result.DONE if await is_so() else Result.NOT_DONE
    except ApiError:
        return Outcome(Result.UNKNOWN, read_back=True, words=lost.message)
    return Outcome(result, read_back=True, words=lost.message)
