"""Proves what mctop says of memcached servers: `python -m tests.memcached [--wrong] [NAME ...]`.

Each server gets a load that counts every operation, and then a table: what was done, what mctop says of it, and whether
that is true. Exit code 1 if anything is wrong; `--wrong` prints only that. NAMEs are words of the titles, such as
`1.6.45` or `ascii`; without one it is every server. Nothing is built, and only loopback is asked.
"""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from tests.memcached.load import META, TEXT
from tests.memcached.proof import Subject, prove
from tests.memcached.recording import recordings
from tests.memcached.replay import replaying
from tests.memcached.yrmcds import YRMCDS, yrmcds
from tests.service.memcached.doing import ROOMY
from tests.service.memcached.realserver import PROGRAM, real_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from tests.memcached.recording import Recording

DEBIAN = "1.6.18"
"""The version that Debian's package is, whose operations it is given."""


def operations_of(recording: Recording) -> frozenset[str]:
    """The operations of the load that a version knows as they are written today."""
    is_known = {name: "ERROR" not in exchange.answer for name, exchange in recording.exchanges.items()}
    meta = META if all(is_known[f"{name} present"] for name in META) else frozenset[str]()
    binary = {"ms binary"} if meta and is_known["mg base64 present"] else set[str]()
    return TEXT | meta | binary | ({"gat"} if is_known["gat present"] else set())


@contextmanager
def replayed(recording: Recording, *, text_only: bool) -> Iterator[Subject]:
    """A recorded version."""
    with replaying(recording, text_only=text_only) as server:
        protocol = "-B ascii" if text_only else "as packaged"
        yield Subject(f"memcached {recording.version}, recorded, {protocol}", server.port, operations_of(recording))


@contextmanager
def installed(recording: Recording, *flags: str, text_only: bool = False) -> Iterator[Subject]:
    """The memcached that is installed, with a log that is large enough to lose nothing."""
    with real_server(*ROOMY, *flags) as server:
        stated = ", --watch-changes" if text_only else ""
        title = f"memcached, installed, {' '.join(flags) or 'as packaged'}{stated}"
        yield Subject(title, server.port, operations_of(recording), text_only)


@contextmanager
def other() -> Iterator[Subject]:
    """The yrmcds that is installed."""
    with yrmcds() as port:
        yield Subject("yrmcds, installed", port, TEXT)


def subjects() -> dict[str, Callable[[], AbstractContextManager[Subject]]]:
    """Everything that mctop is proved on, by words that name it."""
    by_name: dict[str, Callable[[], AbstractContextManager[Subject]]] = {}
    for version, recording in recordings().items():
        by_name[f"{version} recorded packaged"] = partial(replayed, recording, text_only=False)
        by_name[f"{version} recorded ascii"] = partial(replayed, recording, text_only=True)
    if PROGRAM is not None:
        by_name["installed packaged"] = partial(installed, recordings()[DEBIAN])
        by_name["installed stated"] = partial(installed, recordings()[DEBIAN], text_only=True)
        by_name["installed ascii"] = partial(installed, recordings()[DEBIAN], "-B", "ascii")
    if YRMCDS is not None:
        by_name["yrmcds installed"] = other
    return by_name


def main(arguments: list[str]) -> int:
    """Prove all that is named; the answer is the exit code."""
    only_wrong, names = "--wrong" in arguments, [word for word in arguments if word != "--wrong"]
    wrong = 0
    for name, open_subject in subjects().items():
        if names and not any(word in name.split() for word in names):
            continue
        began = time.monotonic()
        with open_subject() as subject:
            table = prove(subject)
        wrong += len(table.wrong())
        text = "\n".join(table.lines(only_wrong=only_wrong))
        sys.stdout.write(f"{text}, {time.monotonic() - began:.0f} s\n\n")
        sys.stdout.flush()
    sys.stdout.write(f"Wrong: {wrong}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
