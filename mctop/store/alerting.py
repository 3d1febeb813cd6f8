"""Which alerts would fire on what is known now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mctop.api.models.alerts import Alert


@dataclass(frozen=True, slots=True)
class AlertOutlook:
    """An alert, the percentage it looks at, and whether it would fire; None where the value is not known."""

    alert: Alert
    value: float | None
    fires: bool | None
