"""Who calls, and how fast they may guess."""

import base64

import pytest

from mctop.service.account import Account, open_account
from mctop.service.http.callers import Callers, TooManyGuesses, basic_login
from mctop.service.http.guess_brake import AT_ONCE, EACH, GuessBrake
from tests.contract.server import PASSWORD, USERNAME

HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"


class World:
    """An account, who calls it, and a clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.account: Account = open_account(1, USERNAME, PASSWORD)
        self.callers = Callers(self.account, GuessBrake(lambda: self.now))

    def lets_in(self, username: str, password: str, address: str = HERE) -> bool:
        """Whether a login is let in."""
        return self.callers.caller(header(username, password), address) is not None


def header(username: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()


def test_who_guesses_is_let_try_less_and_less_often() -> None:
    world = World()
    for number in range(AT_ONCE):
        assert not world.lets_in(USERNAME, f"guess {number}")
    with pytest.raises(TooManyGuesses) as caught:
        world.lets_in(USERNAME, PASSWORD)
    assert 0 < caught.value.seconds <= EACH
    world.now += EACH
    assert not world.lets_in(USERNAME, "guess again")
    with pytest.raises(TooManyGuesses):
        world.lets_in(USERNAME, "and again")


def test_the_owner_who_was_let_in_stays_in_while_others_guess_from_the_same_address() -> None:
    world = World()
    assert world.lets_in(USERNAME, PASSWORD)
    for number in range(AT_ONCE):
        assert not world.lets_in(USERNAME, f"guess {number}")
    for _ in range(100):
        assert world.lets_in(USERNAME, PASSWORD)
    assert world.lets_in(USERNAME, PASSWORD, ELSEWHERE)


def test_a_password_that_was_changed_is_proven_no_more() -> None:
    world = World()
    assert world.lets_in(USERNAME, PASSWORD)
    world.account.credentials.set_password("another one")
    assert not world.lets_in(USERNAME, PASSWORD)


def test_whoever_comes_without_a_login_has_guessed_nothing() -> None:
    world = World()
    for _ in range(AT_ONCE * 2):
        assert world.callers.caller("", HERE) is None
    assert world.lets_in(USERNAME, PASSWORD)


def test_whoever_knows_no_username_takes_no_try_from_those_who_have_one() -> None:
    world = World()
    guest = world.account.guests.admit()
    for number in range(AT_ONCE):
        assert not world.lets_in(f"nobody {number}", PASSWORD)
    with pytest.raises(TooManyGuesses):
        world.lets_in("somebody", PASSWORD)
    assert world.lets_in(USERNAME, PASSWORD)
    assert world.lets_in(guest.username, guest.password or "")


def test_a_guest_is_a_guest_and_only_with_the_password() -> None:
    world = World()
    guest = world.account.guests.admit()
    caller = world.callers.caller(header(guest.username, guest.password or ""), HERE)
    assert caller is not None
    assert caller.guest
    assert not caller.credential.flush_capability
    assert not world.lets_in(guest.username, PASSWORD)
    assert not world.lets_in(guest.username, "")
    assert not World().lets_in(guest.username, guest.password or "")


@pytest.mark.parametrize("login", ["", "Bearer x", "Basic", "Basic !", "Basic " + "/" * 7, "Basic /w=="])
def test_nonsense_is_nobody(login: str) -> None:
    assert basic_login(login) == ("", "")
