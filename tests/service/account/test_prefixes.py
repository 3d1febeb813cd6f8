"""The watched prefixes of an account."""

from __future__ import annotations

import pytest

from mctop.service.account import open_account
from mctop.service.account.database import Declined
from mctop.service.account.prefixes import MOST


def test_watching_twice_is_watching_once_and_there_is_a_limit() -> None:
    account = open_account(7, "USER", "secret")
    watched = [account.prefixes.watch(f"p{number}:") for number in range(MOST)]
    assert account.prefixes.watch("p3:") == watched[3]
    with pytest.raises(Declined, match=f"at most {MOST}"):
        account.prefixes.watch("one:more")
    account.prefixes.unwatch(watched[0].id)
    with pytest.raises(Declined, match="no prefix"):
        account.prefixes.get(watched[0].id)
    account.prefixes.watch("one:more")
    assert len(account.prefixes.all()) == MOST
    account.close()
