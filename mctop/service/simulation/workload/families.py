"""The families of keys, and the popularity of their keys, which falls with rank as in Zipf's law."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from mctop.service.simulation.workload.key_names import ADDRESS, HEXADECIMAL, PAGE, KeyNames, words
from mctop.service.simulation.workload.noise import draws


@dataclass(frozen=True, slots=True)
class Zipf:
    """Ranks from 0 to `count` - 1; the share of a rank falls with its power of `skew`, which is not 1."""

    count: int
    skew: float

    def below(self, rank: int) -> float:
        """The share of all ranks below this one."""
        return self._area(rank + 1) / self._area(self.count + 1)

    def share(self, rank: int) -> float:
        """The share of one rank."""
        return (self._area(rank + 2) - self._area(rank + 1)) / self._area(self.count + 1)

    def rank(self, share: float) -> int:
        """The rank up to which the ranks add up to a share from 0 to 1."""
        power = 1 - self.skew
        place = (1 + share * self._area(self.count + 1) * power) ** (1 / power)
        return min(max(int(place) - 1, 0), self.count - 1)

    def _area(self, end: int) -> float:
        power = 1 - self.skew
        area: float = (end**power - 1) / power
        return area


FLAT = 0.5
"""The skew of misses as a share of the skew of gets: what is popular is rarely missing."""


@dataclass(frozen=True, eq=False)
class Family:
    """Its keys, and what is done with them; a family is equal to itself only.

    `gets` a second at mean load, of which the share `misses` misses; `sets`, `deletes`, `incrs`, `decrs`, `cas` and
    `touches` for each get; `stores` sets for each miss, `kept` if the cache takes them; `size` is the mean in bytes;
    `expires` and `evicts` are the shares of misses whose item had expired or was evicted; `refill` is the seconds
    it takes to come back after a loss; gets are spread over the keys with `skew`, misses with the share `flat` of it.
    """

    keys: KeyNames
    mood: int
    skew: float
    size: int
    gets: float
    misses: float
    refill: float
    sets: float = 0.0
    deletes: float = 0.0
    incrs: float = 0.0
    decrs: float = 0.0
    cas: float = 0.0
    touches: float = 0.0
    stores: float = 1.0
    storable: bool = True
    expires: float = 0.3
    evicts: float = 0.004
    flat: float = FLAT

    @cached_property
    def reads(self) -> Zipf:
        """How gets are spread over the keys."""
        return Zipf(self.keys.count, self.skew)

    @cached_property
    def absences(self) -> Zipf:
        """How the usual misses are spread over the keys."""
        return Zipf(self.keys.count, self.skew * self.flat)

    @property
    def prefix(self) -> str:
        """What every key of the family starts with."""
        return self.keys.prefix

    @property
    def lookups(self) -> float:
        """The commands that find a key or miss it, for each get and with it."""
        return 1 + self.deletes + self.incrs + self.decrs + self.cas + self.touches

    def bytes_of(self, key: str) -> int:
        """The size of the value of a key, bytes."""
        return round(self.size * (0.5 + draws("size", key)[0]))


TEMPLATES = tuple(f"{page}:{part}" for page in ("home", "list", "item", "cart", "help", "account", "search", "checkout")
                  for part in ("head", "nav", "body", "foot", "aside"))  # fmt: skip
SETTINGS = ("flags", "rates", "limits", "currency", "locales", "banner", "shipping", "taxes", "menu", "experiments")

SIGNING_IN, BROWSING, BUYING = range(3)

PRODUCT = Family(KeyNames("product:", 25_000), BROWSING, 0.97, 3_200, 520, 0.05, 720, sets=0.004, deletes=0.002)

FAMILIES = (
    Family(KeyNames("session:", 60_000, HEXADECIMAL), SIGNING_IN, 0.7, 900, 620, 0.035, 900,
           sets=0.1, deletes=0.008, touches=0.22, expires=0.8),
    Family(KeyNames("user:", 40_000, suffix=":profile"), SIGNING_IN, 0.85, 1_400, 420, 0.06, 1_200, sets=0.02,
           deletes=0.015),
    PRODUCT,
    Family(KeyNames("cart:", 18_000), BUYING, 0.6, 700, 110, 0.1, 1_800, deletes=0.04, cas=0.35, expires=0.2),
    Family(KeyNames("feed:", 40_000, PAGE), BROWSING, 0.8, 7_000, 260, 0.16, 420, deletes=0.02, expires=0.7),
    Family(KeyNames("api:rate:", 12_000, ADDRESS), SIGNING_IN, 0.9, 24, 45, 0.12, 90, incrs=5.0, decrs=0.4,
           expires=0.9),
    Family(KeyNames("tmpl:", len(TEMPLATES), words(*TEMPLATES)), BROWSING, 0.9, 12_000, 330, 0.004, 45, expires=0.9),
    Family(KeyNames("config:", len(SETTINGS), words(*SETTINGS)), BUYING, 0.8, 2_000, 240, 0.001, 30, expires=0.9),
)  # fmt: skip

ITEM = Family(KeyNames("item:", 25_000), BROWSING, 0.97, 3_200, 0, 0.05, 1_500, sets=0.004, deletes=0.002)
"""What `product:` is called after a deploy."""

EXPORT = Family(KeyNames("export:", 20_000), BUYING, 0.3, 24_000, 0, 0.02, 900, sets=0.4)
"""What a bulk job writes and reads once."""

FRONT = Family(KeyNames("fragment:", 1, words("front-page")), BROWSING, 0.5, 48_000, 0, 0.001, 35, expires=1.0)
"""One costly fragment that everybody waits for."""

VIRAL = Family(KeyNames("product:", 1, words("1377")), BROWSING, 0.5, 3_200, 0, 0.0005, 20)
"""A product that everybody looks at."""

ADVICE = Family(
    KeyNames("advice:", 30_000), BROWSING, 0.8, 1_200_000, 0, 1.0, 60, storable=False, expires=0, evicts=0, flat=1
)
"""Values too large to store, that the application tries to store all the same."""
