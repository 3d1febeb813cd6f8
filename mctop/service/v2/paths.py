"""Where v2 lives."""

from mctop.service.http.operation import CACHE_ID

CACHE = f"/api/v2/caches/{{{CACHE_ID}}}"
