"""Keys of a family by rank, and how numbers are spelled in them."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Callable


FIRST = 1_000
"""The least number in a key."""

PAGES = 5

WIDTH = 2**48
SCATTER = 0x5851F42D4C95
GATHER = pow(SCATTER, -1, WIDTH)
"""They make a number look random and bring it back."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """Writes a number from 0, and reads it; what it could not have written reads as None or as another number."""

    write: Callable[[int], str]
    read: Callable[[str], int | None]


def words(*spellings: str) -> Spelling:
    """Spell numbers as words."""
    places = {word: place for place, word in enumerate(spellings)}
    return Spelling(lambda number: spellings[number], places.get)


def number_in(text: str) -> int | None:
    """Read a plain number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def read_decimal(text: str) -> int | None:
    """Read a number from `FIRST` on."""
    number = number_in(text)
    return None if number is None else number - FIRST


def read_hexadecimal(text: str) -> int | None:
    """Read twelve scattered hexadecimal digits."""
    try:
        return int(text, 16) * GATHER % WIDTH
    except ValueError:
        return None


def read_page(text: str) -> int | None:
    """Read an owner and a page from 1 on."""
    owner, _, page = text.partition(":page:")
    first, second = read_decimal(owner), number_in(page)
    return None if first is None or second is None else first * PAGES + second - 1


def write_address(number: int) -> str:
    """Write an address of the range kept for documents and tests."""
    return f"198.{18 + (number >> 16 & 1)}.{number >> 8 & 255}.{number & 255}"


def read_address(text: str) -> int | None:
    """Read such an address."""
    parts = [number_in(part) for part in text.split(".")]
    match parts:
        case [198, 18 | 19 as second, int(third), int(fourth)]:
            return (second - 18) << 16 | third << 8 | fourth
        case _:
            return None


DECIMAL = Spelling(lambda number: str(FIRST + number), read_decimal)
HEXADECIMAL = Spelling(lambda number: f"{number * SCATTER % WIDTH:012x}", read_hexadecimal)
PAGE = Spelling(lambda number: f"{FIRST + number // PAGES}:page:{number % PAGES + 1}", read_page)
ADDRESS = Spelling(write_address, read_address)


@dataclass(frozen=True, slots=True)
class KeyNames:
    """`count` keys that start with a prefix; rank 0 is the most popular, and ranks are scattered over the names."""

    prefix: str
    count: int
    spelling: Spelling = DECIMAL
    suffix: str = ""

    def name(self, rank: int) -> str:
        """The key of a rank."""
        number = (rank * self._step() + crc32(self.prefix.encode())) % self.count
        return f"{self.prefix}{self.spelling.write(number)}{self.suffix}"

    def rank(self, name: str) -> int | None:
        """The rank of a key; None if it is not one of these."""
        if not (name.startswith(self.prefix) and name.endswith(self.suffix)):
            return None
        number = self.spelling.read(name[len(self.prefix) : len(name) - len(self.suffix)])
        if number is None or not 0 <= number < self.count:
            return None
        rank = (number - crc32(self.prefix.encode())) * pow(self._step(), -1, self.count) % self.count
        return rank if self.name(rank) == name else None

    def _step(self) -> int:
        step = int(self.count * 0.618) | 1
        while gcd(step, self.count) != 1:
            step += 2
        return step
