"""The guest of the account, who may read: one login that is in no list of credentials."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

SALT = hashlib.blake2b.SALT_SIZE


@dataclass(frozen=True, slots=True)
class Guest:
    """A guest; the `password` is there only when it was made up, and is not to be had again."""

    username: str
    password: str | None = field(default=None, repr=False)


class GuestTable:
    """The guest, if there is one.

    No answer shows the password, so only its hash is kept. It is a fast one: a random password of 128 bits cannot be
    guessed, however fast.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def admit(self) -> Guest:
        """The guest; makes one up where there is none."""
        row = self._database.execute("SELECT username FROM guests").fetchone()
        if row is not None:
            return Guest(row["username"])
        guest = Guest(f"guest-{secrets.token_hex(3)}", secrets.token_hex(16).upper())
        salt = secrets.token_bytes(SALT)
        self._database.execute(
            "INSERT INTO guests (username, salt, hash) VALUES (?, ?, ?)",
            (guest.username, salt, _hash(guest.password or "", salt)),
        )
        return guest

    def forget(self) -> None:
        """Let no guest in; the next one is another."""
        self._database.execute("DELETE FROM guests")

    def has(self, username: str) -> bool:
        """Whether it is the guest's username."""
        return self._database.execute("SELECT 1 FROM guests WHERE username = ?", (username,)).fetchone() is not None

    def is_proved(self, username: str, password: str) -> bool:
        """Whether these prove the guest."""
        row = self._database.execute("SELECT salt, hash FROM guests WHERE username = ?", (username,)).fetchone()
        return row is not None and hmac.compare_digest(row["hash"], _hash(password, row["salt"]))


def _hash(password: str, salt: bytes) -> bytes:
    return hashlib.blake2b(password.encode(), salt=salt, digest_size=32).digest()
