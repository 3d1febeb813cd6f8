"""v2: credentials."""

from __future__ import annotations

import pytest

from tests.contract.server import PASSWORD, USERNAME
from tests.service.asking import V2, Asking
from tests.service.fakebackend import FakeBackend, identity


async def test_the_list_shows_passwords_in_clear_as_documented(ask: Asking) -> None:
    (own,) = (await ask("GET", f"{V2}/credentials")).json()
    assert (own["sasl_username"], own["sasl_password"], own["primary"]) == (USERNAME, PASSWORD, True)
    assert (await ask("GET", f"{V2}/info")).json()["credentials"] == [own]


async def test_new_credentials_work_at_once_and_not_after_they_are_deleted(ask: Asking) -> None:
    created = await ask("POST", f"{V2}/credentials")
    assert (created.status_code, created.json()["primary"]) == (201, False)
    login = (created.json()["sasl_username"], created.json()["sasl_password"])
    assert (await ask("GET", f"{V2}/info", auth=login)).status_code == 200
    assert (await ask("DELETE", f"{V2}/credentials/{login[0]}")).status_code == 200
    assert (await ask("GET", f"{V2}/info", auth=login)).status_code == 401


async def test_a_capability_that_patch_leaves_out_becomes_false(ask: Asking) -> None:
    answer = await ask("PATCH", f"{V2}/credentials/{USERNAME}", json={"api_capability": True})
    wanted = {"write_capability": False, "flush_capability": False, "api_capability": True}
    assert (answer.status_code, answer.json()) == (200, wanted)


async def test_who_takes_the_api_capability_from_themselves_is_locked_out(ask: Asking) -> None:
    assert (await ask("PATCH", f"{V2}/credentials/{USERNAME}", json={})).status_code == 200
    assert (await ask("GET", f"{V2}/info")).status_code == 403


async def test_the_primary_credentials_are_not_deleted(ask: Asking) -> None:
    answer = await ask("DELETE", f"{V2}/credentials/{USERNAME}")
    assert answer.status_code == 400
    assert "primary" in answer.json()["message"]


async def test_promoting_answers_the_promoted_credentials(ask: Asking) -> None:
    created = (await ask("POST", f"{V2}/credentials")).json()
    answer = await ask("POST", f"{V2}/credentials/primary/{created['sasl_username']}")
    assert answer.json() == {**created, "primary": True}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "credentials"),
        ("PATCH", f"credentials/{USERNAME}"),
        ("DELETE", f"credentials/{USERNAME}"),
        ("POST", f"credentials/primary/{USERNAME}"),
    ],
)
async def test_a_development_cache_does_not_manage_credentials(method: str, path: str) -> None:
    ask = Asking(FakeBackend(identity(can_manage=False)))
    answer = await ask(method, f"{V2}/{path}", json={} if method == "PATCH" else None)
    assert (answer.status_code, answer.json()) == (403, {"message": "Not allowed to manage credentials."})
    ask.account.close()


async def test_capabilities_are_fixed_where_the_cache_says_so() -> None:
    ask = Asking(FakeBackend(identity(can_update=False)))
    assert (await ask("PATCH", f"{V2}/credentials/{USERNAME}", json={})).status_code == 403
    assert (await ask("POST", f"{V2}/credentials")).status_code == 201
    ask.account.close()
