"""v2: credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.api.models.cache import Capabilities
from mctop.service.http.operation import V2_CACHE, Operation, Refusal
from mctop.service.http.request_bodies import CapabilitiesBody
from mctop.service.http.response_bodies import CredentialBody, credential_body

if TYPE_CHECKING:
    from mctop.service.http.operation import OperationCall

NOT_ALLOWED = "Not allowed to manage credentials."


def require_management(call: OperationCall) -> None:
    """Refuse where the plan does not let credentials be managed."""
    if not call.service.backend.identity().can_manage_credentials:
        raise Refusal(403, NOT_ALLOWED)


def require_updates(call: OperationCall) -> None:
    """Refuse where the plan does not let capabilities be changed."""
    require_management(call)
    if not call.service.backend.identity().can_update_capabilities:
        raise Refusal(403, NOT_ALLOWED)


async def list_credentials(call: OperationCall) -> tuple[CredentialBody, ...]:
    """Every credential, passwords included."""
    return tuple(map(credential_body, call.service.account.credentials.all()))


async def create_credentials(call: OperationCall) -> CredentialBody:
    """Make up credentials with every capability, not primary."""
    require_management(call)
    return credential_body(call.service.account.credentials.create())


async def update_credentials(call: OperationCall) -> Capabilities:
    """Replace the capabilities; one that is left out becomes false."""
    require_updates(call)
    wanted = await call.body(CapabilitiesBody, "The capabilities could not be updated.")
    capabilities = Capabilities.model_validate(wanted.model_dump())
    return call.service.account.credentials.update(call.word("username"), capabilities)


async def delete_credentials(call: OperationCall) -> None:
    """Delete credentials that are not primary."""
    require_management(call)
    call.service.account.credentials.delete(call.word("username"))


async def promote_credentials(call: OperationCall) -> CredentialBody:
    """Make credentials the primary ones."""
    require_management(call)
    return credential_body(call.service.account.credentials.promote(call.word("username")))


OPERATIONS = (
    Operation(
        name="listCredentials",
        summary="Returns a list of all the credentials connected to the cache.",
        method="GET",
        path=f"{V2_CACHE}/credentials",
        run=list_credentials,
        returns=tuple[CredentialBody, ...],
    ),
    Operation(
        name="createCredentials",
        summary="Creates a new set of credentials.",
        method="POST",
        path=f"{V2_CACHE}/credentials",
        run=create_credentials,
        status=201,
        returns=CredentialBody,
    ),
    Operation(
        name="updateCredentials",
        summary="Updates the capabilities of a set of credentials; one that is left out becomes false.",
        method="PATCH",
        path=f"{V2_CACHE}/credentials/{{username}}",
        run=update_credentials,
        body=CapabilitiesBody,
        returns=Capabilities,
    ),
    Operation(
        name="deleteCredentials",
        summary="Deletes a set of credentials.",
        method="DELETE",
        path=f"{V2_CACHE}/credentials/{{username}}",
        run=delete_credentials,
    ),
    Operation(
        name="promoteCredentials",
        summary="Promotes a set of credentials to be the primary ones.",
        method="POST",
        path=f"{V2_CACHE}/credentials/primary/{{username}}",
        run=promote_credentials,
        returns=CredentialBody,
    ),
)
