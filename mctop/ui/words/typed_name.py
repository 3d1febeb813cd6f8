"""The word that is typed to confirm a change: what the screen calls the thing, and calls nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mctop.ui.words.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORTEST, LONGEST = 3, 40
"""Characters of a word: fewer may be typed by accident, and more by nobody."""


@dataclass(frozen=True, slots=True)
class NamedCache:
    """A cache by its profile, which no two share, by what the screen calls it, raw, and by its id, None before it came.

    Two caches of different APIs may have one id.
    """

    profile: str
    called: str
    cache_id: int | None


def cache_word(cache: NamedCache, others: tuple[NamedCache, ...]) -> str:
    """What the screen calls a cache; with its id, or as a last way its profile, where that is short or another's too.

    A name that not every keyboard can type as it is shown is left out.
    """
    words = [word for word in _words(cache) if is_typable(word)]
    taken = {word.casefold() for other in others for word in (other.called, *_words(other))}
    return next((word for word in words if word.casefold() not in taken), words[-1])


def subject_word(subject: str, cache: str) -> str:
    """What a change acts on within a cache, with the word for the cache where that is short or cannot be typed."""
    if is_typable(subject):
        return subject
    return f"{subject} {cache}" if is_typable(f"{subject} {cache}") else cache


def is_typable(word: str) -> bool:
    """Whether any keyboard can type a word exactly as the screen shows it, and nobody does by accident."""
    plain = word.isascii() and word.isprintable() and word == " ".join(word.split()) and clean(word) == word
    return plain and SHORTEST <= len(word) <= LONGEST


def _words(cache: NamedCache) -> Iterator[str]:
    """Words for a cache, the plainest first; the one before the last can always be typed."""
    yield cache.called
    if cache.cache_id is not None:
        yield f"{cache.called} {cache.cache_id}"
        yield f"cache {cache.cache_id}"
    yield f"cache {cache.profile}"
