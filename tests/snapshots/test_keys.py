"""The Keys and the page of one key in every state, at the sizes people have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.introspection import PopularItems
from mctop.store.base.health import FailureKind
from mctop.store.keys.hot_keys import HotKeys, extended
from tests.snapshots.comparing import EACH_SIZE, MIDDLE, Compare, after
from tests.ui import samples
from tests.ui.screens.keypage import answers
from tests.ui.screens.keys import slices
from tests.ui.screens.keys.showing import busy
from tests.ui.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot


def opened(*keys: str, then: Callable[[], object] = lambda: None) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Go to the Keys, press keys, and let something come."""

    async def go(pilot: Pilot[int]) -> None:
        await after("4", *keys)(pilot)
        then()

    return go


@EACH_SIZE
def test_full(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = busy()
    assert snap_compare(stage.app, terminal_size=size, run_before=opened())
    assert stage.app.frame_filter.hits == 0


@EACH_SIZE
def test_patterns(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(busy().app, terminal_size=size, run_before=opened("p"))


@EACH_SIZE
def test_a_group(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(busy().app, terminal_size=size, run_before=opened("p", "j", "enter"))


@EACH_SIZE
def test_one_list_full_screen(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(busy().app, terminal_size=size, run_before=opened("f"))


@EACH_SIZE
def test_a_key(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = busy()

    def answered() -> None:
        answers.fill(stage.store, slices.HOT)
        samples.live(stage.store)

    assert snap_compare(stage.app, terminal_size=size, run_before=opened("enter", then=answered))


def test_a_look_up(snap_compare: Compare) -> None:
    assert snap_compare(busy().app, terminal_size=MIDDLE, run_before=opened("K", "a", "colon", "1"))


@EACH_SIZE
def test_empty(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = Stage()
    samples.quiet(stage.store)
    stage.store.popular.hot_keys.set(extended(HotKeys(), PopularItems(time_slice=slices.SLICE), samples.NOON))
    assert snap_compare(stage.app, terminal_size=size, run_before=opened())


@EACH_SIZE
def test_stale(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = busy()
    samples.fail(stage.store, FailureKind.SERVER_FAULT, 502, "bad gateway", since=72)
    assert snap_compare(stage.app, terminal_size=size, run_before=opened())


@EACH_SIZE
def test_refused(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = Stage()
    stage.store.connecting.set(None)
    samples.fail(stage.store, FailureKind.FORBIDDEN, 403, "You are not authorized to perform this action.")
    assert snap_compare(stage.app, terminal_size=size, run_before=opened())


@EACH_SIZE
def test_a_key_refused(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = Stage()
    stage.store.connecting.set(None)

    def refused() -> None:
        samples.fail(stage.store, FailureKind.FORBIDDEN, 403, "You are not authorized to perform this action.")

    assert snap_compare(stage.app, terminal_size=size, run_before=opened("K", "k", "enter", then=refused))
