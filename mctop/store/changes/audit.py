"""The audit log: one JSON line before each change and one after, in a file that only its owner can read."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mctop.private_files import open_private

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from mctop.store.changes.outcome import Outcome
    from mctop.store.changes.proposal import Proposal


class Audit:
    """Appends to one file, which is made at the first line; a link in its place, or what is no file, is refused."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def trouble(self) -> str:
        """Say why it cannot be written, "" where it can."""
        return self._append(b"")

    def write(self, line: Mapping[str, object]) -> str:
        """Append one line, whole or not at all; say why it could not be written, "" where it was."""
        return self._append(json.dumps(line).encode() + b"\n")

    def _append(self, line: bytes) -> str:
        try:
            file = open_private(self.path, os.O_WRONLY | os.O_APPEND, obeyed=False).descriptor
            try:
                return _written(file, line)
            finally:
                os.close(file)
        except OSError as error:
            return error.strerror or "it cannot be written"


def _written(file: int, line: bytes) -> str:
    return "" if os.write(file, line) == len(line) else "the disk is full"


@dataclass(frozen=True, slots=True)
class Recording:
    """Writes to an audit log for one credential at one API; `wall` tells epoch seconds on this machine's clock.

    `redact` strikes the secrets of other credentials out of each text: a server may quote them.
    """

    audit: Audit | None
    host: str
    username: str
    wall: Callable[[], float]
    redact: Callable[[str], str] = str

    def trouble(self) -> str:
        """Say why the audit log cannot be written, "" where it can."""
        return "there is no audit log" if self.audit is None else self.audit.trouble()

    def intend(self, proposal: Proposal) -> str:
        """Write what is about to be sent, and return the id that joins the outcome to it."""
        record, request, change = secrets.token_hex(8), proposal.request, proposal.change
        self._write(
            record,
            "intent",
            host=self.host,
            cache=proposal.cache_id,
            label=proposal.label,
            username=self.username,
            action=type(change).__name__,
            subject=change.subject,
            tier=int(change.TIER),
            method=request.method,
            path=request.path,
            body=request.body,
        )
        return record

    def conclude(self, record: str, outcome: Outcome, status: int | None) -> None:
        """Write what came of it; `status` is that of the API's answer, None where it gave none."""
        self._write(
            record,
            "outcome",
            result=outcome.result.value,
            read_back=outcome.read_back,
            words=outcome.words,
            told=outcome.detail,
            status=status,
        )

    def _write(self, record: str, event: str, **fields: object) -> None:
        if self.audit is not None:
            time = datetime.fromtimestamp(self.wall(), UTC).isoformat(timespec="milliseconds")
            told = {name: self.redact(value) if isinstance(value, str) else value for name, value in fields.items()}
            self.audit.write({"time": time, "id": record, "event": event, **told})
