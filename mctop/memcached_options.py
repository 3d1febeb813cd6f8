"""The memcached servers that a command names: their addresses, how they are reached, where history is kept."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mctop.config import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mctop.service.base.served_cache import MemcachedCache


PASSWORD = "MCTOP_MEMCACHED_PASSWORD"
"""The variable that holds the password of ASCII authentication."""

RISK = "no client may speak the binary protocol, or its next failed set ends a memcached before 1.6.42"
"""What the owner answers for who has changes watched on every version."""


@dataclass(frozen=True, slots=True)
class MemcachedOptions:
    """What was said; without `addresses`, nothing of it may be."""

    addresses: str | None = None
    tls: bool = False
    history: Path | None = None
    no_history: bool = False
    insecure: bool = False
    watch_changes: bool = False

    def servers(self, username: str | None, cacert: Path | None) -> MemcachedCache:
        """The servers; asks for the password of a user where the environment has none. Raises ConfigError.

        A password leaves this machine in clear only where --insecure says so, and that is said on standard error, as
        is what --watch-changes relies on.
        """
        from mctop.api.base_url import is_loopback
        from mctop.api.certificates import check_trust
        from mctop.api.errors import BadEndpoint
        from mctop.service.base.served_cache import MemcachedCache
        from mctop.service.memcached.protocol.address import parse_addresses

        try:
            addresses = parse_addresses(self.addresses or "")
        except ValueError as error:
            raise ConfigError(f"--memcached: {error}") from None
        if cacert is not None and not self.tls:
            raise ConfigError("--cacert is of no use without --tls")
        try:
            if self.tls:
                check_trust(cacert)
        except BadEndpoint as error:
            raise ConfigError(f"{error}{'' if cacert is None else ' (from --cacert)'}") from None
        away = [address.text for address in addresses if not is_loopback(address.host)]
        if username and away and not self.tls:
            words = f"the password would travel in clear to {', '.join(away)}"
            if not self.insecure:
                raise ConfigError(f"{words}: use --tls, or --insecure to send it all the same")
            click.echo(f"mctop: --insecure: {words.replace('would travel', 'travels')}", err=True)
        given = os.environ.pop(PASSWORD, "")
        password = given if username else ""
        if username and not password:
            password = click.prompt(f"Password of {username}", hide_input=True, err=True)
        if self.watch_changes:
            click.echo(f"mctop: --watch-changes: {RISK}", err=True)
        return MemcachedCache(
            self.addresses or "",
            self.tls,
            str(cacert) if cacert else None,
            username or "",
            password,
            watch_changes=self.watch_changes,
        )

    @contextmanager
    def keeping(self, servers: MemcachedCache) -> Iterator[MemcachedCache]:
        """The servers with the file of their history, which is this process's while the block lasts.

        Raises ConfigError where another process has it, where it cannot be, or where a named file is no history.
        """
        if self.no_history:
            yield servers
            return
        from mctop.service.memcached.history.place import (
            ForeignFile,
            HistoryInUse,
            default_place,
            lock,
            refuse_foreign,
        )
        from mctop.service.memcached.protocol.address import parse_addresses

        names = (address.text for address in parse_addresses(servers.addresses))
        file = self.history or default_place(names)
        try:
            if self.history is not None:
                refuse_foreign(self.history)
            descriptor = lock(file)
        except (HistoryInUse, ForeignFile) as error:
            raise ConfigError(str(error)) from None
        except OSError as error:
            words = f"no history can be kept in {file}: {error.strerror}; --no-history does without"
            raise ConfigError(words) from None
        try:
            yield replace(servers, history=str(file))
        finally:
            os.close(descriptor)


def memcached_options(command: Callable[..., None]) -> Callable[..., None]:
    """Options of every command that stands before memcached servers; it is given them as `named`."""

    @wraps(command)
    def run(
        memcached: str | None,
        tls: bool,
        history: Path | None,
        no_history: bool,
        insecure: bool,
        watch_changes: bool,
        **others: object,
    ) -> None:
        command(named=MemcachedOptions(memcached, tls, history, no_history, insecure, watch_changes), **others)

    for option in (
        click.option("--no-history", is_flag=True, help="Keep the history of memcached servers in memory."),
        click.option("--history", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
                     help="Keep it in this file [one for these servers, where state lives]."),
        click.option("--watch-changes", is_flag=True,
                     help="Watch what changes keys before 1.6.42, too: only if no client speaks the binary protocol."),
        click.option("--insecure", is_flag=True, help="Let passwords travel in clear, without TLS."),
        click.option("--tls", is_flag=True, help="Speak TLS with memcached servers."),
        click.option("--memcached", metavar="HOST:PORT,...", help="Memcached servers of your own, without an API."),
    ):  # fmt: skip
        run = option(run)
    return run
