"""An Analytics API written from the documents alone, on the standard library: the stranger that mctop must get on with.

It differs from mctop's own service wherever the documents leave room: counters per server, ratios as percentages, null
cells and lists, fractions of seconds in times, a `time` of 0, unknown fields, error bodies as plain text.
"""

import base64
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

CACHE_ID = 1561
USERNAME, PASSWORD = "stranger/1", "pa$$:word"
SERVERS = ("alpha.example.net:11211", "beta.example.net:11211")


@dataclass
class OtherServer:
    """A running stranger; `requests` are the methods and paths it got."""

    url: str
    requests: list[tuple[str, str]] = field(default_factory=list)


def moment(seconds: float) -> str:
    """RFC 3339 with a fraction and an offset, which the documents do not forbid."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")


def rows(columns: list[str], start: float, step: int, server: str | None = None) -> dict[str, object]:
    """Influx rows newest first with a gap; a column's value rises with its place, and ratios are percentages."""
    first = int(start // step + 1) * step
    times = range(first, int(time.time()), step)
    values = [
        [moment(at), *(None if index == 3 else 80.5 if "hit_rate" in c else 100.0 if c == "get_fraction" else
                       0.0 if "fraction" in c else 5e6 + index for c in columns)]
        for index, at in enumerate(times)
    ]  # fmt: skip
    body: dict[str, object] = {"columns": ["time", *columns], "values": values[::-1], "partial": True}
    return body | ({"tags": {"server": server, "zone": "x"}} if server else {})


def answer(path: str, query: dict[str, list[str]]) -> object:
    """What the API says; KeyError where the documents know no such path."""
    start = datetime.fromisoformat(query["startTime"][0]).timestamp() if "startTime" in query else time.time() - 86_400
    names = query.get("names", [""])[0].split(",")
    counters = {
        "get_hits": int(time.time() * 90), "get_misses": int(time.time() * 10), "cmd_get": int(time.time() * 100),
        "bytes": 50_000_000, "limit_maxbytes": "110000000", "curr_items": 1000.0, "time": 0, "surprise": [1],
    }  # fmt: skip
    line = {"timestamp": moment(time.time() - 1), "key": "greeting", "command": "GET", "status": "HIT", "size": None}
    item = {"name": "greeting", "popularity": 12.5}
    return {
        "info": {"id": CACHE_ID, "label": "a stranger", "plan": 100_000_000, "servers": list(SERVERS), "new": {}},
        "stats": dict.fromkeys(SERVERS, counters),
        "insight/processed_stats": [rows(names, start, 60)],
        "insight/processed_stats/per_server": [rows(names, start, 60, server) for server in SERVERS],
        "insight/latency": [rows(["duration"], start, 20, server) for server in SERVERS],
        "introspection/recent_logs": {SERVERS[0]: [line], SERVERS[1]: None},
        "introspection/popular_items": {"time_slice": None, "most_hit_keys": [item], "most_missed_keys": None},
        "alerts": None,
    }[path]


@contextmanager
def other_server() -> Iterator[OtherServer]:
    """Run the stranger on a free port of loopback."""
    running = OtherServer("")
    expected = "Basic " + base64.b64encode(f"{USERNAME}:{PASSWORD}".encode()).decode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            running.requests.append(("GET", url.path))
            prefix = f"/api/v2/caches/{CACHE_ID}/"
            if self.headers.get("Authorization") != expected:
                self.reply(401, b"Bad user")
            elif url.path == "/api/v1/login":
                self.reply(200, json.dumps({"cache_id": str(CACHE_ID)}).encode())
            elif url.path.startswith(prefix):
                try:
                    body = answer(url.path.removeprefix(prefix), parse_qs(url.query))
                except KeyError:
                    self.reply(404, b"404 page not found")
                else:
                    self.reply(200, json.dumps(body).encode())
            else:
                self.reply(404, b"404 page not found")

        def reply(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
