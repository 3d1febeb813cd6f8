"""An account behind the API, in memory, that a test makes fail: before a change, after it, or when it is read."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, SecretStr

from mctop.api.client import Client
from mctop.api.errors import ApiError, BadRequest, NotFound
from mctop.api.legacy import LegacyClient
from mctop.api.models.alerts import Alert, DeliveryConfig, NewAlert, NewDeliveryConfig
from mctop.api.models.cache import Capabilities, Credential
from mctop.api.models.introspection import Prefix
from mctop.api.response import Answer
from mctop.store.changes.alert_changes import (
    CreateAlert,
    CreateDeliveryConfig,
    DeleteAlert,
    DeleteDeliveryConfig,
    ToggleAlert,
    UpdateAlert,
)
from mctop.store.changes.audit import Recording
from mctop.store.changes.cache_changes import EnableCache, Flush, ResetStats, RotateSso, SwitchCluster
from mctop.store.changes.credential_changes import (
    CreateCredential,
    DeleteCredential,
    PromoteCredential,
    UpdateCredential,
)
from mctop.store.changes.execution import Actions
from mctop.store.changes.prefix_changes import UnwatchPrefix, WatchPrefix
from mctop.store.store import Slice, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from mctop.store.changes.audit import Audit
    from mctop.store.changes.change import Change

NOW = 1_700_000_040.0
CANARY = "c4n4ry"
WEBHOOK = f"https://hooks.slack.com/services/{CANARY}-hook"
PRIMARY = Credential(
    id=1, sasl_username="A1", sasl_password=f"{CANARY}-a1", primary=True,
    write_capability=True, flush_capability=True, api_capability=True,
)  # fmt: skip
SECOND = PRIMARY.model_copy(update={"id": 2, "sasl_username": "B2", "primary": False})
ALERT = Alert(id=3, trigger_type="hit_rate", trigger_threshold=80, description="low", enabled=True)
CONFIG = DeliveryConfig(id=5, delivery_type="slack", slack_url=WEBHOOK, slack_channel="#ops")
PREFIX = Prefix(id=7, name="user:")
LESS = Capabilities(write_capability=False, flush_capability=True, api_capability=True)
CHANGES: tuple[Change, ...] = (
    Flush(),
    ResetStats(),
    EnableCache(),
    SwitchCluster(),
    RotateSso(),
    CreateCredential(),
    UpdateCredential(SECOND, LESS),
    PromoteCredential(SECOND),
    DeleteCredential(SECOND),
    CreateAlert(NewAlert(trigger_type="memory_usage", trigger_threshold=90.5, delivery_config_id=5, enabled=True)),
    UpdateAlert(ALERT, ALERT.model_copy(update={"trigger_threshold": 70.0})),
    ToggleAlert(ALERT, ALERT.model_copy(update={"enabled": False})),
    DeleteAlert(ALERT),
    CreateDeliveryConfig(NewDeliveryConfig(delivery_type="slack", slack_url=WEBHOOK + "2", slack_channel="#dev")),
    DeleteDeliveryConfig(CONFIG),
    WatchPrefix("cart:"),
    UnwatchPrefix(PREFIX),
)
"""One of each kind, all of which can be done to a new FakeApi."""
OF_V1 = tuple(one for one in CHANGES if isinstance(one, Flush) or "Credential" in type(one).__name__)


def clear(value: BaseModel) -> dict[str, object]:
    """A value as the API says it, secrets in clear."""
    return {name: one.get_secret_value() if isinstance(one, SecretStr) else one for name, one in value}


class FakeApi:
    """A sender; `sent` are the changes as (method, path, body), `asked` the paths that were read.

    A change `arrived`; its answer waits until `answers` is set, as it is from the beginning.
    """

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, object]]] = {
            "credentials": [clear(PRIMARY), clear(SECOND)],
            "alerts": [clear(ALERT)],
            "configs": [clear(CONFIG)],
            "prefixes": [clear(PREFIX)],
        }
        self.counters = {"cmd_get": 9, "cmd_flush": 1, "curr_items": 100, "time": int(NOW)}
        self.info: dict[str, object] = {"id": 4, "enabled": False, "cluster_name": "one"}
        self.before: ApiError | None = None
        self.after: ApiError | None = None
        self.reading: ApiError | None = None
        self.sent: list[tuple[str, str, object]] = []
        self.asked: list[str] = []
        self.arrived = asyncio.Event()
        self.answers = asyncio.Event()
        self.answers.set()

    def now(self) -> float:
        return NOW

    async def send(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: object | None = None
    ) -> Answer:
        rest = path.removeprefix("/api/v2/caches/4/").removeprefix("/api/v1/4/").split("/")
        if method == "GET":
            self.asked.append(rest[-1])
            if self.reading:
                raise self.reading
            return Answer(200, json.dumps(self._found(path, rest)).encode())
        self.sent.append((method, path, body))
        self.arrived.set()
        await self.answers.wait()
        if self.before:
            raise self.before
        answer = self._changed(method, rest, dict(body) if isinstance(body, dict) else {})
        if self.after:
            raise self.after
        return Answer(200, b"" if answer is None else json.dumps(answer).encode())

    def _found(self, path: str, rest: list[str]) -> object:
        if not rest[-1].isdigit():
            return {"stats": self.counters, "info": self.info}.get(rest[-1]) or self.rows[rest[-1]]
        for row in self.rows[rest[-2]]:
            if row["id"] == int(rest[-1]):
                return row
        raise NotFound("GET", path, "no such thing", status=404)

    def _changed(self, method: str, rest: list[str], body: dict[str, object]) -> object:
        match method, rest:
            case "POST", ["flush"]:
                self.counters |= {"cmd_flush": self.counters["cmd_flush"] + 1, "curr_items": 0}
            case "POST", ["reset_stats"]:
                self.counters = dict.fromkeys(self.counters, 0) | {"time": int(NOW)}
            case "POST", ["enable_cache"]:
                self.info["enabled"] = True
            case "POST", ["switch_cluster"]:
                self.info["cluster_name"] = "two"
                return "two"
            case "POST", ["rotate_sso"]:
                return f"{CANARY}-sso"
            case _, ["credentials", *names]:
                return self._credential(method, names, body)
            case _:
                return self._row_changed(method, rest, body)
        return None

    def _credential(self, method: str, names: list[str], body: dict[str, object]) -> object:
        match method, names:
            case "POST", []:
                return self._added("credentials", {"sasl_username": "C3", "sasl_password": f"{CANARY}-c3"})
            case "POST", ["primary", name]:
                for row in self.rows["credentials"]:
                    row["primary"] = row["sasl_username"] == name
            case "PATCH", [name]:
                told = {key: value in (True, "true") for key, value in body.items()}
                self._row("credentials", "sasl_username", name).update(told)
                return told
            case "DELETE", [*_, name]:
                self.rows["credentials"].remove(self._row("credentials", "sasl_username", name))
        return None

    def _row_changed(self, method: str, rest: list[str], body: dict[str, object]) -> object:
        match method, rest:
            case "POST", [*_, noun]:
                return self._added(noun, body)
            case "PUT", ["alerts", number]:
                self._row("alerts", "id", int(number)).update(body)
                return body
            case "DELETE", [*_, noun, number]:
                self.rows[noun].remove(self._row(noun, "id", int(number)))
        return None

    def _added(self, noun: str, row: dict[str, object]) -> dict[str, object]:
        made = row | {"id": 100 + len(self.rows[noun])}
        self.rows[noun].append(made)
        return made

    def _row(self, noun: str, name: str, value: object) -> dict[str, object]:
        found = next((row for row in self.rows[noun] if row[name] == value), None)
        if found is None:
            raise BadRequest("", "", "no such thing", status=400)
        return found


class Desk:
    """Actions on a fake API, and what they did to the store; what happens `meanwhile` they pause."""

    def __init__(self, audit: Audit | None = None, *, legacy: bool = False,
                 redact: Callable[[str], str] = str) -> None:  # fmt: skip
        self.store = Store()
        self.api = FakeApi()
        self.polled: list[str] = []
        self.paused: list[float] = []
        self.meanwhile: Callable[[], object] = lambda: None
        recording = Recording(audit, "example.test", "A1", lambda: NOW, redact)
        speaking = LegacyClient if legacy else Client
        self.actions = Actions(
            self.store, lambda sender: speaking(sender, 4), self.api, self.api.now, self._poll, recording, self._pause
        )

    async def _pause(self, seconds: float) -> None:
        self.paused.append(seconds)
        self.meanwhile()

    def _poll(self, slices: Collection[Slice[Any]]) -> None:
        self.polled.extend(one.name for one in slices)
