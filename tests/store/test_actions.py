"""What a person does, and what is said came of it."""

from collections.abc import Callable

import pytest

from mctop.api.errors import (
    ApiError,
    BadAnswer,
    BadRequest,
    ConnectionLost,
    NotSent,
    ServerFault,
    TimedOut,
    Unreachable,
)
from mctop.api.models.introspection import Prefix
from mctop.api.models.value import Rows
from mctop.store.actions import Actions
from mctop.store.marks import Mark, MarkKind
from mctop.store.outcome import Outcome, Result
from mctop.store.store import Store

NOW = 1_700_000_040.0
WORDS = "A cache watches at most 20 prefixes."


class Account:
    """Watched prefixes; `answer` fails a change after it was made, `before` before, `reading` the reading back."""

    def __init__(self) -> None:
        self.watched = [Prefix(id=1, name="user:")]
        self.before: ApiError | None = None
        self.answer: ApiError | None = None
        self.reading: ApiError | None = None
        self.sent: list[str] = []

    async def watched_prefixes(self) -> Rows[Prefix]:
        if self.reading:
            raise self.reading
        return Rows(items=tuple(self.watched))

    async def watch_prefix(self, name: str) -> Prefix:
        made = Prefix(id=len(self.watched) + 1, name=name)
        self._change("watch", lambda: self.watched.append(made))
        return made

    async def unwatch_prefix(self, prefix_id: int) -> None:
        self._change("unwatch", lambda: self.watched.remove(next(p for p in self.watched if p.id == prefix_id)))

    def _change(self, what: str, make: Callable[[], None]) -> None:
        self.sent.append(what)
        if self.before:
            raise self.before
        make()
        if self.answer:
            raise self.answer


class Desk:
    """Actions on an account, and what they did to the store."""

    def __init__(self) -> None:
        self.store = Store()
        self.account = Account()
        self.refreshes = 0
        self.actions = Actions(self.store, self.account, lambda: NOW, self._refresh)

    @property
    def names(self) -> list[str]:
        """The prefixes that the store knows to be watched."""
        return [one.prefix.name for one in self.store.prefixes.value.value or ()]

    def _refresh(self) -> None:
        self.refreshes += 1


async def test_a_prefix_that_is_watched_is_read_back_marked_and_polled() -> None:
    desk = Desk()
    assert await desk.actions.watch("cart:") == Outcome(Result.DONE)
    assert desk.names == ["user:", "cart:"]
    assert desk.store.marks.value == (Mark(NOW, MarkKind.ACTION, "watched cart:"),)
    assert desk.refreshes == 1


async def test_a_prefix_that_is_unwatched_is_gone_from_the_store() -> None:
    desk = Desk()
    assert await desk.actions.unwatch(Prefix(id=1, name="user:")) == Outcome(Result.DONE)
    assert desk.names == []
    assert desk.store.marks.value == (Mark(NOW, MarkKind.ACTION, "unwatched user:"),)


@pytest.mark.parametrize(
    "error",
    [BadRequest("POST", "/", WORDS, status=400), Unreachable("POST", "/", WORDS), NotSent("POST", "/", WORDS)],
    ids=("refused", "unreachable", "read-only"),
)
async def test_what_was_not_done_is_said_in_the_words_of_who_refused_and_sets_no_mark(error: ApiError) -> None:
    desk = Desk()
    desk.account.before = error
    assert await desk.actions.watch("cart:") == Outcome(Result.NOT_DONE, words=WORDS)
    assert desk.store.marks.value == ()
    assert desk.refreshes == 0


@pytest.mark.parametrize(
    "error",
    [
        TimedOut("POST", "/", "no answer"),
        ConnectionLost("POST", "/", "no answer"),
        ServerFault("POST", "/", "no answer", status=502),
        BadAnswer("POST", "/", "no answer", status=200),
    ],
    ids=("timed out", "lost", "fault", "nonsense"),
)
async def test_an_answer_that_was_lost_is_read_back_and_the_change_is_not_sent_again(error: ApiError) -> None:
    desk = Desk()
    desk.account.answer = error
    assert await desk.actions.watch("cart:") == Outcome(Result.DONE, read_back=True, words="no answer")
    assert desk.names == ["user:", "cart:"]
    desk.account.before = error
    assert await desk.actions.watch("feed:") == Outcome(Result.NOT_DONE, read_back=True, words="no answer")
    assert desk.account.sent == ["watch", "watch"]
    assert [mark.note for mark in desk.store.marks.value] == ["watched cart:"]


async def test_what_cannot_be_read_back_is_unknown_and_marked_because_it_may_have_happened() -> None:
    desk = Desk()
    desk.account.answer = desk.account.reading = TimedOut("POST", "/", "no answer")
    outcome = await desk.actions.unwatch(Prefix(id=1, name="user:"))
    assert outcome == Outcome(Result.UNKNOWN, read_back=True, words="no answer")
    assert len(desk.store.marks.value) == 1
    assert desk.refreshes == 1


async def test_what_the_api_said_is_done_is_done_even_if_it_cannot_be_read_back() -> None:
    desk = Desk()
    desk.account.reading = Unreachable("GET", "/", "gone")
    assert await desk.actions.watch("cart:") == Outcome(Result.DONE)
    assert desk.refreshes == 1
