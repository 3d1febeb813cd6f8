"""The page said: the database is under load, since twelve minutes ago."""

from tests.scenarios.oncall import paged

MARK = r"flush┊|┊flush"


async def test_the_flush_is_marked_where_the_hit_rate_fell() -> None:
    async with paged("flush") as oncall:
        await oncall.sees(r"Hit rate .*\n.*▼ −\d", r"Items .*\n.*▼ −\d\d %", MARK)
        await oncall.press("2")
        await oncall.sees(r"shop › Charts", r"Hit rates ─", MARK)
        await oncall.press("plus")
        await oncall.sees(r"Hit rates ─+ 1h in buckets of 1m", MARK)
        await oncall.press("6")
        await oncall.sees(r"GET MISS [2-9]\.\d/s", r"SET STORED [2-9]\.\d/s")
