"""What a person asked the log to show; it is kept while other views are looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mctop.store.sieve import MOST, Sieve

if TYPE_CHECKING:
    from mctop.store.logfilter import LogFilter


@dataclass(frozen=True, slots=True)
class Asked:
    """Filters, the newest last; `draft` is being typed. With `highlights` they hide nothing."""

    filters: tuple[LogFilter, ...] = ()
    draft: LogFilter | None = None
    with_own: bool = False
    highlights: bool = False

    @property
    def full(self) -> bool:
        """Whether there is no room for another filter."""
        return len(self.filters) == MOST

    @property
    def sieve(self) -> Sieve:
        """The filters, with the one that is being typed."""
        drafts = (self.draft,) if self.draft else ()
        return Sieve((*self.filters, *drafts), self.with_own)

    def kept(self) -> Asked:
        """With the draft among the filters."""
        return self if self.draft is None else replace(self, filters=(*self.filters, self.draft), draft=None)

    def without_last(self) -> Asked:
        """With one filter less."""
        return replace(self, filters=self.filters[:-1])
