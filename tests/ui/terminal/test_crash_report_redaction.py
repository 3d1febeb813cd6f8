"""A registered secret is struck out in every form it could take."""

from __future__ import annotations

import json
from base64 import b64encode
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from mctop.ui.terminal.crash_report import STRUCK, Redactor

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
