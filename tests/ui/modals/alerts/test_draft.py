"""What is typed about alerts and delivery configs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mctop.api.models.alerts import Alert
from mctop.service.http.request_bodies import NewAlertBody, NewDeliveryBody
from mctop.ui.modals.alerts.draft import (
    EMAIL,
    SLACK,
    AlertDraft,
    AlertFaults,
    DeliveryDraft,
    DeliveryFaults,
    draft_of,
    is_webhook,
)
from tests.ui.modals.alerts.book import CANARY, CONFIGS, LOW, NIGHT


@pytest.mark.parametrize(
    ("typed", "level"),
    [("80", 80), ("0", 0), ("100", 100), ("99.5", 99.5), ("99,5", 99.5), (" 7 % ", 7), (".5", 0.5), ("5.", 5),
     ("", None), ("-1", None), ("100.1", None), ("1e1", None), ("nan", None), ("inf", None), ("8o", None),
     ("1.2.3", None), ("%", None), ("٣", None)],
)  # fmt: skip
def test_a_threshold_is_a_number_from_0_to_100(typed: str, level: float | None) -> None:
    assert AlertDraft(threshold=typed).level == level
    assert bool(AlertDraft(threshold=typed).faults(CONFIGS).threshold) is (level is None)


def test_the_type_and_the_delivery_config_must_be_ones_that_there_are() -> None:
    assert AlertDraft(delivery=2).faults(CONFIGS) == AlertFaults()
    assert AlertDraft(delivery=None).faults(CONFIGS) == AlertFaults()
    assert AlertDraft(delivery=3).faults(None) == AlertFaults()
    assert "no such" in AlertDraft(delivery=3).faults(CONFIGS).delivery
    assert "hit rate and memory usage" in AlertDraft("request_rate").faults(CONFIGS).trigger_type
    assert "1000" in AlertDraft(description="x" * 1_001).faults(CONFIGS).description


@settings(max_examples=60)
@given(st.sampled_from(("hit_rate", "memory_usage")), st.floats(0, 100), st.text(max_size=30), st.booleans())
def test_what_is_not_touched_stays_exactly_as_it_was(kind: str, level: float, description: str, enabled: bool) -> None:
    before = Alert(id=3, trigger_type=kind, trigger_threshold=level, delivery_config_id=0, description=description,
                   enabled=enabled)  # fmt: skip
    assert draft_of(before).edited(before) == before


def test_what_is_touched_changes_and_nothing_else() -> None:
    after = AlertDraft("hit_rate", "75", None, LOW.description, enabled=True).edited(LOW)
    assert after == LOW.model_copy(update={"trigger_threshold": 75.0, "delivery_config_id": None})
    assert draft_of(NIGHT).threshold == "55.5"


def test_the_service_takes_every_alert_with_nothing_wrong() -> None:
    new = AlertDraft("memory_usage", "90", 1, "think", enabled=False).new()
    assert NewAlertBody.model_validate(new.model_dump()).trigger_threshold == 90


@pytest.mark.parametrize(
    ("email", "good"),
    [("ops@example.com", True), ("a@b", True), ("", False), ("ops", False), ("@b.io", False), ("a@", False),
     ("a b@c.io", False), ("a@b@c.io", False), ("a@b..io", False), (f"{'a' * 260}@b.io", False)],
)  # fmt: skip
def test_an_e_mail_needs_an_address(email: str, good: bool) -> None:
    draft = DeliveryDraft(EMAIL, email=email, webhook="what the other type has does not count")
    assert (draft.faults() == DeliveryFaults()) is good
    if good:
        NewDeliveryBody.model_validate({**draft.config().model_dump(), "slack_url": ""})
        assert draft.config().slack_url is None


@pytest.mark.parametrize(
    "url",
    ["", "hooks.slack.com/x", "http://hooks.slack.com/x", "https://", "https:///x", "https://localhost/x",
     "https://hooks.slack.com", "https://hooks.slack.com/", "https://hooks.slack.com/a b", "https://a.b:99999/x",
     "https://[::1/x", "https://hooks.slack.com/é", "javascript://hooks.slack.com/x", "https://a.b/\\x1b"],
)  # fmt: skip
def test_what_is_no_https_url_with_a_host_and_a_path_is_no_webhook(url: str) -> None:
    assert not is_webhook(url)


def test_slack_needs_a_webhook_and_a_channel_and_tells_neither() -> None:
    assert DeliveryDraft(SLACK).faults().webhook
    assert DeliveryDraft(SLACK).faults().channel
    draft = DeliveryDraft(SLACK, email="left over", webhook=CANARY, channel=" #ops ")
    assert draft.faults() == DeliveryFaults()
    config = draft.config()
    assert (config.email, config.slack_channel) == ("", "#ops")
    assert config.slack_url is not None
    assert config.slack_url.get_secret_value() == CANARY
    assert "CANARY" not in repr(draft) + repr(config)
