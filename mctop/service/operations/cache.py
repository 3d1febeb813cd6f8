"""v2: what the cache is, and its management."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from typing import TYPE_CHECKING

from mctop.service.base.backend import LogHolding, Unavailable
from mctop.service.http.operation import V2_CACHE, Operation, Refusal
from mctop.service.http.response_bodies import CacheBody, GradeBody, GradedCacheBody, credential_body

if TYPE_CHECKING:
    from mctop.service.http.operation import OperationCall


MEMCACHIER = "memcachier"
"""The cache type of a cache that has a dashboard."""


async def info(call: OperationCall) -> CacheBody:
    """Say what the cache is."""
    backend, account = call.service.backend, call.service.account
    body = CacheBody(
        **asdict(backend.identity()),
        enabled=backend.enabled(),
        cluster_name=backend.cluster_name(),
        servers=backend.servers(),
        credentials=tuple(map(credential_body, account.credentials.all())),
    )
    grades = tuple(GradeBody(**grade.model_dump()) for grade in backend.grades())
    return GradedCacheBody(**dict(body), grades=grades, log_cursor=isinstance(backend, LogHolding)) if grades else body


async def rotate_sso(call: OperationCall) -> str:
    """Make up a new SSO secret; there is no dashboard here whose links it could invalidate."""
    if call.service.backend.identity().cache_type != MEMCACHIER:
        raise Unavailable("There is no dashboard whose links could be rotated.")
    return secrets.token_urlsafe(24)


async def enable_cache(call: OperationCall) -> None:
    """Enable the cache; an enabled one stays so."""
    await call.service.backend.enable()


async def switch_cluster(call: OperationCall) -> str:
    """Move the cache to another cluster and say which."""
    identity = call.service.backend.identity()
    if identity.cache_type == MEMCACHIER and not identity.can_switch:
        raise Refusal(403, "Not allowed to switch the cluster.")
    return await call.service.backend.switch_cluster()


OPERATIONS = (
    Operation(
        name="info",
        summary="Returns all information relating to a cache.",
        method="GET",
        path=f"{V2_CACHE}/info",
        run=info,
        returns=CacheBody,
    ),
    Operation(
        name="rotateSso",
        summary="Rotate the SSO secret of the dashboard.",
        method="POST",
        path=f"{V2_CACHE}/rotate_sso",
        run=rotate_sso,
        returns=str,
    ),
    Operation(
        name="enableCache",
        summary="Enable a disabled cache.",
        method="POST",
        path=f"{V2_CACHE}/enable_cache",
        run=enable_cache,
    ),
    Operation(
        name="switchCluster",
        summary="Switch to a different cluster; answers its name.",
        method="POST",
        path=f"{V2_CACHE}/switch_cluster",
        run=switch_cluster,
        returns=str,
    ),
)
