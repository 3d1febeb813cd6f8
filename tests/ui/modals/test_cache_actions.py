"""The menu of the seldom things to do."""

from __future__ import annotations

from mctop.store.changes.cache_changes import EnableCache, SwitchCluster
from mctop.store.changes.outcome import Outcome, Result
from mctop.ui.modals.cache_actions import CacheActions
from mctop.ui.modals.change_dialogs import Confirmation, Sent
from mctop.ui.registry.options import UiOptions
from tests.ui import samples
from tests.ui.acting import acting, pressed, said, settle, text, typed


async def test_what_can_be_done_is_proposed_and_what_cannot_only_says_why() -> None:
    stage, fake = acting()
    async with stage.app.run_test(size=(120, 30), notifications=True) as pilot:
        await settle(pilot)
        await pressed(pilot, stage, "a")
        shown = text(pilot)
        assert shown.index("Reset the stats") < shown.index("Enable the cache")
        assert "the cache is enabled" in shown
        await pressed(pilot, stage, "down", "down", "down", "enter")
        assert said(pilot) == "the cache is enabled"
        assert isinstance(stage.app.screen, CacheActions)
        await pressed(pilot, stage, "up", "up", "enter")
        assert isinstance(stage.app.screen, Confirmation)
        fake.outcome = Outcome(Result.DONE, detail="mc9")
        await typed(pilot, stage, "prod-cache")
        await pressed(pilot, stage, "enter")
        assert "the cache is on another cluster now" in text(pilot)
        assert "servers now" not in text(pilot)
        moved = {"cluster_name": "mc9", "servers": ("new.example.net:11211",), "label": "prod-cache"}
        stage.store.cache.value.set(samples.cache().model_copy(update=moved))
        assert isinstance(stage.app.screen, Sent)
        stage.app.screen.tick()
        await settle(pilot)
        assert "servers now    new.example.net:11211" in text(pilot)
    assert fake.sent == [SwitchCluster()]


async def test_a_disabled_cache_is_enabled_first() -> None:
    stage, fake = acting()
    stage.store.cache.value.set(samples.cache().model_copy(update={"enabled": False}))
    async with stage.app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await pressed(pilot, stage, "a")
        assert text(pilot).index("Enable the cache") < text(pilot).index("Reset the stats")
        await pressed(pilot, stage, "enter", "right", "enter")
        assert "the cache is enabled now" in text(pilot)
        await pressed(pilot, stage, "escape", "F")
        assert said(pilot) == "the cache is disabled: enable it first"
    assert fake.sent == [EnableCache()]


async def test_in_read_only_everything_is_greyed_and_every_key_says_why() -> None:
    stage, fake = acting(options=UiOptions(read_only=True))
    async with stage.app.run_test(size=(200, 40), notifications=True) as pilot:
        await settle(pilot)
        screen = stage.app.navigation.open_view("Overview")
        await settle(pilot)
        assert {key.key for key in screen.keys.keys if key.off} == {"F", "a"}
        await pressed(pilot, stage, "F")
        assert said(pilot) == "read-only: mctop changes nothing"
        await pressed(pilot, stage, "a")
        assert text(pilot).count("read-only: mctop changes nothing") >= 4
        for _ in range(4):
            await pressed(pilot, stage, "enter", "down")
        assert isinstance(stage.app.screen, CacheActions)
    assert fake.sent == []
