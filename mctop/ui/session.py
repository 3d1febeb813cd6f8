"""What the app needs of whatever feeds the store."""

from typing import Protocol


class Session(Protocol):
    """Polls the API into the store."""

    async def run(self) -> None:
        """Feed the store until cancelled."""

    def refresh(self) -> None:
        """Poll everything that is followed, now."""
