"""No page in a browser changes a cache, and every other client still can."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mctop.service.http.browser_guard import FROM_A_PAGE, NOT_JSON
from mctop.service.operations import OPERATIONS
from tests.contract.server import USERNAME
from tests.service.asking import V1, V2

if TYPE_CHECKING:
    from tests.service.asking import Asking

CHANGES = [place for operation in OPERATIONS for place in operation.places if place[0] != "GET"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "http://localhost:9000"},
        {"Origin": "http://localhost"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "same-origin"},
    ],
)
async def test_no_page_changes_anything(ask: Asking, headers: dict[str, str]) -> None:
    assert len(CHANGES) > 20
    for method, path in CHANGES:
        answer = await ask(method, path, headers=headers)
        assert answer.status_code == 403, (method, path)
        assert FROM_A_PAGE in answer.text


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "multipart/form-data; boundary=x", "", "application/jsonx"],
)
async def test_no_form_changes_anything(ask: Asking, kind: str) -> None:
    for method, path in CHANGES:
        answer = await ask(method, path, content=b"{}", headers={"Content-Type": kind})
        assert answer.status_code == 403, (method, path)
        assert NOT_JSON in answer.text


async def test_a_form_in_its_usual_encoding_changes_nothing_in_v2(ask: Asking) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await ask("POST", f"{V2}/credentials", content=b"a=b", headers=headers)
    assert (answer.status_code, answer.json()) == (403, {"message": NOT_JSON})


async def test_each_version_says_it_as_it_says_every_refusal(ask: Asking) -> None:
    headers = {"Origin": "http://evil.example"}
    assert (await ask("POST", f"{V2}/credentials", headers=headers)).json() == {"message": FROM_A_PAGE}
    assert (await ask("POST", f"{V1}/credentials", headers=headers)).json() == FROM_A_PAGE


@pytest.mark.parametrize(
    "headers", [{}, {"Content-Type": "application/json; charset=utf-8"}, {"Sec-Fetch-Site": "none"}]
)
async def test_other_clients_still_change(ask: Asking, headers: dict[str, str]) -> None:
    assert (await ask("POST", f"{V1}/credentials/primary/{USERNAME}", headers=headers)).json()["primary"] is True


async def test_a_browser_may_still_look(ask: Asking) -> None:
    headers = {"Origin": "http://evil.example", "Sec-Fetch-Site": "same-site"}
    answer = await ask("GET", f"{V2}/info", headers=headers)
    assert answer.status_code == 200
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8400", "localhost.evil.example", "127.0.0.1.nip.io"])
async def test_a_foreign_name_is_answered_nothing(ask: Asking, host: str) -> None:
    for method, path in (("GET", f"{V2}/stats"), ("GET", "/openapi.json"), ("POST", f"{V1}/flush")):
        assert (await ask(method, path, headers={"Host": host})).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST.:8400", "127.0.0.1:8400", "[::1]:8400", "192.0.2.7", ""])
async def test_an_address_and_a_name_of_this_machine_are_answered(ask: Asking, host: str) -> None:
    assert (await ask("GET", f"{V2}/stats", headers={"Host": host})).status_code == 200
