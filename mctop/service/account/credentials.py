"""The credentials of the account, and what each may do."""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING

from mctop.api.models.cache import Capabilities, Credential
from mctop.service.account.database import Declined, is_full

if TYPE_CHECKING:
    import sqlite3

MOST = 100
"""Credentials at most, so that no caller of the API can fill the file."""

EVERYTHING = Capabilities(write_capability=True, flush_capability=True, api_capability=True)


class CredentialTable:
    """Usernames with their passwords and capabilities; exactly one is primary."""

    def __init__(self, database: sqlite3.Connection, cache_id: int) -> None:
        self._database, self._cache_id = database, cache_id

    def all(self) -> tuple[Credential, ...]:
        """Every credential, oldest first."""
        rows = self._database.execute("SELECT * FROM credentials ORDER BY id").fetchall()
        return tuple(self._value(row) for row in rows)

    def verified(self, username: str, password: str) -> Credential | None:
        """Find the credential these prove, or None."""
        row = self._database.execute("SELECT * FROM credentials WHERE username = ?", (username,)).fetchone()
        expected = row["password"] if row else secrets.token_hex(16)
        matches = hmac.compare_digest(str(expected).encode(), password.encode())
        return self._value(row) if row and matches else None

    def has(self, username: str) -> bool:
        """Whether there is a credential of this username."""
        row = self._database.execute("SELECT 1 FROM credentials WHERE username = ?", (username,)).fetchone()
        return row is not None

    def primary(self) -> Credential:
        """The primary credential."""
        return next(credential for credential in self.all() if credential.primary)

    def set_password(self, password: str) -> None:
        """Give the primary credential another password."""
        self._database.execute("UPDATE credentials SET password = ? WHERE is_primary", (password,))

    def find(self, name: str) -> Credential:
        """Find a credential by its username, or else by its id (the documents say both); raise Declined."""
        row = self._database.execute(
            "SELECT * FROM credentials WHERE username = ?1 OR CAST(id AS TEXT) = ?1 ORDER BY username = ?1 DESC",
            (name,),
        ).fetchone()
        if row is None:
            raise Declined("The cache has no such credentials.")
        return self._value(row)

    def add(self, username: str, password: str, *, primary: bool = False) -> Credential:
        """Add a credential with every capability."""
        self._database.execute(
            "INSERT INTO credentials (username, password, can_write, can_flush, can_api, is_primary)"
            " VALUES (?, ?, 1, 1, 1, ?)",
            (username, password, primary),
        )
        return self.find(username)

    def only(self, username: str, password: str) -> None:
        """Have these credentials, and no others."""
        if self.verified(username, password) is None:
            self._database.execute("DELETE FROM credentials")
            self.add(username, password, primary=True)

    def create(self) -> Credential:
        """Make up a credential with every capability; raise Declined where there are too many."""
        if is_full(self._database, "credentials", MOST):
            raise Declined(f"A cache has at most {MOST} credentials.")
        return self.add(secrets.token_hex(6).upper(), secrets.token_hex(16).upper())

    def update(self, name: str, capabilities: Capabilities) -> Capabilities:
        """Replace what a credential may do; raise Declined."""
        self._database.execute(
            "UPDATE credentials SET can_write = ?, can_flush = ?, can_api = ? WHERE id = ?",
            (
                capabilities.write_capability,
                capabilities.flush_capability,
                capabilities.api_capability,
                self.find(name).id,
            ),
        )
        return capabilities

    def promote(self, name: str) -> Credential:
        """Make a credential the primary one; raise Declined."""
        self._database.execute("UPDATE credentials SET is_primary = (id = ?)", (self.find(name).id,))
        return self.find(name)

    def delete(self, name: str) -> None:
        """Delete a credential; raise Declined for the primary one, which the cache's owner depends on."""
        credential = self.find(name)
        if credential.primary:
            raise Declined("The primary credentials cannot be deleted; promote others first.")
        self._database.execute("DELETE FROM credentials WHERE id = ?", (credential.id,))

    def _value(self, row: sqlite3.Row) -> Credential:
        return Credential.model_validate(
            {
                "id": row["id"],
                "cache_id": self._cache_id,
                "sasl_username": row["username"],
                "sasl_password": row["password"],
                "write_capability": bool(row["can_write"]),
                "flush_capability": bool(row["can_flush"]),
                "api_capability": bool(row["can_api"]),
                "primary": bool(row["is_primary"]),
            }
        )
