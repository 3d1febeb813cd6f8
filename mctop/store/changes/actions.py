"""What a person does to the cache: it is proposed, carried out once, read back where the answer was lost, recorded."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from mctop.api.dry_run import Once, rehearse
from mctop.api.errors import ApiError, BadAnswer, OutcomeUnknown, ServerFault
from mctop.store.base.marks import Mark, MarkKind, marked
from mctop.store.changes.intents import CreateAlert, DeleteAlert, Flush, ResetStats, SwitchCluster, UpdateAlert
from mctop.store.changes.outcome import Outcome, Result
from mctop.store.changes.proposal import Proposal, Request
from mctop.store.changes.readback import witness
from mctop.store.changes.secrets import body_text, secrets_of, without
from mctop.store.changes.sending import sending, told
from mctop.store.changes.touching import touched

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection
    from typing import Any

    from mctop.api.call import Sender
    from mctop.api.dry_run import Rehearsed
    from mctop.store.changes.audit import Recording
    from mctop.store.changes.intents import Intent
    from mctop.store.changes.readback import Witness
    from mctop.store.changes.sending import AnyClient
    from mctop.store.store import Slice, Store


MARKED_BY_WHAT_FOLLOWS: tuple[type[Intent], ...] = (
    Flush, ResetStats, SwitchCluster, CreateAlert, UpdateAlert, DeleteAlert,
)  # fmt: skip
"""What the next poll of what they touch sets a mark for, whoever did it."""
LOOKS_AGAIN = (2.0, 5.0)
"""Seconds after each look that found a change not made until the next one: a server may finish what it began late."""
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
        ask_anew: Callable[[Collection[Slice[Any]]], object],
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

    def propose(self, intent: Intent) -> Proposal:
        """Bind an intent to the cache and to the exact request; nothing is sent. Raise NotOffered."""
        rehearsed = rehearse(lambda sender: sending(self._client(sender), intent))
        body = body_text(rehearsed.body, secrets_of(intent))
        request = Request(rehearsed.method, rehearsed.path, body)
        info = self._store.cache.value.value
        proposal = Proposal(intent, self.cache_id, info.label if info else "", request, self._recording.trouble())
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
        joint = self._recording.intend(proposal)
        outcome = Outcome(Result.UNKNOWN, words="mctop was left before an answer came")
        try:
            outcome = await self._change(proposal.intent, once)
        finally:
            self._busy = False
            self._recording.conclude(joint, outcome, once.status)
            self._tell(proposal.intent, outcome)
        return outcome

    async def _change(self, intent: Intent, once: Once) -> Outcome:
        """Look first, send, and look again where the answer leaves doubt."""
        secrets, seeing = secrets_of(intent), witness(self._client(self._sender), intent)
        try:
            moved = await seeing.look() if seeing else None
            if moved is not None:
                return Outcome(Result.NOT_DONE, words=moved)
            answer = told(intent, await sending(self._client(once), intent))
        except ApiError as error:
            words = without(error.message, secrets)
            if once.sent and isinstance(error, OutcomeUnknown | ServerFault | BadAnswer):
                return await self._found(seeing, words)
            return Outcome(Result.NOT_DONE, words=words)
        if answer.doubtful:
            return await self._found(seeing, DOUBTFUL)
        return Outcome(Result.DONE, told=answer.words, secret=answer.secret)

    async def _found(self, seeing: Witness | None, words: str) -> Outcome:
        """The API gave no clear answer: look what is so; what is not so yet may still come about."""
        if seeing is None:
            return Outcome(Result.UNKNOWN, words=words)
        try:
            found = await seeing.testify()
            for seconds in LOOKS_AGAIN:
                if found.result is not Result.NOT_DONE:
                    break
                await self._pause(seconds)
                found = await seeing.testify()
        except ApiError:
            return Outcome(Result.UNKNOWN, read_back=True, words=words)
        return Outcome(found.result, read_back=True, words=words, told=found.told, secret=found.secret)

    def _tell(self, intent: Intent, outcome: Outcome) -> None:
        """Set a mark, unless what is polled now does, and poll what may have changed."""
        if outcome.result is not Result.NOT_DONE and not isinstance(intent, MARKED_BY_WHAT_FOLLOWS):
            note = f"{intent.DONE} {intent.subject}".strip()
            self._store.marks.set(marked(self._store.marks.value, Mark(self._now(), MarkKind.ACTION, note)))
        self._ask_anew(touched(intent, self._store))
