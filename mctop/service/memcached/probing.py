"""Asks a server what it can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.service.memcached.capabilities import Capabilities, capabilities
from mctop.service.memcached.commands import STATS_SETTINGS
from mctop.service.memcached.replies import stats

if TYPE_CHECKING:
    from mctop.service.memcached.connection import Connection


async def probe(connection: Connection) -> Capabilities:
    """Judge the very server at the other end; raise Trouble.

    A watch asks on its own connection, for the server may have been replaced since another one was asked.
    """
    return capabilities(connection.version, stats(await connection.ask(STATS_SETTINGS)))
