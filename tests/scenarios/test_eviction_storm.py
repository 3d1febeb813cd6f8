"""The page said: evictions."""

from tests.scenarios.oncall import paged


async def test_what_takes_the_memory_is_found_and_measured() -> None:
    async with paged("eviction-storm", age=1_800) as oncall:
        await oncall.sees(r"9\d % limit", r"Evictions .*\n.*\b[1-9]\d\d/s +▲ [+>]\d\d\d % vs 1h")
        await oncall.press("5")
        await oncall.sees(r"Popular prefixes, not watched", r"no prefix is watched · w watches", r"export: +\d,\d{3}")
        await oncall.press("tab", "G", "w")
        await oncall.sees(r"Watch a prefix", r'"name": "export:"', r"\[ Cancel \] +Watch")
        await oncall.confirm()
        await oncall.sees(r"export: +[1-9]\d\.\d % .* \d{3} MiB", r"all keys +100 %", r"export: · 6h in buckets of 1m")
