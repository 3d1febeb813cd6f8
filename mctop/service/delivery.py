"""Delivers alerts by Slack webhook and by e-mail, where the environment allows it.

What delivers is imported when something is to be: it would take a quarter of the service's start.
"""

from __future__ import annotations

import html
import logging
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.api.errors import ApiError
from mctop.service.apart import apart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mctop.api.models.alerts import DeliveryConfig

logger = logging.getLogger(__name__)

SMTP_SECONDS = 10.0
"""How long the mail server may take for each step."""


@dataclass(frozen=True, slots=True)
class Message:
    """That an alert begins or ends to fire; `value` and `threshold` are percentages."""

    label: str
    alert_id: int
    description: str
    fires: bool
    stat: str
    value: float
    threshold: float

    def line(self) -> str:
        """Say it in one printable line."""
        verb = "fires" if self.fires else "is clear"
        text = (
            f"alert {self.alert_id} {verb} on {self.label}: {self.stat} is {self.value:.1f} %"
            f" (threshold {self.threshold:g} %) {self.description}"
        )
        return "".join(letter if letter.isprintable() else " " for letter in text).strip()


async def deliver(config: DeliveryConfig, message: Message, environ: Mapping[str, str] = os.environ) -> None:
    """Deliver a message, or say in the log that it failed. Never raises, and never logs where it was sent.

    Slack needs MCTOP_DELIVER=1; e-mail needs MCTOP_SMTP=HOST:PORT and MCTOP_SMTP_FROM.
    """
    try:
        if config.delivery_type == "slack" and environ.get("MCTOP_DELIVER") == "1":
            await post_to_slack(config, message)
        elif config.delivery_type == "email" and environ.get("MCTOP_SMTP") and environ.get("MCTOP_SMTP_FROM"):
            await apart(lambda: send_mail(environ["MCTOP_SMTP"], environ["MCTOP_SMTP_FROM"], config.email, message))
    except ApiError as error:
        logger.warning(
            "alert %d was not delivered: %s, status %s", message.alert_id, type(error).__name__, error.status
        )
    except (OSError, ValueError) as error:
        logger.warning("alert %d was not delivered: %s", message.alert_id, type(error).__name__)


async def post_to_slack(config: DeliveryConfig, message: Message) -> None:
    """Post to the webhook of a config; raise ApiError."""
    if config.slack_url is None:
        return
    from mctop.api.transport import Transport

    body = {"text": html.escape(message.line(), quote=False)}
    if config.slack_channel:
        body["channel"] = config.slack_channel
    transport = Transport(config.slack_url.get_secret_value(), None)
    try:
        await transport.send("POST", "", body=body)
    finally:
        await transport.aclose()


def send_mail(server: str, sender: str, recipient: str, message: Message) -> None:
    """Hand a message to a mail server, `host:port`; raise OSError (which SMTPException is) or ValueError."""
    import smtplib
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, recipient, message.line()
    mail.set_content(message.line())
    host, _, port = server.rpartition(":")
    with smtplib.SMTP(host, int(port), timeout=SMTP_SECONDS) as smtp:
        smtp.send_message(mail)
