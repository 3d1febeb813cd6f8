"""The log of the service: without any secret, without control characters, and bounded where it is a file."""

from __future__ import annotations

import logging
import sqlite3
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from mctop.api.redaction import Redactor
from mctop.service.process.child import bound_log

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mctop.service.account import Account

STDERR = 2
logger = logging.getLogger(__name__)


class BoundedHandler(logging.StreamHandler[TextIO]):
    """Writes records to standard error, which is begun anew where it is a file that has become too large."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record."""
        bound_log(STDERR)
        super().emit(record)


class SafeFormatter(logging.Formatter):
    """Writes a record, traceback and all, without a secret and without control characters.

    `secrets` tells those of now each time; one that it has told is struck out ever after.
    """

    def __init__(self, form: str, secrets: Callable[[], Iterable[str]]) -> None:
        super().__init__(form)
        self._secrets = secrets
        self._redactor = Redactor(secrets())

    def format(self, record: logging.LogRecord) -> str:
        """The lines of a record."""
        with suppress(sqlite3.Error):  # an account that is closed tells no more than it has told
            for secret in self._secrets():
                self._redactor.register(secret)
        lines = self._redactor.redact(super().format(record)).splitlines()
        return "\n".join("".join(letter if letter.isprintable() else "·" for letter in line) for line in lines)


def log_to_stderr(form: str, secrets: Callable[[], Iterable[str]]) -> None:
    """Log warnings and worse to standard error, in place of what was set up before, and an end that nobody foresaw."""
    handler = BoundedHandler(sys.stderr)
    handler.setFormatter(SafeFormatter(form, secrets))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    sys.excepthook = lambda kind, error, trace: logger.critical("the service ended", exc_info=(kind, error, trace))


def secrets_of(account: Account) -> Iterable[str]:
    """The passwords and the webhooks of an account."""
    for credential in account.credentials.all():
        if credential.sasl_password is not None:
            yield credential.sasl_password.get_secret_value()
    for config in account.deliveries.all():
        if config.slack_url is not None:
            yield config.slack_url.get_secret_value()
