"""Who is let in, and how a refusal is said."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

import pytest

from mctop.api.models.cache import Capabilities
from mctop.service.operations import OPERATIONS
from tests.contract.server import PASSWORD, USERNAME
from tests.service.asking import V1, V2, Asking
from tests.service.fakebackend import CACHE_ID

if TYPE_CHECKING:
    from mctop.service.http.operation import Operation

FORBIDDEN = {"message": "Forbidden to access cache with this ID."}
NOT_AUTHORIZED = "You are not authorized to perform this action."


def header(raw: bytes) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(raw).decode()}


@pytest.mark.parametrize("operation", OPERATIONS, ids=[operation.name for operation in OPERATIONS])
async def test_no_operation_answers_a_stranger(ask: Asking, operation: Operation) -> None:
    path = operation.path.replace("{cache_id}", str(CACHE_ID))
    answer = await ask(operation.method, re.sub(r"{\w+}", "1", path), auth=(USERNAME, "wrong"))
    assert answer.status_code == 401
    assert answer.json() == ("Bad user" if path.startswith("/api/v1") else {"message": "Bad user"})
    assert ask.backend.done == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": ""},
        {"authorization": "Bearer abc"},
        {"authorization": "Basic"},
        {"authorization": "Basic %%%"},
        header(b"\xff\xfe:x"),
        header(b"nocolon"),
        header(f"{USERNAME}:{PASSWORD}\n".encode()),
        header(f"{PASSWORD}:{USERNAME}".encode()),
    ],
)
async def test_a_header_that_proves_nothing_is_401(ask: Asking, headers: dict[str, str]) -> None:
    answer = await ask("GET", f"{V2}/info", headers=headers, auth=None)
    assert (answer.status_code, answer.json()) == (401, {"message": "Bad user"})
    assert answer.headers["www-authenticate"].startswith("Basic")


async def test_a_credential_without_the_api_capability_is_403_everywhere(ask: Asking) -> None:
    ask.account.credentials.update(USERNAME, Capabilities(write_capability=True, flush_capability=True))
    answer = await ask("GET", f"{V2}/info")
    assert (answer.status_code, answer.json()) == (403, {"message": NOT_AUTHORIZED})
    legacy = await ask("GET", "/api/v1/login")
    assert (legacy.status_code, legacy.json()) == (403, NOT_AUTHORIZED)


async def test_a_credential_without_the_flush_capability_does_not_flush(ask: Asking) -> None:
    ask.account.credentials.update(USERNAME, Capabilities(write_capability=True, api_capability=True))
    assert (await ask("POST", f"{V2}/flush")).status_code == 403
    assert (await ask("POST", f"{V1}/flush")).status_code == 403
    assert ask.backend.done == []


@pytest.mark.parametrize("cache_id", ["x", "1561x", "-1", "1.5", "\u0661"])
async def test_a_cache_id_that_is_no_number_is_400(ask: Asking, cache_id: str) -> None:
    answer = await ask("GET", f"/api/v2/caches/{cache_id}/info")
    assert answer.status_code == 400
    assert answer.json() == {"message": "The specified cache ID is invalid (not a number)."}


@pytest.mark.parametrize("cache_id", ["7", "15610", "9" * 30])
async def test_the_id_of_another_cache_is_refused_as_each_section_documents(ask: Asking, cache_id: str) -> None:
    other = f"/api/v2/caches/{cache_id}"
    for path in ("info", "credentials", "alerts", "introspection/popular_items"):
        answer = await ask("GET", f"{other}/{path}")
        assert (answer.status_code, answer.json()) == (403, FORBIDDEN)
    for path in ("stats", "insight/latency", "insight/processed_stats?names=bytes"):
        answer = await ask("GET", f"{other}/{path}")
        assert (answer.status_code, answer.json()) == (404, {"message": "Cache not found."})
    legacy = await ask("GET", f"/api/v1/{cache_id}/stats")
    assert (legacy.status_code, legacy.json()) == (403, NOT_AUTHORIZED)


async def test_what_the_backend_cannot_do_is_501_in_its_own_words(ask: Asking) -> None:
    ask.backend.unavailable = True
    answer = await ask("GET", f"{V2}/introspection/popular_items")
    assert (answer.status_code, answer.json()) == (501, {"message": "This cache keeps no popular items."})


async def test_an_unknown_path_or_method_is_said_in_json(ask: Asking) -> None:
    lost = await ask("GET", "/api/v2/nowhere")
    assert (lost.status_code, lost.json()) == (404, {"message": "Not Found"})
    wrong = await ask("PUT", f"{V1}/stats")
    assert (wrong.status_code, wrong.json()) == (405, "Method Not Allowed")
    assert "GET" in wrong.headers["allow"]
