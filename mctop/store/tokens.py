"""Keys cut into texts and what stands between them, and what kind of text each is."""

from __future__ import annotations

import re
from enum import Enum

STAND_IN = "a"
"""Stands in a shape for each text; no separator is a letter."""
RESTLESS = 3.0
"""Mean length of the words below which a long text is taken to be random, as base64 is; people write longer ones."""

_UUID = r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}"
_TEXT = re.compile(rf"{_UUID}|[0-9A-Za-z\x80-\U0010ffff]+")
_LONG = re.compile(r"[0-9A-Za-z_+-]{16,}={0,2}")
_NAME_LONG_OR_TEXT = re.compile(
    rf"(?P<name>[a-z]{{3,}}|[A-Z]{{3,}}|(?<![_-])(?:[a-z]{{2}}|[A-Z]{{2}}))[_-]|(?P<long>{_LONG.pattern})|{_TEXT.pattern}"
)
_ONE_UUID = re.compile(_UUID)
_STEMMED = re.compile(r"([^\W\d_]+)[0-9]+")
_HEX = re.compile(r"[0-9a-f]+|[0-9A-F]+")
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_DIGIT = re.compile(r"[0-9]")


class Kind(Enum):
    """What a text looks like."""

    NUMBER = "n"
    STEMMED = "stem"
    """Letters with a number behind them."""
    MIXED = "id"
    WORD = "word"


def cut(key: str) -> tuple[str, tuple[str, ...]]:
    """The shape of a key, which is the key with a stand-in for each text, and the texts."""
    if _LONG.search(key) is None:
        return _TEXT.sub(STAND_IN, key), tuple(_TEXT.findall(key))
    texts: list[str] = []

    def take(match: re.Match[str]) -> str:
        text = match.group()
        if match.lastgroup == "long" and not _is_random(text):
            return _TEXT.sub(take, text)
        name = match.group("name") if match.re is _NAME_LONG_OR_TEXT else None
        texts.append(name or text)
        return STAND_IN + text[len(name) :] if name else STAND_IN

    return _NAME_LONG_OR_TEXT.sub(take, key), tuple(texts)


def joined(shape: str, texts: tuple[str, ...]) -> str:
    """Put texts into a shape, the opposite of `cut`."""
    between = shape.split(STAND_IN)
    return between[0] + "".join(text + after for text, after in zip(texts, between[1:], strict=True))


def kind(text: str) -> Kind:
    """What a text looks like."""
    if text.isascii() and text.isdecimal():
        return Kind.NUMBER
    if _DIGIT.search(text) is None:
        return Kind.WORD
    return Kind.STEMMED if _STEMMED.fullmatch(text) else Kind.MIXED


def stem(text: str) -> str:
    """The letters before the number; "" if it is not stemmed."""
    match = _STEMMED.fullmatch(text)
    return match.group(1) if match else ""


def is_hexadecimal(text: str) -> bool:
    """Whether all of it is hexadecimal digits of one case."""
    return _HEX.fullmatch(text) is not None


def is_uuid(text: str) -> bool:
    """Whether it is a UUID."""
    return _ONE_UUID.fullmatch(text) is not None


def is_base64(text: str) -> bool:
    """Whether it is long and random in letters of both cases and digits."""
    return _LONG.fullmatch(text) is not None and _is_random(text)


def _is_random(text: str) -> bool:
    """Whether it has letters of both cases and digits, and they take turns more often than in what people write."""
    if _ONE_UUID.search(text) is not None:
        return is_uuid(text)
    words = _WORDS.findall(text)
    mixed = not text.islower() and not text.isupper() and _DIGIT.search(text) is not None
    return mixed and sum(map(len, words)) < RESTLESS * len(words)
