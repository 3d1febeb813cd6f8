"""What a server says when it says no."""

import pytest
from pydantic import SecretStr

from mctop.api.errors import Unauthorized
from mctop.api.login import Login
from mctop.api.response import Answer, complaint, redirection, server_message


@pytest.mark.parametrize(
    ("body", "message"),
    [(b'{"message":"Bad user"}', "Bad user"), (b'{"error":"no"}', "no"), (b'{"error":{"message":"deep"}}', "deep"),
     (b'{"code":7,"message":" spaced "}', "spaced"), (b'"You are not authorized."', "You are not authorized."),
     (b"Server error: a:1", "Server error: a:1"), (b"", "Unauthorized"), (b"null", "Unauthorized"),
     (b'""', "Unauthorized"), (b"{}", "Unauthorized"), (b"[1]", "Unauthorized"), (b'{"message":3}', "Unauthorized"),
     (b"<html><body>401</body></html>", "Unauthorized"), (b"\xff\xfe no", "\ufffd\ufffd no")],
)  # fmt: skip
def test_t3_an_error_body_in_any_form_gives_its_words(body: bytes, message: str) -> None:
    assert server_message(body, 401) == message


def test_a_status_without_a_name_is_its_number() -> None:
    assert server_message(b"", 499) == "status 499"


def test_t3_a_complaint_carries_status_method_path_and_words_but_no_secret() -> None:
    login = Login("u", SecretStr("canary"))
    error = complaint("GET", "/x", Answer(401, b"bad password canary " + b"x" * 999), login, 7.0)
    assert isinstance(error, Unauthorized)
    assert (error.method, error.path, error.status, error.retry_after) == ("GET", "/x", 401, 7.0)
    assert error.message.startswith("bad password ***")
    assert len(error.message) == 300
    assert str(error).startswith("GET /x -> 401: bad password ***")


@pytest.mark.parametrize(
    ("location", "target"),
    [("https://b.example/x?canary", "b.example"), ("/login?canary", "a.example"), ("http://[canary", "unreadable")],
)
def test_a_redirection_names_hosts_and_nothing_else(location: str, target: str) -> None:
    words = redirection("a.example", location)
    assert target in words
    assert "canary" not in words
