"""Who calls, and how fast they may guess."""

import base64

import pytest
from pydantic import SecretStr

from mctop.service.account import Account, open_account
from mctop.service.http.callers import ADDRESSES, EACH, GUESSES, Callers, Guest, TooManyGuesses, basic_login
from tests.contract.server import PASSWORD, USERNAME

HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"
GUEST = Guest("guest", SecretStr("come in and look"))


class World:
    """An account, who calls it, and a clock that a test moves."""

    def __init__(self, guest: Guest | None = None) -> None:
        self.now = 0.0
        self.account: Account = open_account(1, USERNAME, PASSWORD)
        self.callers = Callers(self.account.credentials, guest, lambda: self.now)

    def lets_in(self, username: str, password: str, address: str = HERE) -> bool:
        """Whether a login is let in."""
        return self.callers.caller(header(username, password), address) is not None


def header(username: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()


def test_who_guesses_is_let_try_less_and_less_often() -> None:
    world = World()
    for number in range(GUESSES):
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
    for number in range(GUESSES):
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
    for _ in range(GUESSES * 2):
        assert world.callers.caller("", HERE) is None
    assert world.lets_in(USERNAME, PASSWORD)


def test_what_is_remembered_of_addresses_is_bounded() -> None:
    world = World()
    for number in range(ADDRESSES + 10):
        world.lets_in(USERNAME, "wrong", f"address {number}")
    assert len(world.callers._guesses) == ADDRESSES


def test_a_guest_is_a_guest_and_only_with_the_password() -> None:
    world = World(GUEST)
    caller = world.callers.caller(header("guest", "come in and look"), HERE)
    assert caller is not None
    assert caller.guest
    assert not world.lets_in("guest", "open up")
    assert not World().lets_in("guest", "come in and look")


@pytest.mark.parametrize("login", ["", "Bearer x", "Basic", "Basic !", "Basic " + "/" * 7, "Basic /w=="])
def test_nonsense_is_nobody(login: str) -> None:
    assert basic_login(login) == ("", "")
