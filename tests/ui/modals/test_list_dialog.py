"""What every modal with a list promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.alerts import Alert
from mctop.store.alerts.outlook import AlertOutlook
from mctop.store.base.health import FailureKind
from mctop.ui.modals.help import Help
from mctop.ui.modals.list_dialog import ListDialog, Listed, shared
from mctop.ui.renderables.table import Cell, Column, Row
from mctop.ui.widgets.panel import SlicePanel
from mctop.ui.words.text import Clean
from tests.ui import samples
from tests.ui.stage import Stage, ready

if TYPE_CHECKING:
    from mctop.api.models.introspection import PopularItems
    from mctop.ui.registry.commands import Command

COLUMNS = (Column("name", "name", 10, 40),)
SIZE = (80, 24)


class Lists(ListDialog):
    """Lists the alerts, and what is popular."""

    def __init__(self, stage: Stage) -> None:
        super().__init__("Lists", stage.store, stage.clock)
        self.alerts, self.popular = Listed(COLUMNS), Listed(COLUMNS)
        self.tables = (
            SlicePanel("Alerts", self.alerts, stage.store.alerts, stage.store, id="list-alerts"),
            SlicePanel("Popular", self.popular, stage.store.popular, stage.store, id="list-popular"),
        )

    def follow_topics(self) -> None:
        self.follow_slice(self.store.alerts, self._alerts)
        self.follow_slice(self.store.popular, self._popular)

    def why_off(self, command: Command) -> str | None:
        return "not now" if command.id == "list.poll" else None

    def _alerts(self, alerts: tuple[AlertOutlook, ...] | None) -> None:
        self.alerts.shown = rows(str(one.alert.id) for one in alerts or ())
        self.tables[0].lacks = "" if self.alerts.shown else "no alerts · n creates one"

    def _popular(self, items: PopularItems | None) -> None:
        self.popular.shown = rows(one.name for one in (items.most_hit_keys if items else ()))
        self.tables[1].lacks = "" if self.popular.shown else "nothing is popular"


def rows(names: object) -> tuple[Row, ...]:
    """A row for each name."""
    assert hasattr(names, "__iter__")
    return tuple(Row(name, (Cell(Clean(name)),)) for name in names)


def alerts(*ids: int) -> tuple[AlertOutlook, ...]:
    """Alerts of these ids."""
    return tuple(AlertOutlook(Alert(id=one), None, None) for one in ids)


def text(stage: Stage) -> str:
    """What can be seen."""
    return "\n".join(strip.text for strip in stage.app.screen._compositor.render_strips())


def test_room_is_shared_so_that_the_longest_list_gives_up_first() -> None:
    assert shared(30, (5, 9)) == (5, 9)
    assert shared(12, (5, 9)) == (5, 7)
    assert shared(8, (5, 9)) == (4, 4)
    assert sum(shared(1, (5, 9))) == 2
    assert shared(10, ()) == ()


async def test_a_list_stays_honest_and_the_cursor_on_its_row(stage: Stage) -> None:
    async with stage.app.run_test(size=SIZE) as pilot:
        await ready(pilot)
        dialog = Lists(stage)
        await stage.app.push_screen(dialog)
        await pilot.pause()
        assert "waiting for the first sample" in text(stage)
        samples.fill(stage.store)
        stage.store.alerts.value.set(alerts(3, 8, 9))
        await pilot.pause()
        assert stage.app.screen.focused is dialog.alerts
        await pilot.press("down")
        assert dialog.alerts.chosen is not None
        assert dialog.alerts.chosen.key == "8"
        stage.store.alerts.value.set(alerts(1, 2, 9, 8))
        assert dialog.alerts.chosen.key == "8"
        assert [key.name for key in dialog.keys.keys] == ["now", "next list", "help", "close"]
        assert [key.name for key in dialog.keys.keys if key.off] == ["now"]
        await pilot.press("tab")
        assert stage.app.screen.focused is dialog.popular
        await pilot.press("tab", "question_mark")
        assert isinstance(stage.app.screen, Help)
        stage.store.alerts.value.set(())
        await pilot.press("escape")
        await pilot.pause()
        assert "no alerts · n creates one" in text(stage)
        assert stage.app.screen.focused is dialog.popular
        samples.fail(stage.store, FailureKind.SERVER_FAULT, 500, "broken", since=60)
        stage.clock.passed = 90
        dialog.settle()
        await pilot.pause()
        assert "STALE" in text(stage)
        assert "✗ 500: the API failed · tries again by itself · r now" in text(stage)
        await pilot.press("r")
        assert stage.session.refreshes == 1
        await pilot.press("q")
        assert not stage.app.screen.is_modal


async def test_a_list_is_followed_beneath_a_modal_and_no_longer_than_it_is_there(stage: Stage) -> None:
    async with stage.app.run_test(size=SIZE) as pilot:
        await ready(pilot)
        popular = stage.store.popular.value
        await pilot.press("6")  # a view that does not follow what is popular
        await pilot.pause()
        assert not popular.followed
        await stage.app.push_screen(Lists(stage))
        await pilot.pause()
        assert popular.followed
        await pilot.press("question_mark")
        assert popular.followed
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert not popular.followed
