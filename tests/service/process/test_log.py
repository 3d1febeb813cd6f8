"""What the service logs: no secret, and nothing that a terminal would obey."""

from __future__ import annotations

import logging
import subprocess
import sys
from typing import TYPE_CHECKING

from mctop.api.models.alerts import NewDeliveryConfig
from mctop.service.account import open_account
from mctop.service.process.log import SafeFormatter, secrets_of

if TYPE_CHECKING:
    from pathlib import Path

PASSWORD, WEBHOOK, LATER = "c4nary-passw0rd", "https://hooks.slack.com/services/T0/B0/c4naryhook", "c4nary-of-later"


def _record(words: str) -> logging.LogRecord:
    """A record with an exception of these words."""
    try:
        raise ValueError(words)
    except ValueError:
        return logging.LogRecord("x", logging.ERROR, __file__, 1, "it failed: %s", (words,), sys.exc_info())


def test_neither_passwords_nor_webhooks_of_the_account_are_logged_old_or_new() -> None:
    account = open_account(1, "USER", PASSWORD)
    account.deliveries.add(NewDeliveryConfig.model_validate({"delivery_type": "slack", "slack_url": WEBHOOK}))
    formatter = SafeFormatter("%(message)s", lambda: secrets_of(account))
    account.credentials.add("OTHER", LATER)
    for _ in range(2):
        told = formatter.format(_record(f"{PASSWORD} {WEBHOOK} {LATER}"))
        assert "c4nary" not in told
        assert "in _record" in told
        assert "ValueError: [redacted] [redacted] [redacted]" in told
        account.close()


def test_no_control_character_of_an_exception_reaches_the_log() -> None:
    told = SafeFormatter("%(message)s", tuple).format(_record("\x1b]52;c;eA==\x07\x9b2J\u202e\nnext"))
    assert all(line.isprintable() for line in told.split("\n"))
    assert "next" in told


def test_an_end_that_nobody_foresaw_is_logged_with_its_frames_and_without_secrets(tmp_path: Path) -> None:
    program = f"""
from mctop.service.process.log import log_to_stderr
log_to_stderr("%(message)s", lambda: ("{PASSWORD}",))
def fall(): raise ValueError("it was {PASSWORD}")
fall()
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert ended.returncode == 1
    assert PASSWORD not in ended.stderr
    assert "in fall" in ended.stderr
    assert ended.stderr.splitlines()[-1] == "ValueError: it was [redacted]"
