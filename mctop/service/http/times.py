"""Moments and spans as the API speaks of them: RFC 3339 in UTC, and buckets aligned to the epoch."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime

from mctop.api.models.series import DAY, bucket_for
from mctop.service.base.backend import BucketSpan

RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
OLDEST = 3_660 * DAY
"""Seconds of the past anyone is told of."""


def read_moment(text: str) -> float:
    """Read an RFC 3339 moment as epoch seconds; raise ValueError."""
    if RFC3339.fullmatch(text) is None:
        raise ValueError("not an RFC 3339 time")
    return datetime.fromisoformat(text.upper()).timestamp()


def say_moment(time: float) -> str:
    """Write epoch seconds as the API does: UTC, whole seconds."""
    return datetime.fromtimestamp(int(time), UTC).isoformat()[:19] + "Z"


def say_times(span: BucketSpan) -> list[str]:
    """Write the start of every bucket of a span."""
    return [say_moment(time) for time in range(span.start, span.end, span.step)]


def aligned_span(start: float, end: float, now: float, finest: int) -> BucketSpan:
    """Cover start to end with whole buckets of the documented granularity; `finest` is in seconds.

    The newest bucket is the one that is filling now: the future has none. An empty span has its end at its start.
    """
    step = bucket_for(end - start, finest=finest)
    first = math.floor(max(start, now - OLDEST) / step) * step
    last = math.ceil(min(end, now + step) / step) * step
    filling = math.floor(now / step) * step
    return BucketSpan(first, max(first, min(last, filling + step)), step)
