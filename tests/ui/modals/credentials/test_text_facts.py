"""What is said before something is done to a credential."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from mctop.api.models.cache import Capabilities
from mctop.store.changes.credential_changes import DeleteCredential, PromoteCredential, UpdateCredential
from mctop.store.store import Store
from mctop.ui.modals.credentials.text import (
    LOCKED_OUT,
    facts_of_delete,
    facts_of_promote,
    facts_of_update,
)
from tests.ui.modals.credentials import keyring
from tests.ui.modals.credentials.keyring import CANARY, KNOWN

if TYPE_CHECKING:
    from mctop.ui.words.runs import Run

WIDE = 70
"""Columns that a dialog has for them."""
ALL = Capabilities(write_capability=True, flush_capability=True, api_capability=True)
NONE = Capabilities()


@pytest.fixture
def store() -> Store:
    filled = Store()
    keyring.fill(filled)
    return filled


def said(lines: tuple[tuple[Run, ...], ...]) -> str:
    """The text, which fits and holds no password."""
    text = ["".join(run.text for run in line) for line in lines]
    assert all(cell_len(line) <= WIDE for line in text)
    assert CANARY not in "".join(text)
    return "\n".join(text)


def test_an_edit_says_all_three_before_and_after_and_what_is_lost(store: Store) -> None:
    text = said(facts_of_update(UpdateCredential(KNOWN[1], Capabilities(api_capability=True)), store)).splitlines()
    assert text[0].split() == ["write", "✓", "yes", "→", "·", "no"]
    assert text[1].split() == ["flush", "·", "no", "as", "it", "is"]
    assert text[2].split() == ["API", "·", "no", "→", "✓", "yes"]
    assert text[3:] == ["Without it, clients read, and nothing they set is kept."]


def test_an_edit_of_the_primary_one_warns_of_the_application(store: Store) -> None:
    text = said(facts_of_update(UpdateCredential(KNOWN[0], ALL.model_copy(update={"write_capability": False})), store))
    assert "the application most likely uses it" in text
    assert LOCKED_OUT not in text


def test_losing_the_api_or_the_credential_that_mctop_uses_is_said_loudly(store: Store) -> None:
    mine, other = KNOWN[0], KNOWN[2]
    assert LOCKED_OUT in said(facts_of_update(UpdateCredential(mine, NONE), store))
    assert LOCKED_OUT in said(facts_of_delete(DeleteCredential(mine), store))
    assert LOCKED_OUT not in said(facts_of_update(UpdateCredential(other, NONE), store))
    assert LOCKED_OUT not in said(facts_of_delete(DeleteCredential(other), store))


def test_a_promotion_names_the_one_before_and_says_that_the_application_restarts(store: Store) -> None:
    text = said(facts_of_promote(PromoteCredential(KNOWN[1]), store))
    assert f"in place of {KNOWN[0].sasl_username}." in text
    assert "Heroku" in text
    assert "restarts it" in text
    store.credentials.value.set(None)
    assert "in place of" not in said(facts_of_promote(PromoteCredential(KNOWN[1]), store))


def test_a_deletion_says_whether_it_is_the_primary_one(store: Store) -> None:
    assert "★ It is the primary credential" in said(facts_of_delete(DeleteCredential(KNOWN[0]), store))
    assert "not the primary credential" in said(facts_of_delete(DeleteCredential(KNOWN[1]), store))
