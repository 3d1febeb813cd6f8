"""Whatever is proposed, confirmed, repeated and lost: each confirmation sends one change at most, and is answered."""

import asyncio
import json

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from mctop.api.errors import (
    ApiError,
    BadAnswer,
    BadRequest,
    ConnectionLost,
    Forbidden,
    NotSent,
    RateLimited,
    ServerFault,
    TimedOut,
    TooLarge,
    Unreachable,
)
from mctop.store.changes.alert_changes import CreateDeliveryConfig
from mctop.store.changes.cache_changes import RotateSso
from mctop.store.changes.execution import AlreadySent
from mctop.store.changes.outcome import Result
from mctop.store.changes.proposal import Proposal
from tests.store.fakeapi import CHANGES, OF_V1, Desk

ERRORS: tuple[ApiError | None, ...] = (
    None,
    TimedOut("POST", "/", "late"),
    ConnectionLost("POST", "/", "broken"),
    ServerFault("POST", "/", "fault", status=503),
    BadAnswer("POST", "/", "nonsense", status=200),
    TooLarge("POST", "/", "too large"),
)
"""What may go wrong after a change was made."""
BEFORE: tuple[ApiError | None, ...] = (
    *ERRORS,
    BadRequest("POST", "/", "no", status=400),
    Forbidden("POST", "/", "no", status=403),
    RateLimited("POST", "/", "slow", status=429, retry_after=3),
    Unreachable("POST", "/", "gone"),
    NotSent("POST", "/", "read-only"),
)


class Sessions(RuleBasedStateMachine):
    """A person at one account that goes wrong as it likes."""

    waiting = Bundle("waiting")
    used = Bundle("used")

    @initialize(legacy=st.booleans())
    def connect(self, legacy: bool) -> None:
        self.legacy = legacy
        self.desk = Desk(legacy=legacy)
        self.confirmed = 0

    @rule(target=waiting, number=st.integers(0, 100))
    def propose(self, number: int) -> Proposal:
        offered = OF_V1 if self.legacy else CHANGES
        return self.desk.actions.propose(offered[number % len(offered)])

    @rule(before=st.sampled_from(BEFORE), after=st.sampled_from(ERRORS), reading=st.sampled_from(ERRORS))
    def go_wrong(self, before: ApiError | None, after: ApiError | None, reading: ApiError | None) -> None:
        self.desk.api.before, self.desk.api.after, self.desk.api.reading = before, after, reading

    @rule(noun=st.sampled_from(("credentials", "alerts", "configs", "prefixes")))
    def somebody_else_deletes(self, noun: str) -> None:
        del self.desk.api.rows[noun][-1:]

    @rule(target=used, proposal=consumes(waiting))
    def confirm(self, proposal: Proposal) -> Proposal:
        sent = len(self.desk.api.sent)
        outcome = asyncio.run(self.desk.actions.carry_out(proposal))
        self.confirmed += 1
        new = self.desk.api.sent[sent:]
        assert len(new) <= 1
        for method, path, body in new:
            assert (method, path) == (proposal.request.method, proposal.request.path)
            if not isinstance(proposal.change, CreateDeliveryConfig):
                assert body == (json.loads(proposal.request.body) if proposal.request.body else None)
        assert new or outcome.result is Result.NOT_DONE
        assert outcome.words or (outcome.result is Result.DONE and not outcome.read_back)
        assert not (isinstance(proposal.change, RotateSso) and outcome.read_back)
        return proposal

    @rule(proposal=used)
    def confirm_again(self, proposal: Proposal) -> None:
        sent = len(self.desk.api.sent)
        try:
            asyncio.run(self.desk.actions.carry_out(proposal))
        except AlreadySent:
            assert len(self.desk.api.sent) == sent
        else:
            raise AssertionError("carried out twice")

    @invariant()
    def nothing_is_sent_but_what_was_confirmed(self) -> None:
        assert len(self.desk.api.sent) <= self.confirmed


Sessions.TestCase.settings = settings(max_examples=250, stateful_step_count=15)
TestSessions = Sessions.TestCase
