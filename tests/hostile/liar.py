"""Memcached servers that lie beside one that does not: `python -m tests.hostile.liar [LIE...]` prints a line a lie.

Each liar is a real memcached behind a proxy that changes what it says. The whole service watches them together.
"""

from __future__ import annotations

import asyncio
import fnmatch
import re
import sys
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from mctop.api.errors import ApiError
from mctop.service.memcached.protocol.address import Address
from tests.hostile.matrix.cell import Heartbeat, forget_peak, memory
from tests.service.memcached.realserver import real_server
from tests.service.memcached.standing import standing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from mctop.service.memcached.monitored_server import MonitoredServer
    from tests.service.memcached.realserver import RealServer
    from tests.service.memcached.standing import Standing

TOGETHER = 6
"""Liars at a time."""
BEGINNING, LASTS, RECOVERY = 15.0, 12.0, 30.0
"""Seconds until all is well at first, for which a lie lasts, two samples at least, and until all is well afterwards."""
MINUTE = 65.0
"""Seconds within which the keys are counted once."""
HELD, MORE = 1.0, 64.0
"""Seconds for which the loop may be held, and MiB that may be needed, by all that lie together."""
DIGITS = b"9" * 5_000
LONG = b"k" * 60_000


@dataclass(frozen=True, slots=True)
class Lie:
    """What is said instead: `about` begins the requests that are lied to, `turn` makes a lie of a true answer.

    `then` is what happens to the connection: it goes on, it is closed, or nothing is said at all.
    """

    name: str
    about: bytes
    turn: Callable[[bytes], bytes]
    then: str = "goes on"


