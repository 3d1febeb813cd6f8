"""The page said: is it the cache? It is not."""

from tests.scenarios.oncall import paged


async def test_every_view_says_that_nothing_is_wrong() -> None:
    async with paged("steady") as oncall:
        await oncall.sees(r"● LIVE", r"Hit rate ─+ ✓ good over", r"Evictions ─+ over", r"no alert is enabled")
        await oncall.press("3")
        await oncall.sees(r"✓ no server stands out", r"mc1\.\S+ +✓ good", r"mc2\.\S+ +✓ good", r"mc3\.\S+ +✓ good")
        await oncall.press("6")
        await oncall.sees(r"shop › Log", r"following · lag \ds", r"GET HIT \d\d")
        await oncall.press("0")
        await oncall.sees(r"shop › Caches", r"LIVE +▸ shop ", r"✓ nothing is wrong, as far as its counters tell")
