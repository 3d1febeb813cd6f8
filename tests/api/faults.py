"""Every way in which a server can misbehave, and the error that each must end in."""

import gzip

from mctop.api.errors import ApiError, BadAnswer, ConnectionLost, TimedOut, TooLarge
from tests.api.faultserver import Reply, drip, endless, plain, raw, silence, then_close, then_reset

OK = b"HTTP/1.1 200 OK\r\n"
GZIP = OK + b"Content-Encoding: gzip\r\n"
BOMB = gzip.compress(bytes(40 * 2**20))

FAULTS: dict[str, tuple[Reply, type[ApiError]]] = {
    "a dripping body": (drip(OK + b"Content-Length: 9999\r\n\r\n", b" "), TimedOut),
    "a dripping head": (drip(b"", OK), TimedOut),
    "a dripping gzip body": (drip(GZIP + b"Content-Length: 9999\r\n\r\n", gzip.compress(bytes(99))), TimedOut),
    "endless early hints": (drip(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n", 0.001), TimedOut),
    "silence": (silence, TimedOut),
    "an endless body": (endless(OK + b"\r\n", bytes(65_536)), TooLarge),
    "an endless chunked body": (
        endless(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + bytes(65_536) + b"\r\n"), TooLarge,
    ),
    "a gzip bomb": (raw(GZIP + b"Content-Length: %d\r\n\r\n" % len(BOMB) + BOMB), TooLarge),
    "gzip within gzip": (plain(gzip.compress(BOMB), "200 OK", "Content-Encoding: gzip, gzip"), BadAnswer),
    "an encoding that was not asked for": (plain(b"{}", "200 OK", "Content-Encoding: br"), BadAnswer),
    "gzip that is none": (plain(b"hello", "200 OK", "Content-Encoding: gzip"), BadAnswer),
    "gzip that ends too early": (plain(gzip.compress(b"{}")[:-4], "200 OK", "Content-Encoding: gzip"), BadAnswer),
    "no HTTP": (then_close(b"\x00\xff\x00 not http\r\n\r\n"), BadAnswer),
    "a negative length": (then_close(OK + b"Content-Length: -5\r\n\r\n{}"), BadAnswer),
    "a huge header": (raw(OK + b"X: " + b"a" * 2_000_000 + b"\r\n\r\n"), BadAnswer),
    "a cut body": (then_close(OK + b"Content-Length: 200\r\n\r\n{}"), ConnectionLost),
    "a cut chunked body": (then_close(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab"), ConnectionLost),
    "a reset within the body": (then_reset(OK + b"Content-Length: 200\r\n\r\n{}"), ConnectionLost),
    "a reset before the head": (then_reset(b""), ConnectionLost),
    "a close before the head": (then_close(b""), ConnectionLost),
    "a cut head": (then_close(OK), ConnectionLost),
}  # fmt: skip
