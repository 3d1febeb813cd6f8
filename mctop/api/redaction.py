"""Secrets struck out of texts that leave the program: crash reports, logs, last words."""

from __future__ import annotations

import re
from base64 import b64encode, urlsafe_b64encode
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STRUCK = "[redacted]"

SECRET_FIELDS = ("sasl_password", "slack_url", "password", "sso_token", "sso_secret", "sso_url", "token", "secret")
"""The fields whose strings are secrets, in answers and in requests; the first two are documented."""
_BARE = "/rotate_sso"
"""The end of the path of an operation whose whole answer is a secret."""

MOST_LEARNT = 1_000
"""Secrets of answers that are remembered: as many as rows of an answer are read."""
_SHORT = 4
"""Letters below which a secret is struck out as a word of its own only: it is part of too many others."""
_TELLING = 6
"""Letters of base64 below which it tells nothing of what it is made of."""
_FIELD = re.compile(
    rb'(?i)"(?:' + "|".join(SECRET_FIELDS).encode() + rb')"\s*:\s*("(?:[^"\\]|\\.)*")',
    re.DOTALL,
)
_BY_NAME = r"(?i)((?:" + "|".join(SECRET_FIELDS) + r""")\\*["']\s*:\s*\\*["'])((?:[^"'\\]|\\+[^"'])+)"""


class Redactor:
    """Knows the secrets of this run, and strikes them out of any text in every form they could take."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._secrets: set[str] = set()
        self._learnt: dict[str, None] = {}
        for secret in secrets:
            self.register(secret)

    def __repr__(self) -> str:
        return f"Redactor({len(self._secrets) + len(self._learnt)} secrets)"

    def register(self, secret: str) -> None:
        """Remember a secret; of a URL, also what makes it one: its path and the last part of it."""
        if secret:
            self._secrets.update((secret, *_of_url(secret)))

    def learn(self, secret: str) -> None:
        """Remember a secret that an answer carried; of too many, the newest."""
        self._learnt.pop(secret, None)
        self._learnt[secret] = None
        if len(self._learnt) > MOST_LEARNT:
            del self._learnt[next(iter(self._learnt))]

    def redact(self, text: str) -> str:
        """The text without any registered secret, and without what stands under the name of a secret field.

        Where forms of secrets overlap, all that any of them covers is struck out.
        """
        learnt = {part for secret in tuple(self._learnt) for part in (secret, *_of_url(secret))}
        forms = {form for secret in self._secrets | learnt for form in _forms(secret) if form in text}
        spans = sorted(span for form in forms for span in _places(form, text))
        parts: list[str] = []
        end = 0
        for start, stop in spans:
            if start > end or not parts:
                parts += (text[end:start], STRUCK)
            end = max(end, stop)
        return re.sub(_BY_NAME, rf"\g<1>{STRUCK}", "".join((*parts, text[end:])))


def secrets_in(path: str, body: bytes) -> Iterator[str]:
    """The secrets that the body of a request or an answer carries, also where the rest of it makes no sense."""
    from mctop.api.parsing.json_text import parse_string

    literals = (body,) if path.endswith(_BARE) else (match[1] for match in islice(_FIELD.finditer(body), MOST_LEARNT))
    yield from filter(None, map(parse_string, literals))


def _of_url(secret: str) -> Iterator[str]:
    """The parts of a URL that are secret by themselves."""
    if "://" not in secret:
        return
    try:
        parts = urlsplit(secret)
    except ValueError:
        return
    path = parts.path.strip("/")
    for part in (path, path.rpartition("/")[2], parts.query, parts.password or ""):
        if len(part) >= 2 * _SHORT:
            yield part


def _places(form: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a form of a secret stands in a text, from and to."""
    start = text.find(form)
    while start >= 0:
        stop = start + len(form)
        if len(form) >= _SHORT or not (text[start - 1 : start].isalnum() or text[stop : stop + 1].isalnum()):
            yield start, stop
        start = text.find(form, start + 1)


def _forms(secret: str) -> set[str]:
    """Every spelling of a secret that may appear in a text, also inside a quotation, or a quotation of that."""
    forms = set(_encoded(secret))
    for _ in range(2):
        forms |= {quoted for form in forms if not (form.isascii() and form.isalnum()) for quoted in _quoted(form)}
    return forms


def _encoded(secret: str) -> Iterator[str]:
    """It as it is, in URLs, in HTML, and as octets in UTF-8 and UTF-16: printed, in hex, in base64."""
    from html import escape  # its 2,000 names take 1 ms, which only a report needs

    yield secret
    for percent in (
        quote(secret, safe="", errors="replace"), quote(secret, errors="replace"), quote_plus(secret, errors="replace")
    ):  # fmt: skip
        yield percent
        yield re.sub("%[0-9A-F]{2}", lambda octet: octet[0].lower(), percent)
    yield escape(secret, quote=False)
    yield escape(secret)
    yield escape(secret).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")
    octets = secret.encode("utf-8", "surrogatepass")
    for spelled in (octets, *(secret.encode(wide, "surrogatepass") for wide in ("utf-16-le", "utf-16-be"))):
        yield from _quoted_octets(spelled)
        yield spelled.hex()
        yield spelled.hex().upper()
        yield from _base64(spelled)


def _quoted_octets(octets: bytes) -> Iterator[str]:
    """Octets as Python shows them; a quotation mark is escaped or not, as the rest of the text has it."""
    yield repr(octets)[2:-1]
    yield repr(b"'\"" + octets)[5:-1]


def _base64(octets: bytes) -> Iterator[str]:
    """Base64 spells the same octets in three ways, by where they start; the edges depend on the neighbours."""
    for before in range(3):
        for encode in (b64encode, urlsafe_b64encode):
            spelled = encode(b"\0" * before + octets).decode("ascii").rstrip("=")
            inner = spelled[-(-before * 8 // 6) : len(spelled) - (1 if (before + len(octets)) % 3 else 0)]
            if len(inner) >= _TELLING:
                yield inner


def _quoted(text: str) -> Iterator[str]:
    """A text inside a string of JSON, or of Python; a quotation mark is escaped or not, as the rest has it."""
    import json

    for ascii_only in (True, False):
        inside = json.dumps(text, ensure_ascii=ascii_only)[1:-1]
        yield inside
        yield inside.replace("/", "\\/")
    yield repr("'\"" + text)[4:-1]
    yield "'".join(repr(part)[1:-1] for part in text.split("'"))
    yield ascii("'\"" + text)[4:-1]
    yield "'".join(ascii(part)[1:-1] for part in text.split("'"))
