"""A unique secret is in nothing that a failure leaves behind: no text, repr, traceback or log."""

from __future__ import annotations

import base64
import json
import logging
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from pydantic import SecretStr

from mctop.api.client import Client
from mctop.api.errors import ApiError, BadEndpoint
from mctop.api.login import Login
from mctop.api.models.alerts import NewAlert, NewDeliveryConfig
from mctop.api.redaction import STRUCK, Redactor
from mctop.api.transport import Transport
from tests.api.faults import FAULTS
from tests.api.faultserver import FaultServer, Reply, as_json, plain, then_close

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

CANARY = "c4nary+secret/7f3a"
LOGIN = Login("ABCDEF", SecretStr(CANARY))
FORMS = (
    CANARY,
    quote(CANARY, safe=""),
    base64.b64encode(CANARY.encode()).decode(),
    base64.b64encode(f"ABCDEF:{CANARY}".encode()).decode(),
)
HEADER = f"Basic {FORMS[-1]}"

TELLTALES: dict[str, Reply] = {
    "an echo of the password": plain(f"wrong password {CANARY}".encode(), "401 Unauthorized"),
    "an echo of the header": as_json({"message": f"bad {HEADER}"}, "400 Bad Request"),
    "an echo in a redirect": plain(b"", "302 Found", f"Location: https://a.example/?auth={CANARY}"),
    "an echo in a bad redirect": plain(b"", "302 Found", f"Location: https://[{CANARY}"),
    "an echo in a broken head": then_close(f"{HEADER}\r\n\r\n".encode()),
    "an echo in no JSON": plain(f"{{{CANARY}".encode()),
    "an echo in the wrong shape": as_json({"id": [CANARY], "bytes": [CANARY], "sasl_password": [CANARY]}),
}


def everything_about(error: BaseException) -> Iterator[str]:
    """Yield every text that could be shown of an error, and of those that it came from."""
    yield from traceback.format_exception(error)
    seen: BaseException | None = error
    while seen is not None:
        yield f"{seen} {seen!r} {seen.args!r} {vars(seen)!r}"
        seen = seen.__cause__ or seen.__context__


def check(texts: Iterator[str]) -> None:
    for text in texts:
        assert not any(form in text for form in FORMS)


@pytest.fixture(autouse=True)
def everything_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    caplog.set_level(logging.DEBUG)
    yield
    check(iter([caplog.text]))


@pytest.mark.parametrize("fault", [*FAULTS, *TELLTALES])
async def test_no_failure_tells_the_password(server: FaultServer, fault: str) -> None:
    server.replies["/api/v2/caches/4/stats"] = TELLTALES[fault] if fault in TELLTALES else FAULTS[fault][0]
    transport = Transport(server.url, LOGIN, deadline=0.3)
    with pytest.raises(ApiError) as caught:
        await Client(transport, 4).stats()
    await transport.aclose()
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    check(everything_about(caught.value))
    assert server.seen[0].headers["authorization"] == HEADER


async def test_nobody_listening_does_not_make_us_tell_the_password() -> None:
    async with FaultServer() as gone:
        url = gone.url
    transport = Transport(url, LOGIN)
    with pytest.raises(ApiError) as caught:
        await Client(transport, 4).flush()
    await transport.aclose()
    check(everything_about(caught.value))
    check(iter([repr(transport), repr(vars(transport))]))


async def test_a_lost_change_does_not_tell_the_secret_of_its_body(server: FaultServer) -> None:
    server.replies["/api/v2/caches/4/alerts/configs"] = then_close(b"")
    transport = Transport(server.url, LOGIN)
    config = NewDeliveryConfig(delivery_type="slack", slack_url=SecretStr(f"https://hooks/{CANARY}"))
    with pytest.raises(ApiError) as caught:
        await Client(transport, 4).create_delivery_config(config)
    with pytest.raises(ApiError) as also:
        await Transport(server.url, LOGIN, read_only=True).send("POST", "/x", body={"a": CANARY})
    await transport.aclose()
    check(everything_about(caught.value))
    check(everything_about(also.value))


