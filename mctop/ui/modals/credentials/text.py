"""Credentials in rows and words, and the facts before one of them is changed, promoted or deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.renderables.table import Cell, Column, Row
from mctop.ui.words.runs import Run
from mctop.ui.words.text import Clean, clean

if TYPE_CHECKING:
    from mctop.api.models.cache import Capabilities, Credential
    from mctop.store.changes.credential_changes import DeleteCredential, PromoteCredential, UpdateCredential
    from mctop.store.store import Store

    Line = tuple[Run, ...]

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


CAPABILITIES = (
    ("write_capability", "write", "without it, clients read, and nothing they set is kept"),
    ("flush_capability", "flush", "without it, clients cannot flush the cache"),
    ("api_capability", "API", "without it, this API lets it in no more"),
)
"""Each capability: its field, what it is called, and what its absence means."""
NAMED = 30
"""Characters of a username in a sentence, at most."""
LOCKED_OUT = "✗ mctop itself uses this credential and stops working with this cache."


def facts_of_update(change: UpdateCredential, store: Store) -> tuple[Line, ...]:
    """Every capability, before and after; all three are sent."""
    lines = [before_after(field, name, change.credential, change.after) for field, name, _ in CAPABILITIES]
    before, after = change.credential, change.after
    lost = [why for field, _, why in CAPABILITIES if getattr(before, field) and not getattr(after, field)]
    lines += [(Run(f"{why[0].upper()}{why[1:]}."),) for why in lost]
    if lost and before.primary:
        lines.append((Run("It is the primary credential: the application most likely uses it.", "fair"),))
    return (*lines, *_locked_out(change, store))


def facts_of_promote(change: PromoteCredential, store: Store) -> tuple[Line, ...]:
    """What becomes of the primary one, and of the application."""
    credentials = store.credentials.value.value or ()
    was = next((credential.sasl_username for credential in credentials if credential.primary), None)
    instead = (Run(" in place of "), Run(clean(was, NAMED), "value")) if was else ()
    return (
        (Run("It becomes the primary credential"), *instead, Run(".")),
        (Run("A platform such as Heroku then updates the application's config vars", "fair"),),
        (Run("(MEMCACHIER_USERNAME, MEMCACHIER_PASSWORD) and restarts it.", "fair"),),
    )


def facts_of_delete(change: DeleteCredential, store: Store) -> tuple[Line, ...]:
    """Whether it is primary, and who is let in no more."""
    primary = (
        ((Run("★ It is the primary credential: the application most likely uses it.", "poor"),),
         (Run("The API may refuse; promote another one first.", "fair"),))
        if change.credential.primary
        else ((Run("It is not the primary credential. The application may still use it."),),)
    )  # fmt: skip
    return (
        *primary,
        (Run("Whatever logs in with it is let in no more. It cannot be brought back."),),
        *_locked_out(change, store),
    )


def before_after(field: str, name: str, before: Capabilities, after: Capabilities) -> Line:
    """One capability: what it is, and where it changes what it becomes."""
    was, becomes = getattr(before, field), getattr(after, field)
    start = (Run(f"{name:<6}", "muted"), Run(f"{_yes_no(was):<5}", "muted" if was != becomes else ""))
    if was == becomes:
        return (*start, Run("  as it is", "muted"))
    return (*start, Run("  →  ", "muted"), Run(_yes_no(becomes), "good" if becomes else "poor"))


def _yes_no(may: bool) -> str:
    return YES if may else NO


def _locked_out(change: UpdateCredential | DeleteCredential, store: Store) -> tuple[Line, ...]:
    return ((Run(LOCKED_OUT, "poor"),),) if change.locks_out(store) else ()
