"""The page said: checkout is slow now and then."""

from tests.scenarios.oncall import paged


async def test_the_slow_server_is_named_with_since_when() -> None:
    async with paged("slow-server", age=1_200) as oncall:
        await oncall.sees(r"shop › Overview", r"Latency ─+ worst of 3", r"mc2\.\S+ .* \d\.\d\d ms")
        await oncall.press("3")
        await oncall.sees(r"! mc2 \d\.\d× the median latency since \d\d:\d\d · \d+m ago", r"mc2\.\S+ +! \d\.\d× slow")
        await oncall.press("enter")
        await oncall.sees(r"shop › Servers › mc2", r"! \d\.\d× slow +hit rate 9\d", r"latency \d\.\d\d ms +p50")
