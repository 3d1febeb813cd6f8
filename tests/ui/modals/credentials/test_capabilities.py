"""The three switches."""

from __future__ import annotations

import pytest

from mctop.api.models.cache import Capabilities
from mctop.ui.modals.credentials.capabilities import CHANGED, UNCHANGED, CapabilitiesDialog
from tests.ui.modals.credentials import keyring
from tests.ui.modals.credentials.keyring import KNOWN, text
from tests.ui.stage import Stage, ready

ONE = KNOWN[1]


async def test_enter_answers_all_three_and_only_what_is_changed_goes_on(stage: Stage) -> None:
    keyring.fill(stage.store)
    answers: list[Capabilities | None] = []
    async with stage.app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await stage.app.push_screen(CapabilitiesDialog(ONE, stage.store), answers.append)
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert UNCHANGED in text(stage)
        await pilot.press("space", "space", "enter")
        await pilot.pause()
        assert UNCHANGED in text(stage)
        assert answers == []
        await pilot.press("space", "k", "space", "enter")
        await pilot.pause()
    assert answers == [Capabilities(write_capability=False, flush_capability=False, api_capability=True)]


@pytest.mark.parametrize("changed", [(KNOWN[0], KNOWN[2]), (KNOWN[0], keyring.credential(ONE.sasl_username, may=""))])
async def test_it_closes_when_the_credential_is_no_longer_as_it_was_seen(stage: Stage, changed: object) -> None:
    keyring.fill(stage.store)
    answers: list[Capabilities | None] = []
    async with stage.app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await stage.app.push_screen(CapabilitiesDialog(ONE, stage.store), answers.append)
        await pilot.pause()
        stage.store.credentials.value.set((*KNOWN, keyring.credential("NEW")))
        await pilot.press("space")
        assert answers == []
        assert isinstance(changed, tuple)
        stage.store.credentials.value.set(changed)
        await pilot.pause()
        assert answers == [None]
        assert CHANGED in text(stage)
        assert not stage.store.credentials.value.followed
