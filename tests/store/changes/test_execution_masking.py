"""Secrets stay out of what is shown and written of a change."""

import json

from mctop.store.changes.execution import masked, masked_body
from tests.store.fakeapi import WEBHOOK


def test_a_body_is_legible_json_with_its_secrets_masked() -> None:
    text = masked_body({"slack_url": WEBHOOK, "slack_channel": "#é\n"}, (WEBHOOK,))
    assert text == '{\n  "slack_url": "***",\n  "slack_channel": "#é\\n"\n}'
    assert json.loads(text)["slack_channel"] == "#é\n"
    assert (masked_body(None, ()), masked_body({}, ())) == ("", "{}")


def test_a_server_that_quotes_a_secret_is_not_quoted() -> None:
    assert masked(f"bad {WEBHOOK}: {WEBHOOK}", (WEBHOOK,)) == "bad ***: ***"
