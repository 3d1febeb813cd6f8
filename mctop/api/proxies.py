"""The proxy that the environment names for an API, checked before any socket opens."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from mctop.api.base_url import HOST
from mctop.api.errors import BadEndpoint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mctop.api.base_url import Endpoint

SOCKS = ("socks5", "socks5h")
"""Both have the proxy look up names."""
SCHEMES = ("http", "https", *SOCKS)
VARIABLES = (("https_proxy", "HTTPS_PROXY"), ("all_proxy", "ALL_PROXY"))
"""Where the proxy of https is named, as curl reads it: the first that is set, even to nothing, in each pair."""
DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy; its `url` may hold a password, which is there for whoever must keep it out of texts."""

    url: str = field(repr=False)
    scheme: str
    password: str = field(repr=False)


def proxy_for(endpoint: Endpoint, environ: Mapping[str, str] = os.environ) -> Proxy | None:
    """The proxy to ask for an endpoint, None for none: this machine and what NO_PROXY names are asked directly.

    Raise BadEndpoint, which names the variable and never its value.
    """
    if not endpoint.secure or endpoint.loopback:
        return None
    host = urlsplit(endpoint.url)
    if _is_direct(host.hostname or "", host.port or DEFAULT_PORTS["https"], _first(environ, "no_proxy", "NO_PROXY")):
        return None
    for names in VARIABLES:
        name = next((name for name in names if name in environ), "")
        if value := environ.get(name, "").strip():
            return _checked(value, name)
    return _of_the_system(host.hostname or "")


def _first(environ: Mapping[str, str], *names: str) -> str:
    return next((environ[name] for name in names if name in environ), "")


def _of_the_system(host: str) -> Proxy | None:
    """The proxy of the system's own settings, where a system has such."""
    if sys.platform != "darwin":
        return None
    from urllib.request import getproxies, proxy_bypass

    value = getproxies().get("https", "")
    return _checked(value, "the system's proxy setting") if value and not proxy_bypass(host) else None


def _checked(value: str, name: str) -> Proxy:
    """Read the value of a variable, `HOST:PORT` or a URL. Raise BadEndpoint."""
    url = value if "://" in value else f"http://{value}"
    try:
        parts = urlsplit(url)
        usable = parts.port != 0 and HOST.fullmatch(parts.hostname or "") is not None
        scheme, password = parts.scheme, unquote(parts.password or "")
    except ValueError:
        usable, scheme, password = False, "", ""
    if not usable or scheme not in SCHEMES or not url.isprintable() or " " in url:
        raise BadEndpoint(f"{name} names no proxy that can be used: it must be http://HOST:PORT, https:// or socks5://")
    if scheme in SOCKS and not _speaks_socks():
        raise BadEndpoint(f"{name} names a SOCKS proxy, for which the Python package socksio is missing")
    return Proxy(url, scheme, password)


def _speaks_socks() -> bool:
    from importlib.util import find_spec  # 3 ms, which only such a proxy needs

    return find_spec("socksio") is not None


def _is_direct(host: str, port: int, no_proxy: str) -> bool:
    """Whether a list of names, of their parents, of addresses and networks, with or without a port, has a host."""
    return any(_names(entry.strip().lower(), host.lower().rstrip("."), port) for entry in no_proxy.split(","))


def _names(entry: str, host: str, port: int) -> bool:
    if entry == "*":
        return True
    if entry.count(":") == 1:
        entry, _, only = entry.partition(":")
        if only != str(port):
            return False
    elif entry.startswith("["):
        entry = entry.strip("[]")
    name = entry.removeprefix("*").removeprefix(".").rstrip(".")
    if not name:
        return False
    try:
        return ip_address(host) in ip_network(name, strict=False)
    except ValueError:
        return host == name or host.endswith(f".{name}")
