"""A registered secret is struck out in every form it could take."""

from __future__ import annotations

import json
import tracemalloc
from base64 import b64encode, urlsafe_b64encode
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mctop.api.redaction import MOST_LEARNT, STRUCK, Redactor, secrets_in

if TYPE_CHECKING:
    from collections.abc import Callable

SECRETS = st.text(min_size=8, max_size=40)


@given(SECRETS, st.text(max_size=20), st.text(max_size=20))
def test_a_secret_never_stays_in_a_text(secret: str, before: str, after: str) -> None:
    redactor = Redactor()
    redactor.register(secret)
    told = redactor.redact(before + secret + after).replace(STRUCK, "")
    assert secret not in told


@given(SECRETS.filter(lambda secret: secret not in STRUCK))
def test_nor_in_what_is_made_of_it(secret: str) -> None:
    redactor = Redactor()
    redactor.register(secret)
    assert redactor.redact(f"[{quote(secret, safe='', errors='replace')}]") == f"[{STRUCK}]"
    assert redactor.redact(json.dumps(secret)) == f'"{STRUCK}"'


@given(st.binary(max_size=8), st.text(alphabet=st.characters(codec="ascii"), min_size=12, max_size=40))
def test_nor_in_a_basic_authorization_header(username: bytes, password: str) -> None:
    redactor = Redactor()
    redactor.register(password)
    header = b64encode(username + b":" + password.encode()).decode()
    told = redactor.redact(header)
    assert STRUCK in told
    assert len(told.replace(STRUCK, "")) <= len(b64encode(username + b":")) + 4


def test_a_text_without_a_secret_stays_as_it_is() -> None:
    redactor = Redactor()
    redactor.register("")
    assert redactor.redact("all is well") == "all is well"
    redactor.register("hunter2hunter2")
    assert redactor.redact("all is well") == "all is well"


def test_it_does_not_show_what_it_knows() -> None:
    redactor = Redactor()
    redactor.register("hunter2hunter2")
    assert "hunter2" not in repr(redactor) + str(redactor)


CANARIES = {
    "a password": "Zq7Rw2Lm9Xc4",
    "a password with every sign": "pä\"s'w/<&>\\ö rd%1",
    "a webhook": "https://hooks.slack.com/services/T0CANARY/B0CANARY/q8w7e6r5t4z3",
}
ENCODINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "base64": lambda text: b64encode(text.encode()).decode(),
    "base64 for URLs": lambda text: urlsafe_b64encode(text.encode()).decode(),
    "percent": lambda text: quote(text, safe=""),
    "percent in a path": quote,
    "percent in a form": quote_plus,
    "JSON": json.dumps,
    "JSON with its own letters": lambda text: json.dumps(text, ensure_ascii=False),
    "JSON of PHP": lambda text: json.dumps(text).replace("/", "\\/"),
    "repr": repr,
    "repr of octets": lambda text: repr(text.encode()),
    "repr of JSON": lambda text: repr(json.dumps({"it's": text})),
    "repr of repr": lambda text: repr([repr({"it's": text})]),
    "hex": lambda text: text.encode().hex(),
    "HTML": escape,
    "HTML by number": lambda text: escape(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;"),
    "repr of UTF-16": lambda text: repr(text.encode("utf-16")),
    "repr of big-endian UTF-16": lambda text: repr(text.encode("utf-16-be")),
}


@pytest.mark.parametrize("canary", CANARIES.values(), ids=CANARIES)
@pytest.mark.parametrize("encoded", ENCODINGS.values(), ids=ENCODINGS)
def test_a_secret_is_struck_out_in_each_encoding(canary: str, encoded: Callable[[str], str]) -> None:
    text = encoded(canary)
    told = Redactor([canary]).redact(f"before {text} after")
    assert told.startswith("before ")
    assert told.endswith(" after")
    assert STRUCK in told
    longest = max(told.removeprefix("before ").removesuffix(" after").split(STRUCK), key=len)
    edge = 20  # what stands round the secret itself
    assert len(longest) <= edge


def test_the_path_of_a_webhook_is_as_secret_as_its_whole() -> None:
    redactor = Redactor([CANARIES["a webhook"]])
    assert redactor.redact("POST /services/T0CANARY/B0CANARY/q8w7e6r5t4z3") == f"POST /{STRUCK}"
    assert redactor.redact("the last part, q8w7e6r5t4z3") == f"the last part, {STRUCK}"
    assert redactor.redact("hooks.slack.com is no secret") == "hooks.slack.com is no secret"


def test_all_that_overlapping_secrets_cover_is_struck_out() -> None:
    assert Redactor(["abcdefgh", "efghijkl"]).redact("0 abcdefghijkl 9") == f"0 {STRUCK} 9"
    assert Redactor(["redacted", "zzzz"]).redact("zzzz") == STRUCK


def test_a_secret_of_few_letters_is_struck_out_as_a_word() -> None:
    assert Redactor(["pw"]).redact("pw, and /pw/, not pwd") == f"{STRUCK}, and /{STRUCK}/, not pwd"


@pytest.mark.parametrize("field", ["sasl_password", "slack_url", "SASL_PASSWORD", "sso_token"])
def test_what_stands_under_the_name_of_a_secret_field_is_struck_out_unregistered(field: str) -> None:
    value = {field: "never registered", "id": 5}
    for text in (json.dumps(value), repr(value), repr(json.dumps(value))):
        told = Redactor().redact(text)
        assert "never" not in told
        assert "5" in told


def test_the_secrets_of_a_body_are_found_whatever_else_is_wrong_with_it() -> None:
    body = json.dumps([{"sasl_password": 'a"b\\c'}, {"slack_url": "https://h/x"}, {"sasl_password": None}]).encode()
    assert list(secrets_in("/api/v2/caches/1/info", body)) == ['a"b\\c', "https://h/x"]
    assert list(secrets_in("/info", body[:-10] + b"\xff garbage"))[:1] == ['a"b\\c']
    assert list(secrets_in("/stats", b'{"get_hits": 5}')) == []


def test_the_whole_answer_of_rotating_the_dashboard_s_links_is_a_secret() -> None:
    assert list(secrets_in("/api/v2/caches/1/rotate_sso", b'"s3cret" ')) == ["s3cret"]
    assert list(secrets_in("/api/v2/caches/1/rotate_sso", b"s3cret")) == ["s3cret"]


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b"[" + b"[]," * 1_000_000 + b"[]]",
        b'"' + b"k" * 4_000_000 + b'"',
        b"\xff" * 9,
    ],
    ids=["deep", "deep objects", "many lists", "one text", "no text"],
)
def test_an_answer_that_is_no_secret_costs_little_and_fails_nothing(body: bytes) -> None:
    tracemalloc.start()
    found = list(secrets_in("/api/v2/caches/1/rotate_sso", body))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found) <= 1
    assert peak < 4 * 2**20


def test_of_an_api_that_tells_ever_new_secrets_the_newest_are_known() -> None:
    redactor = Redactor(["login-password"])
    for number in range(MOST_LEARNT + 10):
        redactor.learn(f"secret-{number:05}")
    assert repr(redactor) == f"Redactor({MOST_LEARNT + 1} secrets)"
    text = f"login-password secret-00000 secret-{MOST_LEARNT:05}"
    assert redactor.redact(text) == f"{STRUCK} secret-00000 {STRUCK}"
    body = b'{"sasl_password": "abcdefgh"}' * (MOST_LEARNT + 10)
    assert len(list(secrets_in("/info", body))) == MOST_LEARNT
