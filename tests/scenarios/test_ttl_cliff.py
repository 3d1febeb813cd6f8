"""The page said: the hit rate fell, and comes back every time."""

from tests.scenarios.oncall import paged

CLIFF = 900
"""Seconds from one expiry to the next."""


async def test_what_expires_all_at_once_is_found_with_what_it_was() -> None:
    async with paged("ttl-cliff", age=CLIFF + 130) as oncall:
        await oncall.sees(r"Hit rate .*\n.*▼ −\d", r"Evictions .*\n.*\n.*expirations [2-9]\d\d/s")
        await oncall.press("2", "pagedown", "left_square_bracket")
        await oncall.sees(r"Evictions ─", r"evictions \S+ +■ expirations [2-9]\d\d/s", r"read at \d\d:\d\d:00Z")
        await oncall.press("grave_accent", "4", "p")
        await oncall.sees(r"Most missed keys ─.*\n.*\n.*product:\{n\} +\d+ +[\d,]+ +\d+")
        await oncall.press("tab", "enter")
        await oncall.sees(r"shop › Keys › product:\{n\}", r"Most missed keys ─", r"product:\d+ +\d,\d{3}")
