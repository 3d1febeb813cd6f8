"""How somebody answers a dialog that asks: as they should, or in a way that must not count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.widgets.change_guard import Guard
from tests.hostile.sessions.deeds import RESTED, TYPING
from tests.hostile.sessions.reading import asked

if TYPE_CHECKING:
    from tests.hostile.sessions.desk import Desk

LATE = 61.0
HELD = 8
"""How often a key comes that is held."""


async def answer(desk: Desk, how: str) -> None:
    """Answer what is asked, if anything is."""
    seen = asked(desk.app.screen) if desk.open else None
    if seen is not None and seen.words:
        await _type(desk, seen.words[-1], how)
        seen = asked(desk.app.screen)
        if seen is not None and len(seen.words) > 1 and how == "properly":
            await _type(desk, seen.words[-1], how)
    elif seen is not None:
        await _choose(desk, how)


async def _choose(desk: Desk, how: str) -> None:
    """Answer with the keys for two answers."""
    match how:
        case "hastily":
            await _each(desk, "right", "enter", pace=TYPING)
        case "at once":
            await _each(desk, "right", "enter", pace=0.0)
        case "in a stream":
            await desk.strike("right", "enter", after=RESTED)
        case "by clicking":
            await _click(desk)
        case "by pasting":
            await desk.paste("\x1b[C\r")
        case "with the wrong answer":
            await _each(desk, "enter", pace=RESTED)
        case _:
            await desk.strike("right", after=RESTED)
            await _enter(desk, how)


async def _type(desk: Desk, word: str, how: str) -> None:
    """Answer by typing."""
    match how:
        case "by pasting":
            await desk.paste(f"{word}\n")
        case "half pasted":
            await desk.paste(word[:-1])
            await _each(desk, word[-1], pace=RESTED)
        case "in a stream":
            await desk.strike(*word, after=RESTED)
        case "at once":
            await desk.strike(*word, "enter", after=RESTED)
        case "wrongly":
            await _each(desk, *word, "x", pace=TYPING)
        case "by clicking":
            await _click(desk)
        case "with the wrong answer":
            await _each(desk, *word[:-1], pace=TYPING)
        case _:
            await desk.strike(word[0], after=RESTED)
            await _each(desk, *word[1:], pace=TYPING)
    await _enter(desk, how)


async def _enter(desk: Desk, how: str) -> None:
    """Give the answer."""
    match how:
        case "hastily":
            await desk.strike("enter", after=TYPING)
        case "holding enter":
            for _ in range(HELD):
                await desk.strike("enter", after=0.02)
        case "twice":
            await desk.strike("enter", "enter", after=RESTED)
            await desk.strike("enter", after=RESTED)
            await desk.strike("enter", after=RESTED)
        case "moving on":
            await desk.strike("enter", "left", after=RESTED)
        case "too late":
            await desk.strike("enter", after=LATE)
        case _:
            await desk.strike("enter", after=RESTED)


async def _each(desk: Desk, *keys: str, pace: float) -> None:
    for key in keys:
        await desk.strike(key, after=pace)


async def _click(desk: Desk) -> None:
    """Click along the answers, twice each."""
    region = next(iter(desk.app.screen.query(Guard))).region
    for x in range(region.x, region.right, 4):
        await desk.click(x, region.y)
        await desk.click(x, region.y)
