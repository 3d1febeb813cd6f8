"""Actions that send nothing: they note what was to be sent, and answer what and when a test says."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from mctop.store.changes.outcome import Outcome, Result
from mctop.store.changes.proposal import Proposal, Request
from mctop.ui.terminal.key_pace import QUIET
from mctop.ui.widgets.change_guard import Guard
from tests.ui import samples
from tests.ui.stage import Stage, ready

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from mctop.store.changes.change import Change
    from mctop.store.changes.execution import Actions
    from mctop.ui.registry.options import UiOptions

REST = 0.4
"""Seconds after which a key comes alone."""
HAND = 0.1
"""Seconds between two keys of a hand."""
DONE = Outcome(Result.DONE)


class FakeActions:
    """`sent` are the changes that were carried out; they are answered with `outcome` once `answered` is set."""

    cache_id = 1561

    def __init__(self, label: str = "prod-cache", outcome: Outcome = DONE) -> None:
        self.label = label
        self.outcome = outcome
        self.sent: list[Change] = []
        self.answered = asyncio.Event()
        self.answered.set()
        self.request = Request("DELETE", "/api/v2/caches/1561/flush")

    def propose(self, change: Change) -> Proposal:
        """Bind it."""
        return Proposal(change, self.cache_id, self.label, self.request)

    async def carry_out(self, proposal: Proposal) -> Outcome:
        """Note it, and answer."""
        self.sent.append(proposal.change)
        await self.answered.wait()
        return self.outcome


def acting(label: str = "prod-cache", options: UiOptions | None = None) -> tuple[Stage, FakeActions]:
    """A filled stage whose actions are fake; the cache has this label."""
    stage, fake = Stage(options), FakeActions(label)
    samples.fill(stage.store)
    stage.store.cache.value.set(samples.cache().model_copy(update={"label": label}))
    connect(stage, fake)
    return stage, fake


def connect(stage: Stage, fake: FakeActions) -> None:
    """Let whatever is confirmed on a stage be carried out by fake actions."""
    stage.session.actions = cast("Actions", fake)
    stage.store.cache_id.set(fake.cache_id)


async def settle(pilot: Pilot[int]) -> None:
    """Let everything be shown."""
    await ready(pilot)
    while any(guard.giving or not guard.pacing.opened for guard in pilot.app.screen.query(Guard)):
        await pilot.pause(QUIET / 5)
    for _ in range(3):
        await pilot.pause()


async def typed(pilot: Pilot[int], stage: Stage, text: str, *, each: float = HAND) -> None:
    """Type as a hand does, `each` seconds a key, after a rest; then rest again."""
    stage.clock.passed += REST
    for character in text:
        stage.clock.passed += each
        await pilot.press("space" if character == " " else "minus" if character == "-" else character)
    stage.clock.passed += REST
    await settle(pilot)


async def pressed(pilot: Pilot[int], stage: Stage, *keys: str) -> None:
    """Press keys, each after a rest."""
    for key in keys:
        stage.clock.passed += REST
        await pilot.press(key)
        await settle(pilot)


def text(pilot: Pilot[int]) -> str:
    """What is on the screen."""
    return "\n".join(line.text for line in pilot.app.screen._compositor.render_strips())


def said(pilot: Pilot[int]) -> str:
    """What the toasts say."""
    return " | ".join(toast.message for toast in pilot.app._notifications)
