"""The families of the simulated web application, a shop.

Each is written as: keys, mood, skew, size, gets, misses, refill; then what is not as in most families.
"""

from __future__ import annotations

from mctop.service.simulation.family import Family
from mctop.service.simulation.keys import Keys
from mctop.service.simulation.spelling import ADDRESS, HEXADECIMAL, PAGE, words

TEMPLATES = tuple(f"{page}:{part}" for page in ("home", "list", "item", "cart", "help", "account", "search", "checkout")
                  for part in ("head", "nav", "body", "foot", "aside"))  # fmt: skip
SETTINGS = ("flags", "rates", "limits", "currency", "locales", "banner", "shipping", "taxes", "menu", "experiments")

SIGNING_IN, BROWSING, BUYING = range(3)

PRODUCT = Family(Keys("product:", 25_000), BROWSING, 0.97, 3_200, 520, 0.05, 720, sets=0.004, deletes=0.002)

FAMILIES = (
    Family(Keys("session:", 60_000, HEXADECIMAL), SIGNING_IN, 0.7, 900, 620, 0.035, 900,
           sets=0.1, deletes=0.008, touches=0.22, expires=0.8),
    Family(Keys("user:", 40_000, suffix=":profile"), SIGNING_IN, 0.85, 1_400, 420, 0.06, 1_200, sets=0.02,
           deletes=0.015),
    PRODUCT,
    Family(Keys("cart:", 18_000), BUYING, 0.6, 700, 110, 0.1, 1_800, deletes=0.04, cas=0.35, expires=0.2),
    Family(Keys("feed:", 40_000, PAGE), BROWSING, 0.8, 7_000, 260, 0.16, 420, deletes=0.02, expires=0.7),
    Family(Keys("api:rate:", 12_000, ADDRESS), SIGNING_IN, 0.9, 24, 45, 0.12, 90, incrs=5.0, decrs=0.4, expires=0.9),
    Family(Keys("tmpl:", len(TEMPLATES), words(*TEMPLATES)), BROWSING, 0.9, 12_000, 330, 0.004, 45, expires=0.9),
    Family(Keys("config:", len(SETTINGS), words(*SETTINGS)), BUYING, 0.8, 2_000, 240, 0.001, 30, expires=0.9),
)  # fmt: skip

ITEM = Family(Keys("item:", 25_000), BROWSING, 0.97, 3_200, 0, 0.05, 1_500, sets=0.004, deletes=0.002)
"""What `product:` is called after a deploy."""

EXPORT = Family(Keys("export:", 20_000), BUYING, 0.3, 24_000, 0, 0.02, 900, sets=0.4)
"""What a bulk job writes and reads once."""

FRONT = Family(Keys("fragment:", 1, words("front-page")), BROWSING, 0.5, 48_000, 0, 0.001, 35, expires=1.0)
"""One costly fragment that everybody waits for."""

VIRAL = Family(Keys("product:", 1, words("1377")), BROWSING, 0.5, 3_200, 0, 0.0005, 20)
"""A product that everybody looks at."""

ADVICE = Family(Keys("advice:", 30_000), BROWSING, 0.8, 1_200_000, 0, 1.0, 60, kept=False, expires=0, evicts=0, flat=1)
"""Values too large to store, that the application tries to store all the same."""
