"""A session in which one await raises, or at which the whole is cancelled: `python -m tests.hostile.injection [EVERY]`.

Every await of a session that polls everything and carries out a change is tried, or each EVERY-th.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from random import Random
from types import coroutine
from typing import TYPE_CHECKING

from mctop.store.changes.cache_changes import Flush
from mctop.store.polling.session import Session
from mctop.store.series.series_set import Wanted
from mctop.store.store import Store
from tests.store.fakeapi import FakeApi
from tests.store.fakeclock import FakeClock
from tests.store.faketransport import FakeTransport

if TYPE_CHECKING:
    from collections.abc import Coroutine, Generator, Mapping
    from typing import Any

    from mctop.api.response import Answer
    from mctop.store.changes.outcome import Outcome

POLLED = 12.0
"""Simulated seconds of polling before the change and after it: two turns of everything that is polled often."""
CACHE_ID = 4


class Fault(Enum):
    """What happens at an await."""

    RAISE = "raises"
    CANCEL = "is cancelled"


class Injected(Exception):
    """An exception that nobody foresaw."""


class AwaitingTransport(FakeTransport):
    """Answers after a turn of the loop, and takes changes."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__(clock)
        self.api = FakeApi()

    async def send(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: object | None = None
    ) -> Answer:
        await asyncio.sleep(0)
        last = path.rpartition("/")[2]
        if method == "GET" and last not in {"stats", "info", *self.api.rows}:
            self.answers.setdefault(last, {})
            answer = await super().send(method, path, query=query, body=body)
        else:
            answer = await self.api.send(method, path, query=query, body=body)
        await asyncio.sleep(0)
        return answer


class Injector:
    """Counts the awaits of all tasks that are made while it is in the loop, and spoils one of them."""

    def __init__(self, fault: Fault, at: int) -> None:
        self.awaits = 0
        self.spoilt = False
        """Whether it has come to it; an await that was cancelled anyhow raises nothing else."""
        self.cancels: asyncio.Task[None] | None = None
        """The task that is cancelled."""
        self._fault, self._at = fault, at

    def __call__(
        self, loop: asyncio.AbstractEventLoop, coro: Coroutine[Any, Any, Any] | Generator[Any, Any, Any], **more: Any
    ) -> asyncio.Task[Any]:
        """Make a task, as a loop's factory does."""
        return asyncio.Task(self._spoilt(coro), loop=loop, **more)

    @coroutine
    def _spoilt(self, coro: Coroutine[Any, Any, Any] | Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
        value: object = None
        error: BaseException | None = None
        while True:
            try:
                awaited = coro.send(value) if error is None else coro.throw(error)
            except StopIteration as end:
                return end.value
            value, error = None, None
            self.awaits += 1
            mine = self.awaits == self._at
            if mine and self._fault is Fault.CANCEL and self.cancels is not None:
                self.spoilt = self.cancels.cancel()
            try:
                value = yield awaited
            except BaseException as thrown:  # noqa: BLE001 - whatever the loop throws in goes on to the task
                error = thrown
            if mine and self._fault is Fault.RAISE and error is None:
                error, self.spoilt = Injected(), True


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one injection; `trouble` is empty where all is as it should be."""

    awaits: int
    trouble: str


async def trial(fault: Fault, at: int, folder: Path) -> Trial:
    """Run a session, spoil one await, and look what is left."""
    loop, said = asyncio.get_running_loop(), list[BaseException]()
    loop.set_exception_handler(lambda _, context: said.append(context.get("exception") or Injected()))
    injector = Injector(fault, at)
    clock, store = FakeClock(), Store()
    transport = AwaitingTransport(clock)
    for series in (store.insight, store.per_server):
        series.wanted.set(Wanted(frozenset({"bytes"}), 7_200))
    store.opened.set(True)
    store.key.key.set("k")
    store.prefix_items.prefix.set(7)
    for each in store.slices():
        each.value.follow(lambda _: None)
    audit = folder / f"{fault.value}{at}.jsonl"
    session = Session(store, transport, CACHE_ID, clock=clock, random=Random(1), audit=audit)
    loop.set_task_factory(injector)
    running = injector.cancels = loop.create_task(session.run())
    await clock.advance(POLLED)
    changing: asyncio.Task[Outcome] | None = None
    if session.actions is not None and not running.done():
        changing = loop.create_task(session.actions.carry_out(session.actions.propose(Flush())))
    await clock.advance(POLLED)
    loop.set_task_factory(None)
    trouble = _left(fault, injector.spoilt, running, changing)
    running.cancel()
    if changing is not None:
        changing.cancel()
    await clock.settle()
    rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    if rest:
        trouble = trouble or f"still running: {rest[0].get_coro()}"
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
    errors = [task for task in (running, changing) if task is not None and task.done() and not task.cancelled()]
    raised = [error for task in errors if (error := task.exception()) is not None]
    del rest, errors, running, changing
    injector.cancels = None
    gc.collect()
    await asyncio.sleep(0)
    if fault is Fault.RAISE and injector.spoilt and not trouble and not any(map(_is_ours, [*raised, *said])):
        trouble = "nobody was told of the exception"
    if len(transport.api.sent) > 1:
        trouble = trouble or f"the change was sent {len(transport.api.sent)} times"
    if transport.api.sent and '"intent"' not in audit.read_text():
        trouble = trouble or "a change went out unrecorded"
    return Trial(injector.awaits, trouble)


def _left(fault: Fault, spoilt: bool, running: asyncio.Task[None], changing: asyncio.Task[Outcome] | None) -> str:
    """What is wrong with the tasks while nobody has ended them yet."""
    if fault is Fault.CANCEL and spoilt and not running.done():
        return "the session goes on although it was cancelled"
    if changing is not None and not changing.done() and not running.done():
        return "the change has no outcome"
    return ""


def _is_ours(error: BaseException) -> bool:
    """Whether an exception is the injected one, or holds it."""
    if isinstance(error, BaseExceptionGroup):
        return any(map(_is_ours, error.exceptions))
    causes = (error.__cause__, error.__context__)
    return isinstance(error, Injected) or any(cause is not None and _is_ours(cause) for cause in causes)


def sweep(every: int) -> Counter[str]:
    """Try each `every`-th await with each fault; how often each came out."""
    outcomes = Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        for fault in Fault:
            at = 1
            while True:
                done = asyncio.run(trial(fault, at, Path(folder)))
                if done.awaits < at:
                    break
                outcomes[f"{fault.value}: {done.trouble or 'as it should be'}"] += 1
                at += every
    return outcomes


def main(arguments: list[str]) -> int:
    """Print how often each came out; 1 if anything is wrong."""
    outcomes = sweep(int(arguments[0]) if arguments else 1)
    for words, number in sorted(outcomes.items()):
        sys.stdout.write(f"{number:6,} {words}\n")
    return int(any(not words.endswith("as it should be") for words in outcomes))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
