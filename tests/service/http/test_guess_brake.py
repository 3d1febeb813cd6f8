"""How fast whoever guesses may guess."""

import pytest

from mctop.service.http.guess_brake import AT_ONCE, EACH, REMEMBERED, GuessBrake, guesser


class World:
    """A brake on a clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.brake = GuessBrake(lambda: self.now)

    def guesses(self, address: str = "192.0.2.1") -> int:
        """How many passwords an address can try now."""
        who, tries = guesser(address, ""), 0
        while self.brake.seconds(who) == 0:
            self.brake.note(who)
            tries += 1
        return tries


def test_a_few_at_once_and_then_one_now_and_then() -> None:
    world = World()
    assert world.guesses() == AT_ONCE
    assert world.brake.seconds(guesser("192.0.2.1", "")) == pytest.approx(EACH)
    world.now += EACH
    assert world.guesses() == 1
    world.now += 3_600
    assert world.guesses() == AT_ONCE


def test_one_address_takes_nothing_from_another() -> None:
    world = World()
    assert world.guesses() == world.guesses("192.0.2.2") == world.guesses("") == AT_ONCE


@pytest.mark.parametrize(
    ("address", "another", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("192.0.2.1", "192.0.2.2", False),
    ],
)
def test_the_addresses_that_one_subscriber_can_choose_are_one(address: str, another: str, same: bool) -> None:
    assert (guesser(address, "me") == guesser(another, "me")) is same
    assert guesser(address, "me") != guesser(address, "you")


def test_what_is_remembered_is_bounded_and_the_newest() -> None:
    world = World()
    for number in range(REMEMBERED + 10):
        world.brake.note(guesser(f"address {number}", ""))
    assert len(world.brake._tries) == REMEMBERED
    for _ in range(AT_ONCE):
        world.brake.note(guesser("address 0", ""))
    assert world.guesses("address 0") == 0


def test_who_has_tried_too_many_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    world = World()
    for _ in range(3):
        world.guesses("192.0.2.1")
        world.now += 3_600
    world.guesses("2001:db8::1")
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == [
        "too many wrong passwords from 192.0.2.1",
        "too many wrong passwords from 2001",
    ]
