"""The caches that can be served."""

from mctop.service.base.served_cache import MemcachedCache


def test_servers_are_called_by_the_first_and_how_many_more() -> None:
    assert MemcachedCache("a:1").label == "a:1"
    assert MemcachedCache("a:1, b:2,c:3").label == "a:1 + 2"
