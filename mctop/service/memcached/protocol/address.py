"""Addresses of memcached servers, and how all of them are reached."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl

    from pydantic import SecretStr


DEFAULT_PORT = 11211
"""Registered for memcached."""

_BRACKETED = re.compile(r"\[(?P<host>[0-9A-Fa-f:.]+(?:%[A-Za-z0-9._-]+)?)\](?::(?P<port>\d+))?")
_PLAIN = re.compile(r"(?P<host>[A-Za-z0-9._-]+)(?::(?P<port>\d+))?")


@dataclass(frozen=True, slots=True)
class Address:
    """The host (a name or an address without brackets) and the TCP port of one server."""

    host: str
    port: int = DEFAULT_PORT

    @property
    def text(self) -> str:
        """`host:port`, with brackets around an IPv6 address."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def parse_addresses(text: str) -> tuple[Address, ...]:
    """Read `HOST[:PORT],...`; an IPv6 address is in brackets, and a missing port is 11211.

    Raises ValueError with words for the screen where an address is malformed, missing or named twice.
    """
    addresses = tuple(_parse(part.strip()) for part in text.split(","))
    for address in addresses:
        if addresses.count(address) > 1:
            raise ValueError(f"{address.text} is named twice")
    return addresses


def _parse(text: str) -> Address:
    match = _BRACKETED.fullmatch(text) or _PLAIN.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not HOST:PORT{_hint(text)}")
    port = int(match["port"] or DEFAULT_PORT)
    if not 1 <= port <= 65_535:
        raise ValueError(f"{text!r}: ports are 1 to 65535")
    return Address(match["host"].lower(), port)


def _hint(text: str) -> str:
    if not text:
        return " (it is empty)"
    if text.startswith(("/", "unix:")):
        return " (unix sockets are not supported)"
    if text.count(":") > 1:
        return " (write IPv6 addresses as [::1]:11211)"
    return ""


@dataclass(frozen=True, slots=True)
class Access:
    """TLS where `tls` is given, and the username and password of memcached's ASCII authentication.

    It is `text_only` where the owner of the servers states that no client speaks the binary protocol to them.
    """

    tls: ssl.SSLContext | None = None
    username: str = ""
    password: SecretStr | None = None
    text_only: bool = False
