"""The short name of a server, where its whole name has no room."""

from __future__ import annotations

from collections import Counter


def short_names(servers: tuple[str, ...]) -> dict[str, str]:
    """The first label of each server's host, raw, where it has a letter and no two share it; else the whole name."""
    firsts = {server: server.partition(".")[0] for server in servers}
    shared = Counter(firsts.values())
    return {
        server: first if shared[first] == 1 and any(map(str.isalpha, first)) else server
        for server, first in firsts.items()
    }
