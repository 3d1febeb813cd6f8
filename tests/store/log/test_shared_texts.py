"""What repeats is one object, and what does not is not held for ever."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from mctop.store.log.shared_texts import SharedTexts


def text(number: int) -> str:
    """A text of its own."""
    return "".join(("key:", str(number)))


def test_a_text_that_comes_back_soon_is_the_same_object() -> None:
    shared = SharedTexts(10)
    first = shared.share(text(0))
    for number in range(1, 10):
        shared.share(text(number))
    assert shared.share(text(0)) is first
    for number in range(10, 19):
        shared.share(text(number))
    assert shared.share(text(0)) is first


def test_one_that_does_not_is_forgotten() -> None:
    shared = SharedTexts(10)
    first = shared.share(text(0))
    for number in range(1, 30):
        shared.share(text(number))
    assert shared.share(text(0)) is not first


@given(some.lists(some.text(max_size=3)), some.integers(1, 5))
def test_it_is_always_equal_and_few_are_held(texts: list[str], most: int) -> None:
    shared = SharedTexts(most)
    assert [shared.share(text) for text in texts] == texts
    assert len(shared._recent) + len(shared._before) <= 2 * most
