"""What a person is shown is what is sent, whatever the values are."""

import asyncio
import json

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from mctop.api.login import MASK
from mctop.api.models.alerts import Alert, NewAlert, NewDeliveryConfig
from mctop.api.models.cache import Capabilities
from mctop.api.models.introspection import Prefix
from mctop.store.changes.alert_changes import CreateAlert, CreateDeliveryConfig, UpdateAlert
from mctop.store.changes.change import Change
from mctop.store.changes.credential_changes import DeleteCredential, PromoteCredential, UpdateCredential
from mctop.store.changes.prefix_changes import UnwatchPrefix, WatchPrefix
from tests.store.fakeapi import CHANGES, OF_V1, SECOND, Desk, clear

WORDS = st.text(max_size=12)
CREDENTIALS = st.builds(
    lambda name, primary: SECOND.model_copy(update={"sasl_username": name, "primary": primary}), WORDS, st.booleans()
)
CAPABILITIES = st.builds(
    Capabilities, write_capability=st.booleans(), flush_capability=st.booleans(), api_capability=st.booleans()
)
NEW_ALERTS = st.builds(
    NewAlert, trigger_type=st.sampled_from(("hit_rate", "memory_usage")), trigger_threshold=st.floats(0, 100),
    delivery_config_id=st.none() | st.integers(0, 99), description=WORDS, enabled=st.booleans(),
)  # fmt: skip
ALERTS = st.builds(lambda new, number: Alert(id=number, **dict(new)), NEW_ALERTS, st.integers(0, 9**9))
SLACK = st.builds(
    NewDeliveryConfig, delivery_type=st.just("slack"), slack_channel=WORDS,
    slack_url=WORDS.map(lambda words: SecretStr(f"https://c4n4ry/{words}")),
)  # fmt: skip
V1 = st.one_of(
    st.sampled_from(OF_V1),
    st.builds(UpdateCredential, CREDENTIALS, CAPABILITIES),
    st.builds(PromoteCredential, CREDENTIALS),
    st.builds(DeleteCredential, CREDENTIALS),
)
V2 = st.one_of(
    V1,
    st.sampled_from(CHANGES),
    st.builds(CreateAlert, NEW_ALERTS),
    st.builds(lambda before, after: UpdateAlert(before, after), ALERTS, ALERTS),
    st.builds(CreateDeliveryConfig, SLACK),
    st.builds(WatchPrefix, WORDS),
    st.builds(UnwatchPrefix, st.builds(Prefix, id=st.integers(0, 99), name=WORDS)),
)


async def previewed_and_sent(desk: Desk, change: Change) -> None:
    """Carry out an change on what it acts on, and compare."""
    match change:
        case UpdateCredential(credential=row) | PromoteCredential(credential=row) | DeleteCredential(credential=row):
            desk.api.rows["credentials"] = [clear(row)]
        case UpdateAlert(alert=alert):
            desk.api.rows["alerts"] = [clear(alert)]
        case UnwatchPrefix(prefix=prefix):
            desk.api.rows["prefixes"] = [clear(prefix)]
    request = desk.actions.propose(change).request
    await desk.actions.carry_out(desk.actions.propose(change))
    ((method, path, body),) = desk.api.sent
    assert (request.method, request.path) == (method, path)
    if isinstance(change, CreateDeliveryConfig) and isinstance(body, dict) and change.config.slack_url:
        assert body["slack_url"] == change.config.slack_url.get_secret_value()
        body["slack_url"] = MASK
    assert (json.loads(request.body) if request.body else None) == body
    assert "c4n4ry" not in request.body


@given(V2)
@settings(max_examples=60)
def test_what_is_shown_is_what_v2_is_sent(change: Change) -> None:
    asyncio.run(previewed_and_sent(Desk(), change))


@given(V1)
@settings(max_examples=30)
def test_what_is_shown_is_what_v1_is_sent(change: Change) -> None:
    asyncio.run(previewed_and_sent(Desk(legacy=True), change))
