"""API v2: one method for each of its 32 documented operations, and one for what our own service adds to one of them.

The values of alerts, prefixes, keys and the log are imported by the operations that read them, the first of which comes
after the first picture: making their classes takes 5 ms.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from pydantic import SecretStr

from mctop.api.call import ask, capabilities_body, segment
from mctop.api.models.cache import Credential
from mctop.api.parsing.cache import parse_cache
from mctop.api.parsing.counters import parse_stats
from mctop.api.parsing.json_text import parse_string
from mctop.api.parsing.rows import parse_one, parse_rows, parse_told
from mctop.api.parsing.series import parse_series
from mctop.api.response import LARGEST_DECODED, utc_text

if TYPE_CHECKING:
    from collections.abc import Collection

    from mctop.api.call import Sender
    from mctop.api.models.alerts import Alert, DeliveryConfig, NewAlert, NewDeliveryConfig
    from mctop.api.models.cache import CacheInfo, Capabilities
    from mctop.api.models.introspection import KeyStats, LogExcerpt, PopularItems, Prefix, RecentLogs
    from mctop.api.models.series import SeriesAnswer
    from mctop.api.models.stats import Stats
    from mctop.api.models.value import Rows
    from mctop.api.response import Answer

Moment = float
"""Epoch seconds; sent as RFC 3339 UTC with whole seconds."""

KEY_SPACE = ("num_keys", "total_size", "total_hits_rate", "total_misses_rate", "total_mutations_rate")
"""The stats of compound and prefix stats: bytes, and rates per second."""


def alert_body(alert: NewAlert) -> dict[str, object]:
    """Say the whole alert, `id` included; whole numbers go without a fraction, which a strict server may not read."""
    threshold = float(alert.trigger_threshold)
    whole = int(threshold) if threshold.is_integer() else threshold
    return {**alert.model_dump(), "trigger_threshold": whole}


def delivery_body(config: NewDeliveryConfig) -> dict[str, object]:
    """Say the whole delivery config; the fields of the other delivery type are empty."""
    url = config.slack_url.get_secret_value() if config.slack_url else ""
    return {**config.model_dump(), "slack_url": url}


class Client:
    """The operations of API v2 on one cache. Every method may raise any ApiError.

    BadAnswer with a 2xx status means that a change was made, and that what it came to must be read back.
    """

    def __init__(self, sender: Sender, cache_id: int) -> None:
        self.cache_id = cache_id
        self._sender = sender
        self._root = f"/api/v2/caches/{cache_id}"

    async def info(self) -> CacheInfo:
        """Describe the cache, with its servers and credentials, whose passwords are in it."""
        parse = partial(parse_cache, cache_id=self.cache_id)
        return await ask(self._sender, "GET", f"{self._root}/info", parse)

    async def credentials(self) -> Rows[Credential]:
        """List the credentials."""
        return await ask(self._sender, "GET", f"{self._root}/credentials", partial(parse_rows, Credential))

    async def create_credential(self) -> Credential:
        """Create a credential; the server chooses its username, password and capabilities."""
        return await ask(self._sender, "POST", f"{self._root}/credentials", partial(parse_one, Credential))

    async def update_credential(self, username: str, capabilities: Capabilities) -> Capabilities:
        """Set all three capabilities, and return what the server says they are now."""
        path = f"{self._root}/credentials/{segment(username)}"
        parse = partial(parse_told, capabilities)
        return await ask(self._sender, "PATCH", path, parse, body=capabilities_body(capabilities))

    async def delete_credential(self, username: str) -> None:
        """Delete a credential."""
        await self._send("DELETE", f"credentials/{segment(username)}")

    async def promote_credential(self, username: str) -> None:
        """Make a credential the primary one."""
        await self._send("POST", f"credentials/primary/{segment(username)}")

    async def rotate_sso(self) -> SecretStr:
        """Make the dashboard's URLs invalid, and return the string that the server gives for it."""
        return SecretStr(parse_string((await self._send("POST", "rotate_sso")).body))

    async def enable_cache(self) -> None:
        """Enable a disabled cache."""
        await self._send("POST", "enable_cache")

    async def switch_cluster(self) -> str:
        """Move to another cluster, and return its name, empty where the server does not tell."""
        return parse_string((await self._send("POST", "switch_cluster")).body)

    async def flush(self) -> None:
        """Drop every item."""
        await self._send("POST", "flush")

    async def reset_stats(self) -> None:
        """Set the counters to zero."""
        await self._send("POST", "reset_stats")

    async def stats(self) -> Stats:
        """Read the counters, of the cache or of each server."""
        return await ask(self._sender, "GET", f"{self._root}/stats", parse_stats)

    async def processed_stats(self, names: Collection[str], start: Moment, end: Moment) -> SeriesAnswer:
        """Read the series of the named stats for the cache."""
        return await self._series("insight/processed_stats", names, start, end, named=True)

    async def processed_stats_per_server(self, names: Collection[str], start: Moment, end: Moment) -> SeriesAnswer:
        """Read the series of the named stats for each server."""
        return await self._series("insight/processed_stats/per_server", names, start, end, named=True)

    async def latency(self, start: Moment, end: Moment) -> SeriesAnswer:
        """Read the series `duration`, in nanoseconds, for each server."""
        return await self._series("insight/latency", ("duration",), start, end)

    async def alerts(self) -> Rows[Alert]:
        """List the alerts."""
        from mctop.api.models.alerts import Alert

        return await ask(self._sender, "GET", f"{self._root}/alerts", partial(parse_rows, Alert))

    async def create_alert(self, alert: NewAlert) -> Alert:
        """Create an alert."""
        from mctop.api.models.alerts import Alert

        parse = partial(parse_one, Alert)
        return await ask(self._sender, "POST", f"{self._root}/alerts", parse, body=alert_body(alert))

    async def alert(self, alert_id: int) -> Alert:
        """Read one alert."""
        from mctop.api.models.alerts import Alert

        return await ask(self._sender, "GET", f"{self._root}/alerts/{segment(alert_id)}", partial(parse_one, Alert))

    async def update_alert(self, alert: Alert) -> Alert:
        """Replace an alert; what a partial one would leave out is not documented, so the whole is sent."""
        path = f"{self._root}/alerts/{segment(alert.id)}"
        return await ask(self._sender, "PUT", path, partial(parse_told, alert), body=alert_body(alert))

    async def delete_alert(self, alert_id: int) -> None:
        """Delete an alert."""
        await self._send("DELETE", f"alerts/{segment(alert_id)}")

    async def delivery_configs(self) -> Rows[DeliveryConfig]:
        """List the delivery configs."""
        from mctop.api.models.alerts import DeliveryConfig

        return await ask(self._sender, "GET", f"{self._root}/alerts/configs", partial(parse_rows, DeliveryConfig))

    async def create_delivery_config(self, config: NewDeliveryConfig) -> DeliveryConfig:
        """Create a delivery config."""
        from mctop.api.models.alerts import DeliveryConfig

        parse = partial(parse_one, DeliveryConfig)
        return await ask(self._sender, "POST", f"{self._root}/alerts/configs", parse, body=delivery_body(config))

    async def delete_delivery_config(self, config_id: int) -> None:
        """Delete a delivery config."""
        await self._send("DELETE", f"alerts/configs/{segment(config_id)}")

    async def recent_logs(self) -> RecentLogs:
        """Read the last log lines of each server."""
        from mctop.api.parsing.introspection import parse_recent_logs

        return await ask(self._sender, "GET", f"{self._root}/introspection/recent_logs", parse_recent_logs)

    async def log_after(self, cursor: str, filters: Collection[str], most: int) -> LogExcerpt:
        """Read what the log holds after a cursor, "" for all of it: so many of the newest lines that pass all filters.

        For a cache that says it has a `log_cursor`; filters are as `LogFilter.asked` says them.
        """
        from mctop.api.parsing.introspection import parse_log_excerpt

        query = {"cursor": cursor, "filters": json.dumps([*filters]), "lines": f"{most}"}
        return await ask(self._sender, "GET", f"{self._root}/introspection/recent_logs", parse_log_excerpt, query=query)

    async def compound_stats(self, start: Moment, end: Moment) -> SeriesAnswer:
        """Read the series of KEY_SPACE over every key."""
        return await self._series("introspection/compound_stats", KEY_SPACE, start, end)

    async def popular_items(self) -> PopularItems:
        """Read what was popular in the last time slice."""
        from mctop.api.parsing.introspection import parse_popular_items

        return await ask(self._sender, "GET", f"{self._root}/introspection/popular_items", parse_popular_items)

    async def key_stats(self, key: str) -> Rows[KeyStats]:
        """Read the stats of one key; no rows where it was never seen."""
        from mctop.api.parsing.introspection import parse_key_stats

        path = f"{self._root}/introspection/key_stats"
        return await ask(self._sender, "GET", path, parse_key_stats, query={"key": key})

    async def watched_prefixes(self) -> Rows[Prefix]:
        """List the watched prefixes."""
        from mctop.api.models.introspection import Prefix

        return await ask(self._sender, "GET", f"{self._root}/introspection/prefixes", partial(parse_rows, Prefix))

    async def watch_prefix(self, name: str) -> Prefix:
        """Watch a prefix."""
        from mctop.api.models.introspection import Prefix

        path = f"{self._root}/introspection/prefixes"
        return await ask(self._sender, "POST", path, partial(parse_one, Prefix), body={"name": name})

    async def unwatch_prefix(self, prefix_id: int) -> None:
        """Stop watching a prefix."""
        await self._send("DELETE", f"introspection/prefixes/{segment(prefix_id)}")

    async def prefix_stats(self, prefix_id: int, start: Moment, end: Moment) -> SeriesAnswer:
        """Read the series of KEY_SPACE over the keys of a watched prefix."""
        return await self._series(f"introspection/prefixes/{segment(prefix_id)}/stats", KEY_SPACE, start, end)

    async def prefix_popular_items(self, prefix_id: int) -> PopularItems:
        """Read what was popular in the last time slice among the keys of a watched prefix."""
        from mctop.api.parsing.introspection import parse_popular_items

        path = f"{self._root}/introspection/prefixes/{segment(prefix_id)}/popular_items"
        return await ask(self._sender, "GET", path, parse_popular_items)

    async def _send(self, method: str, rest: str) -> Answer:
        return await self._sender.send(method, f"{self._root}/{rest}")

    async def _series(
        self, rest: str, stats: Collection[str], start: Moment, end: Moment, *, named: bool = False
    ) -> SeriesAnswer:
        span = {"startTime": utc_text(start), "endTime": utc_text(end)}
        query = {"names": ",".join(stats), **span} if named else span
        parse = partial(parse_series, wanted=stats, now=self._sender.now())
        return await ask(self._sender, "GET", f"{self._root}/{rest}", parse, query=query, largest=LARGEST_DECODED)
