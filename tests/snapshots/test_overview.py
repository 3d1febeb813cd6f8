"""The Overview in every state, at the sizes people have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mctop.store.base.health import FailureKind
from mctop.ui.app.theme import THEMES
from mctop.ui.registry.options import UiOptions
from mctop.ui.terminal.drawing.abilities import Wishes
from tests.snapshots.comparing import LARGE, MIDDLE, SMALL, after
from tests.ui import samples
from tests.ui.stage import Stage, ready

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.snapshots.comparing import Compare


BOTH = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x48"])
REFUSALS = {
    "401": (FailureKind.UNAUTHORIZED, 401, "Bad user"),
    "403": (FailureKind.FORBIDDEN, 403, "You are not authorized to perform this action."),
    "404": (FailureKind.NOT_FOUND, 404, "No cache found."),
    "429": (FailureKind.RATE_LIMITED, 429, "Too Many Requests"),
    "5xx": (FailureKind.SERVER_FAULT, 503, "Server error: mc1:11211"),
    "timeout": (FailureKind.TIMED_OUT, None, ""),
    "bad-json": (FailureKind.BAD_ANSWER, 200, "not JSON"),
    "no-network": (FailureKind.UNREACHABLE, None, "Name or service not known"),
}


def full(**options: object) -> Stage:
    """A stage on which everything is live."""
    stage = Stage(UiOptions(**options))  # type: ignore[arg-type]  # the options' own types
    samples.fill(stage.store)
    return stage


def clean(stage: Stage) -> bool:
    """Whether nothing came around the gate for foreign text."""
    return stage.app.frame_filter.hits == 0


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80x24", "120x30", "160x48"])
def test_full(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = full()
    assert snap_compare(stage.app, terminal_size=size, run_before=ready)
    assert clean(stage)


def test_second_page(snap_compare: Compare) -> None:
    assert snap_compare(full().app, terminal_size=SMALL, run_before=after("pagedown"))


@BOTH
def test_table_with_the_keys(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(full().app, terminal_size=size, run_before=after("tab", "tab", "down"))


@BOTH
def test_full_screen(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(full().app, terminal_size=size, run_before=after("f"))


@BOTH
def test_no_traffic(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = Stage()
    samples.quiet(stage.store)
    assert snap_compare(stage.app, terminal_size=size, run_before=ready)


@BOTH
def test_loading(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(Stage(UiOptions(label="prod-cache")).app, terminal_size=size, run_before=ready)


@BOTH
def test_stale(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = full()
    samples.fail(stage.store, FailureKind.SERVER_FAULT, 502, "bad gateway", since=72)
    assert snap_compare(stage.app, terminal_size=size, run_before=ready)


@BOTH
def test_offline(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = full()
    samples.fail(stage.store, FailureKind.UNREACHABLE, None, "Name or service not known", since=42)
    assert snap_compare(stage.app, terminal_size=size, run_before=ready)


@BOTH
@pytest.mark.parametrize("refusal", REFUSALS)
def test_refused(snap_compare: Compare, refusal: str, size: tuple[int, int]) -> None:
    stage = Stage()
    stage.store.connecting.set(None)
    samples.fail(stage.store, *REFUSALS[refusal])
    assert snap_compare(stage.app, terminal_size=size, run_before=ready)


@BOTH
def test_introspection_not_on_this_plan(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage, refused = full(), Stage()
    samples.fail(refused.store, *REFUSALS["403"])
    for mine, other in ((stage.store.log, refused.store.log), (stage.store.popular, refused.store.popular)):
        mine.value.set(None)
        mine.health.set(other.health.value)
    assert snap_compare(stage.app, terminal_size=size, run_before=ready)


@BOTH
def test_frozen(snap_compare: Compare, size: tuple[int, int]) -> None:
    stage = full()

    async def wait(pilot: Pilot[int]) -> None:
        await after("space")(pilot)
        stage.clock.passed = 42
        stage.overview.frame.tick()
        await pilot.pause()

    assert snap_compare(stage.app, terminal_size=size, run_before=wait)


@BOTH
def test_read_only(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(full(read_only=True).app, terminal_size=size, run_before=ready)


@BOTH
def test_help(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(full().app, terminal_size=size, run_before=after("question_mark"))


@BOTH
def test_lean(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(full(wishes=Wishes(lean=True)).app, terminal_size=size, run_before=ready)


@pytest.mark.parametrize("size", [(39, 10), (40, 9)], ids=["39x10", "40x9"])
def test_too_small(snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(full().app, terminal_size=size, run_before=ready)


def test_smallest(snap_compare: Compare) -> None:
    assert snap_compare(full().app, terminal_size=(40, 10), run_before=ready)


@BOTH
@pytest.mark.parametrize("theme", [theme.name for theme in THEMES if theme.name != "dark"])
def test_theme(snap_compare: Compare, theme: str, size: tuple[int, int]) -> None:
    assert snap_compare(full(theme=theme).app, terminal_size=size, run_before=ready)


def test_no_color(snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(full().app, terminal_size=MIDDLE, run_before=after("tab", "tab"))
