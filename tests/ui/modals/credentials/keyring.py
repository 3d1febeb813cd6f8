"""Credentials for tests, with passwords that must be seen nowhere unless they are revealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import SecretStr

from mctop.api.models.cache import Credential
from tests.ui import samples

if TYPE_CHECKING:
    from textual.app import App

    from mctop.store.store import Store
    from tests.ui.stage import Stage

OWN = "4F2A9C"
CANARY = "CANARY0123456789"


def credential(username: str, *, primary: bool = False, may: str = "wfa", shown: bool = True) -> Credential:
    """A credential; `may` has a letter for each capability: write, flush, API."""
    return Credential(
        sasl_username=username,
        sasl_password=SecretStr(f"{CANARY}{username}") if shown else None,
        primary=primary,
        write_capability="w" in may,
        flush_capability="f" in may,
        api_capability="a" in may,
    )


KNOWN = (
    credential(OWN, primary=True),
    credential("7B01D2", may="w"),
    credential("AUDIT-READER", may="a"),
)


def fill(store: Store, known: tuple[Credential, ...] = KNOWN) -> None:
    """A live store of a cache that has these credentials."""
    samples.fill(store)
    store.username.set(OWN)
    store.credentials.value.set(known)
    samples.live(store)


def screen_text(app: App[int]) -> str:
    """What can be seen, and every toast."""
    shown = [strip.text for strip in app.screen._compositor.render_strips()]
    return "\n".join((*shown, *(note.message for note in app._notifications)))


def text(stage: Stage) -> str:
    """What can be seen on a stage, and every toast."""
    return screen_text(stage.app)
