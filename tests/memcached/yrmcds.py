"""Debian's yrmcds on free ports of loopback."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.service.memcached.realserver import free_port, listens

if TYPE_CHECKING:
    from collections.abc import Iterator

YRMCDS = shutil.which("yrmcdsd") or shutil.which("yrmcdsd", path="/usr/sbin")

PATIENCE = 10.0
"""Seconds it may take to listen."""


@contextmanager
def yrmcds() -> Iterator[int]:
    """Run it as its own master while a block lasts; the answer is its port."""
    assert YRMCDS is not None
    port, replication = free_port(), free_port()
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "virtual_ip": "127.0.0.1",
            "port": port,
            "repl_port": replication,
            "temp_dir": f'"{folder}"',
            "memory_limit": "64M",
            "buckets": 1000,
            "workers": 2,
        }
        config = Path(folder) / "yrmcds.conf"
        config.write_text("".join(f"{name} = {value}\n" for name, value in settings.items()))
        process = subprocess.Popen([YRMCDS, "-f", str(config)], stderr=subprocess.DEVNULL)
        try:
            end = time.monotonic() + PATIENCE
            while not listens(port):
                if process.poll() is not None or time.monotonic() > end:
                    raise OSError("yrmcds does not start")
                time.sleep(0.02)
            yield port
        finally:
            process.kill()
            process.wait()
