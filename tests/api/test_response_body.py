"""A body cannot grow beyond its bounds."""

import gzip

import pytest

from mctop.api.response import LARGEST_DECODED, LARGEST_WIRE, BoundedBody, Oversized, Undecodable


def whole(encoding: str, data: bytes, size: int = 1_000) -> bytes:
    body = BoundedBody(encoding)
    for start in range(0, len(data), size):
        body.feed(data[start : start + size])
    return body.finish()


@pytest.mark.parametrize("size", [1, 7, 1_000_000])
def test_stored_and_gzip_bodies_come_out_whole_however_they_are_cut(size: int) -> None:
    data = bytes(range(256)) * 20
    assert whole("", data, size) == whole("identity", data, size) == data
    assert whole("gzip", gzip.compress(data), size) == whole(" GZip ", gzip.compress(data), size) == data


def test_a_body_of_the_largest_size_passes_and_one_more_byte_does_not() -> None:
    assert len(whole("", bytes(LARGEST_WIRE), 65_536)) == LARGEST_WIRE
    with pytest.raises(Oversized, match="4 MiB"):
        whole("", bytes(LARGEST_WIRE + 1), 65_536)
    assert len(whole("gzip", gzip.compress(bytes(LARGEST_DECODED)))) == LARGEST_DECODED
    with pytest.raises(Oversized, match="16 MiB"):
        whole("gzip", gzip.compress(bytes(LARGEST_DECODED + 1)))


@pytest.mark.parametrize("encoding", ["br", "deflate", "zstd", "gzip, gzip", "gzip,identity", "x" * 500])
def test_only_what_was_asked_for_is_unpacked(encoding: str) -> None:
    with pytest.raises(Undecodable) as caught:
        BoundedBody(encoding)
    assert len(str(caught.value)) < 120


def test_gzip_that_is_none_or_ends_too_early_is_undecodable() -> None:
    for data in (b"hello", gzip.compress(b"{}")[:-1], gzip.compress(b"{}")[:10]):
        with pytest.raises(Undecodable):
            whole("gzip", data)


def test_no_body_at_all_needs_no_gzip() -> None:
    assert whole("gzip", b"") == b""
