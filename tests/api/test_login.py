"""A login keeps its password to itself."""

import base64

from pydantic import SecretStr

from mctop.api.login import Login


def test_whitespace_round_either_half_is_dropped() -> None:
    login = Login("  ABCDEF\r\n", SecretStr("\tpass word\n"))
    assert login == Login("ABCDEF", SecretStr("pass word"))


def test_the_password_is_in_no_repr() -> None:
    assert "canary" not in repr(Login("u", SecretStr("canary")))


def test_t9_the_password_and_its_header_are_masked_in_foreign_words() -> None:
    login = Login("u", SecretStr("canary"))
    header = base64.b64encode(b"u:canary").decode()
    assert login.redact(f"no such user: u:canary ({header})") == "no such user: u:*** (***)"


def test_an_empty_password_masks_nothing() -> None:
    assert Login("u", SecretStr("")).redact("words") == "words"
