"""Each of the 32 operations: how it is called, and how it goes out as the documents show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import SecretStr

from mctop.api.models.alerts import Alert, NewAlert, NewDeliveryConfig
from mctop.api.models.cache import Capabilities

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mctop.api.client import Client

ROOT = "/api/v2/caches/4"
START, END = 1_673_191_200.9, 1_673_364_000.0
SPAN = "startTime=2023-01-08T15:20:00Z&endTime=2023-01-10T15:20:00Z"
NEW_ALERT = NewAlert(trigger_type="hit_rate", trigger_threshold=50, delivery_config_id=1, description="d", enabled=True)
ALERT_BODY = {
    "trigger_type": "hit_rate",
    "trigger_threshold": 50,
    "delivery_config_id": 1,
    "description": "d",
    "enabled": True,
}
ALERT = Alert(id=7, **NEW_ALERT.model_dump())
CONFIG = NewDeliveryConfig(delivery_type="slack", slack_url=SecretStr("https://hooks/x"), slack_channel="#a")
CONFIG_BODY = {"delivery_type": "slack", "email": "", "slack_url": "https://hooks/x", "slack_channel": "#a"}
MAY = Capabilities(write_capability=True, flush_capability=False, api_capability=True)
MAY_BODY = {"write_capability": True, "flush_capability": False, "api_capability": True}
CREDENTIAL = {"id": 0, "sasl_username": "u", "sasl_password": "p"}
CACHE, STATS = {"id": 4}, {"time": 1}
LIST: list[object] = []
OBJECT: dict[str, object] = {}

Case = tuple[str, "Callable[[Client], Awaitable[object]]", str, str, object, object]
"""Operation, call, method, target below the root, body that must go out (None: none), answer."""

CASES: tuple[Case, ...] = (
    ("info", lambda c: c.info(), "GET", "info", None, CACHE),
    ("credentials", lambda c: c.credentials(), "GET", "credentials", None, LIST),
    ("create_credential", lambda c: c.create_credential(), "POST", "credentials", None, CREDENTIAL),
    ("update_credential", lambda c: c.update_credential("u", MAY), "PATCH", "credentials/u", MAY_BODY, MAY_BODY),
    ("delete_credential", lambda c: c.delete_credential("u"), "DELETE", "credentials/u", None, None),
    ("promote_credential", lambda c: c.promote_credential("u"), "POST", "credentials/primary/u", None, CREDENTIAL),
    ("rotate_sso", lambda c: c.rotate_sso(), "POST", "rotate_sso", None, "token"),
    ("enable_cache", lambda c: c.enable_cache(), "POST", "enable_cache", None, None),
    ("switch_cluster", lambda c: c.switch_cluster(), "POST", "switch_cluster", None, "cluster"),
    ("flush", lambda c: c.flush(), "POST", "flush", None, None),
    ("reset_stats", lambda c: c.reset_stats(), "POST", "reset_stats", None, None),
    ("stats", lambda c: c.stats(), "GET", "stats", None, STATS),
    (
        "processed_stats",
        lambda c: c.processed_stats(("hit_rate", "bytes"), START, END),
        "GET",
        f"insight/processed_stats?names=hit_rate,bytes&{SPAN}",
        None,
        LIST,
    ),
    (
        "processed_stats_per_server",
        lambda c: c.processed_stats_per_server(("bytes",), START, END),
        "GET",
        f"insight/processed_stats/per_server?names=bytes&{SPAN}",
        None,
        LIST,
    ),
    ("latency", lambda c: c.latency(START, END), "GET", f"insight/latency?{SPAN}", None, LIST),
    ("alerts", lambda c: c.alerts(), "GET", "alerts", None, LIST),
    ("create_alert", lambda c: c.create_alert(NEW_ALERT), "POST", "alerts", ALERT_BODY, {"id": 7}),
    ("alert", lambda c: c.alert(7), "GET", "alerts/7", None, {"id": 7}),
    ("update_alert", lambda c: c.update_alert(ALERT), "PUT", "alerts/7", {"id": 7, **ALERT_BODY}, {"id": 7}),
    ("delete_alert", lambda c: c.delete_alert(7), "DELETE", "alerts/7", None, None),
    ("delivery_configs", lambda c: c.delivery_configs(), "GET", "alerts/configs", None, LIST),
    (
        "create_delivery_config",
        lambda c: c.create_delivery_config(CONFIG),
        "POST",
        "alerts/configs",
        CONFIG_BODY,
        {"id": 1},
    ),
    ("delete_delivery_config", lambda c: c.delete_delivery_config(1), "DELETE", "alerts/configs/1", None, None),
    ("recent_logs", lambda c: c.recent_logs(), "GET", "introspection/recent_logs", None, OBJECT),
    (
        "compound_stats",
        lambda c: c.compound_stats(START, END),
        "GET",
        f"introspection/compound_stats?{SPAN}",
        None,
        LIST,
    ),
    ("popular_items", lambda c: c.popular_items(), "GET", "introspection/popular_items", None, OBJECT),
    ("key_stats", lambda c: c.key_stats("a:1"), "GET", "introspection/key_stats?key=a:1", None, LIST),
    ("watched_prefixes", lambda c: c.watched_prefixes(), "GET", "introspection/prefixes", None, LIST),
    ("watch_prefix", lambda c: c.watch_prefix("a:"), "POST", "introspection/prefixes", {"name": "a:"}, {"id": 1}),
    ("unwatch_prefix", lambda c: c.unwatch_prefix(3), "DELETE", "introspection/prefixes/3", None, None),
    (
        "prefix_stats",
        lambda c: c.prefix_stats(3, START, END),
        "GET",
        f"introspection/prefixes/3/stats?{SPAN}",
        None,
        LIST,
    ),
    (
        "prefix_popular_items",
        lambda c: c.prefix_popular_items(3),
        "GET",
        "introspection/prefixes/3/popular_items",
        None,
        OBJECT,
    ),
)
