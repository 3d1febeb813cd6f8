"""The page said: one server has twice the load."""

from tests.scenarios.oncall import paged


async def test_the_hot_key_is_found_with_the_server_that_holds_it() -> None:
    async with paged("hot-key", age=1_200) as oncall:
        await oncall.sees(r"Most hit keys", r"product:1377 +\d{3},\d{3} +█", r"mc3\.\S+ .* [2-5],\d{3}/s")
        await oncall.press("3")
        await oncall.sees(
            r"! mc3 [23]\.\d× the median requests since \d\d:\d\d · \d+m ago", r"mc3\.\S+ +! [23]\.\d× (busy|slow)"
        )
        await oncall.press("4")
        await oncall.sees(r"shop › Keys", r"product:1377 +\d{3},\d{3} ")
        await oncall.press("enter")
        await oncall.sees(
            r"shop › Keys › product:1377",
            r"product:\{n\} +pattern +most hit +1 +\d\d\.\d %",
            r"Z +GET +HIT .* mc3\.",
        )
