"""The alerts and the delivery configs, listed, and what their keys ask for."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from mctop.api.models.alerts import Alert
from mctop.store.alerts.outlook import AlertOutlook
from mctop.store.changes.alert_changes import CreateAlert, DeleteAlert, DeleteDeliveryConfig, ToggleAlert
from mctop.ui.modals.alerts.forms import AlertForm, DeliveryForm
from mctop.ui.modals.alerts.modal import AlertsModal
from mctop.ui.modals.change_dialogs import Confirmation
from mctop.ui.registry.options import UiOptions
from tests.ui.acting import REST, FakeActions, connect, settle
from tests.ui.modals.alerts import book
from tests.ui.modals.alerts.book import text
from tests.ui.stage import Stage, ready

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot

    from mctop.store.changes.change import Change


@asynccontextmanager
async def opened(stage: Stage) -> AsyncIterator[tuple[Pilot[int], FakeActions]]:
    """The modal, open over a view; nothing it asks for is sent."""
    fake = FakeActions()
    book.fill(stage.store)
    connect(stage, fake)
    async with stage.app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pressed(pilot, stage, "A")
        assert isinstance(stage.app.screen, AlertsModal)
        yield pilot, fake
        assert "CANARY" not in stage.app.export_screenshot() + text(stage.app)
    assert stage.app.frame_filter.hits == 0


async def pressed(pilot: Pilot[int], stage: Stage, *keys: str) -> None:
    """Press keys, each after a rest."""
    for key in keys:
        stage.clock.passed += REST
        await pilot.press(key)
    await pilot.pause()


def proposed(stage: Stage) -> Change:
    """What is asked now."""
    assert isinstance(stage.app.screen, Confirmation), text(stage.app)
    return stage.app.screen.proposal.change


async def test_the_keys_act_on_the_row_under_the_cursor_of_the_table_that_has_them(stage: Stage) -> None:
    async with opened(stage) as (pilot, fake):
        assert "2 of 3 on · 1 would fire now" in text(stage.app)
        await pressed(pilot, stage, "down", "down", "space")
        change = proposed(stage)
        assert isinstance(change, ToggleAlert)
        assert (change.alert, change.after.enabled) == (book.NIGHT, True)
        assert "disabled → enabled" in text(stage.app)
        await pressed(pilot, stage, "right", "enter")
        await settle(pilot)
        assert isinstance(stage.app.screen, AlertsModal)
        assert fake.sent == [change]
        await pressed(pilot, stage, "d")
        assert proposed(stage) == DeleteAlert(book.NIGHT)
        await pressed(pilot, stage, "escape", "tab", "space", "e", "enter")
        assert isinstance(stage.app.screen, AlertsModal), "a delivery config can be neither edited nor switched"
        assert "space on/off" not in text(stage.app)
        await pressed(pilot, stage, "down", "d")
        assert proposed(stage) == DeleteDeliveryConfig(book.SLACK)
        assert "! 1 alert uses it" in text(stage.app)
        assert "memory above 60 %" in text(stage.app)
        await pressed(pilot, stage, "enter")
        assert len(fake.sent) == 1


async def test_forms_open_for_new_ones_and_for_the_alert_under_the_cursor(stage: Stage) -> None:
    async with opened(stage) as (pilot, fake):
        for key, form, title in (("n", AlertForm, "New alert"), ("enter", AlertForm, "Alert 3"),
                                 ("N", DeliveryForm, "New delivery")):  # fmt: skip
            await pressed(pilot, stage, key)
            assert isinstance(stage.app.screen, form)
            assert title in text(stage.app)
            await pressed(pilot, stage, "escape")
            assert isinstance(stage.app.screen, AlertsModal)
        assert fake.sent == []
        assert not stage.store.backtest.value.followed
        assert not stage.store.backtest.wanted.value.names


async def test_what_was_typed_is_there_again_until_it_was_created(stage: Stage) -> None:
    async with opened(stage) as (pilot, _):
        await pressed(pilot, stage, "n", "tab", "7", "1", "enter")
        change = proposed(stage)
        assert isinstance(change, CreateAlert)
        assert change.alert.trigger_threshold == 71
        await pressed(pilot, stage, "escape", "n")
        assert "fires below 71 %" in text(stage.app)
        created = Alert(id=13, **change.alert.model_dump())
        await pressed(pilot, stage, "escape")
        stage.store.alerts.value.set((*book.ALERTS, AlertOutlook(created, 90, fires=False)))
        await pressed(pilot, stage, "n")
        assert "fires below 80 %" in text(stage.app)


async def test_what_there_is_none_of_says_what_to_press(stage: Stage) -> None:
    async with opened(stage) as (pilot, _):
        stage.store.alerts.value.set(())
        stage.store.deliveries.value.set(())
        await pilot.pause()
        assert "no alerts · n creates one" in text(stage.app)
        assert "N creates a delivery config" in text(stage.app)
        await pressed(pilot, stage, "space", "d", "e")
        assert isinstance(stage.app.screen, AlertsModal)
        await pressed(pilot, stage, "N")
        assert isinstance(stage.app.screen, DeliveryForm)


async def test_read_only_says_so_and_opens_nothing() -> None:
    stage = Stage(UiOptions(read_only=True))
    async with opened(stage) as (pilot, fake):
        assert "✗ read-only: mctop changes nothing" in text(stage.app)
        for key in ("n", "e", "space", "d", "N"):
            await pressed(pilot, stage, key)
            assert isinstance(stage.app.screen, AlertsModal)
        assert fake.sent == []
