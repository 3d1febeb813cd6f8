"""Secrets stay out of what is shown and written of an intent."""

import json

from mctop.api.models.alerts import NewDeliveryConfig
from mctop.store.changes.intents import CreateCredential, CreateDeliveryConfig, DeleteCredential, Flush
from mctop.store.changes.secrets import body_text, secrets_of, without
from tests.store.fakeapi import CANARY, SECOND, WEBHOOK


def test_the_secrets_of_an_intent_are_those_of_what_it_acts_on() -> None:
    slack = NewDeliveryConfig.model_validate({"slack_url": WEBHOOK})
    assert secrets_of(CreateDeliveryConfig(slack)) == (WEBHOOK,)
    assert secrets_of(DeleteCredential(SECOND)) == (f"{CANARY}-a1",)
    for intent in (Flush(), CreateCredential(), CreateDeliveryConfig(NewDeliveryConfig(email="ops@example.test"))):
        assert secrets_of(intent) == ()


def test_a_body_is_legible_json_with_its_secrets_masked() -> None:
    text = body_text({"slack_url": WEBHOOK, "slack_channel": "#é\n"}, (WEBHOOK,))
    assert text == '{\n  "slack_url": "***",\n  "slack_channel": "#é\\n"\n}'
    assert json.loads(text)["slack_channel"] == "#é\n"
    assert (body_text(None, ()), body_text({}, ())) == ("", "{}")


def test_a_server_that_quotes_a_secret_is_not_quoted() -> None:
    assert without(f"bad {WEBHOOK}: {WEBHOOK}", (WEBHOOK,)) == "bad ***: ***"
