"""One cell of the matrix: a fault in the answers of an operation, and what the program makes of it."""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from pydantic import SecretStr

from mctop.api.login import Login
from mctop.api.transport import Transport
from mctop.store.base.health import AuthenticationFailed, Freshness, freshness
from mctop.store.changes.outcome import Result
from mctop.store.polling.session import Session
from mctop.store.series.series_set import Wanted
from mctop.store.store import Store
from tests.contract.documents import place
from tests.contract.server import PASSWORD, USERNAME
from tests.hostile.matrix.clock import LeapingClock
from tests.hostile.matrix.faults import FAULTS
from tests.hostile.matrix.operations import KEY, NAMES, OPERATIONS, PREFIX
from tests.hostile.matrix.server import NO_FAULT
from tests.service.fakebackend import CACHE_ID

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from mctop.api.response import Answer
    from mctop.store.changes.change import Change
    from mctop.store.store import Slice
    from tests.hostile.matrix.fault import Fault
    from tests.hostile.matrix.operations import Operation
    from tests.hostile.matrix.server import Control


class Verdict(Enum):
    """What can be said of a cell; the value is its letter in the table. The worst comes first."""

    CRASH = "C"
    """An exception that nobody foresaw."""
    FROZEN = "F"
    """The loop was held for over a second."""
    MEMORY = "M"
    """The process took over 64 MiB more."""
    TWICE = "T"
    """A change was sent more than once."""
    STALE = "S"
    """The slice of another operation was not fresh."""
    NOT_RECOVERED = "N"
    """The fault was over, and all was not well in time."""
    UNPROVED = "?"
    """The fault was never met, or nothing was well before: the cell proves nothing."""
    OK = "."


@dataclass(frozen=True, slots=True)
class Cell:
    """What came of one operation and one fault; `details` say each trouble in a line, `seconds` is real time."""

    operation: str
    fault: str
    verdicts: tuple[Verdict, ...] = ()
    details: tuple[str, ...] = ()
    frozen: float = 0.0
    mebibytes: float = 0.0
    seconds: float = 0.0

    @property
    def worst(self) -> Verdict:
        """The first of the verdicts, in the order of their declaration."""
        return min(self.verdicts, key=list(Verdict).index, default=Verdict.OK)


SPOILT = frozenset({Verdict.CRASH, Verdict.NOT_RECOVERED, Verdict.UNPROVED})
"""After these a session is not what the next cell may begin with."""
HELD = 1.0
"""Seconds for which the loop may be held at most."""
MORE = 64.0
"""MiB that any answer may take."""
LASTS = 6.0
"""Simulated seconds that a fault lasts: long enough for several tries."""
SLOWLY = 0.2
"""Simulated seconds in a real one while good answers are under way, which a busy machine delays."""
DELAY = 2.0
"""Simulated seconds by which a sample may be late, for the machine that tests has more to do."""
BEFORE = 60.0
"""Simulated seconds within which all is well at the start."""
AFTERWARDS = 90.0
"""Simulated seconds within which a change has an outcome, with all its deadlines and looks again."""
HISTORY = 601.0
"""Simulated seconds after which v1's history is read again."""
SELDOM = 75.0
"""Simulated seconds for the recovery of v1's history: wrong for up to a minute, it is asked once a minute."""


class Heartbeat:
    """Measures for how long the loop was held; time that other processes took from this one does not count."""

    EVERY = 0.01

    def __init__(self, control: Control) -> None:
        self.longest = 0.0
        self._control = control

    async def run(self) -> None:
        """Beat until cancelled."""
        while True:
            beat, waited = time.monotonic(), waited_for_processor()
            await asyncio.sleep(self.EVERY)
            held = time.monotonic() - beat - self.EVERY - (waited_for_processor() - waited)
            self.longest = max(self.longest, held)
            self._control.add("beats")


def waited_for_processor() -> float:
    """Seconds for which this process could have run and was not let to."""
    return int(Path("/proc/self/schedstat").read_text(encoding="ascii").split()[1]) / 1e9


def forget_peak() -> None:
    """Let the peak of memory begin anew."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def memory(name: str) -> float:
    """MiB of this process, now (`VmRSS`) or at most since the peak was forgotten (`VmHWM`)."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) / 1_024


class CountingTransport(Transport):
    """Knows how many requests are under way: those of the operation that is lied about, and others."""

    def __init__(self, url: str, login: Login, operation: Operation, *, deadline: float) -> None:
        super().__init__(url, login, deadline=deadline)
        self._operation = operation
        self.under_way = {True: 0, False: 0}

    async def send(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: object | None = None
    ) -> Answer:
        lied_about = place(method, path, CACHE_ID) == self._operation.place
        self.under_way[lied_about] += 1
        try:
            return await super().send(method, path, query=query, body=body)
        finally:
            self.under_way[lied_about] -= 1


