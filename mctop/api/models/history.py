"""A row of v1's history."""

from mctop.api.models.stats import Counters
from mctop.api.models.value import Value


class HistoryRow(Value):
    """The counters of one server at a moment; `time` is epoch seconds, `server` has no port."""

    time: float
    server: str = ""
    stats: Counters
