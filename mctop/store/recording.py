"""What the audit log says of a change: what is about to be sent by whom, and what came of it; never a secret."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.store.audit import Audit
    from mctop.store.outcome import Outcome
    from mctop.store.proposal import Proposal


@dataclass(frozen=True, slots=True)
class Recording:
    """Writes to an audit log for one credential at one API; `wall` tells epoch seconds on this machine's clock."""

    audit: Audit | None
    host: str
    username: str
    wall: Callable[[], float]

    def trouble(self) -> str:
        """Say why the audit log cannot be written, "" where it can."""
        return "there is no audit log" if self.audit is None else self.audit.trouble()

    def intend(self, proposal: Proposal) -> str:
        """Write what is about to be sent, and return the id that joins the outcome to it."""
        joint, request, intent = secrets.token_hex(8), proposal.request, proposal.intent
        self._write(
            joint,
            "intent",
            host=self.host,
            cache=proposal.cache_id,
            label=proposal.label,
            username=self.username,
            action=type(intent).__name__,
            subject=intent.subject,
            tier=int(intent.TIER),
            method=request.method,
            path=request.path,
            body=request.body,
        )
        return joint

    def conclude(self, joint: str, outcome: Outcome, status: int | None) -> None:
        """Write what came of it; `status` is that of the API's answer, None where it gave none."""
        self._write(
            joint,
            "outcome",
            result=outcome.result.value,
            read_back=outcome.read_back,
            words=outcome.words,
            told=outcome.told,
            status=status,
        )

    def _write(self, joint: str, event: str, **fields: object) -> None:
        if self.audit is not None:
            time = datetime.fromtimestamp(self.wall(), UTC).isoformat(timespec="milliseconds")
            self.audit.write({"time": time, "id": joint, "event": event, **fields})