class World:
    """A session that watches everything of a cache on the lying server."""

    def __init__(self, control: Control, operation: Operation, *, patient: bool) -> None:
        self.control = control
        self.clock = LeapingClock()
        self.store = Store()
        self.heartbeat = Heartbeat(control)
        self.problems: list[str] = []
        login = Login(USERNAME, SecretStr(PASSWORD))
        # 10 simulated seconds, the deadline of a request, are 2 real ones; where an answer takes real work, as many.
        self._speed = 1.0 if patient else 5.0
        url, deadline = f"http://127.0.0.1:{control.get('port')}", 10.0 / self._speed
        self._slices = operation.slices
        self.transport = CountingTransport(url, login, operation, deadline=deadline)
        cache_id, api = (None, "v1") if operation.legacy else (CACHE_ID, "v2")
        self.session = Session(self.store, self.transport, cache_id, api=api, clock=self.clock, random=Random(0))
        self.looked_at = operation.looked_at
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> World:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: self.problems.append(said(context)))
        store = self.store
        for series in (store.insight, store.per_server):
            series.wanted.set(Wanted(frozenset(NAMES), 7_200))
        store.key.key.set(KEY)
        store.prefix_items.prefix.set(PREFIX.id)
        for name in self.looked_at:
            self.slice(name).value.follow(lambda _: None)
        self._tasks = [
            asyncio.create_task(self.watch()),
            asyncio.create_task(self.clock.run(self.rate)),
            asyncio.create_task(self.heartbeat.run()),
        ]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.transport.aclose()

    async def watch(self) -> None:
        """Run the session until it ends; raise what ended it."""
        await self.session.run()

    def look(self) -> None:
        """Look at what can be seen of the session, and note what is wrong with it."""

    def slice(self, name: str) -> Slice[Any]:
        """A slice of the store by its name."""
        chosen: Slice[Any] = getattr(self.store, name)
        return chosen

    def rate(self) -> float | None:
        """How fast time passes; slowly while good answers are under way, for it is the machine that delays them."""
        slices = self.looked_at if self.store.connecting.value is None else ("stats",)
        asking = set(filter(self._asks, slices))
        if self.transport.under_way[False] or asking.difference(self._slices):
            return SLOWLY
        return self._speed if self.transport.under_way[True] or asking else None

    def asks(self, names: tuple[str, ...]) -> bool:
        """Whether one of the slices is being asked for."""
        return any(map(self._asks, names))

    def _asks(self, name: str) -> bool:
        health = self.slice(name).health.value
        return health.next_try is None and not health.stopped

    def fresh(self, name: str, *, since: float = 0.0) -> bool:
        """Whether a slice is live, with a sample that came after a moment; a busy machine may delay it a little."""
        health = self.slice(name).health.value
        live = freshness(health, self.clock.monotonic() - DELAY) is Freshness.LIVE
        return live and health.last_good is not None and health.last_good >= since

    def not_fresh(self, *, besides: tuple[str, ...] = (), since: float = 0.0) -> tuple[str, ...]:
        """The slices that are not."""
        return tuple(name for name in self.looked_at if name not in besides and not self.fresh(name, since=since))

    @property
    def ended(self) -> BaseException | None:
        """What ended the session, None while it runs."""
        task = self._tasks[0]
        if not task.done():
            return None
        return task.exception() or RuntimeError("the session ended by itself")

    async def until(self, is_so: Callable[[], bool], seconds: float) -> bool:
        """Wait for simulated seconds at most until something is so, or the session ends."""
        end = self.clock.monotonic() + seconds
        while not is_so():
            if self.clock.monotonic() >= end or self.ended is not None:
                return False
            await self.clock.sleep(0.25)
        return True

    async def switch(self, operation: Operation, fault: int) -> None:
        """Have a fault, or none."""
        self.control.switch(OPERATIONS.index(operation), fault)
        while True:
            if self.control.in_force:
                return
            await asyncio.sleep(0.001)


def said(context: Mapping[str, object]) -> str:
    """What the loop says of an exception that nobody took."""
    error = context.get("exception")
    return where(error) if isinstance(error, BaseException) else f"{context.get('message')}"


