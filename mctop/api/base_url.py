"""The base URL of the API, checked before any socket opens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, quote, urlsplit

from mctop.api.errors import BadEndpoint

UNIX = "unix:"
"""What the URL of a socket begins with."""
LABEL = r"[A-Za-z0-9_-]{1,63}"
HOST = re.compile(rf"{LABEL}(\.{LABEL})*\.?|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+")
"""A name as DNS takes it, or an address; international names are given in their `xn--` form."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A base URL without a trailing slash; `loopback` says that it does not leave this machine.

    `url` is put together again from its checked parts, so that whoever parses it next sees the same host. Where there
    is a `socket`, a file, it is spoken to instead of a port.
    """

    url: str
    host: str
    secure: bool
    loopback: bool
    socket: str = ""


def is_loopback(host: str) -> bool:
    """Say whether a host, a name or an address, is this machine; no name but `localhost` is believed to be."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _split(url: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(url)
        return parts, parts.port
    except ValueError:
        pass  # its words quote the URL, so it must not become the context of ours
    raise BadEndpoint("the URL is not one")


def parse_endpoint(base_url: str) -> Endpoint:
    """Check a base URL: https, or http to this machine, or `unix:` and the path of a socket. Raise BadEndpoint.

    There is no userinfo, query or fragment. The message never repeats the URL: it may hold a password.
    """
    base_url = base_url.strip()
    if base_url.startswith(UNIX):
        path = base_url.removeprefix(UNIX)
        if not path.startswith("/") or "\0" in path:
            raise BadEndpoint(f"the URL of a socket must be {UNIX}/PATH")
        return Endpoint("http://localhost", base_url, secure=False, loopback=True, socket=path)
    parts, port = _split(base_url)
    host = parts.hostname or ""
    if "@" in parts.netloc:
        raise BadEndpoint("the URL holds a username or password: give them on their own")
    if parts.scheme not in ("http", "https") or not HOST.fullmatch(host) or len(host) > 253:
        raise BadEndpoint("the URL must be https://HOST, or http:// to this machine")
    if parts.query or parts.fragment:
        raise BadEndpoint("the URL must end with its path: no ? and no #")
    loopback = is_loopback(host)
    if parts.scheme == "http" and not loopback:
        raise BadEndpoint(f"http:// to {host} would send the password in clear: use https://")
    shown = f"[{host}]" if ":" in host else host
    where = shown if port is None else f"{shown}:{port}"
    path = quote(parts.path.rstrip("/"), safe="/%~!$&'()*+,;=:@")
    return Endpoint(f"{parts.scheme}://{where}{path}", where, parts.scheme == "https", loopback)
