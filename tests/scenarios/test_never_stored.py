"""The page said: the hit rate is down since the release."""

from tests.scenarios.oncall import paged


async def test_what_is_refused_for_its_size_is_found() -> None:
    async with paged("never-stored", age=1_200) as oncall:
        await oncall.sees(r"Hit rate .*\n.*▼ −\d", r"Requests .*\n.*▲", r"Items .*\n.*▼ −0\.")
        await oncall.press("4", "p")
        await oncall.sees(r"advice:\{n\} +20 +[\d,]+ +100 %")
        await oncall.press("tab", "enter")
        await oncall.sees(r"shop › Keys › advice:\{n\}", r"no key was hit lately", r"advice:\d+ +\d,\d{3}")
        await oncall.press("6")
        await oncall.sees(r"shop › Log", r"GET MISS \d", r"SET TOO_LARGE \d")
