"""The credentials of an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mctop.api.models.cache import Capabilities
from mctop.service.account import Account, open_account
from mctop.service.account.credentials import MOST
from mctop.service.account.database import Declined

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def account() -> Iterator[Account]:
    account = open_account(7, "USER", "secret")
    yield account
    account.close()


def test_only_the_right_password_proves_a_credential(account: Account) -> None:
    proven = account.credentials.verified("USER", "secret")
    assert proven is not None
    assert proven.sasl_username == "USER"
    for username, password in (
        ("USER", "wrong"),
        ("USER", ""),
        ("NOBODY", "secret"),
        ("", ""),
        ("USER", "s\u00e9cret"),
    ):
        assert account.credentials.verified(username, password) is None


def test_credentials_are_found_by_username_before_id(account: Account) -> None:
    account.credentials.add("1", "x")
    assert account.credentials.find("1").id == 2
    assert account.credentials.find("2").sasl_username == "1"


def test_exactly_one_credential_is_primary_after_any_promotion(account: Account) -> None:
    new = account.credentials.create()
    account.credentials.promote(new.sasl_username)
    assert [each.primary for each in account.credentials.all()] == [False, True]


def test_the_primary_credential_is_not_deleted(account: Account) -> None:
    with pytest.raises(Declined, match="primary"):
        account.credentials.delete("USER")
    assert len(account.credentials.all()) == 1


def test_capabilities_are_replaced_as_a_whole(account: Account) -> None:
    account.credentials.update("USER", Capabilities(flush_capability=True))
    (own,) = account.credentials.all()
    assert (own.write_capability, own.flush_capability, own.api_capability) == (False, True, False)


def test_a_credential_that_is_not_there_is_declined(account: Account) -> None:
    for attempt in (account.credentials.find, account.credentials.promote, account.credentials.delete):
        with pytest.raises(Declined, match="no such credentials"):
            attempt("NOBODY")


def test_there_are_never_too_many_credentials(account: Account) -> None:
    for _ in range(MOST - 1):
        account.credentials.create()
    with pytest.raises(Declined, match="at most"):
        account.credentials.create()


def test_a_new_login_can_take_the_place_of_all(account: Account) -> None:
    account.credentials.create()
    account.credentials.only("OTHER", "word")
    (left,) = account.credentials.all()
    assert (left.sasl_username, left.primary) == ("OTHER", True)
    account.credentials.only("OTHER", "word")
    assert account.credentials.all() == (left,)
