"""The bytes that servers are sent."""

from base64 import b64decode

import pytest
from pydantic import SecretStr

from mctop.service.memcached.protocol.commands import WatchKind, authenticate, me, mg, watch


def test_a_watch_names_its_kinds() -> None:
    assert watch((WatchKind.FETCHERS, WatchKind.MUTATIONS)).line == b"watch fetchers mutations\r\n"
    with pytest.raises(ValueError, match="needs a kind"):
        watch(())


@pytest.mark.parametrize("key", [b"a", b"user:1", b"\xc3\xa4%20\"'\\", b"k" * 250])
def test_a_key_is_asked_for_as_it_is(key: bytes) -> None:
    assert me(key).line == b"me " + key + b"\r\nversion\r\n"


@pytest.mark.parametrize("key", [b"", b"k" * 251, b"a b", b"a\r\nflush_all", b"a\tb", b"a\0", b"a\x7f"])
def test_a_key_that_could_be_taken_for_more_than_a_key_is_refused(key: bytes) -> None:
    with pytest.raises(ValueError, match="a key has"):
        me(key)


@pytest.mark.parametrize("key", [b"a b", b"a\r\nflush_all\r\n", b"\0", b"\xff" * 250])
def test_any_key_can_be_asked_for_in_base64(key: bytes) -> None:
    verb, text, *flags = mg(key).line.split(b" ")
    assert (verb, b64decode(text, validate=True), flags) == (b"mg", key, [b"b", b"s", b"u\r\n"])
    for none in (b"", b"k" * 251):
        with pytest.raises(ValueError, match="a key has"):
            mg(none)


def test_credentials_are_sent_with_their_length_and_shown_to_nobody() -> None:
    command = authenticate("alice", SecretStr("pä$$ word"))
    assert command.line == "set auth 0 0 16\r\nalice pä$$ word\r\n".encode()
    assert "word" not in repr(command)
    assert "word" not in command.name


@pytest.mark.parametrize(("username", "password"), [("", "p"), ("a b", "p"), ("a", "p\r\nflush_all"), ("a\n", "p")])
def test_credentials_that_could_be_taken_for_more_are_refused(username: str, password: str) -> None:
    with pytest.raises(ValueError, match="no blanks"):
        authenticate(username, SecretStr(password))
