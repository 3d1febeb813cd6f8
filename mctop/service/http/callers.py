"""Who calls: the owner of a credential, or the guest, proved by HTTP Basic."""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.api.models.cache import Credential
from mctop.service.http.guess_brake import GuessBrake, guesser

if TYPE_CHECKING:
    from mctop.service.account import Account

LOGINS = 100
"""Proven logins that are remembered, the newest: as many as there can be credentials."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A credential that was proved; a `guest` may only read."""

    credential: Credential
    guest: bool = False


class TooManyGuesses(Exception):
    """Too many wrong passwords were tried; another may be in so many `seconds`."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"again in {seconds:.0f} s")


class Callers:
    """Tells who calls. What was proved once keeps its way in, however many others guess from the same address."""

    def __init__(self, account: Account, brake: GuessBrake | None = None) -> None:
        self._account, self._brake = account, brake or GuessBrake()
        self._key = secrets.token_bytes(32)
        self._proven: OrderedDict[bytes, None] = OrderedDict()

    def caller(self, header: str, address: str) -> Caller | None:
        """Who an Authorization header proves to be calling, None for nobody. Raise TooManyGuesses."""
        if not header:
            return None
        username, password = basic_login(header)
        login = hashlib.blake2b(f"{username}\0{password}".encode(), key=self._key, digest_size=16).digest()
        exists = self._account.credentials.has(username) or self._account.guests.has(username)
        who = guesser(address, username if exists else "")
        seconds = self._brake.seconds(who)
        if login not in self._proven and seconds > 0:
            raise TooManyGuesses(seconds)
        caller = self._proved(username, password)
        if caller is None:
            self._proven.pop(login, None)
            self._brake.note(who)
        else:
            self._proven[login] = None
            self._proven.move_to_end(login)
            if len(self._proven) > LOGINS:
                self._proven.popitem(last=False)
        return caller

    def _proved(self, username: str, password: str) -> Caller | None:
        credential = self._account.credentials.verified(username, password)
        if credential is not None:
            return Caller(credential)
        if self._account.guests.is_proved(username, password):
            return Caller(Credential(sasl_username=username, api_capability=True), guest=True)
        return None


def basic_login(header: str) -> tuple[str, str]:
    """Read the username and password of HTTP Basic; nonsense is an empty username, which is nobody's."""
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        username, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return "", ""
    return username, password
