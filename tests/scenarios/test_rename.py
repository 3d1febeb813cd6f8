"""The page said: more misses, since the deploy."""

from tests.scenarios.oncall import paged


async def test_the_new_prefix_misses_and_the_old_one_is_read_no_more() -> None:
    async with paged("rename") as oncall:
        await oncall.sees(r"Hit rate .*\n.*▼ −\d", r"item:23705 +\d,\d{3}")
        await oncall.press("4")
        await oncall.sees(r"item:23705 +\d,\d{3} .*\n.*item:14156 +\d,\d{3}", r"item: +\d{3},\d{3}")
        await oncall.press("p", "tab")
        await oncall.sees(r"Most missed keys ━.*\n.*\n.*item:\{n\} +20 +[\d,]+ +100 %")
        assert "product:" not in oncall.screen
        await oncall.press("enter")
        await oncall.sees(r"shop › Keys › item:\{n\}", r"item:23705")
