"""What separates the parts of keys."""

from collections import Counter

import pytest

from mctop.service.memcached.stream.delimiter import Delimiter, prefixes


@pytest.mark.parametrize(
    ("keys", "sign"),
    [
        ([b"user%3A1", b"post%3Aa-b_c.d", b"x"], b"%3A"),
        ([b"app%2Fuser%2F1", b"app%2Fimg.png"], b"%2F"),
        ([b"user_1", b"user_2", b"a.b"], b"_"),
        ([b"a-1", b"b-2"], b"-"),
        ([b"plain", b"keys"], b""),
        ([], b""),
    ],
)
def test_what_most_keys_have_is_the_delimiter(keys: list[bytes], sign: bytes) -> None:
    delimiter = Delimiter()
    delimiter.see(keys)
    assert delimiter.sign == sign


def test_new_habits_win_over_old_ones() -> None:
    delimiter = Delimiter()
    for _ in range(300):
        delimiter.see(b"user%%3A%d" % n for n in range(50))
    for _ in range(300):
        delimiter.see(b"user_%d" % n for n in range(50))
    assert delimiter.sign == b"_"


def test_prefixes_end_with_the_delimiter() -> None:
    counts = Counter({b"user%3A1": 2, b"user%3A2%3Ax": 3, b"users": 9})
    assert prefixes(counts, b"%3A") == {b"user%3A": 5}