def value(name: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """Change the value of a line of stats."""
    return lambda said: re.sub(rb"(?m)^STAT %b [^\r]*" % name, b"STAT %b %b" % (name, new), said)


def without(name: bytes) -> Callable[[bytes], bytes]:
    """Leave a line of stats out."""
    return lambda said: re.sub(rb"(?m)^STAT %b [^\r]*\r\n" % name, b"", said)


def every(new: bytes) -> Callable[[bytes], bytes]:
    """Change the value of all lines."""
    return lambda said: re.sub(rb"(?m)^(STAT \S+) [^\r]*", rb"\1 " + new, said)


def before(lines: bytes) -> Callable[[bytes], bytes]:
    """Say more, first."""
    return lambda said: lines + said


def only(words: bytes) -> Callable[[bytes], bytes]:
    """Say something else."""
    return lambda _: words


def twice(said: bytes) -> bytes:
    """Say it twice."""
    return said * 2


def logged(line: bytes) -> Callable[[bytes], bytes]:
    """Follow each line of the log with one more."""
    return lambda said: said + line + b"\r\n"


GET = b"ts=1700000000.1 gid=%d type=item_get key=%b status=found clsid=1 cfd=20 size=3"
STATS, SETTINGS, VERSION, WATCH = b"stats\r\n", b"stats settings", b"version", b"watch"
DUMP, ITEM, NOTHING = b"lru_crawler", b"me ", b"mn"
STORM = b"".join(b"STAT counter%d 1\r\n" % number for number in range(100_000))
LINES = b"".join(GET % (number, b"k%d" % number) + b"\r\n" for number in range(20_000))
LIES = (
    Lie("a number of 5,000 digits", STATS, value(b"cmd_get", DIGITS)),
    Lie("every number of 5,000 digits", STATS, every(DIGITS)),
    Lie("a negative number", STATS, value(b"curr_items", b"-5")),
    Lie("connections below zero", STATS, value(b"curr_connections", b"18446744073709549633")),
    Lie("not a number", STATS, value(b"bytes", b"nan")),
    Lie("infinity", STATS, value(b"bytes", b"inf")),
    Lie("words for numbers", STATS, every(b"many")),
    Lie("no misses", STATS, without(b"get_misses")),
    Lie("no uptime", STATS, without(b"uptime")),
    Lie("no pid", STATS, without(b"pid")),
    Lie("no limit", STATS, value(b"limit_maxbytes", b"0")),
    Lie("uptime of 400 digits", STATS, value(b"uptime", b"9" * 400)),
    Lie("an uptime below zero", STATS, value(b"uptime", b"-1")),
    Lie("another pid each time", STATS, lambda said: value(b"pid", b"%d" % (id(said) % 30_000))(said)),
    Lie("a time in the year 9999", STATS, value(b"time", b"253402300799")),
    Lie("every line twice", STATS, lambda said: re.sub(rb"(?m)^(STAT [^\r]*\r\n)", rb"\1\1", said)),
    Lie("100,000 lines", STATS, before(STORM)),
    Lie("a name of 60 KB", STATS, before(b"STAT %b 1\r\n" % LONG)),
    Lie("nothing but the end", STATS, only(b"END\r\n")),
    Lie("no end", STATS, lambda said: said.removesuffix(b"END\r\n")),
    Lie("an unknown command", STATS, only(b"ERROR\r\n")),
    Lie("out of memory", STATS, only(b"SERVER_ERROR out of memory\r\n")),
    Lie("not logged in", STATS, only(b"CLIENT_ERROR unauthenticated\r\n")),
    Lie("binary", STATS, only(bytes(range(256)) * 16)),
    Lie("no line feeds", STATS, lambda said: said.replace(b"\n", b"")),
    Lie("no carriage returns", STATS, lambda said: said.replace(b"\r", b"")),
    Lie("stats twice", STATS, twice),
    Lie("a line of 16 MiB", STATS, only(b"S" * 2**24)),
    Lie("closed instead of stats", STATS, only(b""), "closed"),
    Lie("closed amid stats", STATS, lambda said: said[: len(said) // 2], "closed"),
    Lie("silent on stats", STATS, only(b""), "silent"),
    Lie("a hostile version", VERSION, only(b"VERSION 1.6.\x1b]0;title\x07\r\n")),
    Lie("a version of 5,000 digits", VERSION, only(b"VERSION 1.%b.2\r\n" % DIGITS)),
    Lie("no version", VERSION, only(b"ERROR\r\n")),
    Lie("a version twice", VERSION, twice),
    Lie("settings of 5,000 digits", SETTINGS, every(DIGITS)),
    Lie("no settings", SETTINGS, only(b"ERROR\r\n")),
    Lie("no watch", WATCH, only(b"ERROR\r\n")),
    Lie("a watch that is closed", WATCH, only(b""), "closed"),
    Lie("log: 5,000 digits skipped", WATCH, logged(b"skipped=" + DIGITS)),
    Lie("log: 5,000 digits of time", WATCH, logged(b"ts=%b gid=1 type=item_get key=a status=found" % DIGITS)),
    Lie("log: a time beyond numbers", WATCH, logged(b"ts=1e999 gid=1 type=item_get key=a status=found")),
    Lie("log: 5,000 digits of size", WATCH, logged(GET[:-1] % (1, b"a") + DIGITS)),
    Lie("log: 5,000 digits of connection", WATCH, logged(b"ts=1.1 gid=1 type=item_get key=a cfd=" + DIGITS)),
    Lie("log: a key of 60 KB", WATCH, logged(GET % (1, LONG))),
    Lie("log: a key that escapes", WATCH, logged(GET % (1, b"%1B%5D0;t%07"))),
    Lie("log: bytes that are no text", WATCH, logged(GET % (1, b"\xff\xfe\x00"))),
    Lie("log: no key", WATCH, logged(b"ts=1.1 gid=1 type=item_get status=found")),
    Lie("log: an unknown type", WATCH, logged(b"ts=1.1 gid=1 type=party key=a")),
    Lie("log: words", WATCH, logged(b"the quick brown fox")),
    Lie("log: 20,000 lines at once", WATCH, logged(LINES)),
    Lie("log: a line of 16 MiB", WATCH, logged(b"x" * 2**24)),
    Lie("dump: a size of 5,000 digits", DUMP, before(b"key=a exp=-1 la=1 cas=1 fetch=no cls=1 size=%b\r\n" % DIGITS)),
    Lie("dump: a size of 30 digits", DUMP, before(b"key=a exp=-1 la=1 cas=1 fetch=no cls=1 size=%b\r\n" % DIGITS[:30])),
    Lie("dump: keys of 60 KB", DUMP, before(b"key=%b exp=-1 la=1 cas=1 fetch=no cls=1 size=1\r\n" % LONG * 200)),
    Lie("dump: no end", DUMP, lambda said: said.replace(b"END\r\n", b"")),
    Lie("dump: busy", DUMP, only(b"BUSY currently processing crawler request\r\n")),
    Lie("item: of another key", ITEM, only(b"ME other exp=-1 la=1 cas=1 fetch=no cls=1 size=1\r\nVERSION 1.6.18\r\n")),
    Lie("item: a size of 5,000 digits", ITEM, lambda said: re.sub(rb"size=\d+", b"size=" + DIGITS, said)),
    Lie("item: twice", ITEM, twice),
    Lie("ping: words", NOTHING, only(b"OK\r\n")),
    Lie("ping: silent", NOTHING, only(b""), "silent"),
)


@dataclass
class Liar:
    """A proxy before a real server; it tells the truth while `lie` is None."""

    server: RealServer
    lie: Lie | None = None
    lied: int = 0
    port: int = 0
    _busy: set[asyncio.Task[None] | None] = field(default_factory=set)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass a connection on."""
        self._busy.add(asyncio.current_task())
        there, back = await asyncio.open_connection("127.0.0.1", self.server.port)
        asked = [b""]
        answers = asyncio.create_task(self._answers(there, writer, asked))
        with suppress(ConnectionError, asyncio.CancelledError):
            while request := await reader.read(65_536):
                asked[0] = request
                back.write(request)
                await back.drain()
        answers.cancel()
        back.close()
        writer.close()

    async def _answers(self, there: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: list[bytes]) -> None:
        with suppress(ConnectionError):
            while said := await there.read(2**20):
                lie = self.lie
                if lie is not None and asked[0].startswith(lie.about):
                    self.lied += 1
                    said = lie.turn(said)
                    if lie.then == "silent":
                        continue
                    writer.write(said)
                    if lie.then == "closed":
                        writer.close()
                        return
                else:
                    writer.write(said)
                await writer.drain()
        writer.close()

    async def end(self) -> None:
        """Let go of every connection."""
        for task in self._busy:
            if task is not None:
                task.cancel()
        await asyncio.gather(*(task for task in self._busy if task is not None), return_exceptions=True)


@asynccontextmanager
async def lying(server: RealServer) -> AsyncIterator[Liar]:
    """A liar before a server, as long as the block lasts."""
    liar = Liar(server)
    listening = await asyncio.start_server(liar.serve, "127.0.0.1", 0)
    liar.port = listening.sockets[0].getsockname()[1]
    try:
        yield liar
    finally:
        listening.close()
        await liar.end()


async def load(server: RealServer) -> None:
    """Set and get keys on a server until cancelled, some fifty a second."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    number = 0
    while True:
        number += 1
        writer.write(b"set user:%d 0 0 3\r\nabc\r\nget user:%d\r\n" % (number % 50, number % 70))
        await writer.drain()
        await asyncio.sleep(0.02)
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(reader.read(65_536), 0.001)


class Group:
    """Liars with a lie each, beside a server that never lies, all watched by one service."""

    def __init__(self, lies: Sequence[Lie], liars: Sequence[Liar], service: Standing) -> None:
        self._lies, self._liars, self._service = lies, liars, service
        self.troubles: dict[str, str] = {}

    def note(self, name: str, words: str) -> None:
        """Take in a trouble, the first of each lie."""
        self.troubles.setdefault(name, words)

    async def run(self) -> None:
        """Let all lie for a while, and look what becomes of the others and of them."""
        service = self._service
        truthful = service.members[0]
        if not await self._until(lambda: all(each.newest for each in service.members), BEGINNING):
            self.note("the beginning", "not every server was sampled")
        for liar, lie in zip(self._liars, self._lies, strict=True):
            liar.lie = lie
        sampled = truthful.newest
        await self._ask_all(MINUTE if any(lie.about == DUMP for lie in self._lies) else LASTS)
        if truthful.newest is sampled or truthful.trouble is not None:
            self.note("together", f"the truthful server is not sampled any more: {truthful.trouble}")
        if not truthful.watcher.state.on:
            self.note("together", "the truthful server is not watched any more")
        for liar, lie in zip(self._liars, self._lies, strict=True):
            if not liar.lied:
                self.note(lie.name, "UNPROVED: nobody asked")
            liar.lie = None
        for member, lie in zip(service.members[1:], self._lies, strict=True):
            await self._recover(member, lie)

    async def _ask_all(self, seconds: float) -> None:
        """Ask for everything, again and again: each answer must come."""
        client, end = self._service.client, asyncio.get_running_loop().time() + seconds
        asks: tuple[Callable[[], Awaitable[object]], ...] = (
            client.stats,
            client.info,
            client.recent_logs,
            client.popular_items,
            partial(client.key_stats, "user:1"),
        )
        while asyncio.get_running_loop().time() < end:
            for ask in asks:
                try:
                    await ask()
                except ApiError as error:
                    self.note("together", f"{error}")
            await asyncio.sleep(0.5)

    async def _recover(self, member: MonitoredServer, lie: Lie) -> None:
        """Wait until a server that lied is sampled and watched again."""
        sampled = member.newest

        async def look() -> None:
            with suppress(ApiError):
                await self._service.client.recent_logs()

        def is_well() -> bool:
            return member.trouble is None and member.newest is not sampled and member.watcher.state.on

        if not await self._until(is_well, RECOVERY, look):
            self.note(lie.name, f"not well after {RECOVERY:g} s: {member.trouble}; watch: {member.unwatched}")

    @staticmethod
    async def _until(
        is_so: Callable[[], object], seconds: float, meanwhile: Callable[[], Awaitable[None]] | None = None
    ) -> bool:
        end = asyncio.get_running_loop().time() + seconds
        while not is_so():
            if asyncio.get_running_loop().time() > end:
                return False
            if meanwhile is not None:
                await meanwhile()
            await asyncio.sleep(0.2)
        return True


class _Uncounted:
    """Where the heartbeat's beats are not counted."""

    def add(self, name: str) -> None:
        """Nothing."""


async def tried(lies: Sequence[Lie]) -> dict[str, str]:
    """The troubles of lies that are told together, by the name of the lie."""
    async with AsyncExitStack() as stack:
        servers = stack.enter_context(ExitStack())
        truthful, *others = [servers.enter_context(real_server("-B", "ascii")) for _ in range(len(lies) + 1)]
        liars = [await stack.enter_async_context(lying(server)) for server in others]
        addresses = [truthful.address, *(Address("127.0.0.1", liar.port) for liar in liars)]
        service = await stack.enter_async_context(standing(*addresses))
        service.account.prefixes.watch("user:")
        heartbeat = Heartbeat(_Uncounted())  # type: ignore[arg-type]  # nothing is counted here
        tasks = [asyncio.create_task(load(server)) for server in (truthful, *others)]
        tasks.append(asyncio.create_task(heartbeat.run()))
        group = Group(lies, liars, service)
        forget_peak()
        at_first = memory("VmRSS")
        await group.run()
        more = memory("VmHWM") - at_first
        if heartbeat.longest > HELD:
            group.note("together", f"the loop was held for {heartbeat.longest:.1f} s")
        if more > MORE * 2:  # the lies themselves are made in this process
            group.note("together", f"{more:.0f} MiB more")
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return group.troubles


def main(patterns: Sequence[str]) -> int:
    """Go through the lies; 1 if any hurt more than itself."""
    chosen = [lie for lie in LIES if not patterns or any(fnmatch.fnmatchcase(lie.name, each) for each in patterns)]
    broken = 0
    for first in range(0, len(chosen), TOGETHER):
        lies = chosen[first : first + TOGETHER]
        troubles = asyncio.run(tried(lies))
        broken += len(troubles)
        for lie in lies:
            sys.stdout.write(f"{'ok    ' if lie.name not in troubles else 'BROKEN'} {lie.name}\n")
        for name, words in troubles.items():
            sys.stdout.write(f"       {name}: {words}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{len(chosen)} lies, {broken} troubles\n")
    return int(bool(broken))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
