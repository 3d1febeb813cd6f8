"""Who calls: the owner of a credential, or a guest, proved by HTTP Basic; and a brake on whoever guesses."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel, SecretStr

from mctop.api.models.cache import Credential

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.service.account.credentials import CredentialTable

GUESSES, EACH = 10, 6.0
"""Wrong passwords that an address may try at once, and the seconds after which it may try one more: 600 an hour."""
ADDRESSES, LOGINS = 1_000, 100
"""Addresses and proven logins that are remembered, the newest."""


@dataclass(frozen=True, slots=True)
class Guest:
    """A login that may read, and sees no secret; it is in no account."""

    username: str
    password: SecretStr


@dataclass(frozen=True, slots=True)
class Caller:
    """A credential that was proved; a `guest` may only read."""

    credential: Credential
    guest: bool = False


class TooManyGuesses(Exception):
    """An address has tried too many wrong passwords; it may try again in so many `seconds`."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"again in {seconds:.0f} s")


class Callers:
    """Tells who calls. What was proved once keeps its way in, however many others guess from the same address."""

    def __init__(
        self, credentials: CredentialTable, guest: Guest | None = None, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._credentials, self._guest, self._now = credentials, guest, now
        self._key = secrets.token_bytes(32)
        self._proven: OrderedDict[bytes, None] = OrderedDict()
        self._guesses: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def caller(self, header: str, address: str) -> Caller | None:
        """Who an Authorization header proves to be calling, None for nobody. Raise TooManyGuesses."""
        username, password = basic_login(header)
        if not header:
            return None
        login = hashlib.blake2b(f"{username}\0{password}".encode(), key=self._key, digest_size=16).digest()
        left = self._left(address)
        if login not in self._proven and left < 1:
            raise TooManyGuesses((1 - left) * EACH)
        caller = self._verified(username, password)
        if caller is None:
            self._proven.pop(login, None)
            self._guesses[address] = left - 1, self._now()
            self._guesses.move_to_end(address)
            if len(self._guesses) > ADDRESSES:
                self._guesses.popitem(last=False)
        else:
            self._proven[login] = None
            self._proven.move_to_end(login)
            if len(self._proven) > LOGINS:
                self._proven.popitem(last=False)
        return caller

    def _left(self, address: str) -> float:
        """Wrong passwords that an address may still try."""
        left, since = self._guesses.get(address, (float(GUESSES), self._now()))
        return min(float(GUESSES), left + (self._now() - since) / EACH)

    def _verified(self, username: str, password: str) -> Caller | None:
        guest = self._guest
        if guest is not None and hmac.compare_digest(username.encode(), guest.username.encode()):
            proved = hmac.compare_digest(password.encode(), guest.password.get_secret_value().encode())
            return Caller(_credential_of(guest), guest=True) if proved else None
        credential = self._credentials.verified(username, password)
        return None if credential is None else Caller(credential)


def _credential_of(guest: Guest) -> Credential:
    """What a guest may do, as a credential says it."""
    return Credential(
        sasl_username=guest.username, write_capability=False, flush_capability=False, api_capability=True, primary=False
    )


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


SECRETS = frozenset({"sasl_password", "slack_url"})
"""The fields of answers that let whoever reads them act."""


def without_secrets(value: object) -> object:
    """The same answer with its secrets empty."""
    if isinstance(value, tuple):
        return tuple(map(without_secrets, value))
    if not isinstance(value, BaseModel):
        return value
    fields = {name: "" if name in SECRETS else without_secrets(each) for name, each in value}
    return value.model_copy(update=fields)
