"""A base URL is checked before any socket opens."""

import pytest

from mctop.api.base_url import Endpoint, parse_endpoint
from mctop.api.errors import BadEndpoint


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("https://analytics.memcachier.com", "https://analytics.memcachier.com"),
        ("https://insight.memcachier.com/", "https://insight.memcachier.com"),
        (" https://Example.com:8443/a/b// ", "https://example.com:8443/a/b"),
        ("https://hooks.example/services/T0/B0/x%2Fy", "https://hooks.example/services/T0/B0/x%2Fy"),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
    ],
)
def test_t1_g1_https_goes_to_any_host_and_the_last_slash_is_dropped(given: str, url: str) -> None:
    endpoint = parse_endpoint(given)
    assert (endpoint.url, endpoint.secure, endpoint.loopback) == (url, True, False)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.255.0.9", "[::1]", "localhost", "LOCALHOST"])
def test_t1_http_goes_to_this_machine(host: str) -> None:
    endpoint = parse_endpoint(f"http://{host}:8400/")
    assert endpoint == Endpoint(f"http://{host.lower()}:8400", f"{host.lower()}:8400", secure=False, loopback=True)


@pytest.mark.parametrize(
    "host",
    ["example.com", "10.0.0.1", "0.0.0.0", "127.0.0.1.example.com", "localhost.example.com", "[::ffff:10.0.0.1]",
     "2130706433", "[2001:db8::1]", "127.1", "0x7f.0.0.1"],
)  # fmt: skip
def test_http_to_anywhere_else_is_refused(host: str) -> None:
    with pytest.raises(BadEndpoint, match="https://"):
        parse_endpoint(f"http://{host}")


@pytest.mark.parametrize(
    "url",
    ["", "example.com", "ftp://example.com", "https://", "https:///x", "https://a b", "https://ex\u00e4mple.com", "https://[",
     "https://a:port", "https://a:99999", "https://a/?x=1", "https://a/#x", "http://127.0.0.1\\@example.com",
     "http://localhost#@example.com", "http://localhost\r\n.example.com", "https://a%00b", "https://a..b", "https://.a",
     f"https://{'a' * 64}.example", "https://a:b:c"],
)  # fmt: skip
def test_what_is_not_a_base_url_is_refused(url: str) -> None:
    with pytest.raises(BadEndpoint):
        parse_endpoint(url)


@pytest.mark.parametrize(
    "url", ["https://user:canary@a", "https://canary@a", "https://user:canary", "https://a?k=canary"]
)
def test_a_refusal_never_repeats_the_url(url: str) -> None:
    with pytest.raises(BadEndpoint) as caught:
        parse_endpoint(url)
    assert "canary" not in repr(caught.value)
    assert caught.value.__context__ is None


def test_a_socket_is_spoken_to_on_this_machine() -> None:
    endpoint = parse_endpoint(" unix:/run/user/1000/mctop-x/api ")
    assert (endpoint.socket, endpoint.url, endpoint.loopback) == (
        "/run/user/1000/mctop-x/api",
        "http://localhost",
        True,
    )
    assert endpoint.host == "unix:/run/user/1000/mctop-x/api"


@pytest.mark.parametrize("url", ["unix:", "unix:api", "unix:/a\0b"])
def test_a_socket_has_an_absolute_path(url: str) -> None:
    with pytest.raises(BadEndpoint):
        parse_endpoint(url)
