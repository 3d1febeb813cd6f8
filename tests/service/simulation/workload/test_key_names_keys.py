"""Every key has one rank, and every rank one key."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mctop.service.simulation.workload.families import ADVICE, EXPORT, FAMILIES, FRONT, ITEM, VIRAL, Family

ALL = (*FAMILIES, ITEM, EXPORT, FRONT, VIRAL, ADVICE)


@given(some.sampled_from(ALL), some.integers(min_value=0))
def test_a_key_leads_back_to_its_rank(family: Family, number: int) -> None:
    keys = family.keys
    rank = number % keys.count
    assert keys.rank(keys.name(rank)) == rank


@pytest.mark.parametrize("family", [each for each in FAMILIES if each.keys.count < 20_000])
def test_no_two_ranks_share_a_key(family: Family) -> None:
    assert len({family.keys.name(rank) for rank in range(family.keys.count)}) == family.keys.count


@given(
    some.text(max_size=30)
    | some.sampled_from(ALL).flatmap(lambda family: some.text(max_size=12).map(family.prefix.__add__))
)
def test_what_is_not_a_key_has_no_rank(text: str) -> None:
    for family in ALL:
        rank = family.keys.rank(text)
        assert rank is None or family.keys.name(rank) == text


def test_keys_look_as_in_a_web_application() -> None:
    names = {family.prefix: family.keys.name(0) for family in FAMILIES}
    assert set(names) == {"session:", "user:", "product:", "cart:", "feed:", "api:rate:", "tmpl:", "config:"}
    assert names["user:"].endswith(":profile")
    assert ":page:" in names["feed:"]
