"""The form of a delivery config."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from mctop.store.changes.alert_changes import CreateDeliveryConfig
from mctop.store.store import Store
from mctop.ui.modals.alerts.draft import DeliveryDraft
from mctop.ui.modals.alerts.forms import DeliveryForm
from tests.ui.modals.alerts import book
from tests.ui.modals.alerts.book import CANARY, Bare, press, text

if TYPE_CHECKING:
    from textual.pilot import Pilot


async def paste(pilot: Pilot[None], pasted: str) -> None:
    """What a terminal sends for a paste."""
    assert pilot.app.focused is not None
    pilot.app.focused.post_message(events.Paste(pasted))
    await pilot.pause()


async def test_a_webhook_is_masked_while_it_is_typed_and_told_to_nobody_but_the_api() -> None:
    app = Bare(lambda: DeliveryForm(Store(), DeliveryDraft()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "name@example.com" in text(app)
        assert "needed" in text(app)
        assert "✗" not in text(app)
        await press(pilot, "enter")
        assert "✗ no address like name@example.com" in text(app)
        await press(pilot, "up", "right")
        assert "✗ no address" not in text(app)
        await press(pilot, "tab", "x", "enter")
        assert "✗ must be an https:// URL" in text(app)
        assert "✗ a channel like #ops" in text(app)
        assert app.answers == []
        await press(pilot, "backspace")
        await paste(pilot, f"{CANARY}\nsecond line")
        assert "CANARY" not in text(app) + app.export_screenshot()
        assert "•" * 20 in text(app)
        await press(pilot, "tab", "number_sign", "x")
        await paste(pilot, "\x1b[2J\u202e")
        assert "#x^[[2J\\u202e" in text(app)
        await press(pilot, "enter")
    (answer,) = app.answers
    assert isinstance(answer, CreateDeliveryConfig)
    assert answer.config.slack_url is not None
    assert answer.config.slack_url.get_secret_value() == CANARY
    assert "CANARY" not in repr(answer)


async def test_it_says_that_nothing_will_arrive_where_the_service_does_not_deliver_in_this_way() -> None:
    store = Store()
    book.fill(store)
    draft = DeliveryDraft("slack", webhook=CANARY, channel="#ops")
    app = Bare(lambda: DeliveryForm(book.without_slack(store), draft))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert f"! not delivered: {book.WHY}" in text(app)
        await press(pilot, "left")
        assert "not delivered" not in text(app)
