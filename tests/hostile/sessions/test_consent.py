"""The judge of the sessions: what counts as agreed to, and what does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from tests.hostile.sessions.consent import Asked, Consent, Shown
from tests.hostile.sessions.spy import Change

if TYPE_CHECKING:
    from mctop.ui.modals.change_dialogs import Confirmation

RESET, FLUSH = Shown("POST", "/c/1/reset_stats"), Shown("POST", "/c/1/flush")
SHUT = Shown("PATCH", "/c/1/credentials/me", {"api_capability": False})


def asking(shown: Shown, *, chosen: str = "", words: tuple[str, ...] = ()) -> Asked:
    """A dialog that stands there."""
    return Asked(cast("Confirmation", object()), shown, chosen, words)


def agreed(asked: Asked, keys: str, *, pace: float = 0.1, rest: float = 0.34) -> int:
    """How often somebody agrees who types keys and then, after a rest, enter."""
    consent, now = Consent("me", 0.0), 0.0
    consent.look(asked, now)
    for key in keys:
        now += pace
        consent.key("enter" if key == "\r" else key, key, now)
    consent.key("enter", "\r", now + rest)
    return consent.times


def test_a_rested_enter_on_the_answer_that_does_it_agrees() -> None:
    assert agreed(asking(RESET, chosen="Reset"), "") == 1
    assert agreed(asking(RESET, chosen="Reset"), "", rest=0.2) == 0, "that is as soon as it stands there"
    assert agreed(asking(RESET, chosen="Reset"), "\r", pace=0.1, rest=0.2) == 0, "that is held"
    assert agreed(asking(RESET, chosen="Cancel"), "") == 0


def test_a_name_must_be_typed_by_hand() -> None:
    assert agreed(asking(FLUSH, words=("shop",)), "shop") == 1
    assert agreed(asking(FLUSH, words=("shop",)), "shop", rest=0.1) == 1, "right after the last letter"
    assert agreed(asking(FLUSH, words=("shop",)), "shop", pace=0.06, rest=0.04) == 0
    assert agreed(asking(FLUSH, words=("shop",)), "shop", pace=0.01, rest=0.01) == 0
    assert agreed(asking(FLUSH, words=("shop",)), "sho") == 0
    assert agreed(asking(FLUSH, chosen="Flush"), "") == 0, "a flush is never agreed to without a name"


def test_who_shuts_mctop_out_types_a_second_word() -> None:
    assert agreed(asking(SHUT, chosen="Change"), "") == 0
    assert agreed(asking(SHUT, words=("lock me out",)), "lock me out") == 1
    gone = Shown("DELETE", "/c/1/credentials/me")
    assert agreed(asking(gone, words=("me",)), "me") == 0
    assert agreed(asking(gone, words=("me", "lock me out")), "lock me out") == 1


def test_nothing_is_agreed_to_twice_or_after_a_minute() -> None:
    consent = Consent("me", 0.0)
    consent.look(asking(RESET, chosen="Reset"), 0.0)
    assert [consent.key("enter", "\r", now) for now in (1.0, 2.0)] == [True, False]
    late = Consent("me", 0.0)
    late.look(asking(RESET, chosen="Reset"), 0.0)
    assert not late.key("enter", "\r", 60.0)


def test_an_enter_upon_which_another_key_comes_agrees_to_nothing_yet() -> None:
    consent = Consent("me", 0.0)
    consent.look(asking(RESET, chosen="Reset"), 0.0)
    assert consent.key("enter", "\r", 1.0)
    consent.take_back()
    assert not consent.account_for(Change("POST", RESET.path, b""))
    assert consent.key("enter", "\r", 2.0)
    assert consent.account_for(Change("POST", RESET.path, b""))
    assert not consent.account_for(Change("POST", RESET.path, b"")), "nothing is sent twice"


@pytest.mark.parametrize(
    ("shown", "body", "same"),
    [(None, b"", True), (None, b"{}", False), ({"a": 1}, b'{"a": 1}', True), ({"a": 1}, b'{"a": true}', False),
     ({"u": "***"}, b'{"u": "https://hooks.slack.com/x"}', True), ({"u": "***"}, b'{"u": "x"}', False)],
)  # fmt: skip
def test_what_left_is_compared_with_what_was_shown(shown: object, body: bytes, same: bool) -> None:
    assert Shown("PUT", "/a", shown).allows(Change("PUT", "/a", body)) is same
    assert not Shown("PUT", "/a", shown).allows(Change("PUT", "/b", body))
