"""How every server is reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl

    from pydantic import SecretStr


@dataclass(frozen=True, slots=True)
class Access:
    """TLS where `tls` is given, and the username and password of memcached's ASCII authentication."""

    tls: ssl.SSLContext | None = None
    username: str = ""
    password: SecretStr | None = None
