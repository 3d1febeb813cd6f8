"""Every command that a server may ever be sent: nothing else spells bytes for one.

Some commands crash released servers (`stats extstore`) or lock them (`stats sizes`): they are not here.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from mctop.service.memcached.protocol.replies import LONGEST_KEY

if TYPE_CHECKING:
    from pydantic import SecretStr


class WatchKind(StrEnum):
    """What a server can be asked to log live, in its own words."""

    FETCHERS = "fetchers"
    MUTATIONS = "mutations"
    DELETIONS = "deletions"


@dataclass(frozen=True, slots=True)
class MemcachedCommand:
    """Bytes to send, and how their answer ends: with its first line, or with the line END if it is `many`.

    Where versions differ in how many lines they answer, it is `fenced`: a `version` follows, whose answer ends it.
    `begins` are the words that an answer can begin with; with any other it is the answer to something else, unless it
    is an error. `name` is for the screen; the bytes are in no repr, for they can hold a password.
    """

    name: str
    line: bytes = field(repr=False)
    many: bool = False
    begins: tuple[bytes, ...] = ()
    fenced: bool = False


VERSION = MemcachedCommand("version", b"version\r\n", begins=(b"VERSION",))
STATS = MemcachedCommand("stats", b"stats\r\n", many=True, begins=(b"STAT",))
STATS_SETTINGS = MemcachedCommand("stats settings", b"stats settings\r\n", many=True, begins=(b"STAT",))
RESET = MemcachedCommand("stats reset", b"stats reset\r\n", begins=(b"RESET",))
NOTHING = MemcachedCommand("mn", b"mn\r\n")
FLUSH_ALL = MemcachedCommand("flush_all", b"flush_all\r\n", begins=(b"OK",))
METADUMP = MemcachedCommand("lru_crawler metadump all", b"lru_crawler metadump all\r\n", many=True)


def me(key: bytes) -> MemcachedCommand:
    """Ask what is known of a key without touching it; raise ValueError where no server could hold it.

    1.5.19 to 1.5.22 answer an item with two lines, `ME …` and `EN`, all others with one.
    """
    if not 1 <= len(key) <= LONGEST_KEY:
        raise ValueError(f"a key has 1 to {LONGEST_KEY} bytes, not {len(key)}")
    if not is_text(key):
        raise ValueError("a key has no blanks and no control bytes")
    return MemcachedCommand("me", b"me %b\r\n%b" % (key, VERSION.line), begins=(b"ME", b"EN"), fenced=True)


def is_text(key: bytes) -> bool:
    """Whether a key can be written as it is: the text protocol has none with blanks or control bytes."""
    return not any(byte <= 0x20 or byte == 0x7F for byte in key)


UNDECODABLE = MemcachedCommand("mg", b"mg ! b\r\n", begins=(b"HD", b"EN"))
"""Asks for a key in base64 that is none: a server that reads base64 refuses it for that."""


def mg(key: bytes) -> MemcachedCommand:
    """Ask for the size of the value under any key, in base64; raise ValueError where no server could hold it.

    It counts as a get, but leaves the item's place in the LRU. `me` finds no such key on newer servers.
    """
    if not 1 <= len(key) <= LONGEST_KEY:
        raise ValueError(f"a key has 1 to {LONGEST_KEY} bytes, not {len(key)}")
    return MemcachedCommand("mg", b"mg %b b s u\r\n" % b64encode(key), begins=(b"HD", b"EN"))


def watch(kinds: tuple[WatchKind, ...]) -> MemcachedCommand:
    """Log these kinds live on this connection from now on; which are safe is for `capabilities` to say."""
    if not kinds:
        raise ValueError("watch needs a kind")
    name = f"watch {' '.join(kinds)}"
    return MemcachedCommand(name, f"{name}\r\n".encode(), begins=(b"OK",))


def authenticate(username: str, password: SecretStr) -> MemcachedCommand:
    """Present credentials; a server without authentication would store them as an item: ask `version` first.

    Raises ValueError for credentials that the protocol cannot carry.
    """
    secret = f"{username} {password.get_secret_value()}"
    if not username or " " in username or not secret.isprintable():
        raise ValueError("the username has no blanks, and neither it nor the password has control characters")
    body = secret.encode()
    return MemcachedCommand("authenticate", b"set auth 0 0 %d\r\n%b\r\n" % (len(body), body))
