"""API v1: its 9 operations. Where the documents' text and example differ, both are accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel

from mctop.api.models.cache import Capabilities, Credential
from mctop.api.models.stats import Counters
from mctop.service.http.operation import CACHE_ID, Operation
from mctop.service.http.request_bodies import LegacyCapabilitiesBody
from mctop.service.operations.commands import flush as flush_cache
from mctop.service.operations.commands import stats_by_server
from mctop.service.operations.credentials import require_management, require_updates

if TYPE_CHECKING:
    from mctop.service.http.operation import OperationCall

CACHE = f"/api/v1/{{{CACHE_ID}}}"
CREDENTIAL = f"{CACHE}/credentials/{{username}}"
PRIMARY = f"{CACHE}/credentials/primary/{{username}}"


class LoginBody(BaseModel):
    """Which cache a credential belongs to."""

    cache_id: int


class LegacyCredentialBody(BaseModel):
    """A credential as v1 shows it: without its password; in a list with its id, elsewhere without."""

    cache_id: int
    id: int | None
    sasl_username: str
    uuid: None = None
    flush_capability: bool
    write_capability: bool
    api_capability: bool
    primary: bool


class LegacyNewCredentialBody(LegacyCredentialBody):
    """A credential as v1 shows it once, when it is new."""

    sasl_password: str


class HistoryBody(BaseModel):
    """The counters of a server at a moment: `timestamp` is a string of epoch milliseconds, `server` has no port."""

    memcachier_id: str
    server: str
    stats: Counters
    timestamp: str


async def login(call: OperationCall) -> LoginBody:
    """Say which cache the credential belongs to."""
    return LoginBody(cache_id=call.service.backend.identity().id)


async def stats(call: OperationCall) -> dict[str, Counters]:
    """The counters of each server."""
    return await stats_by_server(call)


async def history(call: OperationCall) -> list[HistoryBody]:
    """The counters of each server, every half hour as far as anyone remembers, and now."""
    cache_id = str(call.service.backend.identity().id)
    return [
        HistoryBody(memcachier_id=cache_id, server=row.server, stats=row.stats, timestamp=str(int(row.time * 1_000)))
        for row in await call.service.history.rows()
    ]


async def flush(call: OperationCall) -> str:
    """Drop every item, if the caller may."""
    await flush_cache(call)
    return ""


async def list_credentials(call: OperationCall) -> list[LegacyCredentialBody]:
    """Every credential, without passwords."""
    return [LegacyCredentialBody.model_validate(shown(each)) for each in call.service.account.credentials.all()]


async def create_credentials(call: OperationCall) -> LegacyNewCredentialBody:
    """Make up credentials with every capability; their id is null, as in the example."""
    require_management(call)
    created = call.service.account.credentials.create()
    password = created.sasl_password.get_secret_value() if created.sasl_password else ""
    return LegacyNewCredentialBody.model_validate({**shown(created), "id": None, "sasl_password": password})


async def update_credentials(call: OperationCall) -> Capabilities:
    """Replace the capabilities, from a JSON body or query parameters; one that is left out becomes true."""
    require_updates(call)
    words = "The capabilities could not be updated."
    body = await call.body(LegacyCapabilitiesBody, words)
    query = call.query(LegacyCapabilitiesBody, words)
    wanted = Capabilities.model_validate({**query.model_dump(), **body.model_dump(exclude_unset=True)})
    return call.service.account.credentials.update(call.word("username"), wanted)


async def promote_credentials(call: OperationCall) -> LegacyCredentialBody:
    """Make credentials the primary ones; their id is null, as in the example."""
    require_management(call)
    promoted = call.service.account.credentials.promote(call.word("username"))
    return LegacyCredentialBody.model_validate({**shown(promoted), "id": None})


async def delete_credentials(call: OperationCall) -> str:
    """Delete credentials that are not primary."""
    require_management(call)
    call.service.account.credentials.delete(call.word("username"))
    return ""


def shown(credential: Credential) -> dict[str, object]:
    """Write what v1 shows of a credential."""
    return credential.model_dump(exclude={"sasl_password"})


STATS_OPERATIONS = (
    Operation(
        name="v1Login",
        summary="Find the id of the cache a credential belongs to.",
        method="GET",
        path="/api/v1/login",
        also=(("GET", "/api/login"),),
        run=login,
        returns=LoginBody,
        refuses=(),
    ),
    Operation(
        name="v1Stats",
        summary="All the statistics for your cache, by server.",
        method="GET",
        path=f"{CACHE}/stats",
        run=stats,
        returns=dict[str, Counters],
    ),
    Operation(
        name="v1History",
        summary="The statistical history of a cache.",
        method="GET",
        path=f"{CACHE}/history",
        run=history,
        returns=list[HistoryBody],
    ),
    Operation(
        name="v1Flush",
        summary="Flush all of the data from the cache.",
        method="POST",
        path=f"{CACHE}/flush",
        run=flush,
        returns=str,
    ),
)

CREDENTIAL_OPERATIONS = (
    Operation(
        name="v1ListCredentials",
        summary="All the credentials connected to the cache.",
        method="GET",
        path=f"{CACHE}/credentials",
        run=list_credentials,
        returns=list[LegacyCredentialBody],
    ),
    Operation(
        name="v1CreateCredentials",
        summary="Creates a new set of credentials.",
        method="POST",
        path=f"{CACHE}/credentials",
        run=create_credentials,
        returns=LegacyNewCredentialBody,
    ),
    Operation(
        name="v1UpdateCredentials",
        summary="Updates the capabilities of a set of credentials; one that is left out becomes true.",
        method="PATCH",
        path=CREDENTIAL,
        also=(("POST", CREDENTIAL),),
        run=update_credentials,
        body=LegacyCapabilitiesBody,
        returns=Capabilities,
    ),
    Operation(
        name="v1PromoteCredentials",
        summary="Promotes a set of credentials to primary.",
        method="POST",
        path=PRIMARY,
        run=promote_credentials,
        returns=LegacyCredentialBody,
    ),
    Operation(
        name="v1DeleteCredentials",
        summary="Deletes a set of credentials.",
        method="DELETE",
        path=PRIMARY,
        also=(("DELETE", CREDENTIAL),),
        run=delete_credentials,
        returns=str,
    ),
)

OPERATIONS = (*STATS_OPERATIONS, *CREDENTIAL_OPERATIONS)
