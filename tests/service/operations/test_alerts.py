"""v2: alerts and delivery configs."""

from __future__ import annotations

import pytest

from tests.service.asking import V2, Asking

ALERT = {"trigger_type": "hit_rate", "trigger_threshold": 50, "description": "Low.", "enabled": True}
SLACK = {"delivery_type": "slack", "slack_url": "https://hooks.example.com/services/1", "slack_channel": "#alerts"}


async def test_the_documents_examples_work_in_their_order(ask: Asking) -> None:
    config = await ask("POST", f"{V2}/alerts/configs", json=SLACK)
    assert (config.status_code, config.json()) == (201, {"id": 1, "email": "", **SLACK})
    alert = await ask("POST", f"{V2}/alerts", json={**ALERT, "delivery_config_id": 1})
    assert (alert.status_code, alert.json()) == (201, {"id": 1, **ALERT, "delivery_config_id": 1})
    disabled = await ask("PUT", f"{V2}/alerts/1", json={"id": 1, "enabled": False})
    assert (disabled.status_code, disabled.json()) == (201, {**alert.json(), "enabled": False})
    deleted = await ask("DELETE", f"{V2}/alerts/1")
    assert (deleted.status_code, deleted.content) == (201, b"")
    assert (await ask("DELETE", f"{V2}/alerts/configs/1")).status_code == 204


async def test_put_accepts_the_whole_alert_as_well_as_a_part(ask: Asking) -> None:
    await ask("POST", f"{V2}/alerts", json=ALERT)
    whole = {"id": 1, "trigger_type": "memory_usage", "trigger_threshold": 90.5, "delivery_config_id": None}
    answer = await ask("PUT", f"{V2}/alerts/1", json={**whole, "description": "", "enabled": False})
    assert answer.json() == {**whole, "description": "", "enabled": False}


async def test_put_declines_the_id_of_another_alert(ask: Asking) -> None:
    await ask("POST", f"{V2}/alerts", json=ALERT)
    answer = await ask("PUT", f"{V2}/alerts/1", json={"id": 2, "enabled": False})
    assert answer.status_code == 400
    assert (await ask("GET", f"{V2}/alerts/1")).json()["enabled"] is True


@pytest.mark.parametrize(
    "change",
    [
        {"trigger_type": "cpu"},
        {"trigger_threshold": 101},
        {"trigger_threshold": -1},
        {"trigger_threshold": "much"},
        {"delivery_config_id": 77},
        {"delivery_config_id": 2**63},
        {"description": "x" * 1_001},
        {"enabled": "perhaps"},
    ],
)
async def test_nonsense_is_400_with_a_message_when_adding_and_when_updating(
    ask: Asking, change: dict[str, object]
) -> None:
    await ask("POST", f"{V2}/alerts", json=ALERT)
    for method, path in (("POST", f"{V2}/alerts"), ("PUT", f"{V2}/alerts/1")):
        answer = await ask(method, path, json={**ALERT, **change})
        assert answer.status_code == 400
        assert len(answer.json()["message"]) > 20
    assert len(ask.account.alerts.all()) == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"null", b"[]", b"{", b"\xff", b'{"trigger_type": "\\ud800"}', b"[" * 60_000, b"x" * 70_000, b"NaN"],
)
async def test_a_body_that_is_no_alert_says_that_an_alert_requires_a_type(ask: Asking, content: bytes) -> None:
    answer = await ask("POST", f"{V2}/alerts", content=content)
    assert answer.status_code == 400
    assert "An alert requires a type" in answer.json()["message"] or "larger than" in answer.json()["message"]


@pytest.mark.parametrize(
    "config",
    [
        {},
        {"delivery_type": "pager"},
        {"delivery_type": "email"},
        {"delivery_type": "email", "email": "nobody"},
        {"delivery_type": "email", "email": "a@b\r\nBcc: c@d"},
        {"delivery_type": "slack"},
        {"delivery_type": "slack", "slack_url": "http://hooks.example.com/1"},
    ],
)
async def test_a_delivery_config_that_could_deliver_nothing_is_400(ask: Asking, config: dict[str, str]) -> None:
    answer = await ask("POST", f"{V2}/alerts/configs", json=config)
    assert answer.status_code == 400
    assert "could not be added" in answer.json()["message"]


async def test_null_and_zero_stand_for_what_does_not_apply(ask: Asking) -> None:
    email = {"delivery_type": "email", "email": "a@b.example", "slack_url": None, "slack_channel": None}
    config = await ask("POST", f"{V2}/alerts/configs", json=email)
    assert config.json() == {"id": 1, **email, "slack_url": "", "slack_channel": ""}
    alert = await ask("POST", f"{V2}/alerts", json={**ALERT, "delivery_config_id": 0})
    assert alert.json()["delivery_config_id"] is None


async def test_a_refusal_never_repeats_a_webhook(ask: Asking) -> None:
    answer = await ask("POST", f"{V2}/alerts/configs", json={**SLACK, "slack_url": "http://hooks.example.com/canary"})
    assert answer.status_code == 400
    assert "canary" not in answer.text


@pytest.mark.parametrize("path", ["alerts/x", "alerts/configs/x", "alerts/9", f"alerts/{'9' * 40}", "alerts/configs/9"])
async def test_an_id_that_is_no_number_or_nothings_is_400(ask: Asking, path: str) -> None:
    answer = await ask("DELETE", f"{V2}/{path}")
    assert answer.status_code == 400
    assert "ID" in answer.json()["message"]
