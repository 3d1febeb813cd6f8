"""The one door out: auth, deadlines, size limits, retries, read-only; the only importer of httpx."""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from contextlib import asynccontextmanager
from http.cookiejar import CookieJar, DefaultCookiePolicy
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol, cast

import mctop
from mctop.api.base_url import parse_endpoint
from mctop.api.call import IN_FLIGHT, encode
from mctop.api.certificates import trusting, trusting_nobody
from mctop.api.errors import ApiError, BadAnswer, BadEndpoint, ConnectionLost, NotSent, TimedOut, TooLarge, Unreachable
from mctop.api.proxies import proxy_for
from mctop.api.redaction import secrets_in
from mctop.api.response import (
    LONGEST,
    Answer,
    BoundedBody,
    Oversized,
    Undecodable,
    complaint,
    parse_clock,
    parse_retry_after,
    redirection,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from pathlib import Path
    from types import ModuleType

    from mctop.api.call import Call
    from mctop.api.login import Login

# httpx loads its own command line with it, and pygments, rich and click: 48 of its 79 ms, or 18 of 45 where rich and
# click are loaded already. It does without where that cannot be imported, which an entry of None says; afterwards the
# entry is gone, as if nobody had asked.
_COMMAND_LINE = "httpx._main"
_loaded = sys.modules.get(_COMMAND_LINE)
sys.modules.setdefault(_COMMAND_LINE, cast("ModuleType", None))
import httpx  # noqa: E402

if _loaded is None:
    del sys.modules[_COMMAND_LINE]

KEEP_ALIVE = 65.0
"""Seconds that a connection may idle: longer than the slowest of the steady polls."""
LIFETIME = 300.0
"""Seconds after which a lane connects anew, and so follows a change of DNS."""
ASLEEP = 5.0
"""Seconds between the wall and the monotonic clock that mean that the machine slept, and its connections died."""
CLOSING = 0.8
"""Seconds that closing may take."""

HEADERS = {
    "accept": "application/json",
    "accept-encoding": "gzip",
    "user-agent": f"mctop/{mctop.__version__}",
}

for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)  # below it, they write URLs and headers


class _Closable(Protocol):
    async def aclose(self) -> None: ...


class _Progress:
    """How far an exchange has come, as httpcore traces it."""

    def __init__(self) -> None:
        self.sent = self.answered = False
        self.socket: _Closable | None = None

    async def __call__(self, event: str, info: Mapping[str, object]) -> None:
        if event.endswith((".connect_tcp.complete", ".connect_unix_socket.complete")):  # of SOCKS, too
            self.socket = cast("_Closable", info["return_value"])
        elif event == "http11.send_request_headers.started":
            # A proxy's CONNECT is traced alike, and carries nothing of ours.
            self.sent = getattr(info.get("request"), "method", b"") != b"CONNECT"

    @property
    def stale(self) -> bool:
        """Whether a failure now means that the server had closed the idle connection."""
        return self.sent and self.socket is None and not self.answered


_CONNECTIONS = attrgetter("_pool.connections")
_UNREAD = attrgetter("_connection._h11_state.trailing_data")


class _Lane:
    """A client of its own with at most one connection.

    httpx 0.28.1 never frees the slot of a request that is cancelled while it connects. A lane carries one request
    at a time, so a client that saw a failure can be thrown away without harm to another request.
    """

    def __init__(self, build: Callable[[], httpx.AsyncClient], wall: Callable[[], float]) -> None:
        self._build, self._wall = build, wall
        self._client: httpx.AsyncClient | None = None
        self._born = self._offset = 0.0
        self._closing: set[asyncio.Task[None]] = set()

    def client(self) -> httpx.AsyncClient:
        """Return the lane's client, a new one where there is none, it is old, or the machine slept."""
        now = time.monotonic()
        offset, before = self._wall() - now, self._offset
        if self._client is not None and (now - self._born > LIFETIME or abs(offset - before) > ASLEEP):
            self.renew()
        if self._client is None:
            self._client, self._born = self._build(), now
        self._offset = offset
        return self._client

    def holds_more(self, url: str) -> bool:
        """Whether more was read than the answer: the next request would take it for its own answer.

        httpcore keeps it without a word, and only in private. Where it cannot be seen, it is assumed.
        """
        if self._client is None:
            return False
        try:
            connections = _CONNECTIONS(self._client._transport_for_url(httpx.URL(url)))
            return any(_UNREAD(connection)[0] for connection in connections)
        except AttributeError:
            return True

    def renew(self, socket: _Closable | None = None) -> None:
        """Drop the client, and the socket of a TLS handshake that was cut short, which httpcore forgets.

        They close in a task of their own, which no cancellation of a request can cut short.
        """
        for closable in (self._client, socket):
            if closable is not None:
                task = asyncio.create_task(closable.aclose())
                self._closing.add(task)
                task.add_done_callback(self._closing.discard)
        self._client = None

    async def aclose(self) -> None:
        """Close every connection."""
        self.renew()
        await asyncio.gather(*self._closing)