async def test_secrets_that_the_api_hands_out_print_as_stars(server: FaultServer) -> None:
    credential = {"sasl_username": "u", "sasl_password": CANARY}
    root = "/api/v2/caches/4"
    server.replies[f"{root}/info"] = as_json({"id": 4, "credentials": [credential]})
    server.replies[f"{root}/credentials"] = as_json([credential])
    server.replies[f"{root}/alerts/configs"] = as_json([{"id": 1, "slack_url": CANARY}])
    server.replies[f"{root}/rotate_sso"] = as_json(CANARY)
    transport = Transport(server.url, LOGIN)
    client = Client(transport, 4)
    values = (
        await client.info(),
        await client.credentials(),
        await client.delivery_configs(),
        await client.rotate_sso(),
    )
    await transport.aclose()
    check(f"{value} {value!r}" for value in values)


CREDENTIAL = {"sasl_username": "u", "sasl_password": CANARY}
CONFIG = {"id": 1, "slack_url": f"https://hooks/{CANARY}"}
CARRYING: dict[str, tuple[str, Reply, Callable[[Client], Awaitable[object]]]] = {
    "info": ("/info", as_json({"id": 4, "credentials": [CREDENTIAL]}), Client.info),
    "info, cut off": ("/info", plain(json.dumps({"credentials": [CREDENTIAL]}).encode()[:-2]), Client.info),
    "info, in an error": ("/info", as_json({"error": "no", "was": CREDENTIAL}, "500 Broken"), Client.info),
    "credentials": ("/credentials", as_json([CREDENTIAL]), Client.credentials),
    "a new credential": ("/credentials", as_json(CREDENTIAL), Client.create_credential),
    "delivery configs": ("/alerts/configs", as_json([CONFIG]), Client.delivery_configs),
    "a new delivery config": (
        "/alerts/configs",
        then_close(b""),
        lambda client: client.create_delivery_config(NewDeliveryConfig.model_validate(CONFIG)),
    ),
    "the links of the dashboard": ("/rotate_sso", as_json(CANARY), Client.rotate_sso),
}


@pytest.mark.parametrize("kind", CARRYING)
async def test_every_secret_on_the_wire_is_learned_so_that_no_report_can_tell_it(
    server: FaultServer, kind: str
) -> None:
    path, reply, ask = CARRYING[kind]
    server.replies[f"/api/v2/caches/4{path}"] = reply
    redactor = Redactor()
    transport = Transport(server.url, LOGIN, learn_secret=redactor.register)
    with suppress(ApiError):
        await ask(Client(transport, 4))
    await transport.aclose()
    secret = f"https://hooks/{CANARY}" if "config" in kind else CANARY
    assert redactor.redact(f"an error quotes {secret!r}") == f"an error quotes '{STRUCK}'"


@pytest.mark.parametrize(
    "url", [f"https://u:{CANARY}@a", f"https://{CANARY}@a", f"https://u:{CANARY}", f"https://a?k={CANARY}"]
)
def test_a_url_that_is_refused_is_not_repeated(url: str) -> None:
    with pytest.raises(BadEndpoint) as caught:
        Transport(url, LOGIN)
    check(everything_about(caught.value))


def test_a_proxy_that_is_refused_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"ftp://u:{quote(CANARY)}@a")
    with pytest.raises(BadEndpoint) as caught:
        Transport("https://a.example", LOGIN)
    check(everything_about(caught.value))


async def test_a_webhooks_path_is_not_in_its_errors(server: FaultServer) -> None:
    server.replies[f"/services/{CANARY}"] = plain(b"no_service", "404 Not Found")
    transport = Transport(f"{server.url}/services/{CANARY}", None)
    with pytest.raises(ApiError, match="no_service") as caught:
        await transport.send("POST", "", body={"text": "x"})
    await transport.aclose()
    check(everything_about(caught.value))


async def test_a_failure_of_an_action_tells_its_words(server: FaultServer) -> None:
    server.replies["/api/v2/caches/4/alerts"] = plain(b"An alert requires a type.", "400 Bad Request")
    transport = Transport(server.url, LOGIN)
    with pytest.raises(ApiError, match=r"POST /api/v2/caches/4/alerts -> 400: An alert requires a type\."):
        await Client(transport, 4).create_alert(NewAlert())
    await transport.aclose()


async def test_the_libraries_below_log_neither_urls_nor_headers(
    server: FaultServer, caplog: pytest.LogCaptureFixture
) -> None:
    transport = Transport(server.url, LOGIN)
    await transport.send("GET", "/x")
    await transport.aclose()
    assert [record.name for record in caplog.records if record.name.startswith(("http", "h11"))] == []
