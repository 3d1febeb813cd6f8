"""Asks the application in process, as its only credential unless told otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx

from mctop.service.account import Account, open_account
from mctop.service.http.response_bodies import Shape
from mctop.service.process.application import create_app
from tests.contract.server import PASSWORD, USERNAME
from tests.service.fakebackend import CACHE_ID, FakeBackend

if TYPE_CHECKING:
    from mctop.service.http.faults import Faults

V2 = f"/api/v2/caches/{CACHE_ID}"
V1 = f"/api/v1/{CACHE_ID}"


@dataclass(frozen=True, slots=True)
class Asking:
    """An application with everything behind it."""

    backend: FakeBackend = field(default_factory=FakeBackend)
    account: Account = field(default_factory=lambda: open_account(CACHE_ID, USERNAME, PASSWORD))
    shape: Shape = field(default_factory=Shape)
    faults: Faults | None = None

    async def __call__(
        self,
        method: str,
        path: str,
        *,
        json: object = None,
        content: bytes | None = None,
        params: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = (USERNAME, PASSWORD),
    ) -> httpx.Response:
        """Send one request."""
        app = create_app(self.backend, self.account, shape=self.shape, faults=self.faults)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
            return await client.request(
                method, path, json=json, content=content, params=params, headers=headers, auth=auth
            )
