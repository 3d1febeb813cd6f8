"""Which proxy is asked, and what of the environment cannot be one."""

from __future__ import annotations

import pytest

from mctop.api.base_url import parse_endpoint
from mctop.api.errors import BadEndpoint
from mctop.api.proxies import proxy_for

API = parse_endpoint("https://api.example:8443")
PROXY = "http://proxy.example:3128"


def _asked(environ: dict[str, str], url: str = "https://api.example:8443") -> str | None:
    """The URL of the proxy that is asked."""
    proxy = proxy_for(parse_endpoint(url), environ)
    return None if proxy is None else proxy.url


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTPS_PROXY": PROXY},
        {"https_proxy": PROXY, "HTTPS_PROXY": "http://another.example"},
        {"ALL_PROXY": PROXY},
        {"all_proxy": "proxy.example:3128", "HTTP_PROXY": "http://another.example"},
        {"HTTPS_PROXY": PROXY, "ALL_PROXY": "ftp://not-looked-at"},
        {"https_proxy": "", "HTTPS_PROXY": "http://another.example", "ALL_PROXY": PROXY},
    ],
)
def test_the_proxy_of_https_comes_before_that_of_all(environ: dict[str, str]) -> None:
    assert _asked(environ) == PROXY


def test_this_machine_is_asked_directly_and_so_is_everything_where_no_proxy_is_named() -> None:
    assert _asked({"ALL_PROXY": "no proxy at all"}, "http://127.0.0.1:8400") is None
    assert _asked({"ALL_PROXY": "no proxy at all"}, "https://localhost") is None
    assert _asked({"HTTP_PROXY": PROXY}) is None
    assert _asked({"HTTPS_PROXY": " ", "ALL_PROXY": ""}) is None


@pytest.mark.parametrize(
    ("no_proxy", "url", "direct"),
    [
        ("*", "https://api.example", True),
        ("other.example, api.example", "https://api.example", True),
        ("example", "https://api.example", True),
        (".example", "https://api.example", True),
        ("*.example", "https://api.example", True),
        ("API.EXAMPLE", "https://api.example.", True),
        ("pi.example", "https://api.example", False),
        ("api.example:8443", "https://api.example:8443", True),
        ("api.example:8443", "https://api.example", False),
        ("api.example:443", "https://api.example", True),
        ("10.0.0.0/8", "https://10.1.2.3", True),
        ("10.0.0.0/8", "https://11.1.2.3", False),
        ("2001:db8::/32", "https://[2001:db8::5]:8443", True),
        ("[2001:db8::5]", "https://[2001:db8::5]", True),
        ("[::", "https://api.example", False),
        (",, ,:,.", "https://api.example", False),
    ],
)
def test_what_no_proxy_names_is_asked_directly(no_proxy: str, url: str, direct: bool) -> None:
    assert (_asked({"HTTPS_PROXY": PROXY, "NO_PROXY": no_proxy}, url) is None) is direct
    assert (_asked({"HTTPS_PROXY": PROXY, "no_proxy": no_proxy, "NO_PROXY": ""}, url) is None) is direct


@pytest.mark.parametrize(
    "value",
    [
        "ftp://proxy.example", "socks4://proxy.example:1080", "http://", "://", ":::", "http://[::", "proxy:port",
        "http://proxy:99999", "http://proxy:0", "http://a b:1", "http://proxy\x1b]:1", "http://me:c4n#ry@proxy:1",
        "http://me:c4nary@", "file:///c4nary",
    ],
)  # fmt: skip
def test_what_is_no_proxy_is_refused_by_the_name_of_its_variable_and_never_its_value(value: str) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        with pytest.raises(BadEndpoint, match=f"^{name} names no proxy that can be used: ") as refusal:
            proxy_for(API, {name: value})
        assert "c4n" not in str(refusal.value)
        assert refusal.value.__cause__ is None


def test_the_password_of_a_proxy_does_not_show_itself() -> None:
    proxy = proxy_for(API, {"HTTPS_PROXY": "http://me:c4n%2Fary@proxy.example:3128"})
    assert proxy is not None
    assert proxy.password == "c4n/ary"
    assert "c4n" not in repr(proxy)