def where(error: BaseException) -> str:
    """An exception in a line, with the place in the program that it came from."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    frames, trace = list[str](), error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        frames += [f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}"] * ("mctop" in code.co_filename)
        trace = trace.tb_next
    return f"{type(error).__name__}: {str(error)[:120]} at {frames[-1] if frames else '?'}"


class Trial:
    """Goes through one cell, and collects what is wrong."""

    def __init__(self, world: World, operation: Operation, fault: Fault) -> None:
        self._world, self._operation, self._fault = world, operation, fault
        self._troubles: list[tuple[Verdict, str]] = []

    def note(self, verdict: Verdict, words: str) -> None:
        """Take in a trouble, once."""
        if verdict not in {before for before, _ in self._troubles}:
            self._troubles.append((verdict, f"{verdict.name}: {words}"))

    async def run(self) -> Cell:
        """Go through the cell."""
        world, start = self._world, time.monotonic()
        at_first = self._operation.at_first
        if not at_first and world.not_fresh():
            world.session.refresh()
        if not at_first and not await world.until(lambda: not world.not_fresh(), BEFORE):
            self.note(Verdict.UNPROVED, f"not fresh before: {', '.join(world.not_fresh())}")
        world.heartbeat.longest = 0.0
        forget_peak()
        before = memory("VmRSS")
        if self._operation.change is None:
            await self._watch()
        else:
            await self._change(self._operation.change)
        await asyncio.sleep(Heartbeat.EVERY * 2)
        frozen, more = world.heartbeat.longest, memory("VmHWM") - before
        if frozen > HELD:
            self.note(Verdict.FROZEN, f"the loop was held for {frozen:.1f} s")
        if more > MORE:
            self.note(Verdict.MEMORY, f"{more:.0f} MiB more")
        world.look()
        if world.problems:
            self.note(Verdict.CRASH, world.problems[0])
        if world.ended is not None:
            if not (self._fault.ends and at_first and isinstance(world.ended, AuthenticationFailed)):
                self.note(Verdict.CRASH, where(world.ended))
            else:
                self._troubles.clear()
        verdicts, details = zip(*self._troubles, strict=True) if self._troubles else ((), ())
        seconds = time.monotonic() - start
        return Cell(self._operation.name, self._fault.name, verdicts, details, frozen, more, seconds)

    async def _watch(self) -> None:
        """Let an operation that is polled be answered wrongly for a while."""
        world, slices, at_first = self._world, self._operation.slices, self._operation.at_first
        if not at_first:
            await self._begin()
        if self._operation.name == "v1_history":
            await world.clock.sleep(HISTORY)
        world.session.refresh()
        await self._pass(LASTS, () if at_first else slices)
        self._met(0)
        await self._end()
        over = world.clock.monotonic()
        if self._fault.asks or all(map(world.fresh, slices)):
            world.session.refresh()
        since = over if self._operation.name != "v1_history" else 0.0
        left = world.looked_at if at_first else slices
        # A slice that did not meet the fault has nothing to recover from, and is asked for again in its own time.
        spoilt = [name for name in left if world.slice(name).health.value.failure or not world.fresh(name)]
        if not spoilt or self._fault.asks:
            spoilt = list(left)
        seconds = max(self._fault.recovery, SELDOM if self._operation.name == "v1_history" else 0.0)
        recovered = await world.until(lambda: all(world.fresh(name, since=since) for name in spoilt), seconds)
        if not recovered:
            late = [name for name in spoilt if not world.fresh(name, since=since)]
            self.note(Verdict.NOT_RECOVERED, f"{', '.join(late)} after {seconds:g} s")
        await self._pass(1.0, slices)

    async def _pass(self, seconds: float, affected: tuple[str, ...]) -> None:
        """Let simulated seconds pass, and look whether the other slices stay fresh."""
        world = self._world
        end = world.clock.monotonic() + seconds
        while world.clock.monotonic() < end and world.ended is None:
            if self._fault.heavy and world.control.get("lies") and not world.asks(self._operation.slices):
                return
            await world.clock.sleep(0.5)
            if affected and (late := world.not_fresh(besides=affected)):
                self.note(Verdict.STALE, ", ".join(late))

    async def _change(self, change: Change) -> None:
        """Carry out a change that is answered wrongly, then again when all is well."""
        world = self._world
        await self._begin()
        result = await self._carried_out(change, AFTERWARDS)
        self._met(0 if self._operation.method == "GET" else 1)
        if result is None:
            self.note(Verdict.NOT_RECOVERED, f"no outcome after {AFTERWARDS:g} s")
        await self._end()
        if late := world.not_fresh():
            self.note(Verdict.STALE, ", ".join(late))
        again = await self._carried_out(change, self._fault.recovery)
        if again is not Result.DONE:
            self.note(Verdict.NOT_RECOVERED, f"afterwards the change was {again.value if again else 'not answered'}")

    async def _carried_out(self, change: Change, seconds: float) -> Result | None:
        """What came of an change; None where nothing did in time."""
        world = self._world
        actions = world.session.actions
        assert actions is not None
        task = asyncio.create_task(actions.carry_out(actions.propose(change)))
        await world.until(task.done, seconds)
        if not task.done():
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
            return None
        if (error := task.exception()) is not None:
            self.note(Verdict.CRASH, where(error))
            return None
        return task.result().result

    async def _begin(self) -> None:
        await self._world.switch(self._operation, FAULTS.index(self._fault))

    async def _end(self) -> None:
        await self._world.switch(self._operation, NO_FAULT)

    def _met(self, most: int) -> None:
        """The fault must have been met; a change must have been asked for no more often than that."""
        lies, asked = self._world.control.get("lies"), self._world.control.get("asked")
        if not lies:
            self.note(Verdict.UNPROVED, "the fault was never met")
        if most and asked > most:
            self.note(Verdict.TWICE, f"sent {asked} times")


async def cells(world: World, operation: Operation, faults: tuple[Fault, ...], tell: Callable[[Cell], None]) -> None:
    """Go through cells of one operation in one session; stop after what leaves it unfit for more."""
    await world.switch(operation, FAULTS.index(faults[0]) if operation.at_first else NO_FAULT)
    async with world:
        for fault in faults:
            cell = await Trial(world, operation, fault).run()
            tell(cell)
            if SPOILT.intersection(cell.verdicts) or operation.at_first:
                return
