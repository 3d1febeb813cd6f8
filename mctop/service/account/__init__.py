"""The account: credentials, alerts, delivery configs and watched prefixes of one cache."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.service.account.alerts import AlertTable, DeliveryTable
from mctop.service.account.credentials import CredentialTable
from mctop.service.account.database import open_database
from mctop.service.account.guests import GuestTable
from mctop.service.account.prefixes import PrefixTable

if TYPE_CHECKING:
    from pathlib import Path
    from sqlite3 import Connection


@dataclass(frozen=True, slots=True)
class Account:
    """What the API keeps for a cache, beside what the cache itself knows."""

    credentials: CredentialTable
    alerts: AlertTable
    deliveries: DeliveryTable
    prefixes: PrefixTable
    guests: GuestTable
    database: Connection

    def close(self) -> None:
        """Close the database; in memory, that forgets the account."""
        self.database.close()


def open_account(cache_id: int, username: str, password: str, *, file: Path | None = None) -> Account:
    """Open the account of a cache, in memory or in a file; a new one gets these as its primary credentials."""
    database = open_database(file)
    account = Account(
        CredentialTable(database, cache_id),
        AlertTable(database),
        DeliveryTable(database),
        PrefixTable(database),
        GuestTable(database),
        database,
    )
    if not account.credentials.all():
        account.credentials.add(username, password, primary=True)
    return account
