"""Watch lines as memcached writes them, of a version's making."""

from __future__ import annotations

from itertools import count

NUMBERS = count(1)


def got(key: str, status: str = "found", *, on: int | None = 17, size: int | None = 5) -> bytes:
    """A get; without `on` as before 1.5.17, without `size` as before 1.6.11."""
    return _line("item_get", key, f"status={status} clsid=1", on, size)


def stored(key: str, status: str = "stored", command: str = "set", *, on: int | None = 17, size: int = 5) -> bytes:
    """A store."""
    return _line("item_store", key, f"status={status} cmd={command} ttl=60 clsid=1", on, size)


def deleted(key: str) -> bytes:
    """A deletion, which names no connection."""
    return _line("deleted", key, "cmd=delete clsid=1", None, 2)


def _line(type: str, key: str, rest: str, on: int | None, size: int | None) -> bytes:
    line = f"ts=1795321473.{next(NUMBERS)} gid=5 type={type} key={key} {rest}"
    if on is not None:
        line += f" cfd={on}"
    if size is not None:
        line += f" size={size}"
    return line.encode() + b"\n"
