"""The place where an API is served, and whom it lets in; values alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Certificate:
    """The files of a certificate, with those that sign it, and of its key."""

    chain: Path
    key: Path


@dataclass(frozen=True, slots=True)
class ChosenPassword:
    """A password, and the file that it was read from."""

    file: Path
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ServedAt:
    """An address and a port, 0 for a free one; `account` is the file of the account, None keeps it in memory.

    `password` is that of the primary credential, None to make one up. Where `guest` is set, one more login may read.
    The service answers to `names` besides its own.
    """

    host: str = "127.0.0.1"
    port: int = 8400
    account: Path | None = None
    password: ChosenPassword | None = None
    guest: bool = False
    certificate: Certificate | None = None
    names: tuple[str, ...] = ()
