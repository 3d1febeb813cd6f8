"""The gate for foreign text keeps its promises for any text there is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import get_character_cell_size
from wcwidth import wcwidth

from mctop.ui.words.text import ALTERED, LIMIT, clean, clean_name, is_altered

HOSTILE = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.characters(categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs", "Mn", "Me", "Mc"]),
        st.sampled_from("\x1b\x07\x05[]<>m;\u202e\u2066\u200d\ufe0f\u3164\u20e3\U0001f1fa\U0001f3fd…(+)"),
    ),
    max_size=200,
)
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Mc"}


@given(HOSTILE)
@example("\x1b]52;c;cG93bmVk\x07")
@example("a\u0301\u0301\u0301\u0301")
def test_nothing_hidden_comes_out(raw: str) -> None:
    shown = clean(raw)
    assert not {unicodedata.category(character) for character in shown} & HIDDEN
    assert not any(unicodedata.category(character) == "Zs" and character != " " for character in shown)
    assert not any(character in shown for character in "\ufe0f\u3164\u115f\u1160\uffa0\u2800\u20e3")


@given(st.characters())
@example("\u093f")
@example("\u2630")
@example("\u1161")
def test_layout_and_terminals_agree_on_the_width_of_what_comes_out(character: str) -> None:
    for shown in clean(character):
        assert get_character_cell_size(shown) == wcwidth(shown) > 0


@given(HOSTILE)
def test_marks_never_pile_up(raw: str) -> None:
    pile = 0
    for character in clean(raw):
        pile = pile + 1 if unicodedata.category(character).startswith("M") else 0
        assert pile <= 2
    assert not unicodedata.category((clean(raw) or "x")[0]).startswith("M")


@given(HOSTILE, st.integers(min_value=1, max_value=60))
def test_it_is_never_longer_than_the_limit(raw: str, limit: int) -> None:
    assert len(clean(raw, limit)) <= limit


@given(HOSTILE, st.integers(min_value=1, max_value=60))
def test_cleaning_twice_is_cleaning_once(raw: str, limit: int) -> None:
    once = clean(raw, limit)
    assert clean(once, limit) == once


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"], codec="ascii"), max_size=LIMIT))
def test_ordinary_keys_come_out_as_they_are(raw: str) -> None:
    assert clean(raw) == raw


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("\x1b[2J", "^[[2J"),
        ("a\tb\nc", "a^Ib^Jc"),
        ("\x7f", "^?"),
        ("\x9b1m", "\\x9b1m"),
        ("a\u202etxt.exe", "a\\u202etxt.exe"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("no\u00a0break", "no\\xa0break"),
        ("\u0301a", "\\u0301a"),
        ("a\u034fb\u17b4\u17b5", "a\\u034fb\\u17b4\\u17b5"),
        ("a\u180b\u180c\u180d\u180fb", "a\\u180b\\u180c\\u180d\\u180fb"),
        ("鍵キー ключ مفتاح é", "鍵キー ключ مفتاح é"),
        ("", ""),
    ],
)
def test_what_is_hidden_is_shown_as_an_escape(raw: str, shown: str) -> None:
    assert clean(raw) == shown


def test_what_does_not_fit_is_counted() -> None:
    assert clean("x" * 2000) == "x" * (LIMIT - 8) + "…(+984)"
    assert clean("x" * LIMIT) == "x" * LIMIT
    assert clean("abcdefghijklmnop", 10) == "abcd…(+12)"
    assert clean("\x1b" * 10, 12) == "^[^[^[…(+7)"


def test_a_megabyte_costs_no_more_than_what_is_shown() -> None:
    assert clean("\x1b" * 1_000_000, 20) == "^[^[^[^[…(+999996)"


@given(HOSTILE, HOSTILE)
@example("\x1b", "^[")
@example("\x1b^[", "^[\x1b")
@example("\u200b", "\\u200b")
@example("\x9b", "\\x9b")
@example("\\u200b\x00", "\u200b\x00")
@example("~^[", "\x1b")
@example("~\x1b", "\x1b")
@example("key", "key ")
@example(" key", "key")
@example("a\xa0b", "a b")
@example("\U000e0041", "\\U000e0041")
def test_two_names_never_look_the_same(first: str, second: str) -> None:
    assert (clean_name(first, 10_000) == clean_name(second, 10_000)) == (first == second)


@given(HOSTILE, HOSTILE, st.text(alphabet="ab^[\\~ x0u2", max_size=8))
def test_nor_do_two_of_which_one_has_something_in_between(start: str, end: str, between: str) -> None:
    same = clean_name(start + end, 10_000) == clean_name(start + between + end, 10_000)
    assert same == (start + end == start + between + end)


@given(HOSTILE, st.integers(min_value=2, max_value=60))
def test_a_name_is_marked_exactly_where_it_is_not_shown_as_it_is(raw: str, limit: int) -> None:
    name = clean_name(raw, limit)
    assert len(name) <= limit
    assert clean(name, limit) == name
    if len(raw) <= limit:
        assert is_altered(name) == (name != raw)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("session:9f2c41", "session:9f2c41"),
        ("a^[b", "a^[b"),
        ("C:\\x9b", "C:\\x9b"),
        ("a\x1bb", "~a^[b"),
        ("a^\x1b\\b", "~a\\x5e^[\\x5cb"),
        ("a\u200bb", "~a\\u200bb"),
        ("key ", "~key\\x20"),
        (" a b", "~\\x20a b"),
        ("~home", "~\\x7ehome"),
        ("a~", "a~"),
        ("", ""),
    ],
)
def test_a_name_that_has_an_escape_is_marked(raw: str, shown: str) -> None:
    assert clean_name(raw) == shown
    assert is_altered(clean_name(raw)) == shown.startswith(ALTERED)


def test_a_marked_name_that_does_not_fit_is_counted() -> None:
    assert clean_name("\x1b" * 10, 13) == "~^[^[^[…(+7)"
