"""The table of credentials: one row each, without a password in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.renderables.table import Cell, Column, Row
from mctop.ui.text import Clean, clean

if TYPE_CHECKING:
    from mctop.api.models.credentials import Credential

COLUMNS = (
    Column("username", "username", 12, 48),
    Column("primary", "primary", 9),
    Column("mctop", "used by", 7, priority=1),
    Column("write", "write", 5),
    Column("flush", "flush", 5),
    Column("api", "API", 5),
    Column("password", "password", 9, 24, priority=2),
)
MASK = "••••••••"
"""Stands for a password of any length."""
YES, NO = "✓ yes", "· no"
LONGEST = 80
"""Characters of a username, at most."""


def credential_row(credential: Credential, own: str, api: str) -> Row:
    """One credential; `own` is the username that mctop uses, `api` the version that it speaks."""
    return Row(
        credential.sasl_username,
        (
            Cell(clean(credential.sasl_username, LONGEST)),
            Cell(Clean("★ primary" if credential.primary else ""), "accent"),
            Cell(Clean("▸ mctop" if own and credential.sasl_username == own else ""), "accent"),
            _may(credential.write_capability),
            _may(credential.flush_capability),
            _may(credential.api_capability),
            _password(credential, api),
        ),
    )


def unseen(api: str) -> str:
    """Why there is no password to see."""
    return "API v1 does not show it" if api == "v1" else "the API does not show it"


def _may(capability: bool) -> Cell:
    return Cell(Clean(YES), "good") if capability else Cell(Clean(NO), "muted")


def _password(credential: Credential, api: str) -> Cell:
    lacking = "not in v1" if api == "v1" else "not told"
    return Cell(Clean(MASK if credential.sasl_password is not None else lacking), "muted")
