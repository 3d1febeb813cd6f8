"""What the cache is called, the same wherever it is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.ui.text import Clean, clean

if TYPE_CHECKING:
    from mctop.api.models.cache import CacheInfo


def cache_name(label: str, info: CacheInfo | None, longest: int) -> Clean:
    """The configured label, or else what the API calls it, in at most `longest` characters; "" until then."""
    return clean(label or ((info.label or info.name or f"cache {info.id}") if info else ""), longest)
