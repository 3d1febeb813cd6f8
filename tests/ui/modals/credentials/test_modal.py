"""The list of credentials, without anything behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mctop.store.base.health import FailureKind
from mctop.ui.modals.credentials.capabilities import CapabilitiesDialog
from mctop.ui.modals.credentials.modal import CredentialsModal
from mctop.ui.modals.help import Help
from mctop.ui.registry.options import UiOptions
from mctop.ui.words.change_text import REVEALED
from tests.ui import samples
from tests.ui.modals.credentials import keyring
from tests.ui.modals.credentials.keyring import CANARY, KNOWN, OWN, text
from tests.ui.stage import Stage, ready

if TYPE_CHECKING:
    from textual.pilot import Pilot


SIZES = ((80, 24), (120, 30))


async def opened(stage: Stage, pilot: Pilot[int], *, read_only: bool = False) -> CredentialsModal:
    """The modal, over the view."""
    await ready(pilot)
    stage.store.cache_id.set(1561)
    dialog = CredentialsModal(stage.store, stage.clock, UiOptions(read_only=read_only))
    await stage.app.push_screen(dialog)
    await pilot.pause()
    return dialog


def under_cursor(dialog: CredentialsModal) -> str | None:
    """The username under the cursor."""
    row = dialog._grid.chosen
    return row.key if row else None


def off(dialog: CredentialsModal) -> set[str]:
    """The keys that are greyed."""
    return {key.shown for key in dialog.keys.keys if key.off}


async def test_it_lists_them_and_keeps_the_cursor_on_the_username(stage: Stage) -> None:
    keyring.fill(stage.store)
    async with stage.app.run_test(size=SIZES[0]) as pilot:
        dialog = await opened(stage, pilot)
        assert "Credentials · prod-cache" in text(stage)
        assert [key.shown for key in dialog.keys.keys] == ["n", "e", "p", "d", "v", "y", "r", "?", "esc"]
        assert off(dialog) == set()
        await pilot.press("j")
        assert under_cursor(dialog) == KNOWN[1].sasl_username
        stage.store.credentials.value.set((keyring.credential("0NEW"), *reversed(KNOWN)))
        assert under_cursor(dialog) == KNOWN[1].sasl_username
        stage.store.credentials.value.set((KNOWN[0], KNOWN[2]))
        assert under_cursor(dialog) in {OWN, "AUDIT-READER"}
        await pilot.press("g", "p")
        await pilot.pause()
        assert "is the primary credential already" in text(stage)
        assert stage.app.screen is dialog
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(stage.app.screen, Help)
        assert "In the credentials" in text(stage)
        await pilot.press("escape", "enter")
        assert isinstance(stage.app.screen, CapabilitiesDialog)
        await pilot.press("escape", "escape")
        assert not stage.app.screen.is_modal
        assert not stage.store.credentials.value.followed


async def test_no_password_is_seen_unless_it_is_revealed(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.fill(stage.store)
    copied: list[str] = []
    monkeypatch.setattr(stage.app, "copy_to_clipboard", copied.append)
    async with stage.app.run_test(size=SIZES[1]) as pilot:
        dialog = await opened(stage, pilot)
        await pilot.press("y", "y", "e", "space", "escape")
        await pilot.pause()
        assert copied == [OWN, f"{CANARY}{OWN}"]
        assert "the password was sent to the terminal" in text(stage)
        assert CANARY not in text(stage) + stage.app.export_screenshot()
        await pilot.press("v")
        await pilot.pause()
        assert f"{CANARY}{OWN}" in text(stage)
        stage.clock.passed = REVEALED
        dialog.settle()
        await pilot.pause()
        assert CANARY not in text(stage)
        await pilot.press("v")
        assert CANARY in text(stage)
        await pilot.press("escape")
        await pilot.pause()
        assert CANARY not in text(stage) + stage.app.export_screenshot()
        assert all(CANARY not in note.message for note in stage.app._notifications)


async def test_however_many_there_are_the_one_whose_password_is_revealed_stays_in_sight(stage: Stage) -> None:
    keyring.fill(stage.store, tuple(keyring.credential(f"U{number:05}") for number in range(40)))
    async with stage.app.run_test(size=SIZES[0]) as pilot:
        await opened(stage, pilot)
        await pilot.press("G", "v")
        await pilot.pause()
        assert " U00039 " in text(stage)
        assert "password of U00039" in text(stage)
        assert "esc close" in text(stage)


@pytest.mark.parametrize(
    ("read_only", "changes", "reason"),
    [
        (False, {"can_manage_credentials": False}, "development caches cannot manage credentials"),
        (
            False,
            {"cache_type": "memcached", "can_manage_credentials": False},
            "there is no such thing for memcached servers",
        ),
        (True, {}, "read-only: mctop changes nothing"),
    ],
    ids=["development", "memcached", "read-only"],
)
async def test_what_cannot_be_done_is_greyed_and_says_why(
    stage: Stage, read_only: bool, changes: dict[str, object], reason: str
) -> None:
    keyring.fill(stage.store)
    stage.store.cache.value.set(samples.cache().model_copy(update=changes))
    async with stage.app.run_test(size=SIZES[0]) as pilot:
        dialog = await opened(stage, pilot, read_only=read_only)
        assert f"✗ {reason}" in text(stage)
        assert "n creates one" not in text(stage)
        assert off(dialog) == {"n", "e", "p", "d"}
        stage.app.clear_notifications()
        await pilot.press("e")
        await pilot.pause()
        assert [note.message for note in stage.app._notifications] == [reason]
        assert stage.app.screen is dialog


async def test_where_capabilities_alone_cannot_be_changed_edit_alone_is_greyed(stage: Stage) -> None:
    keyring.fill(stage.store)
    stage.store.cache.value.set(samples.cache().model_copy(update={"can_update_capabilities": False}))
    async with stage.app.run_test(size=SIZES[0]) as pilot:
        assert off(await opened(stage, pilot)) == {"e"}


async def test_with_nothing_to_show_it_says_why_and_which_keys_work(stage: Stage) -> None:
    keyring.fill(stage.store, ())
    async with stage.app.run_test(size=SIZES[0]) as pilot:
        dialog = await opened(stage, pilot)
        assert "no credentials · n creates one" in text(stage)
        assert off(dialog) == {"e", "p", "d", "v", "y"}
        await pilot.press("e", "p", "d", "v", "y")
        assert stage.app.screen is dialog
        stage.store.credentials.value.set(None)
        samples.fail(stage.store, FailureKind.FORBIDDEN, 403, "no API for you")
        dialog.settle()
        await pilot.pause()
        assert "403: not allowed to see this" in text(stage)
        keyring.fill(stage.store, (keyring.credential(OWN, shown=False),))
        stage.store.api.set("v1")
        await pilot.press("v")
        await pilot.pause()
        assert "API v1 does not show it" in [note.message for note in stage.app._notifications]
