"""A second process that wants the history of the first."""

from pathlib import Path

from mctop.config import ConfigError
from mctop.memcached_options import MemcachedOptions


def take(file: str) -> None:
    """Print why a history cannot be kept here; called in a process of its own."""
    named = MemcachedOptions("a:1", history=Path(file))
    try:
        with named.keeping(named.servers(None, None)):
            print("taken")  # noqa: T201  # the parent reads it
    except ConfigError as error:
        print(error)  # noqa: T201  # the parent reads it
