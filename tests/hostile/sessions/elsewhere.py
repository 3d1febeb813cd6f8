"""Another client of the same cache, which mctop knows nothing of."""

from __future__ import annotations

import base64
import json
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from tests.contract.server import RunningService

ALERT = {
    "trigger_type": "hit_rate", "trigger_threshold": 80, "delivery_config_id": 1, "description": "Low.",
    "enabled": True,
}  # fmt: skip
DELIVERY = {"delivery_type": "email", "email": "on-call@example.com"}
CAPABILITIES = {"write_capability": True, "flush_capability": False, "api_capability": True}
DEEDS = ("adds", "changes", "deletes", "promotes", "deletes own", "unalerts", "alerts", "disables alerts", "flushes")
"""What it can do."""


class Elsewhere:
    """Asks the service directly; a refusal is none of its business."""

    def __init__(self, service: RunningService) -> None:
        self._service = service
        self._address = urlsplit(service.url).netloc
        self.other = ""
        """The username of a credential that mctop does not use."""

    def prepare(self) -> None:
        """See to it that there is something of every kind to act on."""
        self._add()
        self._ask("POST", "alerts/configs", DELIVERY)
        self._ask("POST", "alerts", ALERT)
        self._ask("POST", "introspection/prefixes", {"name": "session:"})

    def do(self, deed: str) -> None:
        """Do one of DEEDS."""
        own, other = f"credentials/{self._service.username}", f"credentials/{self.other}"
        match deed:
            case "adds":
                self._add()
            case "changes":
                self._ask("PATCH", other, CAPABILITIES)
            case "deletes":
                self._ask("DELETE", other)
            case "promotes":
                self._ask("POST", f"credentials/primary/{self.other}")
            case "deletes own":
                self._ask("POST", f"credentials/primary/{self.other}")
                self._ask("DELETE", own)
            case "unalerts":
                self._ask("DELETE", "alerts/1")
            case "alerts":
                self._ask("POST", "alerts", ALERT)
            case "disables alerts":
                self._ask("PUT", "alerts/1", {**ALERT, "enabled": False})
            case "flushes":
                self._ask("POST", "flush")

    def _add(self) -> None:
        made = self._ask("POST", "credentials")
        if isinstance(made, dict) and "sasl_username" in made:
            self.other = f"{made['sasl_username']}"

    def _ask(self, method: str, path: str, body: object = None) -> object:
        service = self._service
        key = base64.b64encode(f"{service.username}:{service.password}".encode()).decode()
        connection = HTTPConnection(self._address, timeout=10)
        try:
            connection.request(
                method, f"/api/v2/caches/{service.cache_id}/{path}", json.dumps(body) if body else None,
                {"authorization": f"Basic {key}", "content-type": "application/json"},
            )  # fmt: skip
            answer = connection.getresponse().read()
        finally:
            connection.close()
        try:
            return json.loads(answer)
        except ValueError:
            return None
