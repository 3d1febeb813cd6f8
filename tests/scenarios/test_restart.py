"""The page said: the hit rate fell to what it never is."""

from tests.scenarios.oncall import paged

AGE = 968
"""Seconds since the server went down: in the minute that lies fifteen minutes before this one it was silent."""


async def test_the_server_that_was_gone_and_came_back_with_nothing_is_found() -> None:
    async with paged("restart", age=AGE) as oncall:
        await oncall.sees(r"Hit rate .*\n.*▼ −\d", r"mc2\.\S+ +\S \d\d\.\d % ")
        await oncall.press("3")
        await oncall.sees(r"! mc2 \d+ points below the median hit rate since \d\d:\d\d · 1\dm ago")
        await oncall.press("enter", "plus")
        await oncall.sees(r"shop › Servers › mc2", r"! −\d\d pt hits", r"● memory \d+(\.\d)? MiB +■ limit 188 MiB")
        await oncall.press("left_curly_bracket")
        await oncall.sees(r"1h, read at", r"● hit rate – +■ requests –", r"● memory – +■ limit –")
        await oncall.press("right_square_bracket", "right_square_bracket", "right_square_bracket")
        await oncall.sees(r"! −\d\d pt hits +hit rate [1-6]?\d\.\d %", r"● memory \d\d?(\.\d+)? MiB +■ limit 188 MiB")
