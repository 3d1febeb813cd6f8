"""A password is seen for 15 s, and copied only after its username."""

from __future__ import annotations

from mctop.ui.modals.credentials.modal import Passwords
from mctop.ui.terminal.clipboard import Copy
from mctop.ui.words.change_text import REVEALED
from tests.ui.modals.credentials.keyring import CANARY, KNOWN, credential

ONE, OTHER = KNOWN[0], KNOWN[1]


def shown(passwords: Passwords, now: float) -> str:
    """The text that is shown."""
    return "\n".join("".join(run.text for run in line) for line in passwords.lines(now))


def test_a_password_is_shown_for_15_s() -> None:
    passwords = Passwords()
    assert passwords.reveal(ONE, 100.0)
    assert f"{CANARY}{ONE.sasl_username}" in shown(passwords, 100.0)
    assert "hidden again in 1s" in shown(passwords, 114.0)
    assert shown(passwords, 100.0 + REVEALED) == ""
    assert shown(passwords, 101.0) == ""


def test_the_same_key_hides_it_and_another_row_takes_its_place() -> None:
    passwords = Passwords()
    passwords.reveal(ONE, 100.0)
    passwords.reveal(OTHER, 101.0)
    assert ONE.sasl_username not in shown(passwords, 101.0)
    passwords.reveal(OTHER, 102.0)
    assert shown(passwords, 102.0) == ""


def test_a_password_that_is_no_longer_so_is_hidden() -> None:
    passwords = Passwords()
    passwords.reveal(ONE, 100.0)
    passwords.forget(KNOWN)
    assert shown(passwords, 100.0)
    passwords.forget(KNOWN[1:])
    assert shown(passwords, 100.0) == ""


def test_what_the_api_does_not_show_cannot_be_revealed_or_copied() -> None:
    passwords, one = Passwords(), credential("X", shown=False)
    assert not passwords.reveal(one, 100.0)
    assert passwords.copied(one) == Copy("X", "the username")
    assert passwords.copied(one) == Copy("X", "the username")


def test_the_username_is_copied_first_and_then_the_password() -> None:
    passwords = Passwords()
    assert passwords.copied(ONE) == Copy(ONE.sasl_username, "the username", "the password")
    assert passwords.copied(OTHER).text == OTHER.sasl_username
    assert passwords.copied(OTHER) == Copy(f"{CANARY}{OTHER.sasl_username}", "the password", secret=True)
    assert passwords.copied(OTHER).text == OTHER.sasl_username


def test_no_repr_holds_a_password() -> None:
    passwords = Passwords()
    passwords.reveal(ONE, 100.0)
    assert CANARY not in repr((vars(passwords), passwords))
    passwords.copied(ONE)
    assert CANARY not in repr(passwords.copied(ONE))
