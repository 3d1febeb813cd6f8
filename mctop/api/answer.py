"""What came back from a request, before anyone says what it means."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

SHORTEST_WAIT, LONGEST_WAIT = 1.0, 300.0
"""Bounds of a Retry-After that is believed, in seconds."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer; `body` is decoded, `date` is the server's clock in epoch seconds where it told."""

    status: int
    body: bytes
    date: float | None = None

    @property
    def ok(self) -> bool:
        """Whether the server did what was asked: any 2xx."""
        return 200 <= self.status < 300


def parse_http_date(header: str | None) -> float | None:
    """Read a Date header as epoch seconds; None where it is absent or makes no sense."""
    if not header:
        return None
    try:
        moment = parsedate_to_datetime(header)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError, TypeError):
        return None


def parse_retry_after(header: str | None, now: float) -> float | None:
    """Read a Retry-After, seconds or a date, as seconds from epoch time `now`, between 1 and 300."""
    if not header:
        return None
    try:
        wait = float(header)
    except ValueError:
        moment = parse_http_date(header)
        if moment is None:
            return None
        wait = moment - now
    return None if wait != wait else max(SHORTEST_WAIT, min(LONGEST_WAIT, wait))


def utc_text(moment: float) -> str:
    """Write epoch seconds as RFC 3339 UTC with whole seconds, the only form that the documents show."""
    return datetime.fromtimestamp(int(moment), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
