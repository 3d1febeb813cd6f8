"""API v2: its 32 operations, one file a section of the documents."""

from mctop.service.v2 import alerts, cache, commands, credentials, insight, introspection

OPERATIONS = (
    *cache.OPERATIONS,
    *credentials.OPERATIONS,
    *commands.OPERATIONS,
    *insight.OPERATIONS,
    *alerts.OPERATIONS,
    *introspection.OPERATIONS,
)
