"""What a person does, and what is said came of it."""

import asyncio

import pytest

from mctop.api.errors import (
    ApiError,
    BadAnswer,
    BadRequest,
    ConnectionLost,
    NotOffered,
    NotSent,
    ServerFault,
    TimedOut,
    Unreachable,
)
from mctop.api.response import Answer
from mctop.store.base.marks import Mark, MarkKind
from mctop.store.changes.alert_changes import CreateAlert, CreateDeliveryConfig, ToggleAlert, UpdateAlert
from mctop.store.changes.cache_changes import Flush, ResetStats, RotateSso, SwitchCluster
from mctop.store.changes.change import Change
from mctop.store.changes.credential_changes import CreateCredential, UpdateCredential
from mctop.store.changes.execution import BUSY, LOOKS_AGAIN, AlreadySent
from mctop.store.changes.outcome import Outcome, Result
from mctop.store.changes.prefix_changes import UnwatchPrefix, WatchPrefix
from tests.store.fakeapi import ALERT, CANARY, CHANGES, LESS, NOW, OF_V1, PREFIX, SECOND, Desk

WORDS = "A cache watches at most 20 prefixes."
LOST: list[ApiError] = [
    TimedOut("POST", "/", "no answer"),
    ConnectionLost("POST", "/", "no answer"),
    ServerFault("POST", "/", "no answer", status=502),
    BadAnswer("POST", "/", "no answer", status=200),
]
REFUSED: list[ApiError] = [
    BadRequest("POST", "/", WORDS, status=400),
    Unreachable("POST", "/", WORDS),
    NotSent("POST", "/", WORDS),
]


def kind(value: object) -> str:
    return type(value).__name__


async def done(desk: Desk, change: Change) -> Outcome:
    """Propose and carry out."""
    return await desk.actions.carry_out(desk.actions.propose(change))


def test_there_is_one_intent_of_every_kind_to_test_with() -> None:
    def names(of: type[Change]) -> set[str]:
        return {of.__name__, *(name for sub in of.__subclasses__() for name in names(sub))}

    bases = {"Change", "V1Change", "AlertChange", "CredentialChange", "PrefixChange"}
    assert {kind(change) for change in CHANGES} == names(Change) - bases - {
        "ListedAlertChange",
        "ListedCredentialChange",
    }


@pytest.mark.parametrize("change", CHANGES, ids=kind)
async def test_what_is_carried_out_is_done_once_recorded_as_a_mark_and_polled(change: Change) -> None:
    desk = Desk()
    proposal = desk.actions.propose(change)
    assert desk.api.sent == []
    outcome = await desk.actions.carry_out(proposal)
    assert (outcome.result, outcome.read_back, outcome.words) == (Result.DONE, False, "")
    assert [(method, path) for method, path, _ in desk.api.sent] == [(proposal.request.method, proposal.request.path)]
    assert {"cache", "stats"} <= set(desk.polled)
    with pytest.raises(AlreadySent):
        await desk.actions.carry_out(proposal)
    assert len(desk.api.sent) == 1


@pytest.mark.parametrize("error", LOST, ids=kind)
@pytest.mark.parametrize("change", CHANGES, ids=kind)
async def test_a_lost_answer_is_read_back_and_never_sent_again(change: Change, error: ApiError) -> None:
    desk = Desk()
    desk.api.after = error
    outcome = await done(desk, change)
    unreadable = isinstance(change, RotateSso)
    assert outcome.result is (Result.UNKNOWN if unreadable else Result.DONE)
    assert (outcome.read_back, outcome.words) == (not unreadable, "no answer")
    assert len(desk.api.sent) == 1


@pytest.mark.parametrize("error", LOST, ids=kind)
@pytest.mark.parametrize("change", CHANGES, ids=kind)
async def test_what_was_lost_on_the_way_is_found_not_done(change: Change, error: ApiError) -> None:
    desk = Desk()
    desk.api.before = error
    outcome = await done(desk, change)
    assert outcome.result is (Result.UNKNOWN if isinstance(change, RotateSso) else Result.NOT_DONE)
    assert len(desk.api.sent) == 1


async def test_what_a_server_finishes_late_is_found_by_looking_again() -> None:
    desk = Desk()
    desk.api.before = TimedOut("POST", "/", "no answer")
    desk.meanwhile = lambda: desk.api.counters.update(cmd_flush=2) if len(desk.paused) == 2 else None
    assert await done(desk, Flush()) == Outcome(Result.DONE, read_back=True, words="no answer")
    assert desk.paused == list(LOOKS_AGAIN)
    assert len(desk.api.sent) == 1


@pytest.mark.parametrize("error", REFUSED, ids=kind)
@pytest.mark.parametrize("change", CHANGES, ids=kind)
async def test_what_was_refused_is_said_in_the_words_of_who_refused_and_sets_no_mark(
    change: Change, error: ApiError
) -> None:
    desk = Desk()
    desk.api.before = error
    assert await done(desk, change) == Outcome(Result.NOT_DONE, words=WORDS)
    assert desk.store.marks.value == ()
    assert len(desk.api.sent) == 1


@pytest.mark.parametrize("change", CHANGES, ids=kind)
async def test_what_cannot_be_read_is_sent_only_if_nothing_hangs_on_what_the_person_saw(change: Change) -> None:
    desk = Desk()
    desk.api.reading = desk.api.after = TimedOut("GET", "/", "no answer")
    outcome = await done(desk, change)
    bound = bool(change.subject) and not isinstance(change, CreateAlert | CreateDeliveryConfig | WatchPrefix)
    assert outcome.result is (Result.NOT_DONE if bound else Result.UNKNOWN)
    assert len(desk.api.sent) == (0 if bound else 1)


