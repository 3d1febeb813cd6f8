"""What the documents of API v2 leave out or contradict: cache, credentials, management, commands, alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mctop.api.errors import BadAnswer, BadRequest, NotFound
from mctop.api.models.alerts import Alert, NewAlert
from mctop.api.models.cache import Capabilities, Credential
from mctop.api.models.stats import Counters
from tests.api.faultserver import FaultServer, as_json, plain

if TYPE_CHECKING:
    from mctop.api.client import Client

ROOT = "/api/v2/caches/4"
BOOLEANS = {"write_capability": True, "flush_capability": False, "api_capability": True}
MAY = Capabilities(write_capability=True, flush_capability=False, api_capability=True)


def sent(server: FaultServer) -> list[str]:
    return [f"{seen.method} {seen.target.removeprefix(ROOT)}" for seen in server.seen]


async def test_e1_info_may_leave_out_or_null_everything(server: FaultServer, client: Client) -> None:
    server.replies[f"{ROOT}/info"] = as_json(
        {"id": None, "label": None, "servers": None, "credentials": None, "new": 1}
    )
    info = await client.info()
    assert (info.id, info.label, info.servers, info.credentials) == (4, "", (), ())
    assert (info.can_switch, info.can_manage_credentials, info.can_update_capabilities) == (None, None, None)
    assert info.enabled is None


async def test_e1_passwords_in_info_are_secret_from_the_start(server: FaultServer, client: Client) -> None:
    server.replies[f"{ROOT}/info"] = as_json(
        {"id": 4, "credentials": [{"sasl_username": "u", "sasl_password": "canary"}]}
    )
    info = await client.info()
    assert "canary" not in repr(info)
    assert "canary" not in info.model_dump_json()
    password = info.credentials[0].sasl_password
    assert password is not None
    assert password.get_secret_value() == "canary"


async def test_e1_a_bad_credential_or_server_is_left_out_and_counted(server: FaultServer, client: Client) -> None:
    good = {"sasl_username": "u"}
    server.replies[f"{ROOT}/info"] = as_json({"id": 4, "servers": ["a:1", 7], "credentials": [3, good, {"id": []}]})
    info = await client.info()
    assert (info.servers, info.credentials, info.dropped) == (("a:1",), (Credential(sasl_username="u"),), 3)


async def test_e2_a_listed_credential_may_lack_its_password(server: FaultServer, client: Client) -> None:
    server.replies[f"{ROOT}/credentials"] = as_json([{"sasl_username": "u", "uuid": None, "primary": True}])
    (credential,) = (await client.credentials()).items
    assert credential == Credential(sasl_username="u", primary=True)


async def test_e3_a_created_credential_may_have_no_id(server: FaultServer, client: Client) -> None:
    server.replies[f"{ROOT}/credentials"] = as_json({"id": None, **BOOLEANS, "sasl_username": "n"}, "201 Created")
    credential = await client.create_credential()
    assert (credential.id, credential.sasl_username, credential.api_capability) == (None, "n", True)


async def test_e4_patch_sends_all_three_capabilities(server: FaultServer, client: Client) -> None:
    server.replies[f"{ROOT}/credentials/u"] = as_json(BOOLEANS)
    await client.update_credential("u", Capabilities(api_capability=True))
    assert server.seen[0].json == {"write_capability": False, "flush_capability": False, "api_capability": True}


async def test_e4_patch_returns_what_the_server_says_not_what_was_asked(server: FaultServer, client: Client) -> None:
    server.replies[f"{ROOT}/credentials/u"] = as_json({**BOOLEANS, "write_capability": False})
    assert not (await client.update_credential("u", MAY)).write_capability


async def test_e5_e6_delete_and_promote_need_no_body(server: FaultServer, client: Client) -> None:
    await client.delete_credential("u")
    await client.promote_credential("u")
    assert sent(server) == ["DELETE /credentials/u", "POST /credentials/primary/u"]


@pytest.mark.parametrize(
    "username", ["a/b", "primary/x", "50%", "a b", "a?b#c", "\u00fc\U0001f511", "..", ".", "%2e%2e"]
)
async def test_g10_a_username_is_one_segment_of_the_path(server: FaultServer, client: Client, username: str) -> None:
    await client.delete_credential(username)
    (line,) = sent(server)
    assert line.startswith("DELETE /credentials/")
    assert line.count("/") == 2
    assert not line.endswith(("/..", "/."))
    assert "?" not in line


@pytest.mark.parametrize("body", [b'"name"', b"name", b" name\n", b'\xef\xbb\xbf"name"'])
async def test_e7_e9_strings_come_bare_or_as_json(server: FaultServer, client: Client, body: bytes) -> None:
    server.replies[f"{ROOT}/rotate_sso"] = server.replies[f"{ROOT}/switch_cluster"] = plain(body)
    token = await client.rotate_sso()
    assert token.get_secret_value() == "name"
    assert "name" not in repr(token)
    assert await client.switch_cluster() == "name"


async def test_e7_e9_strings_may_be_missing(server: FaultServer, client: Client) -> None:
    assert (await client.rotate_sso()).get_secret_value() == ""
    assert await client.switch_cluster() == ""


@pytest.mark.parametrize("status", ["200 OK", "201 Created", "202 Accepted", "204 No Content"])
async def test_e8_e10_e11_e20_e23_e30_changes_succeed_on_any_2xx(
    server: FaultServer, client: Client, status: str
) -> None:
    for path in ("enable_cache", "flush", "reset_stats", "alerts/1", "alerts/configs/1", "introspection/prefixes/1"):
        server.replies[f"{ROOT}/{path}"] = plain(b"", status)
    await client.enable_cache()
    await client.flush()
    await client.reset_stats()
    await client.delete_alert(1)
    await client.delete_delivery_config(1)
    await client.unwatch_prefix(1)


async def test_e10_a_400_to_flush_says_what_the_server_said(server: FaultServer, client: Client) -> None:
    server.replies[f"{ROOT}/flush"] = plain(b"Failed to flush cache", "400 Bad Request")
    with pytest.raises(BadRequest, match="Failed to flush cache"):
        await client.flush()


async def test_e12_stats_may_be_flat(server: FaultServer, client: Client) -> None:
    server.replies[f"{ROOT}/stats"] = as_json({"get_hits": 3, "time": 0})
    stats = await client.stats()
    assert (stats.total, stats.servers) == (Counters(get_hits=3), ())


async def test_e12_stats_may_be_keyed_by_server(server: FaultServer, client: Client) -> None:
    server.replies[f"{ROOT}/stats"] = as_json({"a:1": {"get_hits": 3, "time": 5}, "b:1": {"get_hits": 4, "time": 7}})
    stats = await client.stats()
    assert stats.total == Counters(get_hits=7, time=7)
    assert [each.server for each in stats.servers] == ["a:1", "b:1"]


async def test_e16_a_list_of_alerts_may_be_null_and_a_trigger_unknown(server: FaultServer, client: Client) -> None:
    server.replies[f"{ROOT}/alerts"] = as_json(None)
    assert (await client.alerts()).items == ()
    server.replies[f"{ROOT}/alerts"] = as_json([{"id": 1, "trigger_type": "evictions", "trigger_threshold": "90"}])
    (alert,) = (await client.alerts()).items
    assert (alert.trigger_type, alert.trigger_threshold) == ("evictions", 90.0)


async def test_e17_a_new_alert_says_every_field(server: FaultServer, client: Client) -> None:
    server.replies[f"{ROOT}/alerts"] = as_json({"id": 1}, "201 Created")
    await client.create_alert(NewAlert(trigger_type="memory_usage", trigger_threshold=92.5))
    assert server.seen[0].json == {
        "trigger_type": "memory_usage",
        "trigger_threshold": 92.5,
        "delivery_config_id": None,
        "description": "",
        "enabled": False,
    }


async def test_e18_an_alert_that_is_not_there_is_not_found(server: FaultServer, client: Client) -> None:
    server.replies[f"{ROOT}/alerts/9"] = plain(b"", "404 Not Found")
    with pytest.raises(NotFound, match="Not Found"):
        await client.alert(9)


async def test_e19_put_sends_the_whole_alert(server: FaultServer, client: Client) -> None:
    server.replies[f"{ROOT}/alerts/4"] = as_json({"id": 4, "enabled": False}, "201 Created")
    alert = Alert(
        id=4, trigger_type="hit_rate", trigger_threshold=80, delivery_config_id=4, description="d", enabled=True
    )
    await client.update_alert(alert.model_copy(update={"enabled": False}))
    assert server.seen[0].json == {
        "id": 4,
        "trigger_type": "hit_rate",
        "trigger_threshold": 80,
        "delivery_config_id": 4,
        "description": "d",
        "enabled": False,
    }
    assert b"80.0" not in server.seen[0].body


async def test_e4_e19_an_update_that_answers_nothing_is_what_was_sent(server: FaultServer, client: Client) -> None:
    alert = Alert(id=4, trigger_type="hit_rate", trigger_threshold=80)
    assert await client.update_alert(alert) == alert
    assert await client.update_credential("u", MAY) == MAY
    assert [seen.method for seen in server.seen] == ["PUT", "PATCH"]


async def test_e21_e22_unused_fields_of_a_delivery_config_may_be_null(server: FaultServer, client: Client) -> None:
    raw = {"id": 1, "delivery_type": "slack", "email": None, "slack_url": "https://hooks/canary", "slack_channel": "#a"}
    server.replies[f"{ROOT}/alerts/configs"] = as_json([raw, {"id": 2, "delivery_type": "email", "slack_url": None}])
    slack, email = (await client.delivery_configs()).items
    assert (slack.email, email.slack_url) == ("", None)
    assert "canary" not in repr(slack)


async def test_g6_a_creation_that_answers_nothing_readable_says_that_it_was_made(
    server: FaultServer, client: Client
) -> None:
    server.replies[f"{ROOT}/alerts"] = plain(b"", "201 Created")
    with pytest.raises(BadAnswer) as caught:
        await client.create_alert(NewAlert(trigger_type="hit_rate"))
    assert caught.value.status == 201


@pytest.mark.parametrize("body", [b'[{"id":1},]', b"// no\n[]", b"{", b"<html>502</html>", b"NaN", b"[" * 100_000])
async def test_g4_only_strict_json_is_an_answer(server: FaultServer, client: Client, body: bytes) -> None:
    server.replies[f"{ROOT}/alerts"] = plain(body)
    with pytest.raises(BadAnswer, match="not JSON") as caught:
        await client.alerts()
    assert caught.value.status == 200


async def test_g11_lists_may_be_null_or_missing_everywhere(server: FaultServer, client: Client) -> None:
    for body in (b"null", b"", b"[]", b" \n"):
        for path in ("credentials", "alerts", "alerts/configs", "introspection/prefixes", "introspection/key_stats"):
            server.replies[f"{ROOT}/{path}"] = plain(body)
        assert (await client.credentials()).items == ()
        assert (await client.alerts()).items == ()
        assert (await client.delivery_configs()).items == ()
        assert (await client.watched_prefixes()).items == ()
        assert (await client.key_stats("k")).items == ()
