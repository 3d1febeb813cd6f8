"""What a guest may do, and sees, of every operation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from mctop.service.operations import OPERATIONS
from tests.contract.server import PASSWORD, USERNAME
from tests.service.asking import V1, V2
from tests.service.fakebackend import CACHE_ID

if TYPE_CHECKING:
    from mctop.service.http.operation import Operation
    from tests.service.asking import Asking

WEBHOOK = "https://hooks.slack.example/services/canary"
PLACES = [(operation, method, path) for operation in OPERATIONS for method, path in operation.places]


def filled(path: str) -> str:
    """A path with something for each of its parameters."""
    values = {"cache_id": f"{CACHE_ID}", "username": USERNAME}
    return re.sub(r"{([a-z_]+)(:[a-z]+)?}", lambda match: values.get(match[1], "1"), path)


async def guest_of(ask: Asking) -> tuple[str, str]:
    """A guest of an account that holds secrets of each kind."""
    slack = {"delivery_type": "slack", "slack_url": WEBHOOK, "slack_channel": "#ops"}
    assert (await ask("POST", f"{V2}/alerts/configs", json=slack)).status_code == 201
    guest = ask.account.guests.admit()
    return guest.username, guest.password or ""


@pytest.mark.parametrize(("operation", "method", "path"), [place for place in PLACES if place[1] != "GET"])
async def test_a_guest_changes_nothing(ask: Asking, operation: Operation, method: str, path: str) -> None:
    guest = await guest_of(ask)
    before = list(ask.account.database.iterdump())
    answer = await ask(method, filled(path), auth=guest, json={})
    assert answer.status_code == 403
    assert "may only read" in answer.text
    assert list(ask.account.database.iterdump()) == before
    assert ask.backend.done == []


@pytest.mark.parametrize(("operation", "method", "path"), [place for place in PLACES if place[1] == "GET"])
async def test_a_guest_reads_what_an_owner_reads_without_a_secret(
    ask: Asking, operation: Operation, method: str, path: str
) -> None:
    guest = await guest_of(ask)
    params = {each.name: (each.choices or ("x",))[0] for each in operation.query if each.required}
    own, guests = [await ask(method, filled(path), params=params, auth=auth) for auth in ((USERNAME, PASSWORD), guest)]
    assert guests.status_code == own.status_code
    assert guests.text == own.text.replace(PASSWORD, "").replace(WEBHOOK, "")
    assert (await ask("HEAD", filled(path), params=params, auth=guest)).text == ""


async def test_an_owner_reads_the_secrets(ask: Asking) -> None:
    await guest_of(ask)
    assert PASSWORD in (await ask("GET", f"{V2}/credentials")).text
    assert PASSWORD in (await ask("GET", f"{V2}/info")).text
    assert WEBHOOK in (await ask("GET", f"{V2}/alerts/configs")).text
    assert PASSWORD not in (await ask("GET", f"{V1}/credentials")).text
