"""What the Log asks a service for that can look through the lines before it sends them."""

from __future__ import annotations

from tests.ui.screens.log.test_screen import opened


async def test_filters_that_are_kept_are_asked_for_while_the_log_is_open() -> None:
    async with opened() as log:
        asked = log.store.log.asked
        assert not asked.value
        await log.type("/k9")
        assert not asked.value
        await log.press("enter")
        assert [each.asked for each in asked.value] == ["/k9"]
        await log.press("asterisk")
        assert not asked.value
        await log.press("asterisk")
        assert [each.asked for each in asked.value] == ["/k9"]
        await log.press("1")
        assert not asked.value
        await log.press("6")
        assert [each.asked for each in asked.value] == ["/k9"]
        await log.press("backspace")
        assert not asked.value
