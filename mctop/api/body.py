"""A body that cannot grow beyond its bounds, on the wire or decoded."""

import zlib

LARGEST_WIRE = 4 * 2**20
LARGEST_DECODED = 16 * 2**20
"""Bytes; a day of every stat of 100 servers fits."""


class Oversized(Exception):
    """The body is larger than any real one."""


class Undecodable(Exception):
    """The body is not what its headers say."""


class BoundedBody:
    """Takes a body chunk by chunk, stored or gzip; raises Oversized or Undecodable as soon as it is."""

    def __init__(self, encoding: str) -> None:
        encoding = encoding.strip().lower()
        if encoding not in ("", "identity", "gzip"):
            raise Undecodable(f"the answer is encoded as {encoding[:40]!r}, which was not asked for")
        self._gzip = zlib.decompressobj(16 + zlib.MAX_WBITS) if encoding == "gzip" else None
        self._wire = 0
        self._decoded = bytearray()

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes off the wire."""
        self._wire += len(chunk)
        if self._wire > LARGEST_WIRE:
            raise Oversized(f"the answer is larger than {LARGEST_WIRE >> 20} MiB")
        if self._gzip is None:
            self._decoded += chunk
            return
        try:
            self._decoded += self._gzip.decompress(chunk, LARGEST_DECODED - len(self._decoded) + 1)
        except zlib.error:
            raise Undecodable("the answer says it is gzip and is not") from None
        if len(self._decoded) > LARGEST_DECODED:
            raise Oversized(f"the answer unpacks to more than {LARGEST_DECODED >> 20} MiB")

    def finish(self) -> bytes:
        """Return the whole decoded body; an empty one needs no gzip trailer."""
        if self._gzip is not None and self._wire and not self._gzip.eof:
            raise Undecodable("the answer's gzip ends too early")
        return bytes(self._decoded)
