"""The application as a whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx

from mctop.service.operations import OPERATIONS
from tests.contract.server import PASSWORD, USERNAME, running_service
from tests.service.asking import V1, V2, Asking
from tests.service.fakebackend import FakeBackend

if TYPE_CHECKING:
    from mctop.api.models.stats import ServerCounters


class BrokenBackend(FakeBackend):
    """A backend with a bug."""

    async def counters(self) -> tuple[ServerCounters, ...]:
        raise RuntimeError("canary")


def test_a_bug_is_a_500_that_tells_nothing_and_the_service_goes_on() -> None:
    with running_service(BrokenBackend()) as service:
        login = (service.username, service.password)
        for path, words in ((f"{V2}/stats", {"message": "Server error"}), (f"{V1}/stats", "Server error")):
            answer = httpx.get(service.url + path, auth=login)
            assert (answer.status_code, answer.json()) == (500, words)
        assert httpx.get(f"{service.url}{V2}/info", auth=login).status_code == 200


async def test_the_openapi_document_is_public_and_holds_no_secret(ask: Asking) -> None:
    document = (await ask("GET", "/openapi.json", auth=None)).json()
    assert document["openapi"] == "3.1.0"
    assert len(document["paths"]) == len({path for operation in OPERATIONS for _, path in operation.places})
    assert not {USERNAME, PASSWORD} & set(json.dumps(document).split('"'))


async def test_a_fixed_path_wins_over_a_pattern(ask: Asking) -> None:
    assert (await ask("GET", f"{V2}/alerts/configs")).json() == []
    assert (await ask("POST", f"{V1}/credentials/primary/{USERNAME}")).json()["primary"] is True


async def test_a_path_of_no_operation_is_not_found_and_leads_nowhere(ask: Asking) -> None:
    for path in (f"{V2}/stats/", f"{V1}/stats/", "/openapi.json/"):
        answer = await ask("GET", path)
        assert (answer.status_code, "location" in answer.headers) == (404, False)
