"""Delivery by Slack webhook and by e-mail, against a socket of our own."""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from pydantic import SecretStr

from mctop.api.models.alerts import DeliveryConfig
from mctop.service.account.alert_delivery import Message, deliver, undelivered

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import pytest

MESSAGE = Message("shop <b>", 3, "Low.", fires=True, stat="hit rate", value=49.5, threshold=80)
LINE = "alert 3 fires on shop <b>: hit rate is 49.5 % (threshold 80 %) Low."
CONFIGURED = {"MCTOP_DELIVER": "1"}


def slack(port: int) -> DeliveryConfig:
    url = SecretStr(f"http://127.0.0.1:{port}/services/CANARY")
    return DeliveryConfig(id=1, delivery_type="slack", slack_url=url, slack_channel="#alerts")


@asynccontextmanager
async def webhook(status: str) -> AsyncIterator[tuple[int, list[bytes]]]:
    """Answer every POST with a status, and yield the port and the requests."""
    requests: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
        requests.append(head + await reader.readexactly(length))
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok".encode())
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1], requests


@asynccontextmanager
async def mail_server() -> AsyncIterator[tuple[int, list[str]]]:
    """Take every mail, and yield the port and the lines of the conversation."""
    lines: list[str] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail\r\n")
        content = False
        while raw := await reader.readline():
            line = raw.decode().rstrip("\r\n")
            lines.append(line)
            if content and line != ".":
                continue
            content = line.upper() == "DATA"
            writer.write(b"354 go on\r\n" if content else b"221 bye\r\n" if line == "QUIT" else b"250 fine\r\n")
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1], lines


async def test_slack_gets_the_line_escaped_and_the_channel() -> None:
    async with webhook("200 OK") as (port, requests):
        await deliver(slack(port), MESSAGE, CONFIGURED)
    head, body = requests[0].split(b"\r\n\r\n")
    assert head.startswith(b"POST /services/CANARY HTTP/1.1")
    assert b"authorization" not in head.lower()
    assert json.loads(body) == {"text": LINE.replace("<b>", "&lt;b&gt;"), "channel": "#alerts"}


async def test_nothing_is_delivered_unless_configured() -> None:
    async with webhook("200 OK") as (port, requests):
        await deliver(slack(port), MESSAGE, {})
    async with mail_server() as (port, lines):
        email = DeliveryConfig(id=1, delivery_type="email", email="ops@example.com")
        await deliver(email, MESSAGE, {"MCTOP_SMTP": f"127.0.0.1:{port}"})
    assert (requests, lines) == ([], [])


def test_a_way_that_nothing_is_delivered_by_is_graded_with_the_reason() -> None:
    everything = {**CONFIGURED, "MCTOP_SMTP": "mail.example:25", "MCTOP_SMTP_FROM": "cache@example.com"}
    assert undelivered(everything) == ()
    assert {grade.of: (grade.grade, grade.note) for grade in undelivered({"MCTOP_SMTP": "mail.example:25"})} == {
        "alerts.email": ("impossible", "the service runs without MCTOP_SMTP_FROM"),
        "alerts.slack": ("impossible", "the service runs without MCTOP_DELIVER=1"),
    }


async def test_an_alert_that_is_not_delivered_for_want_of_a_setting_is_a_log_line(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        await deliver(slack(1), MESSAGE, {})
        await deliver(DeliveryConfig(id=1, delivery_type="pigeon"), MESSAGE, CONFIGURED)
    assert [record.getMessage() for record in caplog.records] == [
        "alert 3 was not delivered: the service runs without MCTOP_DELIVER=1",
        "alert 3 was not delivered: the service delivers by e-mail and Slack alone",
    ]


async def test_a_delivery_that_fails_is_a_log_line_without_the_webhook(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        async with webhook("404 Not Found") as (port, _):
            await deliver(slack(port), MESSAGE, CONFIGURED)
        await deliver(slack(port), MESSAGE, CONFIGURED)
        email = DeliveryConfig(id=1, delivery_type="email", email="ops@example.com")
        await deliver(email, MESSAGE, {"MCTOP_SMTP": f"127.0.0.1:{port}", "MCTOP_SMTP_FROM": "cache@example.com"})
        await deliver(email, MESSAGE, {"MCTOP_SMTP": "nonsense", "MCTOP_SMTP_FROM": "cache@example.com"})
    assert [record.getMessage() for record in caplog.records] == [
        "alert 3 was not delivered: NotFound, status 404",
        "alert 3 was not delivered: Unreachable, status None",
        "alert 3 was not delivered: ConnectionRefusedError",
        "alert 3 was not delivered: ValueError",
    ]
    assert "CANARY" not in caplog.text


async def test_a_mail_has_the_line_as_its_subject() -> None:
    async with mail_server() as (port, lines):
        email = DeliveryConfig(id=1, delivery_type="email", email="ops@example.com")
        environ = {"MCTOP_SMTP": f"127.0.0.1:{port}", "MCTOP_SMTP_FROM": "cache@example.com"}
        await deliver(email, MESSAGE, environ)
    assert any(line.upper().startswith("MAIL FROM:<CACHE@EXAMPLE.COM>") for line in lines)
    assert any(line.upper().startswith("RCPT TO:<OPS@EXAMPLE.COM>") for line in lines)
    assert any(line.startswith("Subject: alert 3 fires on shop <b>: hit rate is 49.5 %") for line in lines)
