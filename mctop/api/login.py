"""The username and password of a credential, silent about the password."""

import base64
from dataclasses import dataclass

from pydantic import SecretStr

MASK = "***"


@dataclass(frozen=True, slots=True)
class Login:
    """Who calls the API; whitespace round either half (a file's last newline) is not part of it."""

    username: str
    password: SecretStr

    def __post_init__(self) -> None:
        object.__setattr__(self, "username", self.username.strip())
        object.__setattr__(self, "password", SecretStr(self.password.get_secret_value().strip()))

    def redact(self, text: str) -> str:
        """Mask the password, and the header made of it, in words that come from a server."""
        password = self.password.get_secret_value()
        header = base64.b64encode(f"{self.username}:{password}".encode(errors="replace")).decode()
        for secret in (header, password):
            text = text.replace(secret, MASK) if secret else text
        return text
