"""Looking up a key."""

from __future__ import annotations

from mctop.ui.screens.keypage.screen import KeyPage
from tests.ui.screens.keys.showing import busy, lines, press, showing


async def test_any_key_that_can_be_typed_is_looked_up_exactly_as_it_is() -> None:
    stage = busy()
    async with showing(stage) as pilot:
        await press(pilot, "K")
        for key in ("space", "a", "left_square_bracket", "percent_sign", "backslash", "é", "space"):
            await pilot.press(key)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, KeyPage)
        assert stage.store.key.key.value == " a[%\\é "
        assert lines(pilot)[1].startswith(" ~\\x20a[%\\x5cé\\x20  8 bytes")


async def test_nothing_typed_looks_nothing_up_and_esc_neither() -> None:
    async with showing(busy()) as pilot:
        for last in ("enter", "escape"):
            await press(pilot, "K", last)
            assert not isinstance(pilot.app.screen, KeyPage)
