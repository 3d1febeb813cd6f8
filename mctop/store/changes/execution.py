"""The changes of one cache: each is proposed, carried out once, read back where its answer was lost, and recorded."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from mctop.api.client import Client
from mctop.api.dry_run import Once, rehearse
from mctop.api.errors import ApiError, BadAnswer, NotOffered, OutcomeUnknown, ServerFault
from mctop.api.login import MASK
from mctop.store.base.marks import Mark, MarkKind, marked
from mctop.store.changes.change import NOT_IN_V1, V1Change
from mctop.store.changes.outcome import Outcome, Result
from mctop.store.changes.proposal import Proposal, Request

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Coroutine

    from mctop.api.call import Sender
    from mctop.api.dry_run import Rehearsed
    from mctop.store.changes.audit import Recording
    from mctop.store.changes.change import AnyClient, AnySlice, Change
    from mctop.store.changes.read_back import Witness
    from mctop.store.store import Store


LOOKS_AGAIN = (2.0, 5.0)
"""Seconds after each look that shows a change not made until the next one: a server may finish what it began late."""
BUSY = "another change is under way: wait for its outcome"
DOUBTFUL = "the API answered something else than what was asked for"


class AlreadySent(Exception):
    """A proposal that is not open: it was carried out before, or made over a connection that is gone."""


class Actions:
    """Changes one cache, one change at a time; none is ever sent twice, and none but as it was proposed.

    `client` makes a client that sends through a sender. `now` tells epoch seconds on the server's clock. `ask_anew`
    polls slices at once. `pause` waits so many seconds.
    """

    def __init__(
        self,
        store: Store,
        client: Callable[[Sender], AnyClient],
        sender: Sender,
        now: Callable[[], float],
        ask_anew: Callable[[Collection[AnySlice]], object],
        recording: Recording,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._store = store
        self._client = client
        self._sender = sender
        self._now = now
        self._ask_anew = ask_anew
        self._recording = recording
        self._pause = pause
        self._open: WeakKeyDictionary[Proposal, Rehearsed] = WeakKeyDictionary()
        self._busy = False
        self.cache_id = client(sender).cache_id

    def propose(self, change: Change) -> Proposal:
        """Bind a change to the cache and to the exact request; nothing is sent. Raise NotOffered."""
        rehearsed = rehearse(lambda sender: sending(change, self._client(sender)))
        request = Request(rehearsed.method, rehearsed.path, masked_body(rehearsed.body, change.secrets()))
        info = self._store.cache.value.value
        proposal = Proposal(change, self.cache_id, info.label if info else "", request, self._recording.trouble())
        self._open[proposal] = rehearsed
        return proposal

    async def carry_out(self, proposal: Proposal) -> Outcome:
        """Do what was proposed. Raise AlreadySent if that proposal was carried out before."""
        if proposal not in self._open:
            raise AlreadySent
        if self._busy:
            return Outcome(Result.NOT_DONE, words=BUSY)
        self._busy = True
        once = Once(self._sender, self._open.pop(proposal))
        record = self._recording.intend(proposal)
        outcome = Outcome(Result.UNKNOWN, words="mctop was left before an answer came")
        try:
            outcome = await self._make(proposal.change, once)
        finally:
            self._busy = False
            self._recording.conclude(record, outcome, once.status)
            self._mark_and_poll(proposal.change, outcome)
        return outcome

    async def _make(self, change: Change, once: Once) -> Outcome:
        """Look first, send, and look again where the answer leaves doubt."""
        witness = witness_of(change, self._client(self._sender))
        try:
            moved = await witness.look_before() if witness else None
            if moved is not None:
                return Outcome(Result.NOT_DONE, words=moved)
            outcome = await sending(change, self._client(once))
        except ApiError as error:
            words = masked(error.message, change.secrets())
            if once.sent and isinstance(error, OutcomeUnknown | ServerFault | BadAnswer):
                return await self._read_back(witness, words)
            return Outcome(Result.NOT_DONE, words=words)
        return await self._read_back(witness, DOUBTFUL) if outcome.result is Result.UNKNOWN else outcome

    async def _read_back(self, witness: Witness | None, words: str) -> Outcome:
        """The API gave no clear answer: look what is so; what is not so yet may still come about."""
        if witness is None:
            return Outcome(Result.UNKNOWN, words=words)
        try:
            outcome = await witness.look_after()
            for seconds in LOOKS_AGAIN:
                if outcome.result is not Result.NOT_DONE:
                    break
                await self._pause(seconds)
                outcome = await witness.look_after()
        except ApiError:
            return Outcome(Result.UNKNOWN, read_back=True, words=words)
        return replace(outcome, read_back=True, words=words)

    def _mark_and_poll(self, change: Change, outcome: Outcome) -> None:
        """Set a mark, unless what is polled now does, and poll what may have changed."""
        if outcome.result is not Result.NOT_DONE and not change.MARKED_BY_POLL:
            note = f"{change.NOTE} {change.subject}".strip()
            self._store.marks.set(marked(self._store.marks.value, Mark(self._now(), MarkKind.ACTION, note)))
        self._ask_anew(change.affected(self._store))


def sending(change: Change, client: AnyClient) -> Coroutine[object, object, Outcome]:
    """The request that makes a change; nothing is sent before it is awaited. Raise NotOffered."""
    if isinstance(client, Client):
        return change.send(client)
    if isinstance(change, V1Change):
        return change.send(client)
    raise NotOffered("", type(change).__name__, NOT_IN_V1)


def witness_of(change: Change, client: AnyClient) -> Witness | None:
    """What can tell whether a change was made; None where the API never does."""
    if isinstance(client, Client):
        return change.witness(client)
    return change.witness(client) if isinstance(change, V1Change) else None


def masked_body(body: object | None, secrets: tuple[str, ...]) -> str:
    """Write a body as JSON for a person, with its secrets masked; "" for none."""
    if body is None:
        return ""
    if isinstance(body, dict):
        body = {name: MASK if value in secrets else value for name, value in body.items()}
    return json.dumps(body, indent=2, ensure_ascii=False)


def masked(words: str, secrets: tuple[str, ...]) -> str:
    """Mask the secrets in words that come from a server."""
    for secret in secrets:
        words = words.replace(secret, MASK)
    return words
