"""A rehearsal tells what would be sent, and only that is let through afterwards."""

from collections.abc import Mapping
from functools import partial

import pytest

from mctop.api.call import Sender
from mctop.api.client import Client
from mctop.api.dry_run import Once, Rehearsed, rehearse
from mctop.api.errors import NotSent, ServerFault
from mctop.api.models.cache import Capabilities
from mctop.api.response import Answer

ALL = Capabilities(write_capability=True, flush_capability=True, api_capability=True)


class Spy:
    """A sender that notes what it is given."""

    def __init__(self) -> None:
        self.sent: list[Rehearsed] = []
        self.error: ServerFault | None = None

    def now(self) -> float:
        return 5.0

    async def send(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: object | None = None
    ) -> Answer:
        self.sent.append(Rehearsed(method, path, body))
        if self.error:
            raise self.error
        return Answer(201, b"")


async def update(name: str, sender: Sender) -> object:
    return await Client(sender, 4).update_credential(name, ALL)


async def nothing(sender: Sender) -> object:
    return None


def test_a_rehearsal_tells_the_first_request_whole() -> None:
    assert rehearse(partial(update, "a/b")) == Rehearsed("PATCH", "/api/v2/caches/4/credentials/a%2Fb", dict(ALL))


def test_what_is_rehearsed_keeps_its_body_out_of_its_repr() -> None:
    assert "capability" not in repr(rehearse(partial(update, "a")))


def test_an_operation_that_asks_nothing_has_no_rehearsal() -> None:
    with pytest.raises(AssertionError):
        rehearse(nothing)


async def test_what_was_rehearsed_is_let_through_once() -> None:
    spy = Spy()
    once = Once(spy, rehearse(partial(update, "a")))
    assert (once.sent, once.status, once.now()) == (False, None, 5)
    await update("a", once)
    assert (once.sent, once.status) == (True, 201)
    with pytest.raises(NotSent):
        await update("a", once)
    assert len(spy.sent) == 1


async def test_nothing_else_is_let_through_nor_what_was_rehearsed_after_it() -> None:
    spy = Spy()
    once = Once(spy, rehearse(partial(update, "a")))
    for name in ("b", "a"):
        with pytest.raises(NotSent):
            await update(name, once)
    with pytest.raises(NotSent):
        await Once(spy, Rehearsed("GET", "/x")).send("GET", "/x", query={"all": "1"})
    assert (spy.sent, once.sent) == ([], False)


async def test_the_status_of_a_failure_is_noted() -> None:
    spy = Spy()
    spy.error = ServerFault("PATCH", "/", "broken", status=502)
    once = Once(spy, rehearse(partial(update, "a")))
    with pytest.raises(ServerFault):
        await update("a", once)
    assert once.status == 502
