"""Faults of HTTP: statuses, headers, framing, compression, and connections."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from functools import cache
from typing import TYPE_CHECKING

from tests.api.faultserver import drip, endless, raw, silence, then_close, then_reset
from tests.hostile.matrix.fault import JSON, Fault, Good, answer

if TYPE_CHECKING:
    from asyncio import StreamWriter
    from collections.abc import Callable

    from tests.api.faultserver import Reply

MESSAGE = b'{"message": "\\u001b[31mno\\u202e [bold]markup[/] \\u0000"}'
LOGIN_PAGE = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>" + b"<p>Sign in</p>" * 500
REFUSED = frozenset({401, 403})
UNFOUND = frozenset({401, 403, 404})
SELF = 360.0
"""Seconds within which a refusal that was wrong is noticed by itself: the API is asked again after five minutes."""


def status(
    number: int, body: bytes, *headers: str, recovery: float = 15.0, asks: bool = False, name: str = ""
) -> Fault:
    """Answer with a status."""
    called = name or (f"{number}" if body else f"{number} empty")
    recovery = SELF if number in REFUSED else recovery
    return Fault(
        called, lambda good: raw(answer(good, body, number, *headers)), recovery=recovery, asks=asks,
        ends=number in UNFOUND,
    )  # fmt: skip


def header(name: str, *headers: str, date: bool = True, length: bool = True) -> Fault:
    """Answer well, with more headers."""
    return Fault(name, lambda good: raw(answer(good, None, None, *headers, date=date, length=length)))


def date(name: str, value: str) -> Fault:
    """Answer well, with another Date."""
    return header(name, f"Date: {value}", date=False)


def bytes_then(name: str, write: Callable[[bytes], Reply], data: Callable[[Good], bytes]) -> Fault:
    """Write bytes of the answer and go on as `write` does."""
    return Fault(name, lambda good: write(data(good)))


def plain_bytes(name: str, data: bytes) -> Fault:
    """Write something else than an answer, and close."""
    return Fault(name, lambda _: then_close(data))


def framed(name: str, *headers: str, body: Callable[[Good], bytes]) -> Fault:
    """Answer well, but for how long the body is."""
    return Fault(name, lambda good: then_close(answer(good, body(good), None, *headers, length=False)))


def chunked(*chunks: bytes) -> Callable[[Good], bytes]:
    """A chunked body of these bytes, whatever they are."""
    return lambda _: b"".join(chunks)


def zipped(name: str, data: Callable[[Good], bytes], encoding: str = "gzip", *, heavy: bool = False) -> Fault:
    """Answer with a body that says it is encoded."""
    said = f"Content-Encoding: {encoding}"
    return Fault(name, lambda good: raw(answer(good, data(good), None, said)), heavy)


@cache
def blanks() -> bytes:
    """1 GiB of blanks in 1 MiB, which takes seconds to make."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    blank = b" " * 2**20
    return b"".join(packer.compress(blank) for _ in range(1_024)) + packer.flush()


def bomb(_: Good) -> bytes:
    """A body that grows a thousandfold."""
    return blanks()


def late(seconds: float) -> Callable[[Good], Reply]:
    """Answer well after so many seconds."""

    def reply(good: Good) -> Reply:
        async def write(writer: StreamWriter) -> None:
            await asyncio.sleep(seconds)
            writer.write(answer(good))
            await writer.drain()

        return write

    return reply


def stalled(data: Callable[[Good], bytes]) -> Callable[[Good], Reply]:
    """Write bytes, then nothing more, and leave the connection open."""

    def reply(good: Good) -> Reply:
        async def write(writer: StreamWriter) -> None:
            writer.write(data(good))
            await writer.drain()
            await silence(writer)

        return write

    return reply


