"""Time that leaps over every pause: an event loop that waits for nothing but data goes on at its next timer."""

from __future__ import annotations

import asyncio
import selectors
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Executor

    from _typeshed import FileDescriptorLike

    Ready = list[tuple[selectors.SelectorKey, int]]

IN_FLIGHT = 0.000_05
"""Real seconds for which data are waited for before time leaps: what this process sent itself is there at once, and the
answer of another on this machine may be late by a leap, which is a pause as the program sees them every day."""


class VirtualTime:
    """How far time has leapt beyond the machine's clocks, in seconds."""

    def __init__(self) -> None:
        self.ahead = 0.0
        self._monotonic, self._wall = time.monotonic, time.time

    def monotonic(self) -> float:
        """Seconds."""
        return self._monotonic() + self.ahead

    def wall(self) -> float:
        """Epoch seconds."""
        return self._wall() + self.ahead

    def rule(self) -> None:
        """Be the time of this process from now on; who has imported a function of `time` before goes by the old one."""
        time.monotonic, time.time = self.monotonic, self.wall


class LeapingSelector(selectors.BaseSelector):
    """Waits for data as any other; where none come, time leaps instead of passing, unless a thread is at work."""

    def __init__(self, virtual: VirtualTime) -> None:
        self._virtual = virtual
        self._real = selectors.SelectSelector()  # epoll would wait for whole milliseconds
        self.working = 0
        """Threads whose results are waited for."""

    def select(self, timeout: float | None = None) -> Ready:
        """What is ready; at once, or else as soon as the timeout is leapt over."""
        ready = self._real.select(0)
        if ready or timeout == 0:
            return ready
        if self.working or timeout is None:
            return self._real.select(timeout)
        if (ready := self._real.select(min(IN_FLIGHT, timeout))) or timeout <= IN_FLIGHT:
            return ready
        self._virtual.ahead += timeout - IN_FLIGHT
        return []

    def register(self, fileobj: FileDescriptorLike, events: int, data: object = None) -> selectors.SelectorKey:
        """As any other."""
        return self._real.register(fileobj, events, data)

    def unregister(self, fileobj: FileDescriptorLike) -> selectors.SelectorKey:
        """As any other."""
        return self._real.unregister(fileobj)

    def close(self) -> None:
        """As any other."""
        self._real.close()

    def get_map(self) -> Mapping[FileDescriptorLike, selectors.SelectorKey]:
        """As any other."""
        return self._real.get_map()


class LeapingLoop(asyncio.SelectorEventLoop):
    """An event loop in virtual time; `first` is called as soon as it runs."""

    def __init__(self, virtual: VirtualTime, first: Callable[[], object] = lambda: None) -> None:
        self.leaping = LeapingSelector(virtual)
        super().__init__(self.leaping)
        self.call_soon(first)

    def run_in_executor(  # type: ignore[override]  # asyncio's own signature is wider than its use
        self, executor: Executor | None, func: Callable[..., object], *args: object
    ) -> asyncio.Future[object]:
        """Time does not leap while a thread works."""
        self.leaping.working += 1
        future = super().run_in_executor(executor, func, *args)
        future.add_done_callback(self._worked)
        return future

    def _worked(self, _: asyncio.Future[object]) -> None:
        self.leaping.working -= 1


class LeapingPolicy(asyncio.DefaultEventLoopPolicy):
    """Gives loops in virtual time."""

    def __init__(self, virtual: VirtualTime, first: Callable[[], object] = lambda: None) -> None:
        super().__init__()
        self._virtual, self._first = virtual, first

    def new_event_loop(self) -> LeapingLoop:
        """A loop."""
        return LeapingLoop(self._virtual, self._first)
