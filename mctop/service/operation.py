"""One declaration for each operation: it makes the route, and its page in the OpenAPI document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from pydantic import BaseModel

    from mctop.service.call import Call

CACHE_ID = "cache_id"
"""The path parameter every operation on a cache has."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A query parameter; `choices` makes it a comma-separated list of these, `moment` an RFC 3339 time."""

    name: str
    description: str
    required: bool = False
    choices: tuple[str, ...] = ()
    moment: bool = False


START = Parameter("startTime", "The start time of the timeseries data; 24h ago if left out.", moment=True)
END = Parameter("endTime", "The end time of the timeseries data; now if left out.", moment=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A documented operation.

    `run` returns what `status` is answered with, a value of the type `returns`; None is an empty body.
    `also` holds other methods and paths it is reached by, where the documents contradict themselves.
    `elsewhere` is the status for the id of another cache; `refuses` lists the other refusals beside 401 and 403.
    """

    name: str
    summary: str
    method: str
    path: str
    run: Callable[[Call], Awaitable[object]]
    also: tuple[tuple[str, str], ...] = ()
    status: int = 200
    returns: object = None
    body: type[BaseModel] | None = None
    query: tuple[Parameter, ...] = ()
    elsewhere: int = 403
    refuses: tuple[int, ...] = (400,)

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """Every method and path it is reached by, the proper one first."""
        return (self.method, self.path), *self.also
