"""Every documented operation: the 32 of API v2, one file a section of the documents, and the 9 of v1."""

from mctop.service.operations import alerts, cache, commands, credentials, insight, introspection, v1

V2_OPERATIONS = (
    *cache.OPERATIONS,
    *credentials.OPERATIONS,
    *commands.OPERATIONS,
    *insight.OPERATIONS,
    *alerts.OPERATIONS,
    *introspection.OPERATIONS,
)

OPERATIONS = (*V2_OPERATIONS, *v1.OPERATIONS)
"""The order matters where a fixed path is also a pattern's: the router takes the first that matches."""
