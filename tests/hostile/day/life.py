"""One life of the program: the service and the dashboard on one loop in virtual time, and what is seen of them."""

from __future__ import annotations

import asyncio
import gc
import json
import random
import socket
import sys
import threading
import tracemalloc
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from mctop.config import Secret, Settings
from mctop.service.account import open_account
from mctop.service.base.served_cache import MemcachedCache, SimulatedCache
from mctop.service.process.application import offer
from mctop.service.process.server import Server
from mctop.wiring import dashboard
from tests.contract.server import PASSWORD, USERNAME
from tests.hostile.day.verdict import Look
from tests.hostile.day.virtual_time import LeapingPolicy

if TYPE_CHECKING:
    from mctop.ui.app.app import Mctop
    from tests.hostile.day.cases import Case
    from tests.hostile.day.virtual_time import VirtualTime

LOOKS_AN_HOUR, FEWEST_LOOKS = 6, 12
TURN = 60.0
"""Virtual seconds between two keys of a tour."""
TOUR = ("1", "2", "3", "4", "5", "6", "7", "0", "]", "[", "question_mark", "escape", "z", "z")
"""Keys: every view, the ranges, the help, the full screen."""
LOAD = 1.0
"""Virtual seconds between two rounds of commands to a memcached."""
COMMANDS, KEYS = 50, 20_000
"""Commands of a round, and the keys they are about; half of them are about a hundredth of those."""


def look(hours: float) -> Look:
    """Look at this process, without its garbage."""
    gc.collect()
    resident = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return Look(
        round(hours, 3),
        int(resident.split()[1]),
        sys.getallocatedblocks(),
        len(list(Path("/proc/self/fd").iterdir())),
        threading.active_count(),
        len(asyncio.all_tasks()),
    )


class Life:
    """The service and the dashboard on one loop; what is seen of them goes to a file, a line each."""

    def __init__(
        self,
        virtual: VirtualTime,
        case: Case,
        hours: float,
        file: Path,
        what: SimulatedCache | MemcachedCache,
        port: int | None,
    ) -> None:
        """`port` is where a memcached is loaded, None for a simulated cache."""
        self._virtual, self._port = virtual, port
        self._case, self._hours, self._file = case, hours, file
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        account = open_account(what.CACHE_ID, USERNAME, PASSWORD)
        self._server = Server(offer(what).application(account))
        self._tasks: list[asyncio.Task[None]] = []
        self.app: Mctop = dashboard(
            Settings(
                url=f"http://127.0.0.1:{self._listener.getsockname()[1]}",
                cache_id=what.CACHE_ID,
                username=USERNAME,
                password=Secret(PASSWORD),
                label="shop",
                view=case.view,
            )
        )

    def begin(self) -> None:
        """Serve, look, and press keys, on the loop that begins to run."""
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(self._server.serve(sockets=[self._listener])), loop.create_task(self._watch())]
        if self._case.tours:
            self._tasks.append(loop.create_task(self._tour()))
        if self._port is not None:
            self._tasks.append(loop.create_task(load(self._port)))
        for task in self._tasks:
            task.add_done_callback(self._end)

    async def _watch(self) -> None:
        begun = self._virtual.monotonic()
        every = self._hours * 3600 / max(FEWEST_LOOKS, round(self._hours * LOOKS_AN_HOUR))
        with self._file.open("a", buffering=1) as file:
            while (hours := (self._virtual.monotonic() - begun) / 3600) < self._hours - every / 7200:
                await asyncio.sleep(every)
                file.write(json.dumps(asdict(look(hours + every / 3600))) + "\n")
                if tracemalloc.is_tracing():
                    tracemalloc.take_snapshot().dump(str(self._file.with_suffix(f".{hours:.2f}.snapshot")))

    def _end(self, task: asyncio.Task[None]) -> None:
        """End all, well or not, once anything ended."""
        failed = not task.cancelled() and task.exception() is not None
        self._server.should_exit = True
        self.app.exit(return_code=int(failed))

    async def _tour(self) -> None:
        while True:
            for key in TOUR:
                await asyncio.sleep(TURN)
                self.app.simulate_key(key)


async def load(port: int) -> None:
    """Ask a memcached for keys, and set them, round after round; raise IncompleteReadError where it hangs up."""
    chance = random.Random(1)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while True:
        await asyncio.sleep(LOAD)
        for _ in range(COMMANDS):
            key = f"user:{chance.randrange(KEYS // 100 if chance.random() < 0.5 else KEYS)}"
            is_set = chance.random() < 0.2
            writer.write(f"set {key} 0 600 5\r\nvalue\r\n".encode() if is_set else f"get {key}\r\n".encode())
            await reader.readuntil(b"STORED\r\n" if is_set else b"END\r\n")


def live(virtual: VirtualTime, case: Case, hours: float, file: Path) -> int:
    """Live for so many virtual hours, and write a look a line to a file; return the exit code."""
    with ExitStack() as stack:
        what: SimulatedCache | MemcachedCache = SimulatedCache("steady", 1)
        port = None
        if case.memcached:
            from tests.service.memcached.realserver import real_server

            server = stack.enter_context(real_server("-B", "ascii"))
            port = server.port
            what = MemcachedCache(server.address.text, False, None, "", "", history=str(file.with_suffix(".sqlite")))
        life = Life(virtual, case, hours, file, what, port)
        asyncio.set_event_loop_policy(LeapingPolicy(virtual, life.begin))
        return life.app.run_hardened()
