"""The state machine: a session of random deeds, after each of which only what was agreed to has left, and that once."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections import Counter
from contextlib import ExitStack, chdir
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from mctop.service.http.faults import FaultPlan
from mctop.service.simulation.simulation import Simulation
from mctop.ui.registry.views import VIEWS
from tests.contract.server import running_service
from tests.hostile.sessions.answering import answer
from tests.hostile.sessions.deeds import (
    ANSWERS,
    FAULTS,
    KEYS,
    PACES,
    PASTES,
    PLACES,
    RESTED,
    SIZES,
    TEXT,
    TYPING,
    WAYS,
)
from tests.hostile.sessions.desk import Desk
from tests.hostile.sessions.elsewhere import DEEDS, Elsewhere
from tests.hostile.sessions.reading import asked
from tests.hostile.sessions.spy import Loss
from tests.scenarios.oncall import stop_collecting

if TYPE_CHECKING:
    from collections.abc import Coroutine

ENDING = 5.0
"""Seconds within which whatever was begun has ended."""
COMING = 0.2
"""Seconds for which what may first have to be asked for is waited for."""
LISTS = {"C": "credentials", "A": "alerts", "5": "prefixes"}
"""Keys that show a list, and what of the store is in it."""
BREAK, WELL = "the line breaks", "all is well"
READ_ONLY = {"": (False, False), "read-only": (True, True), "read-only in the transport": (False, True)}
"""Whether the screen knows of it, and whether the transport does."""


class Sessions(RuleBasedStateMachine):
    """One session; `tally` counts over all of them."""

    tally: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self._open = ExitStack()
        self._journal: list[str] = []
        self._seen = 0

    @initialize(
        api=st.sampled_from(("v2", "v2", "v2", "v1")),
        closed=st.sampled_from((*[""] * 6, *READ_ONLY)),
        view=st.sampled_from([one.name for one in VIEWS]),
        size=st.sampled_from(SIZES[:3]),
    )
    def begins(self, api: str, closed: str, view: str, size: tuple[int, int]) -> None:
        """Start the service, prepare it, and start mctop on it."""
        self._note(f"{api} {closed or 'open'}, {view} at {size}")
        directory = Path(self._open.enter_context(tempfile.TemporaryDirectory()))
        self._open.enter_context(chdir(directory))
        self._runner = self._open.enter_context(asyncio.Runner())
        self._service = self._open.enter_context(running_service(Simulation(1, "steady", started=time.time())))
        self._elsewhere = Elsewhere(self._service)
        self._elsewhere.prepare()
        shown, self._closed = READ_ONLY[closed]
        self._desk = Desk(
            self._service, directory / "audit.jsonl", api=api, shown=shown, closed=self._closed, view=view
        )
        self._running = self._desk.app.run_test(size=size)
        self._do(self._start())
        self.tally["sessions"] += 1

    @rule(keys=st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(PACES)), min_size=1, max_size=5))
    def presses(self, keys: list[tuple[str, float]]) -> None:
        """Press keys, each so many seconds after the one before."""
        self._note(f"presses {keys}")
        for key, after in keys:
            self._do(self._desk.strike(key, after=after))

    @rule(keys=st.lists(st.sampled_from(KEYS), min_size=2, max_size=6), after=st.sampled_from(PACES))
    def streams(self, keys: list[str], after: float) -> None:
        """Let keys come all at once."""
        self._note(f"streams {keys} after {after}")
        self._do(self._desk.strike(*keys, after=after))

    @rule(way=st.sampled_from(WAYS), how=st.sampled_from(ANSWERS))
    def acts(self, way: tuple[str, ...], how: str) -> None:
        """Leave what is open, go to a dialog that asks, and answer it."""
        self._note(f"goes {way} and answers {how}")
        self._do(self._go(way))
        self._do(answer(self._desk, how))

    @rule(way=st.sampled_from(WAYS))
    def acts_properly(self, way: tuple[str, ...]) -> None:
        """Do something to the cache as it should be done."""
        self.acts(way, "properly")

    @rule(way=st.sampled_from(WAYS))
    def goes(self, way: tuple[str, ...]) -> None:
        """Only go to a dialog that asks."""
        self._note(f"goes {way}")
        self._do(self._go(way))

    @rule(how=st.sampled_from(ANSWERS))
    def answers(self, how: str) -> None:
        """Answer what is asked, if anything is."""
        self._note(f"answers {how}")
        self._do(answer(self._desk, how))

    @rule(text=st.sampled_from(PASTES))
    def pastes(self, text: str) -> None:
        """Paste something."""
        self._note(f"pastes {text!r}")
        self._do(self._desk.paste(text))

    @rule(x=st.integers(0, 159), y=st.integers(0, 47), twice=st.booleans())
    def clicks(self, x: int, y: int, twice: bool) -> None:
        """Click anywhere."""
        self._note(f"clicks {x} {y}")
        for _ in range(1 + twice):
            self._do(self._desk.click(x, y))

    @rule(size=st.sampled_from(SIZES))
    def resizes(self, size: tuple[int, int]) -> None:
        """Make the terminal another size."""
        self._note(f"resizes to {size}")
        self._do(self._desk.resize(*size))

    @rule(trouble=st.sampled_from((*FAULTS, *Loss, BREAK, BREAK, WELL, WELL, WELL)), place=st.sampled_from(PLACES))
    def something_fails(self, trouble: str | Loss, place: str) -> None:
        """Let the service go wrong, the wire lose changes or their answers, or the line break; or end all that."""
        self._note(f"{trouble} at {place}")
        if isinstance(trouble, Loss):
            self._desk.spy.loss = trouble
        elif trouble == WELL:
            self._do(self._heal())
        elif trouble == BREAK:
            self._do(self._desk.spy.break_off())
        else:
            self._service.faults.set(place, FAULTS[trouble])

    @rule(deed=st.sampled_from(DEEDS))
    def somebody_else(self, deed: str) -> None:
        """Let another client do something to the cache, and perhaps let mctop find out."""
        self._note(f"somebody else {deed}")
        faults = self._service.faults
        plan, faults.plan = faults.plan, FaultPlan()
        self._elsewhere.do(deed)
        faults.plan = plan

    @rule(seconds=st.sampled_from((0.0, 0.1, 0.3)), passed=st.sampled_from((0.0, RESTED, 61.0)))
    def time_passes(self, seconds: float, passed: float) -> None:
        """Wait."""
        self._note(f"{passed} s pass")
        self._desk.clock.passed += passed
        self._do(self._linger(seconds))

    @invariant()
    def only_what_was_agreed_to_was_sent(self) -> None:
        """Judge every change that left since the last time."""
        if not hasattr(self, "_desk"):
            return
        spy, consent = self._desk.spy, self._desk.consent
        while self._seen < len(spy.changes):
            change = spy.changes[self._seen]
            self._seen += 1
            assert not self._closed, f"read-only, but {change} left\n{self._story}"
            assert consent.account_for(change), f"{change} left, which nobody agreed to\n{self._story}"

    def teardown(self) -> None:
        """End the session, and judge what left until the end."""
        with self._open:
            if hasattr(self, "_running"):
                try:
                    self._do(self._end())
                    self.only_what_was_agreed_to_was_sent()
                    self._count()
                finally:
                    self._do(self._leave())

    async def _start(self) -> None:
        desk = self._desk
        await desk.spy.listen()
        await self._running.__aenter__()
        await desk.until(lambda: desk.app.store.stats.value.value is not None, ENDING)
        await desk.settle()

    async def _go(self, way: tuple[str, ...]) -> None:
        desk = self._desk
        for _ in range(3):
            if desk.open and desk.app.screen.is_modal:
                await desk.strike("escape", after=TYPING)
        for key in way:
            if asked(desk.app.screen) is None:
                await desk.strike(*(key[1:] if key.startswith(TEXT) else (key,)), after=TYPING)
                if key in LISTS:
                    await desk.until(partial(self._lists, LISTS[key]), COMING)
                    await desk.settle()
        await desk.until(lambda: asked(desk.app.screen) is not None, COMING)
        await desk.settle()

    def _lists(self, name: str) -> bool:
        return getattr(self._desk.app.store, name).value.value is not None

    async def _linger(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self._desk.settle()

    async def _heal(self) -> None:
        self._service.faults.clear()
        self._desk.spy.loss = Loss.NOTHING
        await self._desk.spy.listen()

    async def _end(self) -> None:
        """Wait until what is under way has ended, and a little more, in which something might be sent again."""
        await self._heal()
        end = time.monotonic() + ENDING
        while self._desk.under_way():
            assert time.monotonic() < end, f"a change has no end\n{self._story}"
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.05)

    async def _leave(self) -> None:
        await stop_collecting(self._desk.app)
        await self._running.__aexit__(None, None, None)
        await self._desk.spy.break_off()

    def _do(self, deed: Coroutine[object, object, None]) -> None:
        self._runner.run(deed)

    def _note(self, line: str) -> None:
        self._journal.append(line)

    def _count(self) -> None:
        spy, consent = self._desk.spy, self._desk.consent
        self.tally.update(agreed=consent.times, sent=len(spy.changes), read=spy.reads, closed=self._closed)
        self.tally.update(f"{change.method} {change.target.rpartition('/')[2]}" for change in spy.changes)

    @property
    def _story(self) -> str:
        return "\n".join(self._journal)
