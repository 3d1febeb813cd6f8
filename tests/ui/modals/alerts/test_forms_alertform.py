"""The form of an alert, and the back-test in it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from mctop.api.models.alerts import NewAlert
from mctop.store.alerts.outlook import AlertOutlook
from mctop.store.base.health import FailureKind
from mctop.store.changes.alert_changes import CreateAlert, UpdateAlert
from mctop.store.series.ratio_scale import FRACTIONS, RatioScale
from mctop.store.store import Store
from mctop.ui.modals.alerts.draft import AlertDraft, draft_of
from mctop.ui.modals.alerts.forms import EditAlertForm, NewAlertForm
from mctop.ui.widgets.chart import Chart
from tests.ui import samples
from tests.ui.modals.alerts import book
from tests.ui.modals.alerts.book import Bare, press, text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot

    from mctop.api.models.alerts import Alert


@asynccontextmanager
async def editing(base: Alert | None = None) -> AsyncIterator[tuple[Pilot[None], Store, Bare]]:
    """The form, open, and the store beneath it."""
    store = Store()
    book.fill(store)
    app = Bare(
        lambda: NewAlertForm(store, AlertDraft()) if base is None else EditAlertForm(store, draft_of(base), base)
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        yield pilot, store, app


async def test_the_last_day_is_judged_anew_with_every_key() -> None:
    async with editing() as (pilot, store, app):
        chart = app.screen.query_one(Chart)
        assert "would have fired 2 times in the last 24h, 55m in all, longest 35m" in text(app)
        assert "no data for 2h 15m" in text(app)
        assert chart.plot is not None
        assert [line.label for line in chart.plot.lines] == ["would fire", "hit rate"]
        await press(pilot, "tab", "5")
        assert "would have fired once" not in text(app)
        assert "would not have fired in the last 24h" in text(app)
        assert chart.plot.thresholds[0].value == 5
        await press(pilot, "plus", "plus", "minus")
        assert chart.plot.thresholds[0].value == 6
        await press(pilot, "up", "right", "down", *["backspace"] * 3, "6", "0")
        assert store.backtest.wanted.value.names == {"bytes", "max_bytes"}
        assert "fires above 60 %" in text(app)
        assert "would have fired" in text(app)
        await press(pilot, "tab", "right", "tab", "h", "o", "tab", "space", "enter")
    created = NewAlert(trigger_type="memory_usage", trigger_threshold=60, delivery_config_id=1, description="ho")
    assert app.answers == [CreateAlert(created)]
    assert not store.backtest.value.followed


async def test_nothing_goes_on_while_a_field_is_wrong() -> None:
    async with editing() as (pilot, store, app):
        await press(pilot, "tab", "1", "0", "1", "tab", "enter")
        assert "✗ a number from 0 to 100" in text(app)
        assert "correct what is marked first" in text(app)
        assert "not tested while it is wrong" in text(app)
        assert app.answers == []
        await press(pilot, "end", "backspace", "tab", "right", "right")
        assert "Slack #ops (2)" in text(app)
        store.deliveries.value.set((book.EMAIL,))
        await pilot.pause()
        assert "✗ there is no such delivery config any more" in text(app)
        await press(pilot, "enter")
        assert app.answers == []
        await press(pilot, "left", "enter")
    (answer,) = app.answers
    assert isinstance(answer, CreateAlert)
    assert answer.alert.trigger_threshold == 10


async def test_what_is_edited_is_sent_only_if_it_is_changed() -> None:
    async with editing(book.LOW) as (pilot, _, app):
        assert "nothing is changed yet" in text(app)
        await press(pilot, "enter")
        assert app.answers == []
        await press(pilot, "tab", "minus", "enter")
    (answer,) = app.answers
    assert answer == UpdateAlert(book.LOW, book.LOW.model_copy(update={"trigger_threshold": 79.0}))


async def test_it_closes_when_the_alert_is_changed_by_somebody_else() -> None:
    async with editing(book.LOW) as (pilot, store, app):
        store.alerts.value.set((AlertOutlook(book.LOW.model_copy(update={"enabled": False}), 90, fires=False),))
        await pilot.pause()
        assert app.answers == [None]
        assert "the alert was changed meanwhile: nothing was sent" in text(app)


async def test_it_says_why_there_is_no_back_test() -> None:
    async with editing() as (pilot, store, app):
        store.ratio_scale.set(RatioScale.UNKNOWN)
        await pilot.pause()
        assert "reading the last 24h…" in text(app)
        assert store.backtest.wanted.value.names >= FRACTIONS
        samples.fail(store, FailureKind.FORBIDDEN, 403, "no")
        await pilot.pause()
        assert "403: not allowed to see this" in text(app)


async def test_hostile_text_of_the_api_is_shown_clean_and_kept_as_it_was() -> None:
    hostile = book.LOW.model_copy(update={"description": "\x1b]0;x\x07[red]bold", "id": 3})
    store = Store()
    book.fill(store)
    store.alerts.value.set((AlertOutlook(hostile, 90, fires=False),))
    app = Bare(lambda: EditAlertForm(store, draft_of(hostile), hostile))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "^[]0;x^G[red]bold" in text(app)
        await press(pilot, "tab", "plus", "enter")
    (answer,) = app.answers
    assert isinstance(answer, UpdateAlert)
    assert answer.after == hostile.model_copy(update={"trigger_threshold": 81.0})


async def test_it_says_that_nobody_will_be_told_where_the_service_does_not_deliver_in_the_way_that_is_chosen() -> None:
    async with editing(book.FULL) as (pilot, store, app):
        await press(pilot, "tab", "1")
        assert "not delivered" not in text(app)
        book.without_slack(store)
        await pilot.pause()
        assert f"! not delivered: {book.WHY}" in text(app)
        await press(pilot, "tab", "left")
        assert "e-mail ops@example.com" in text(app)
        assert "not delivered" not in text(app)
