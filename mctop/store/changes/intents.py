"""What a person can mean to do to a cache: each kind of intent once, as a value that holds all it acts on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from mctop.api.models.alerts import Alert, DeliveryConfig, NewAlert, NewDeliveryConfig
    from mctop.api.models.cache import Capabilities, Credential
    from mctop.api.models.introspection import Prefix


class Tier(IntEnum):
    """By how much an action can hurt, and so what guards it."""

    CONFIRM = 1
    """One confirmation."""
    SHOW = 2
    """The exact request is shown, and confirmed."""
    TYPE = 3
    """The name of what it acts on is typed."""


class Intent:
    """Something to do to the cache. `VERB` names it on a button and `DONE` in a mark; `subject` is raw, "" for none."""

    __slots__ = ()
    TIER: ClassVar[Tier]
    VERB: ClassVar[str]
    TITLE: ClassVar[str]
    DONE: ClassVar[str]

    @property
    def subject(self) -> str:
        """What of the cache it acts on, where it is not the cache itself; raw and untrusted."""
        return ""


@dataclass(frozen=True, slots=True)
class Flush(Intent):
    """Drop every item."""

    TIER, VERB, TITLE, DONE = Tier.TYPE, "Flush", "Flush the cache", "flushed"


@dataclass(frozen=True, slots=True)
class ResetStats(Intent):
    """Set the counters to zero."""

    TIER, VERB, TITLE, DONE = Tier.SHOW, "Reset", "Reset the stats", "stats reset"


@dataclass(frozen=True, slots=True)
class EnableCache(Intent):
    """Enable a disabled cache."""

    TIER, VERB, TITLE, DONE = Tier.SHOW, "Enable", "Enable the cache", "enabled"


@dataclass(frozen=True, slots=True)
class SwitchCluster(Intent):
    """Move to another cluster, which the API chooses."""

    TIER, VERB, TITLE, DONE = Tier.TYPE, "Switch", "Switch the cluster", "cluster switched"


@dataclass(frozen=True, slots=True)
class RotateSso(Intent):
    """Make the dashboard's links invalid."""

    TIER, VERB, TITLE, DONE = Tier.TYPE, "Rotate", "Rotate the SSO secret", "SSO secret rotated"


@dataclass(frozen=True, slots=True)
class CreateCredential(Intent):
    """Create a credential, whose username and password the API chooses."""

    TIER, VERB, TITLE, DONE = Tier.SHOW, "Create", "Create a credential", "credential created"


@dataclass(frozen=True, slots=True)
class UpdateCredential(Intent):
    """Give a credential other capabilities than those it has; `before` is what the person saw."""

    before: Credential
    after: Capabilities
    TIER, VERB, TITLE, DONE = Tier.SHOW, "Change", "Change what a credential may do", "capabilities changed"

    @property
    def subject(self) -> str:
        """The username."""
        return self.before.sasl_username


@dataclass(frozen=True, slots=True)
class PromoteCredential(Intent):
    """Make a credential the primary one."""

    credential: Credential
    TIER, VERB, TITLE, DONE = Tier.SHOW, "Promote", "Promote a credential", "credential promoted"

    @property
    def subject(self) -> str:
        """The username."""
        return self.credential.sasl_username


@dataclass(frozen=True, slots=True)
class DeleteCredential(Intent):
    """Delete a credential."""

    credential: Credential
    TIER, VERB, TITLE, DONE = Tier.TYPE, "Delete", "Delete a credential", "credential deleted"

    @property
    def subject(self) -> str:
        """The username."""
        return self.credential.sasl_username


@dataclass(frozen=True, slots=True)
class CreateAlert(Intent):
    """Create an alert."""

    alert: NewAlert
    TIER, VERB, TITLE, DONE = Tier.SHOW, "Create", "Create an alert", "alert created"

    @property
    def subject(self) -> str:
        """Its description."""
        return self.alert.description


@dataclass(frozen=True, slots=True)
class UpdateAlert(Intent):
    """Replace an alert by another; `before` is what the person saw."""

    before: Alert
    after: Alert
    TIER, VERB, TITLE, DONE = Tier.SHOW, "Change", "Change an alert", "alert changed"

    @property
    def subject(self) -> str:
        """Its id and description."""
        return f"{self.before.id} {self.before.description}".strip()


@dataclass(frozen=True, slots=True)
class ToggleAlert(UpdateAlert):
    """Enable an alert that is not, or disable one that is; `after` differs in that alone."""

    TIER, VERB, TITLE, DONE = Tier.CONFIRM, "Toggle", "Enable or disable an alert", "alert toggled"


@dataclass(frozen=True, slots=True)
class DeleteAlert(Intent):
    """Delete an alert."""

    alert: Alert
    TIER, VERB, TITLE, DONE = Tier.SHOW, "Delete", "Delete an alert", "alert deleted"

    @property
    def subject(self) -> str:
        """Its id and description."""
        return f"{self.alert.id} {self.alert.description}".strip()


@dataclass(frozen=True, slots=True)
class CreateDeliveryConfig(Intent):
    """Create a delivery config."""

    config: NewDeliveryConfig
    TIER, VERB, TITLE, DONE = Tier.SHOW, "Create", "Create a delivery config", "delivery config created"

    @property
    def subject(self) -> str:
        """Where it delivers to."""
        return self.config.email or self.config.slack_channel


@dataclass(frozen=True, slots=True)
class DeleteDeliveryConfig(Intent):
    """Delete a delivery config."""

    config: DeliveryConfig
    TIER, VERB, TITLE, DONE = Tier.SHOW, "Delete", "Delete a delivery config", "delivery config deleted"

    @property
    def subject(self) -> str:
        """Its id, and where it delivers to."""
        return f"{self.config.id} {self.config.email or self.config.slack_channel}".strip()


@dataclass(frozen=True, slots=True)
class WatchPrefix(Intent):
    """Watch a prefix."""

    name: str
    TIER, VERB, TITLE, DONE = Tier.CONFIRM, "Watch", "Watch a prefix", "watched"

    @property
    def subject(self) -> str:
        """The prefix."""
        return self.name


@dataclass(frozen=True, slots=True)
class UnwatchPrefix(Intent):
    """Stop watching a prefix."""

    prefix: Prefix
    TIER, VERB, TITLE, DONE = Tier.CONFIRM, "Unwatch", "Unwatch a prefix", "unwatched"

    @property
    def subject(self) -> str:
        """The prefix."""
        return self.prefix.name
