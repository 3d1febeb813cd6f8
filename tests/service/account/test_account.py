"""Opening an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.service.account import open_account

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_account_has_its_credentials_as_the_primary_ones() -> None:
    account = open_account(7, "USER", "secret")
    (own,) = account.credentials.all()
    assert (own.sasl_username, own.cache_id, own.primary, own.api_capability) == ("USER", 7, True, True)
    account.close()


def test_an_account_in_a_file_is_found_again_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    file = tmp_path / "account.db"
    account = open_account(7, "USER", "secret", file=file)
    account.prefixes.watch("session:")
    account.close()
    assert file.stat().st_mode & 0o777 == 0o600
    again = open_account(7, "OTHER", "ignored", file=file)
    assert [each.sasl_username for each in again.credentials.all()] == ["USER"]
    assert [prefix.name for prefix in again.prefixes.all()] == ["session:"]
    again.close()
