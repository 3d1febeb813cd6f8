"""Keys, cut into texts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mctop.store.keys.patterns import Kind, cut, is_base64, is_hexadecimal, is_uuid, joined, kind

UUID = "550e8400-e29b-41d4-a716-446655440000"
RANDOM = "aGVsbG8Gd2_9cmxkIQ3x"


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("user:1042:profile", ("user", "1042", "profile")),
        ("user_1042-profile", ("user", "1042", "profile")),
        (f"job:{UUID}", ("job", UUID)),
        (f"user-data-of-{UUID}:x", ("user", "data", "of", UUID, "x")),
        (f"token:{RANDOM}", ("token", RANDOM)),
        (f"token_{RANDOM}", ("token", RANDOM)),
        ("a-long-key-of-many-words-and-1-number", ("a", "long", "key", "of", "many", "words", "and", "1", "number")),
        ("A-Long-Key-Of-Many-Words-And-1-Number", ("A", "Long", "Key", "Of", "Many", "Words", "And", "1", "Number")),
        ("", ()),
        (":::", ()),
    ],
)
def test_texts_stand_between_what_is_no_letter_and_no_digit(key: str, parts: tuple[str, ...]) -> None:
    assert cut(key)[1] == parts


@settings(max_examples=100)
@given(st.one_of(st.text(max_size=300), st.from_regex(r"\A[a-zA-Z0-9_+:-]{10,80}=?\Z")))
def test_what_was_cut_is_joined_to_the_same_key(key: str) -> None:
    assert joined(*cut(key)) == key


@pytest.mark.parametrize(
    ("text", "looks"),
    [("1042", Kind.NUMBER), ("v7", Kind.STEMMED), ("9f2c41", Kind.MIXED), ("profile", Kind.WORD), ("²", Kind.WORD)],
)
def test_a_text_looks_like_what_it_is(text: str, looks: Kind) -> None:
    assert kind(text) is looks


def test_identifiers_are_told_apart() -> None:
    assert (is_uuid(UUID), is_hexadecimal("9f2c41"), is_base64(RANDOM)) == (True, True, True)
    assert (is_uuid("9f2c41"), is_hexadecimal("9F2c41"), is_base64("a-long-key-of-many-words")) == (False, False, False)
