"""Asks a server what it can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.service.memcached.capabilities import Capabilities, capabilities
from mctop.service.memcached.commands import STATS_SETTINGS
from mctop.service.memcached.replies import stats
from mctop.service.memcached.trouble import Trouble, TroubleKind

if TYPE_CHECKING:
    from mctop.service.memcached.connection import Connection


async def probe(connection: Connection) -> Capabilities:
    """Judge the very server at the other end, one that refuses to say its settings by its version; raise Trouble.

    A watch asks on its own connection, for the server may have been replaced since another one was asked.
    """
    try:
        settings = stats(await connection.ask(STATS_SETTINGS))
    except Trouble as trouble:
        if trouble.kind is not TroubleKind.REFUSED:
            raise
        settings = {}
    return capabilities(connection.version, settings)
