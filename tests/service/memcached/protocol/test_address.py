"""Where servers listen, as people write it."""

import pytest

from mctop.service.memcached.protocol.address import Address, parse_addresses


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("cache.example.net", (Address("cache.example.net"),)),
        ("A:1, b:65535", (Address("a", 1), Address("b", 65535))),
        ("[::1]:11212,[fe80::1%eth0]", (Address("::1", 11212), Address("fe80::1%eth0"))),
    ],
)
def test_addresses_are_hosts_with_ports_of_which_11211_may_be_left_out(
    text: str, addresses: tuple[Address, ...]
) -> None:
    assert parse_addresses(text) == addresses


def test_an_address_is_shown_so_that_it_can_be_read_back() -> None:
    for address in (Address("10.0.0.5"), Address("::1", 11212)):
        assert parse_addresses(address.text) == (address,)
    assert Address("::1").text == "[::1]:11211"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "it is empty"),
        ("a,,b", "it is empty"),
        ("a:0", "ports are 1 to 65535"),
        ("a:65536", "ports are 1 to 65535"),
        ("a:x", "not HOST:PORT"),
        ("a b:1", "not HOST:PORT"),
        ("http://a:1", "not HOST:PORT"),
        ("::1", r"write IPv6 addresses as \[::1\]:11211"),
        ("unix:/run/memcached.sock", "unix sockets are not supported"),
        ("/run/memcached.sock", "unix sockets are not supported"),
        ("a,A:11211", "a:11211 is named twice"),
    ],
)
def test_what_is_no_address_is_refused_with_the_reason(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_addresses(text)
