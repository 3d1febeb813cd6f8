"""Files that mctop writes on demand: in the current directory, private, and never over another file."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from mctop.private_files import create_private

if TYPE_CHECKING:
    from collections.abc import Iterable


def write_new(name: str, suffix: str, now: float, lines: Iterable[str]) -> Path:
    """Write lines to a new file that is named after whatever `name` and a moment in epoch seconds; raises OSError."""
    words = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    stem = f"mctop-{words}-{datetime.fromtimestamp(now, UTC):%Y%m%dT%H%M%SZ}"
    for number in count(1):
        path = Path.cwd() / f"{stem}{f'-{number}' if number > 1 else ''}.{suffix}"
        try:
            descriptor = create_private(path)
        except FileExistsError:
            continue
        break
    with open(descriptor, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)
    return path