async def test_the_mark_of_what_the_next_poll_marks_is_left_to_it() -> None:
    desk = Desk()
    for change in (Flush(), ResetStats(), SwitchCluster(), CHANGES[9], WatchPrefix("cart:"), UnwatchPrefix(PREFIX)):
        await done(desk, change)
    assert desk.store.marks.value == (
        Mark(NOW, MarkKind.ACTION, "watched cart:"),
        Mark(NOW, MarkKind.ACTION, "unwatched user:"),
    )
    assert {"alerts", "watched prefixes"} <= set(desk.polled)


async def test_what_the_api_gives_to_be_seen_once_is_in_the_outcome() -> None:
    desk = Desk()
    made = await done(desk, CreateCredential())
    assert made.detail == "C3"
    assert made.secret is not None
    assert made.secret.get_secret_value() == f"{CANARY}-c3"
    assert CANARY not in repr(made)
    rotated = await done(desk, RotateSso())
    assert rotated.secret is not None
    assert rotated.secret.get_secret_value() == f"{CANARY}-sso"
    assert (await done(desk, SwitchCluster())).detail == "two"


async def test_a_new_credential_whose_answer_was_lost_is_found_with_its_password() -> None:
    desk = Desk()
    desk.api.after = TimedOut("POST", "/", "no answer")
    made = await done(desk, CreateCredential())
    assert (made.result, made.read_back, made.detail) == (Result.DONE, True, "C3")
    assert made.secret is not None


@pytest.mark.parametrize(
    ("change", "noun", "meanwhile", "words"),
    [
        (UpdateCredential(SECOND, LESS), "credentials", {"flush_capability": False}, "changed meanwhile"),
        (UpdateAlert(ALERT, ALERT), "alerts", {"trigger_threshold": 60}, "changed meanwhile"),
        (ToggleAlert(ALERT, ALERT), "alerts", {"id": 4}, "is gone"),
        (UnwatchPrefix(PREFIX), "prefixes", {"id": 8}, "not watched any more"),
    ],
    ids=kind,
)
async def test_a_change_of_what_is_not_as_the_person_saw_it_is_not_sent(
    change: Change, noun: str, meanwhile: dict[str, object], words: str
) -> None:
    desk = Desk()
    desk.api.rows[noun][-1].update(meanwhile)
    outcome = await done(desk, change)
    assert outcome.result is Result.NOT_DONE
    assert words in outcome.words
    assert desk.api.sent == []


async def test_an_answer_that_tells_something_else_than_was_asked_for_is_looked_into() -> None:
    desk = Desk()
    answered, send = b'{"write_capability": true}', desk.api.send

    async def erring(method: str, path: str, *, query: None = None, body: object | None = None) -> Answer:
        answer = await send(method, path, body=body)
        return Answer(200, answered) if method == "PATCH" else answer

    desk.api.send = erring  # type: ignore[method-assign,assignment]  # one answer differs
    outcome = await done(desk, UpdateCredential(SECOND, LESS))
    assert (outcome.result, outcome.read_back) == (Result.DONE, True)


async def test_one_change_at_a_time() -> None:
    desk = Desk()
    first, second = desk.actions.propose(Flush()), desk.actions.propose(ResetStats())
    desk.api.answers.clear()
    going = asyncio.create_task(desk.actions.carry_out(first))
    await desk.api.arrived.wait()
    with pytest.raises(AlreadySent):
        await desk.actions.carry_out(first)
    assert await desk.actions.carry_out(second) == Outcome(Result.NOT_DONE, words=BUSY)
    desk.api.answers.set()
    assert (await going).result is Result.DONE
    assert (await desk.actions.carry_out(second)).result is Result.DONE


async def test_a_change_that_is_cut_short_is_marked_and_polled_and_leaves_the_way_free() -> None:
    desk = Desk()
    desk.api.answers.clear()
    going = asyncio.create_task(desk.actions.carry_out(desk.actions.propose(CreateCredential())))
    await desk.api.arrived.wait()
    going.cancel()
    with pytest.raises(asyncio.CancelledError):
        await going
    assert [mark.note for mark in desk.store.marks.value] == ["credential created"]
    assert "credentials" in desk.polled
    desk.api.answers.set()
    assert (await done(desk, Flush())).result is Result.DONE


async def test_a_proposal_of_another_connection_is_not_carried_out() -> None:
    desk, other = Desk(), Desk()
    with pytest.raises(AlreadySent):
        await other.actions.carry_out(desk.actions.propose(Flush()))
    assert other.api.sent == []


@pytest.mark.parametrize("change", OF_V1, ids=kind)
async def test_v1_does_what_it_can(change: Change) -> None:
    desk = Desk(legacy=True)
    proposal = desk.actions.propose(change)
    assert proposal.request.path.startswith("/api/v1/4/")
    assert (await desk.actions.carry_out(proposal)).result is Result.DONE


def test_v1_does_not_propose_what_it_cannot_do() -> None:
    desk = Desk(legacy=True)
    for change in set(CHANGES) - set(OF_V1):
        with pytest.raises(NotOffered):
            desk.actions.propose(change)
