"""The page said: the database has load every five minutes."""

from tests.scenarios.oncall import paged

PULSE = 300
"""Seconds from one stampede to the next."""


async def test_the_key_that_everybody_misses_at_once_is_found() -> None:
    async with paged("stampede", age=3 * PULSE + 20) as oncall:
        await oncall.sees(r"Most hit keys", r"fragment:front-page +\d{3},\d{3} +█", r"Connections .*\n.*▲")
        await oncall.press("4")
        await oncall.sees(r"fragment:front-page +\d{3},\d{3} .*fragment:front-page +[1-9]\d,\d{3}", r"Most missed keys")
        await oncall.press("tab", "enter")
        await oncall.sees(
            r"shop › Keys › fragment:front-page",
            r"most missed +1 +1 +[1-9]\d,\d{3}",
            r"most mutated +1 +1 +[1-9]\d,\d{3}",
            r"Z +GET +MISS",
            r"Z +SET +STORED",
        )
