"""How keys and patterns stand."""

from __future__ import annotations

import pytest

from mctop.store.base.marks import Mark, MarkKind
from mctop.store.keys.hot_keys import HotKeys, HotList
from mctop.ui.screens.shared.key_standings import (
    KeyOrPattern,
    KeyQuery,
    KeyStanding,
    Move,
    group_of,
    mark_to_compare,
    standings,
)
from tests.ui.screens.keys.slices import DEPLOY, DISCOVERED, EVERY, FIRST, HIT, HOT, SESSIONS, story


def by_text(choice: KeyQuery, kind: HotList = HotList.HIT) -> dict[str, KeyStanding]:
    return {one.named.text: one for one in standings(story(), kind, choice)}


def test_keys_stand_in_the_apis_order_with_their_share_of_the_list() -> None:
    listed = standings(story(), HotList.MISSED, KeyQuery())
    assert [(one.rank, one.named.text, one.popularity) for one in listed] == [
        (1, "feed:1042:page:2", 600), (2, "user:9:profile", 420), (3, "session:dead00", 294), (4, "geo:DE:towns", 206),
    ]  # fmt: skip
    assert [one.relative for one in listed[:2]] == [1.0, 0.7]
    assert sum(one.share for one in listed) == pytest.approx(1)


def test_a_key_that_came_lately_is_new_and_says_when_it_was_first_seen() -> None:
    hot = by_text(KeyQuery())[HOT]
    assert (hot.rank, hot.moved, hot.first_seen) == (1, Move(None), FIRST + EVERY * DISCOVERED)
    assert (hot.trend[DISCOVERED - 1], hot.trend[DISCOVERED], hot.trend[-1]) == (None, 400, 6_000)


def test_what_was_there_from_the_start_does_not_say_when_it_was_first_seen() -> None:
    assert by_text(KeyQuery())[SESSIONS[0]].first_seen is None


def test_ranks_are_compared_with_an_earlier_slice_and_with_the_mark() -> None:
    standing = by_text(KeyQuery(mark=DEPLOY))["user:1042:profile"]
    assert (standing.moved, standing.moved_since_mark) == (Move(0), Move(1))
    assert by_text(KeyQuery())["user:1042:profile"].moved_since_mark is None


def test_a_mark_before_the_first_slice_has_nothing_to_compare_with() -> None:
    early = Mark(FIRST - 1, MarkKind.FLUSH)
    assert all(one.moved_since_mark is None for one in by_text(KeyQuery(mark=early)).values())


def test_the_first_slice_has_nothing_to_compare_with() -> None:
    assert {one.moved for one in standings(story(1), HotList.HIT, KeyQuery())} == {None}
    assert standings(HotKeys(), HotList.HIT, KeyQuery()) == ()


def test_patterns_add_up_what_their_keys_have() -> None:
    listed = by_text(KeyQuery(grouped=True))
    sessions, users = listed["session:{hex}"], listed["user:{n}:profile"]
    assert (sessions.keys, sessions.rank, sessions.named.pattern) == (3, 1, True)
    assert users.popularity == sum(by_text(KeyQuery())[key].popularity for key in HIT if key.startswith("user:"))
    assert (users.trend[0], users.keys) == (users.popularity, 3)
    assert listed["rates:EUR"].named == KeyOrPattern(False, "rates:EUR")
    assert sum(one.keys for one in listed.values()) == len(HIT) + 1


def test_a_pattern_that_was_there_before_one_of_its_keys_is_not_new() -> None:
    assert by_text(KeyQuery(grouped=True))["product:{n}"].moved == Move(0)


def test_a_group_lists_its_own_keys_only() -> None:
    seen = story()
    group = group_of(KeyOrPattern(True, "session:{hex}"), seen)
    assert [one.named.text for one in standings(seen, HotList.HIT, KeyQuery(group=group))] == list(SESSIONS)
    assert [one.named.text for one in standings(seen, HotList.MISSED, KeyQuery(group=group))] == ["session:dead00"]


def test_a_group_keeps_its_keys_should_its_pattern_be_learnt_anew() -> None:
    group = group_of(KeyOrPattern(True, "session:{hex}"), story())
    assert group.holds(SESSIONS[0], HotKeys())


def test_a_prefix_holds_what_starts_with_it() -> None:
    group = group_of(KeyOrPattern(False, "user:"), story())
    assert {one.named.text for one in standings(story(), HotList.HIT, KeyQuery(group=group))} == {
        "user:1042:profile", "user:77:profile", "user:3:profile",
    }  # fmt: skip


def test_a_moment_that_is_read_lists_the_slice_of_that_moment() -> None:
    choice = KeyQuery(at=FIRST + EVERY * (DISCOVERED - 1) + 3)
    assert choice.listed(story()) == FIRST + EVERY * (DISCOVERED - 1)
    assert HOT not in by_text(choice)
    assert by_text(KeyQuery(at=FIRST - 1)) == {}


def test_a_gap_in_the_log_is_no_mark_to_compare_ranks_with() -> None:
    assert mark_to_compare((DEPLOY, Mark(DEPLOY.time + 9, MarkKind.GAP))) == DEPLOY
    assert mark_to_compare(()) is None
