"""The changes to credentials: one is created, may do other things, becomes the primary one, is deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.store.changes.change import NOT_FOR_MEMCACHED, Tier, V1Change
from mctop.store.changes.outcome import DONE, NOT_DONE, UNKNOWN, Outcome, Result
from mctop.store.changes.read_back import Comparison, new_rows, row_changed, row_deleted, row_moved

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mctop.api.models.cache import CacheInfo, Capabilities, Credential
    from mctop.api.models.value import Rows
    from mctop.store.changes.change import AnyClient, AnySlice
    from mctop.store.changes.read_back import Witness
    from mctop.store.store import Store


def listed_credentials(store: Store) -> tuple[Credential, ...] | None:
    """The credentials as they were listed, or else as the cache was described with them; None before either."""
    info = store.cache.value.value
    return store.credentials.value.value or (info.credentials if info else None) or None


def same_capabilities(left: Capabilities, right: Capabilities) -> bool:
    """Whether two may do the same."""
    return (left.write_capability, left.flush_capability, left.api_capability) == (
        right.write_capability,
        right.flush_capability,
        right.api_capability,
    )


def unmanaged(info: CacheInfo) -> str | None:
    """Say why nobody can manage the credentials of a cache; None where it may be tried."""
    if info.can_manage_credentials is not False:
        return None
    return NOT_FOR_MEMCACHED if info.is_memcached else "development caches cannot manage credentials"


class CredentialChange(V1Change):
    """A change to the credentials."""

    __slots__ = ()

    @classmethod
    def disallowed(cls, info: CacheInfo, store: Store) -> str | None:
        """Say whether nobody can manage them."""
        return unmanaged(info)

    def affected(self, store: Store) -> tuple[AnySlice, ...]:
        """The credentials too."""
        return (store.cache, store.stats, store.credentials)


@dataclass(frozen=True, slots=True)
class CreateCredential(CredentialChange):
    """Create a credential, whose username and password the API chooses."""

    TIER, VERB, TITLE, NOTE = Tier.SHOW, "Create", "Create a credential", "credential created"
    MADE, NOT_MADE = "a credential was created", "no credential was created"
    MEANING = (
        "The API chooses its username, its password, and what it may do.",
        "The password is told once it is created; it is masked until you ask.",
    )
    CAUTION = ("It takes up to 3 minutes until the cache's servers know it.",)
    DETAIL, SECRET = "username", "password"

    async def send(self, client: AnyClient) -> Outcome:
        """Create it; the detail is its username, the secret its password."""
        credential = await client.create_credential()
        return Outcome(Result.DONE, detail=credential.sasl_username, secret=credential.sasl_password)

    def witness(self, client: AnyClient) -> Witness:
        """The list of credentials."""
        return Comparison(client.credentials, was_created)

    def secret_is_listed(self, store: Store) -> bool:
        """API v2 lists passwords, v1 leaves them out."""
        return store.api.value != "v1"


def was_created(before: Rows[Credential] | None, after: Rows[Credential]) -> Outcome:
    """One credential more than before; its username and password are in the list, where the API shows them."""
    new = new_rows(before, after, lambda credential: credential.sasl_username)
    if new is None or len(new) > 1:
        return Outcome(Result.UNKNOWN, detail=", ".join(credential.sasl_username for credential in new or ()))
    return Outcome(Result.DONE, detail=new[0].sasl_username, secret=new[0].sasl_password) if new else NOT_DONE


@dataclass(frozen=True, slots=True)
class ListedCredentialChange(CredentialChange):
    """A change to one credential, which is `credential` as the person saw it."""

    credential: Credential

    @property
    def subject(self) -> str:
        """The username."""
        return self.credential.sasl_username

    def moved(self, store: Store) -> str | None:
        """Compare it with the list, if there is one; its password does not matter."""
        credentials = listed_credentials(store)
        return None if credentials is None else self.moved_in(credentials)

    def moved_in(self, credentials: Iterable[Credential]) -> str | None:
        """Compare it with a list."""
        return row_moved("credential", credentials, self.is_it, self.is_same)

    def witness(self, client: AnyClient) -> Witness:
        """The list of credentials."""
        return Comparison(client.credentials, self.judge, lambda rows: self.moved_in(rows.items))

    def judge(self, before: Rows[Credential] | None, after: Rows[Credential]) -> Outcome:
        """Tell from two lists whether it was made; override."""
        raise NotImplementedError

    def is_it(self, credential: Credential) -> bool:
        """Whether this is the one that it acts on."""
        return credential.sasl_username == self.credential.sasl_username

    def is_same(self, credential: Credential) -> bool:
        """Whether it is as the person saw it."""
        return credential.primary == self.credential.primary and same_capabilities(credential, self.credential)


@dataclass(frozen=True, slots=True)
class UpdateCredential(ListedCredentialChange):
    """Give a credential other capabilities than those it has."""

    after: Capabilities
    TIER, VERB, TITLE, NOTE = Tier.SHOW, "Change", "Change what a credential may do", "capabilities changed"
    MADE, NOT_MADE = "{} has these capabilities now", "{} has the capabilities it had"

    @classmethod
    def disallowed(cls, info: CacheInfo, store: Store) -> str | None:
        """Say whether nobody can manage the credentials, or these capabilities."""
        fixed = info.can_update_capabilities is False
        return unmanaged(info) or ("this cache cannot change what its credentials may do" if fixed else None)

    def locks_out(self, store: Store) -> bool:
        """Whether it takes the API capability from the credential that mctop uses."""
        return self.subject == store.username.value and not self.after.api_capability

    async def send(self, client: AnyClient) -> Outcome:
        """Send all three capabilities; the answer must be the same three."""
        answer = await client.update_credential(self.subject, self.after)
        return DONE if same_capabilities(answer, self.after) else UNKNOWN

    def judge(self, before: Rows[Credential] | None, after: Rows[Credential]) -> Outcome:
        """It may do what it shall."""
        return row_changed(self.is_it, lambda credential: same_capabilities(credential, self.after), before, after)


@dataclass(frozen=True, slots=True)
class PromoteCredential(ListedCredentialChange):
    """Make a credential the primary one."""

    TIER, VERB, TITLE, NOTE = Tier.SHOW, "Promote", "Promote a credential", "credential promoted"
    MADE, NOT_MADE = "{} is primary now", "{} is not primary"

    async def send(self, client: AnyClient) -> Outcome:
        """Promote it."""
        await client.promote_credential(self.subject)
        return DONE

    def judge(self, before: Rows[Credential] | None, after: Rows[Credential]) -> Outcome:
        """It is primary."""
        return row_changed(self.is_it, lambda credential: credential.primary, before, after)


@dataclass(frozen=True, slots=True)
class DeleteCredential(ListedCredentialChange):
    """Delete a credential."""

    TIER, VERB, TITLE, NOTE = Tier.TYPE, "Delete", "Delete a credential", "credential deleted"
    MADE, NOT_MADE = "credential {} is deleted", "credential {} is not deleted"

    def locks_out(self, store: Store) -> bool:
        """Whether it is the credential that mctop uses."""
        return self.subject == store.username.value

    async def send(self, client: AnyClient) -> Outcome:
        """Delete it."""
        await client.delete_credential(self.subject)
        return DONE

    def judge(self, before: Rows[Credential] | None, after: Rows[Credential]) -> Outcome:
        """It is in the list no more."""
        return row_deleted(self.is_it, before, after)
