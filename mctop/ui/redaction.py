"""What must never be written down, and the pen that strikes it out."""

from base64 import b64encode
from collections.abc import Iterator
from urllib.parse import quote

STRUCK = "[redacted]"
_TELLING = 6


class Redactor:
    """Knows the secrets of this run, and removes them from any text in every form they could take."""

    def __init__(self) -> None:
        self._forms: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Redactor({len(self._forms)} forms)"

    def register(self, secret: str) -> None:
        """Remember a secret: as it is, percent-encoded, inside JSON, and inside base64 (an Authorization header)."""
        if secret:
            forms = {*self._forms, *_forms(secret)}
            self._forms = tuple(sorted(forms, key=lambda form: (-len(form), form)))

    def redact(self, text: str) -> str:
        """The text without any registered secret; the longest forms go first, so that nothing is left of them."""
        for form in self._forms:
            text = text.replace(form, STRUCK)
        return text


def _forms(secret: str) -> Iterator[str]:
    """Every spelling of a secret that may appear in a text."""
    import json

    yield secret
    yield quote(secret, safe="", errors="replace")
    yield json.dumps(secret)[1:-1]
    yield repr(secret)[1:-1]
    octets = secret.encode("utf-8", "surrogatepass")
    for before in range(3):
        # Base64 spells the same octets in three ways, by where they start; the edges depend on the neighbours.
        spelled = b64encode(b"\0" * before + octets).decode("ascii").rstrip("=")
        inner = spelled[-(-before * 8 // 6) : len(spelled) - (1 if (before + len(octets)) % 3 else 0)]
        if len(inner) >= _TELLING:
            yield inner
