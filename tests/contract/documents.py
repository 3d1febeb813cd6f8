"""What the documents say of each operation: how it is asked, and how success is answered."""

import re

V2 = "/api/v2/caches/{cache_id}"
V1 = "/api/v1/{cache_id}"

CREDENTIAL = {
    "id",
    "cache_id",
    "sasl_username",
    "sasl_password",
    "write_capability",
    "flush_capability",
    "api_capability",
    "primary",
}
CAPABILITIES = {"write_capability", "flush_capability", "api_capability"}
ALERT = {"id", "trigger_type", "trigger_threshold", "delivery_config_id", "description", "enabled"}
DELIVERY_CONFIG = {"id", "delivery_type", "email", "slack_url", "slack_channel"}
POPULAR_ITEMS = {"time_slice", "most_hit_keys", "most_missed_keys", "most_mutated_keys", "popular_prefixes"}
PREFIX = {"id", "name"}
ROW = {"name", "columns", "values"}
SERVER_ROW = {*ROW, "tags"}
KEY_STATS = {"timestamp", "name", "size", "hit_count", "miss_count", "mutation_count", "in_cache"}
INFO = {
    "id",
    "name",
    "label",
    "cache_type",
    "plan",
    "provider",
    "enabled",
    "cluster_name",
    "servers",
    "credentials",
    "can_switch",
    "can_manage_credentials",
    "can_update_capabilities",
}
STATS = {
    "auth_cmds",
    "auth_errors",
    "bytes",
    "bytes_read",
    "bytes_written",
    "cas_badval",
    "cas_hits",
    "cas_misses",
    "cmd_delete",
    "cmd_flush",
    "cmd_get",
    "cmd_set",
    "cmd_touch",
    "curr_connections",
    "curr_items",
    "decr_hits",
    "decr_misses",
    "delete_hits",
    "delete_misses",
    "evictions",
    "expired",
    "get_hits",
    "get_misses",
    "incr_hits",
    "incr_misses",
    "limit_maxbytes",
    "time",
    "total_connections",
    "total_items",
    "touch_hits",
    "touch_misses",
}
LEGACY_CREDENTIAL = {*CREDENTIAL, "uuid"} - {"sasl_password"}

DOCUMENTED: dict[tuple[str, str], tuple[int, set[str] | str | None]] = {
    ("GET", f"{V2}/info"): (200, INFO),
    ("GET", f"{V2}/credentials"): (200, CREDENTIAL),
    ("POST", f"{V2}/credentials"): (201, CREDENTIAL),
    ("PATCH", f"{V2}/credentials/{{username}}"): (200, CAPABILITIES),
    ("DELETE", f"{V2}/credentials/{{username}}"): (200, None),
    ("POST", f"{V2}/credentials/primary/{{username}}"): (200, CREDENTIAL),
    ("POST", f"{V2}/rotate_sso"): (200, "string"),
    ("POST", f"{V2}/enable_cache"): (200, None),
    ("POST", f"{V2}/switch_cluster"): (200, "string"),
    ("POST", f"{V2}/flush"): (204, None),
    ("POST", f"{V2}/reset_stats"): (204, None),
    ("GET", f"{V2}/stats"): (200, STATS),
    ("GET", f"{V2}/insight/processed_stats"): (200, ROW),
    ("GET", f"{V2}/insight/processed_stats/per_server"): (200, SERVER_ROW),
    ("GET", f"{V2}/insight/latency"): (200, SERVER_ROW),
    ("GET", f"{V2}/alerts"): (200, ALERT),
    ("POST", f"{V2}/alerts"): (201, ALERT),
    ("GET", f"{V2}/alerts/{{id}}"): (200, ALERT),
    ("PUT", f"{V2}/alerts/{{id}}"): (201, ALERT),
    ("DELETE", f"{V2}/alerts/{{id}}"): (201, None),
    ("GET", f"{V2}/alerts/configs"): (200, DELIVERY_CONFIG),
    ("POST", f"{V2}/alerts/configs"): (201, DELIVERY_CONFIG),
    ("DELETE", f"{V2}/alerts/configs/{{id}}"): (204, None),
    ("GET", f"{V2}/introspection/recent_logs"): (200, "by server"),
    ("GET", f"{V2}/introspection/compound_stats"): (200, ROW),
    ("GET", f"{V2}/introspection/popular_items"): (200, POPULAR_ITEMS),
    ("GET", f"{V2}/introspection/key_stats"): (200, KEY_STATS),
    ("GET", f"{V2}/introspection/prefixes"): (200, PREFIX),
    ("POST", f"{V2}/introspection/prefixes"): (200, PREFIX),
    ("DELETE", f"{V2}/introspection/prefixes/{{id}}"): (204, None),
    ("GET", f"{V2}/introspection/prefixes/{{id}}/stats"): (200, ROW),
    ("GET", f"{V2}/introspection/prefixes/{{id}}/popular_items"): (200, POPULAR_ITEMS),
    ("GET", "/api/v1/login"): (200, {"cache_id"}),
    ("GET", f"{V1}/stats"): (200, "by server"),
    ("GET", f"{V1}/history"): (200, {"memcachier_id", "server", "stats", "timestamp"}),
    ("POST", f"{V1}/flush"): (200, "string"),
    ("GET", f"{V1}/credentials"): (200, LEGACY_CREDENTIAL),
    ("POST", f"{V1}/credentials"): (200, {*LEGACY_CREDENTIAL, "sasl_password"}),
    ("PATCH", f"{V1}/credentials/{{username}}"): (200, CAPABILITIES),
    ("POST", f"{V1}/credentials/primary/{{username}}"): (200, LEGACY_CREDENTIAL),
    ("DELETE", f"{V1}/credentials/primary/{{username}}"): (200, "string"),
}
"""(method, path): the status of success, and the fields of the object, or of the first of the list."""

RANGE = {"startTime", "endTime"}
ASKED: dict[tuple[str, str], set[str]] = {
    ("PATCH", f"{V2}/credentials/{{username}}"): CAPABILITIES,
    ("POST", f"{V2}/alerts"): ALERT - {"id"},
    ("PUT", f"{V2}/alerts/{{id}}"): ALERT,
    ("POST", f"{V2}/alerts/configs"): DELIVERY_CONFIG - {"id"},
    ("POST", f"{V2}/introspection/prefixes"): {"name"},
    ("GET", f"{V2}/insight/processed_stats"): {"names", *RANGE},
    ("GET", f"{V2}/insight/processed_stats/per_server"): {"names", *RANGE},
    ("GET", f"{V2}/insight/latency"): RANGE,
    ("GET", f"{V2}/introspection/compound_stats"): RANGE,
    ("GET", f"{V2}/introspection/key_stats"): {"key"},
    ("GET", f"{V2}/introspection/prefixes/{{id}}/stats"): RANGE,
    ("PATCH", f"{V1}/credentials/{{username}}"): CAPABILITIES,
}
"""(method, path): the fields a body may have, or the names in the query of a GET; nothing is sent with any other."""


def place(method: str, path: str, cache_id: int) -> tuple[str, str]:
    """The documented operation that a request belongs to."""
    path = path.replace(f"/{cache_id}/", "/{cache_id}/")
    path = re.sub(r"(alerts|configs|prefixes)/[0-9]+", r"\1/{id}", path)
    return method, re.sub(r"credentials/(primary/)?(?!primary/)[0-9A-F]+", r"credentials/\1{username}", path)