class Transport:
    """Sends requests to one API and returns whole answers; every failure is an ApiError without a secret in it.

    A request has `deadline` seconds in all. A GET that finds its idle connection closed by the server is sent once
    more on a new one; nothing else is ever sent twice, and a change always goes out on a new connection.
    Without `login` no authorization is sent. Every secret that a request or an answer carries is told to
    `learn_secret`, before anything else is made of it. Raise BadEndpoint where the URL, the certificates of `cacert`
    or the proxy of the environment cannot be used.
    """

    def __init__(
        self,
        base_url: str,
        login: Login | None,
        *,
        read_only: bool = False,
        cacert: Path | None = None,
        deadline: float = 10.0,
        wall: Callable[[], float] = time.time,
        learn_secret: Callable[[str], object] = lambda secret: None,
    ) -> None:
        self.read_only = read_only
        self.skew: float | None = None
        """Seconds, to the second, that the server's clock is ahead of this machine's; None before it told."""
        self._endpoint = parse_endpoint(base_url)
        self._login = login
        self._deadline = deadline
        self._wall = wall
        self._learn_secret = learn_secret
        self._trust = trusting(cacert) if self._endpoint.secure else trusting_nobody()
        self._proxy = proxy_for(self._endpoint)
        if self._proxy is not None:
            learn_secret(self._proxy.password)
        self._every_lane = tuple(_Lane(self._build, wall) for _ in range(IN_FLIGHT))
        self._lanes: asyncio.LifoQueue[_Lane] = asyncio.LifoQueue()
        for lane in self._every_lane:
            self._lanes.put_nowait(lane)
        self._every_lane[-1].client()  # a proxy that cannot be used shows now

    @property
    def host(self) -> str:
        """The host and port of the API."""
        return self._endpoint.host

    @property
    def username(self) -> str:
        """Whose credential it uses, "" for none."""
        return self._login.username if self._login else ""

    def now(self) -> float:
        """Epoch seconds on the server's clock, as far as it is known."""
        return self._wall() + (self.skew or 0.0)

    async def send(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: object | None = None
    ) -> Answer:
        """Send one request and return its answer, which is 2xx. `path` is percent-encoded, `body` goes as JSON."""
        if self.read_only and method != "GET":
            raise NotSent(method, path, "read-only: nothing that changes the cache leaves this machine")
        call = encode(method, path, query, body)
        if call.content is not None:
            self._learn_secrets("", call.content)
        outcome = await self._outcome(call)
        if isinstance(outcome, ApiError):
            # Raised here, outside any handler: httpx's exceptions carry the request and must not become its context.
            raise outcome
        return outcome

    async def aclose(self) -> None:
        """Close every connection, within a second."""
        await asyncio.wait([asyncio.create_task(lane.aclose()) for lane in self._every_lane], timeout=CLOSING)

    def _build(self) -> httpx.AsyncClient:
        login = self._login
        limits = httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=KEEP_ALIVE)
        socket = self._endpoint.socket
        try:
            return httpx.AsyncClient(
                transport=httpx.AsyncHTTPTransport(uds=socket, verify=self._trust, limits=limits) if socket else None,
                proxy=self._by_proxy(),
                auth=httpx.BasicAuth(login.username, login.password.get_secret_value()) if login else None,
                headers=HEADERS,
                verify=self._trust,
                trust_env=False,  # it is read by proxy_for and trusting, which say what is wrong with it
                timeout=None,
                follow_redirects=False,
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
                limits=limits,
            )
        except (ImportError, ValueError, httpx.InvalidURL):
            pass  # its words quote the URL, which may hold a password
        raise BadEndpoint("the proxy in HTTPS_PROXY or ALL_PROXY cannot be used")

    def _by_proxy(self) -> httpx.Proxy | None:
        proxy = self._proxy
        if proxy is None:
            return None
        return httpx.Proxy(proxy.url, ssl_context=trusting(None) if proxy.scheme == "https" else None)

    @asynccontextmanager
    async def _lane(self) -> AsyncIterator[_Lane]:
        lane = await self._lanes.get()
        try:
            yield lane
        finally:
            self._lanes.put_nowait(lane)

    async def _outcome(self, call: Call) -> Answer | ApiError:
        progress = _Progress()
        try:
            async with asyncio.timeout(self._deadline), self._lane() as lane:
                if call.method != "GET":
                    lane.renew()
                try:
                    return await self._exchange(lane, call, progress)
                except (httpx.NetworkError, httpx.RemoteProtocolError):
                    if call.method != "GET" or not progress.stale:
                        raise
                progress = _Progress()
                return await self._exchange(lane, call, progress)
        except TimeoutError:
            return self._late(call, progress)
        except Oversized as error:
            return TooLarge(call.method, call.path, str(error))
        except Undecodable as error:
            return BadAnswer(call.method, call.path, str(error))
        except httpx.InvalidURL:
            return NotSent(call.method, call.path, "the request is too long for a URL")
        except (httpx.TransportError, OSError) as error:  # a broken TLS record arrives as a bare ssl.SSLError
            return self._broken(call, progress, error)

    async def _exchange(self, lane: _Lane, call: Call, progress: _Progress) -> Answer | ApiError:
        try:
            async with lane.client().stream(
                call.method, self._endpoint.url + call.target, content=call.content, headers=call.headers,
                extensions={"trace": progress},
            ) as response:  # fmt: skip
                progress.answered = True
                body = BoundedBody(response.headers.get("content-encoding", ""))
                async for chunk in response.aiter_raw():
                    body.feed(chunk)
                outcome = self._judge(call, response, body.finish())
        except BaseException:
            lane.renew(progress.socket)
            raise
        if lane.holds_more(self._endpoint.url):
            lane.renew()
        return outcome

    def _learn_secrets(self, path: str, body: bytes) -> None:
        for secret in secrets_in(path, body):
            self._learn_secret(secret)

    def _judge(self, call: Call, response: httpx.Response, body: bytes) -> Answer | ApiError:
        self._learn_secrets(call.path, body)
        now = self._wall()
        answer = Answer(response.status_code, body, parse_clock(response.headers.get("date")))
        if answer.date is not None:
            self.skew = answer.date - now
        if answer.ok:
            return answer
        if 300 <= answer.status < 400 and "location" in response.headers:
            words = redirection(self._endpoint.host, response.headers["location"])
            return BadAnswer(call.method, call.path, words, status=answer.status)
        wait = parse_retry_after(response.headers.get("retry-after"), now if answer.date is None else answer.date)
        return complaint(call.method, call.path, answer, self._login, wait)

    def _quote(self, words: str) -> str:
        """Cut foreign words to what an error may carry, without our secrets."""
        return (self._login.redact(words) if self._login else words)[:LONGEST]

    def _late(self, call: Call, progress: _Progress) -> ApiError:
        if progress.sent:
            return TimedOut(call.method, call.path, f"no whole answer within {self._deadline:g} s")
        return Unreachable(
            call.method, call.path, f"no connection to {self._endpoint.host} within {self._deadline:g} s"
        )

    def _broken(self, call: Call, progress: _Progress, error: Exception) -> ApiError:
        words = self._quote(str(error) or type(error).__name__)
        if not progress.sent:
            return Unreachable(call.method, call.path, f"cannot connect to {self._endpoint.host}: {words}")
        hung_up = not isinstance(error, httpx.ProtocolError) or words.startswith(("Server disconnected", "peer closed"))
        if hung_up or not (progress.answered or call.method == "GET"):
            return ConnectionLost(call.method, call.path, f"the connection broke: {words}")
        return BadAnswer(call.method, call.path, f"the answer is not HTTP: {words}")
