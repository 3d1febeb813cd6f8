"""What is typed to confirm a change names one cache and no other, in letters that any keyboard has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mctop.ui.words.text import clean
from mctop.ui.words.typed_name import LONGEST, SHORTEST, NamedCache, cache_word, is_typable, subject_word


def cache(called: str, profile: str = "prod", cache_id: int | None = 1561) -> NamedCache:
    return NamedCache(profile, called, cache_id)


@pytest.mark.parametrize(
    ("called", "word"),
    [
        ("prod-cache", "prod-cache"),
        ("my cache", "my cache"),
        ("dev", "dev"),
        ("y", "y 1561"),
        ("qa", "qa 1561"),
        ("", "cache 1561"),
        ("Straße", "cache 1561"),
        ("\u0440rod", "cache 1561"),
        ("\uff50\uff52\uff4f\uff44", "cache 1561"),
        (" prod", "cache 1561"),
        ("a  b", "cache 1561"),
        ("a\x1b[2J", "cache 1561"),
        ("pr\u202eod", "cache 1561"),
        ("x" * 40, "x" * 40),
        ("x" * 41, "cache 1561"),
    ],
)
def test_it_is_what_the_screen_calls_the_cache_where_that_is_enough(called: str, word: str) -> None:
    assert cache_word(cache(called), ()) == word


@pytest.mark.parametrize("called", ["prod-cache", "y", "Straße", "", "PROD-cache"])
def test_two_profiles_with_one_label_never_ask_for_the_same(called: str) -> None:
    one, two = cache(called, "prod", 1), cache(called.lower(), "staging", 2)
    assert (cache_word(one, (two,)), cache_word(two, (one,))) in (
        (f"{called} 1", f"{called.lower()} 2"),
        ("cache 1", "cache 2"),
    )
    assert cache_word(one, (two,)) != called


def test_where_two_apis_give_one_id_the_profile_is_asked_for() -> None:
    one, two = cache("shop", "prod"), cache("shop", "staging")
    assert (cache_word(one, (two,)), cache_word(two, (one,))) == ("cache prod", "cache staging")


def test_another_cache_that_is_called_like_a_word_takes_it() -> None:
    assert cache_word(cache("y", "prod", 7), (cache("Y 7", "other", 8),)) == "cache 7"


names = some.text(some.characters(codec="utf-8"), max_size=45) | some.sampled_from(["y", "prod", "Prod", "cache 1", ""])
caches = some.builds(NamedCache, some.sampled_from(["prod"]), names, some.integers(1, 3))


@given(caches, names, some.none() | some.integers(1, 3))
def test_it_can_always_be_typed_as_it_is_shown_and_is_not_the_others(
    one: NamedCache, called: str, other_id: int | None
) -> None:
    other = NamedCache("staging", called, other_id)
    word = cache_word(one, (other,))
    assert is_typable(word)
    assert SHORTEST <= len(word) <= LONGEST
    assert clean(word) == word
    if other_id is not None:
        assert word.casefold() not in (called.casefold(), cache_word(other, (one,)).casefold())


@pytest.mark.parametrize(
    ("subject", "word"), [("4F2A9C", "4F2A9C"), ("x", "x prod"), ("", "prod"), ("Ä", "prod"), ("x" * 50, "prod")]
)
def test_what_a_change_acts_on_comes_before_its_cache(subject: str, word: str) -> None:
    assert subject_word(subject, "prod") == word
