"""Patterns, learnt from keys."""

from __future__ import annotations

import random
import time
import uuid
from base64 import b64encode, urlsafe_b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mctop.store.keys.patterns import Pattern, learn

HEX = [f"{random.Random(seed).getrandbits(48):012x}" for seed in range(40)]


def texts(*keys: str) -> set[str]:
    return {learn(keys).of(key).text for key in keys}


@pytest.mark.parametrize(
    ("keys", "pattern"),
    [
        ([f"user:{n}:profile" for n in (1042, 77, 3)], "user:{n}:profile"),
        ([f"session:{text}" for text in HEX], "session:{hex}"),
        ([f"product_{n}_price" for n in range(5)], "product_{n}_price"),
        ([f"rate.198.18.{n}.{3 * n % 7}" for n in range(9)], "rate.198.18.{n}.{n}"),
        ([f"job:{uuid.UUID(int=n * 7919, version=4)}" for n in range(4)], "job:{uuid}"),
        ([f"user{n}" for n in range(5)], "user{n}"),
        ([f"config:{word}" for word in ("flags", "rates", "limits", "banner")], "config:{word}"),
        ([f"{n}/avatar" for n in range(3)], "{n}/avatar"),
        ([f"tok_{urlsafe_b64encode(random.Random(n).randbytes(18)).decode()}" for n in range(30)], "tok_{base64}"),
        ([f"s:{b64encode(bytes([n, 200, 37, n * 3 % 251]) * 4).decode()[:21]}x7" for n in (3, 60, 99)], "s:{base64}"),
        ([f"Ключ:{n}" for n in range(3)], "Ключ:{n}"),
    ],
)
def test_a_place_that_varies_is_one_of_many(keys: list[str], pattern: str) -> None:
    assert texts(*keys) == {pattern}
    assert learn(keys).of(keys[0]) == Pattern(pattern, variable=True)


def test_families_beside_one_another_keep_their_names() -> None:
    keys = [f"{family}:{n}" for family in ("user", "cart", "feed", "item") for n in range(5)]
    assert texts(*keys) == {"user:{n}", "cart:{n}", "feed:{n}", "item:{n}"}


def test_a_word_that_many_keys_share_is_a_name() -> None:
    keys = [f"user:{n}:{part}" for n in range(30) for part in ("profile", "cart", "friends")]
    assert texts(*keys) == {"user:{n}:profile", "user:{n}:cart", "user:{n}:friends"}


def test_the_first_word_is_always_a_name() -> None:
    keys = ("apple:price", "pear:price", "plum:price", "fig:price")
    assert texts(*keys) == set(keys)


def test_versions_that_many_keys_share_are_names() -> None:
    keys = [f"feed:{n}:v{version}" for n in range(20) for version in (7, 8)]
    assert texts(*keys) == {"feed:{n}:v7", "feed:{n}:v8"}


def test_hexadecimal_texts_without_letters_or_digits_are_found_among_their_like() -> None:
    assert texts("s:9f2c41", "s:441100", "s:facade", "s:bd4411", "s:0b77de") == {"s:{hex}"}


def test_a_key_that_is_like_no_other_is_its_own_pattern() -> None:
    patterns = learn(["user:1", "geo:DE:towns"])
    assert patterns.of("user:1") == Pattern("user:1")
    assert patterns.of("never seen") == Pattern("never seen")


def test_braces_of_a_key_are_not_taken_for_a_placeholder() -> None:
    assert texts("a{n}:1", "a{n}:2") == {"a{{n}}:{n}"}


def test_a_key_longer_than_any_cache_takes_is_left_whole() -> None:
    long = "x:1" * 10_000
    assert learn([long, f"{long}y"]).of(long) == Pattern(long)


def test_a_thousand_keys_take_twenty_milliseconds_at_most() -> None:
    keys = [f"{family}:{n * 7919}:{part}" for family in "abcde" for n in range(100) for part in ("x", "y")]
    assert len(keys) == 1_000
    taken = []
    for _ in range(5):
        start = time.process_time()
        learn(keys)
        taken.append(time.process_time() - start)
    assert min(taken) <= 0.020


KEYS = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.from_regex(r"\A[a-c]{1,2}[:_/-]([0-9]{1,3}|[0-9a-f]{6}|[a-d]{1,3})(:[a-b{}][0-9]?)?\Z"),
    ),
    max_size=30,
)


@settings(max_examples=100)
@given(KEYS)
def test_every_key_has_one_pattern_and_no_key_is_lost(keys: list[str]) -> None:
    patterns = learn(keys)
    assert patterns.by_key.keys() == set(keys)
    members: dict[Pattern, set[str]] = {}
    for key in keys:
        members.setdefault(patterns.of(key), set()).add(key)
    assert all(found == {pattern.text} for pattern, found in members.items() if not pattern.variable)
    assert all(len(found) > 1 and "{" in pattern.text for pattern, found in members.items() if pattern.variable)


@settings(max_examples=100)
@given(KEYS, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_matters(keys: list[str], shuffler: random.Random) -> None:
    again = [*keys, *keys[:5]]
    shuffler.shuffle(again)
    assert learn(again) == learn(keys)


@settings(max_examples=50)
@given(st.sets(st.integers(0, 10**9), min_size=2, max_size=50))
def test_numbers_alone_never_divide_a_family(numbers: set[int]) -> None:
    assert texts(*(f"user:{n}:profile" for n in numbers)) == {"user:{n}:profile"}
