"""Popular items as they are written."""

from __future__ import annotations

from mctop.api.models.introspection import CertainFrom, PopularItems
from mctop.api.parsing.introspection import parse_popular_items
from mctop.service.http.response_bodies import popular_items_body


def test_the_documented_answer_has_no_more_than_is_documented() -> None:
    assert popular_items_body(PopularItems(time_slice=9)).model_dump().keys() == {
        "time_slice", "most_hit_keys", "most_missed_keys", "most_mutated_keys", "popular_prefixes",
    }  # fmt: skip


def test_from_where_on_lists_are_certain_is_told_where_it_is_known_and_read_back() -> None:
    popular = PopularItems(time_slice=9, certain_from=CertainFrom(most_hit_keys=48, popular_prefixes=2))
    assert parse_popular_items(popular_items_body(popular).model_dump(mode="json")) == popular
