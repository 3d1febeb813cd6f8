"""Where the history of some servers is kept, if nobody says."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LONGEST = 100
"""Characters of a name, without its ending."""

PLAIN = re.compile(r"[a-z0-9][a-z0-9.-]*:\d+")
"""A server whose name is a file's name as it is, but for the colon."""


def default_place(servers: Iterable[str], environ: Mapping[str, str]) -> Path:
    """The file for these servers, `host:port`, in any order; under $XDG_STATE_HOME, which must be absolute."""
    told = environ.get("XDG_STATE_HOME", "")
    state = Path(told) if os.path.isabs(told) else Path.home() / ".local" / "state"
    return state / "mctop" / "history" / f"{name_of(servers)}.sqlite"


def name_of(servers: Iterable[str]) -> str:
    """A name that can be read, and differs for other servers: it ends in a digest where reading it is not enough."""
    names = sorted({server.lower() for server in servers})
    text = "+".join(name.replace(":", "_") for name in names)
    if len(text) <= LONGEST and all(map(PLAIN.fullmatch, names)):
        return text
    digest = hashlib.sha256("\n".join(names).encode()).hexdigest()[:12]
    readable = re.sub(r"[^a-z0-9.+-]+", "_", text).strip("._-")
    return f"{readable[: LONGEST - len(digest) - 1].rstrip('._-+')}+{digest}"