def half(good: Good) -> bytes:
    """Half of the answer."""
    data = answer(good)
    return data[: len(data) - len(good.body) // 2 - 1]


def head(good: Good) -> bytes:
    """Half of the headers."""
    return answer(good)[:40]


STATUSES = (400, 401, 403, 404, 405, 409, 413, 422, 429, 451, 500, 501, 502, 503, 504, 599)
EMPTY = (400, 401, 404, 429, 500)
"""Those that are answered without a body too."""

PROTOCOL: tuple[Fault, ...] = (
    *(status(number, MESSAGE) for number in STATUSES),
    *(status(number, b"") for number in EMPTY),
    status(200, LOGIN_PAGE, "Content-Type: text/html", name="200 login page"),
    status(503, LOGIN_PAGE, "Content-Type: text/html", name="503 HTML page"),
    status(500, b"x" * 3_000_000, name="500 with 3 MB"),
    status(204, b"", name="204"),
    Fault("204 with a body", lambda good: raw(answer(good, b"", 204) + b'{"id": 1}')),
    status(304, b"", name="304"),
    status(301, b"", name="301 to nowhere"),
    status(302, b"", "Location: http://127.0.0.2:9/x?secret", name="302 elsewhere"),
    status(999, MESSAGE, name="999"),
    Fault("100 first", lambda good: raw(b"HTTP/1.1 100 Continue\r\n\r\n" + answer(good))),
    Fault("103 50 times", lambda good: raw(b"HTTP/1.1 103 Early\r\nLink: x\r\n\r\n" * 50 + answer(good))),
    Fault("101", lambda _: then_close(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n")),
    Fault("100 for ever", lambda _: endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 50)),
    status(429, b"", "Retry-After: 1", name="Retry-After 1"),
    status(429, b"", "Retry-After: 300000", name="Retry-After far", asks=True),
    status(503, b"", "Retry-After: 120", name="Retry-After 120", asks=True),
    status(429, b"", "Retry-After: -5", name="Retry-After negative"),
    status(429, b"", "Retry-After: soon", name="Retry-After garbage"),
    status(429, b"", "Retry-After: 1e999", name="Retry-After 1e999", asks=True),
    status(429, b"", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT", name="Retry-After year 9999", asks=True),
    status(429, b"", "Retry-After: Thu, 01 Jan 1970 00:00:00 GMT", name="Retry-After year 1970"),
    header("no Date", date=False),
    date("Date garbage", "the day before"),
    date("Date year 1970", "Thu, 01 Jan 1970 00:00:00 GMT"),
    date("Date year 2500", "Fri, 31 Dec 2500 23:59:59 GMT"),
    date("Date year 9999", "Fri, 31 Dec 9999 23:59:59 GMT"),
    date("Date year 9999 at -2359", "Fri, 31 Dec 9999 23:59:59 -2359"),
    date("Date of 5,000 digits", "Fri, 31 Dec " + "9" * 5_000 + " 23:59:59 GMT"),
    header("no such charset", "Content-Type: application/json; charset=\x1b[2J"),
    header("10,000 headers", *(f"X-{number}: x" for number in range(10_000))),
    header("header of 1 MiB", "X: " + "x" * 2**20),
    header("header with control bytes", "X: \x1b[2J\x07\x7f"),
    header("header with a NUL", "X: a\x00b"),
    header("header without colon", "nothing at all"),
    Fault("headers for ever", lambda _: endless(b"HTTP/1.1 200 OK\r\n", b"X: x\r\n" * 500)),
    Fault("reason of 60 KiB", lambda good: raw(answer(good, MESSAGE, 500, words="x" * 61_440))),
    Fault("reason with ESC", lambda good: raw(answer(good, b"", 500, words="\x1b[31mred \x9b"))),
    framed("length too large", "Content-Length: 9999999", body=lambda good: good.body),
    framed("length too small", "Content-Length: 1", body=lambda good: good.body or b"{}"),
    framed("two lengths", "Content-Length: 1", "Content-Length: 2", body=lambda good: good.body),
    framed("length and chunks", "Content-Length: 5", "Transfer-Encoding: chunked", body=chunked(b"0\r\n\r\n")),
    framed("no length", body=lambda good: good.body),
    framed("chunk size garbage", "Transfer-Encoding: chunked", body=chunked(b"xyz\r\nabc\r\n0\r\n\r\n")),
    framed("chunk without line end", "Transfer-Encoding: chunked", body=chunked(b"2\r\n{}0\r\n\r\n")),
    framed("trailers with ESC", "Transfer-Encoding: chunked", body=chunked(b"2\r\n{}\r\n0\r\nX: \x1b\r\n\r\n")),
    framed("chunks of 1 byte", "Transfer-Encoding: chunked", body=chunked(b"1\r\n \r\n" * 100_000, b"0\r\n\r\n")),
    framed("strange encoding", "Transfer-Encoding: klingon", body=lambda good: good.body),
    framed("body for ever", body=lambda _: b" " * 2**23),
    plain_bytes("HTTP/0.9", b'{"id": 1}'),
    plain_bytes("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x12\x04\x00\x00"),
    plain_bytes("TLS", b"\x15\x03\x03\x00\x02\x02\x28"),
    plain_bytes("binary", bytes(range(256)) * 64),
    plain_bytes("status of 5,000 digits", b"HTTP/1.1 " + b"2" * 5_000 + b" OK\r\n\r\n"),
    zipped("gzip that is none", lambda good: good.body or b"{}"),
    zipped("gzip cut", lambda good: gzip.compress(good.body or b"{}")[:-9]),
    zipped("gzip with a wrong sum", lambda good: gzip.compress(good.body)[:-8] + b"\x00" * 8),
    zipped("gzip bomb", bomb, heavy=True),
    zipped("unasked br", lambda good: good.body, "br"),
    zipped("encoding with ESC", lambda good: good.body, "\x1b[2J"),
    Fault("gzip not said", lambda good: raw(answer(good, gzip.compress(good.body)))),
    Fault("closed before headers", lambda _: then_close(b"")),
    Fault("reset before headers", lambda _: then_reset(b"")),
    bytes_then("reset in the headers", then_reset, head),
    bytes_then("closed in the body", then_close, half),
    bytes_then("reset in the body", then_reset, half),
    bytes_then("reset after the answer", then_reset, answer),
    bytes_then("closed after the answer", then_close, answer),
    bytes_then("answered twice", raw, lambda good: answer(good) * 2),
    bytes_then("answered with more", raw, lambda good: answer(good) + b"garbage"),
    Fault("late", late(0.3)),
    Fault("no answer", lambda _: silence),
    Fault("stalls in the body", stalled(half)),
    Fault("headers drip", lambda _: drip(b"HTTP/1.1 200 OK\r\n", b"X: x\r\n")),
    Fault("body drips", lambda _: drip(f"HTTP/1.1 200 OK\r\n{JSON}\r\n\r\n".encode(), b" ")),
    Fault("blanks before", lambda good: raw(b"\r\n\r\n" + answer(good))),
    Fault("spaces for JSON", lambda good: raw(answer(good, b" " * 3_000_000 + good.body))),
)  # fmt: skip
