"""The 41 operations: how each is asked for, and which slices of the store its answers fill."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import SecretStr

from mctop.api.models.alerts import Alert, DeliveryConfig, NewAlert, NewDeliveryConfig
from mctop.api.models.cache import Capabilities, Credential
from mctop.api.models.introspection import Prefix
from mctop.api.response import utc_text
from mctop.store.changes.alert_changes import (
    CreateAlert,
    CreateDeliveryConfig,
    DeleteAlert,
    DeleteDeliveryConfig,
    UpdateAlert,
)
from mctop.store.changes.cache_changes import EnableCache, Flush, ResetStats, RotateSso, SwitchCluster
from mctop.store.changes.credential_changes import (
    CreateCredential,
    DeleteCredential,
    PromoteCredential,
    UpdateCredential,
)
from mctop.store.changes.prefix_changes import UnwatchPrefix, WatchPrefix
from tests.contract.documents import V1, V2
from tests.service.fakebackend import CACHE_ID

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mctop.store.changes.change import Change

NAMES = ("hit_rate", "bytes", "max_bytes", "request_rate", "eviction_rate", "get_fraction", "set_fraction")
"""Stats that are wanted of every series."""
KEY = "session:1"
"""The key that is looked at."""

SPARE = Credential(
    id=2,
    cache_id=CACHE_ID,
    sasl_username="C0FFEE",
    sasl_password=SecretStr("C0FFEE00C0FFEE00"),
    write_capability=True,
    flush_capability=True,
    api_capability=True,
)
"""A credential that is not the primary one."""
ALERT = Alert(
    id=1, trigger_type="hit_rate", trigger_threshold=80, delivery_config_id=1, description="Low.", enabled=True
)
UNUSED = DeliveryConfig(id=2, delivery_type="email", email="b@example.net", slack_url=SecretStr(""))
"""A delivery config that no alert needs."""
PREFIX = Prefix(id=1, name="session:")


@dataclass(frozen=True, slots=True)
class Operation:
    """A documented operation.

    `slices` names the slices of the store that its answers fill; it is polled where there is no `intent`, which is
    carried out instead. `body` is the JSON that a sample request has.
    """

    name: str
    method: str
    path: str
    slices: tuple[str, ...] = ()
    change: Change | None = None
    body: Mapping[str, object] | None = None
    query: str = ""

    @property
    def legacy(self) -> bool:
        """Whether it belongs to API v1."""
        return "/v1/" in self.path

    @property
    def looked_at(self) -> tuple[str, ...]:
        """The slices that are followed."""
        return (*self.slices, *(name for name in PANELS[self.legacy] if name not in self.slices))

    @property
    def at_first(self) -> bool:
        """Whether it is asked at the start of a session and never again."""
        return self.path.endswith("/login")

    @property
    def place(self) -> tuple[str, str]:
        """The method and the documented path, by which a request is recognised."""
        return self.method, self.path

    def target(self, now: float) -> str:
        """The path and query of a sample request at `now`, epoch seconds."""
        number = UNUSED.id if "configs" in self.path else 1
        path = self.path.format(cache_id=CACHE_ID, username=SPARE.sasl_username, id=number)
        span = f"startTime={utc_text(now - 7_200)}&endTime={utc_text(now)}"
        names = ",".join(NAMES)
        return path + self.query.format(span=span, names=names)


SPAN, NAMED = "?{span}", "?names={names}&{span}"
ALL_THREE = {"write_capability": True, "flush_capability": True, "api_capability": True}
LESS = Capabilities(write_capability=True, flush_capability=False, api_capability=True)
NEW_ALERT = NewAlert(trigger_type="hit_rate", trigger_threshold=81, delivery_config_id=1, description="x", enabled=True)
CHANGED_ALERT = ALERT.model_copy(update={"trigger_threshold": 81.0})
NEW_DELIVERY = NewDeliveryConfig(delivery_type="email", email="c@example.net")

OPERATIONS = (
    Operation("info", "GET", f"{V2}/info", ("cache",)),
    Operation("stats", "GET", f"{V2}/stats", ("stats",)),
    Operation("processed_stats", "GET", f"{V2}/insight/processed_stats", ("insight",), query=NAMED),
    Operation("per_server", "GET", f"{V2}/insight/processed_stats/per_server", ("per_server",), query=NAMED),
    Operation("latency", "GET", f"{V2}/insight/latency", ("latency",), query=SPAN),
    Operation("recent_logs", "GET", f"{V2}/introspection/recent_logs", ("log",)),
    Operation("compound_stats", "GET", f"{V2}/introspection/compound_stats", ("compound",), query=SPAN),
    Operation("popular_items", "GET", f"{V2}/introspection/popular_items", ("popular",)),
    Operation("key_stats", "GET", f"{V2}/introspection/key_stats", ("key",), query=f"?key={KEY}"),
    Operation("prefixes", "GET", f"{V2}/introspection/prefixes", ("prefixes",)),
    Operation("prefix_stats", "GET", f"{V2}/introspection/prefixes/{{id}}/stats", ("prefixes",), query=SPAN),
    Operation("prefix_items", "GET", f"{V2}/introspection/prefixes/{{id}}/popular_items", ("prefix_items",)),
    Operation("alerts", "GET", f"{V2}/alerts", ("alerts",)),
    Operation("alert", "GET", f"{V2}/alerts/{{id}}", change=UpdateAlert(ALERT, CHANGED_ALERT)),
    Operation("configs", "GET", f"{V2}/alerts/configs", ("deliveries",)),
    Operation("credentials", "GET", f"{V2}/credentials", ("credentials",)),
    Operation("create_credential", "POST", f"{V2}/credentials", change=CreateCredential()),
    Operation(
        "update_credential", "PATCH", f"{V2}/credentials/{{username}}", change=UpdateCredential(SPARE, LESS),
        body={**ALL_THREE, "flush_capability": False},
    ),
    Operation("delete_credential", "DELETE", f"{V2}/credentials/{{username}}", change=DeleteCredential(SPARE)),
    Operation("promote", "POST", f"{V2}/credentials/primary/{{username}}", change=PromoteCredential(SPARE)),
    Operation("rotate_sso", "POST", f"{V2}/rotate_sso", change=RotateSso()),
    Operation("enable_cache", "POST", f"{V2}/enable_cache", change=EnableCache()),
    Operation("switch_cluster", "POST", f"{V2}/switch_cluster", change=SwitchCluster()),
    Operation("flush", "POST", f"{V2}/flush", change=Flush()),
    Operation("reset_stats", "POST", f"{V2}/reset_stats", change=ResetStats()),
    Operation(
        "create_alert", "POST", f"{V2}/alerts", change=CreateAlert(NEW_ALERT), body=NEW_ALERT.model_dump()
    ),
    Operation(
        "update_alert", "PUT", f"{V2}/alerts/{{id}}", change=UpdateAlert(ALERT, CHANGED_ALERT),
        body=CHANGED_ALERT.model_dump(),
    ),
    Operation("delete_alert", "DELETE", f"{V2}/alerts/{{id}}", change=DeleteAlert(ALERT)),
    Operation(
        "create_config", "POST", f"{V2}/alerts/configs", change=CreateDeliveryConfig(NEW_DELIVERY),
        body={"delivery_type": "email", "email": "c@example.net", "slack_url": "", "slack_channel": ""},
    ),
    Operation("delete_config", "DELETE", f"{V2}/alerts/configs/{{id}}", change=DeleteDeliveryConfig(UNUSED)),
    Operation("watch_prefix", "POST", f"{V2}/introspection/prefixes", change=WatchPrefix("x:"), body={"name": "x:"}),
    Operation("unwatch_prefix", "DELETE", f"{V2}/introspection/prefixes/{{id}}", change=UnwatchPrefix(PREFIX)),
    Operation("v1_login", "GET", "/api/v1/login", ("stats",)),
    Operation("v1_stats", "GET", f"{V1}/stats", ("stats",)),
    Operation("v1_history", "GET", f"{V1}/history", ("insight", "per_server")),
    Operation("v1_credentials", "GET", f"{V1}/credentials", ("credentials", "cache")),
    Operation("v1_flush", "POST", f"{V1}/flush", change=Flush()),
    Operation("v1_create_credential", "POST", f"{V1}/credentials", change=CreateCredential()),
    Operation(
        "v1_update_credential", "PATCH", f"{V1}/credentials/{{username}}", change=UpdateCredential(SPARE, LESS),
        body={"write_capability": "true", "flush_capability": "false", "api_capability": "true"},
    ),
    Operation("v1_promote", "POST", f"{V1}/credentials/primary/{{username}}", change=PromoteCredential(SPARE)),
    Operation(
        "v1_delete_credential", "DELETE", f"{V1}/credentials/primary/{{username}}", change=DeleteCredential(SPARE)
    ),
)  # fmt: skip

PANELS = {
    False: ("cache", "stats", "insight", "popular", "log", "alerts"),
    True: ("cache", "stats", "insight", "per_server", "credentials"),
}
"""Slices of every kind that are followed besides those of the operation, by whether v1 is spoken."""
