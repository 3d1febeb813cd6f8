"""Equal texts as one object, as long as they come back soon."""

from __future__ import annotations


class SharedTexts:
    """Remembers the last `most` to twice as many different texts, so that what repeats takes memory once.

    `sys.intern` would do it for all, but holds a table of all of them: 35 bytes for each that never repeats.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._recent: dict[str, str] = {}
        self._before: dict[str, str] = {}

    def share(self, text: str) -> str:
        """An equal text that came before, or else this one."""
        shared = self._recent.get(text)
        if shared is None:
            if len(self._recent) >= self._most:
                self._recent, self._before = {}, self._recent
            shared = self._recent[text] = self._before.get(text, text)
        return shared
