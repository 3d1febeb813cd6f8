"""Alerts of the service: judged against the stats, and delivered by Slack webhook and e-mail."""

from __future__ import annotations

import html
import logging
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.api.errors import ApiError
from mctop.api.models.cache import Grade
from mctop.api.models.exactness import Exactness
from mctop.service.base.backend import BucketSpan
from mctop.service.base.background import apart

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from mctop.api.models.alerts import Alert, DeliveryConfig
    from mctop.service.account import Account
    from mctop.service.base.backend import Backend

    Deliver = Callable[[DeliveryConfig, "Message"], Awaitable[None]]

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


EMAIL, SLACK = "email", "slack"


def obstacle(delivery_type: str, environ: Mapping[str, str] = os.environ) -> str:
    """Why nothing is delivered in this way; "" where it is.

    Slack needs MCTOP_DELIVER=1; e-mail needs MCTOP_SMTP=HOST:PORT and MCTOP_SMTP_FROM.
    """
    if delivery_type == SLACK:
        return "" if environ.get("MCTOP_DELIVER") == "1" else "the service runs without MCTOP_DELIVER=1"
    if delivery_type == EMAIL:
        lacking = [name for name in ("MCTOP_SMTP", "MCTOP_SMTP_FROM") if not environ.get(name)]
        return f"the service runs without {' and '.join(lacking)}" if lacking else ""
    return "the service delivers by e-mail and Slack alone"


def undelivered(environ: Mapping[str, str] = os.environ) -> tuple[Grade, ...]:
    """The grade of each way in which alerts are not delivered: a field of their operation, named as the way is."""
    return tuple(
        Grade(of=f"alerts.{way}", grade=Exactness.IMPOSSIBLE, note=why)
        for way in (EMAIL, SLACK)
        if (why := obstacle(way, environ))
    )


async def deliver(config: DeliveryConfig, message: Message, environ: Mapping[str, str] = os.environ) -> None:
    """Deliver a message, or say in the log why not. Never raises, and never logs where it was sent."""
    if why := obstacle(config.delivery_type, environ):
        logger.warning("alert %d was not delivered: %s", message.alert_id, why)
        return
    try:
        if config.delivery_type == SLACK:
            await post_to_slack(config, message)
        else:
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


MINUTE = 60
NEEDED = ("hit_rate", "bytes", "max_bytes")


@dataclass(frozen=True, slots=True)
class Minute:
    """A complete minute of the cache in percent, 0-100; None where there was no traffic or no limit."""

    hit_rate: float | None
    memory_usage: float | None


def fires(alert: Alert, minute: Minute) -> bool | None:
    """Say whether an alert fires; None if the minute does not tell."""
    if alert.trigger_type == "hit_rate":
        return None if minute.hit_rate is None else minute.hit_rate < alert.trigger_threshold
    if alert.trigger_type == "memory_usage":
        return None if minute.memory_usage is None else minute.memory_usage > alert.trigger_threshold
    return None


class Alarm:
    """Fires an alert once when the last complete minute crosses its threshold, and clears it when one is back."""

    def __init__(self, backend: Backend, account: Account, deliver: Deliver = deliver) -> None:
        self._backend, self._account, self._deliver = backend, account, deliver
        self._firing: frozenset[int] = frozenset()

    async def check(self) -> None:
        """Evaluate every enabled alert, and tell of each that begins or ends to fire."""
        alerts = tuple(alert for alert in self._account.alerts.all() if alert.enabled)
        if not alerts:
            self._firing = frozenset()
            return
        minute = await self._last_minute()
        before, after = self._firing, set[int]()
        for alert in alerts:
            verdict = fires(alert, minute)
            if verdict or (verdict is None and alert.id in before):
                after.add(alert.id)
        self._firing = frozenset(after)
        for alert in alerts:
            if (alert.id in after) != (alert.id in before):
                await self._tell(alert, minute, begins=alert.id in after)

    async def _last_minute(self) -> Minute:
        end = int(self._backend.now()) // MINUTE * MINUTE
        series = await self._backend.processed(NEEDED, BucketSpan(end - MINUTE, end, MINUTE))
        value = {each.stat: each.values[-1] for each in series}
        hit_rate, used, limit = (value.get(name) for name in NEEDED)
        return Minute(
            None if hit_rate is None else hit_rate * 100,
            used / limit * 100 if used is not None and limit else None,
        )

    async def _tell(self, alert: Alert, minute: Minute, *, begins: bool) -> None:
        measured = minute.hit_rate if alert.trigger_type == "hit_rate" else minute.memory_usage
        message = Message(
            label=self._backend.identity().label,
            alert_id=alert.id,
            description=alert.description,
            fires=begins,
            stat=alert.trigger_type.replace("_", " "),
            value=measured or 0.0,
            threshold=alert.trigger_threshold,
        )
        logger.warning("%s", message.line())
        if alert.delivery_config_id is not None:
            config = next((c for c in self._account.deliveries.all() if c.id == alert.delivery_config_id), None)
            if config is not None:
                await self._deliver(config, message)
