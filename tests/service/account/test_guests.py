"""The guest of the account."""

from pathlib import Path

from mctop.service.account import open_account
from tests.contract.server import PASSWORD, USERNAME


def test_there_is_one_guest_whose_password_is_told_once() -> None:
    guests = open_account(1, USERNAME, PASSWORD).guests
    first = guests.admit()
    assert first.password
    assert guests.is_proved(first.username, first.password)
    again = guests.admit()
    assert (again.username, again.password) == (first.username, None)
    assert first.password not in repr(first)


def test_nobody_else_is_the_guest() -> None:
    guests = open_account(1, USERNAME, PASSWORD).guests
    assert not guests.has("")
    assert not guests.is_proved("", "")
    guest = guests.admit()
    assert guests.has(guest.username)
    assert not guests.is_proved(guest.username, "")
    assert not guests.is_proved(guest.username, f"{guest.password} ")
    assert not guests.is_proved(USERNAME, guest.password or "")


def test_a_guest_that_is_forgotten_is_let_in_no_more_and_the_next_is_another() -> None:
    guests = open_account(1, USERNAME, PASSWORD).guests
    first = guests.admit()
    guests.forget()
    second = guests.admit()
    assert not guests.is_proved(first.username, first.password or "")
    assert guests.is_proved(second.username, second.password or "")
    assert first.password != second.password


def test_a_file_holds_no_password_of_a_guest(tmp_path: Path) -> None:
    file = tmp_path / "account"
    account = open_account(1, USERNAME, PASSWORD, file=file)
    guest = account.guests.admit()
    account.close()
    assert (guest.password or "").encode() not in file.read_bytes()
    assert PASSWORD.encode() in file.read_bytes()
    again = open_account(1, USERNAME, PASSWORD, file=file)
    assert again.guests.is_proved(guest.username, guest.password or "")
    again.close()
