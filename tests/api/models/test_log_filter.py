"""What a person types, and which lines it finds."""

from contextlib import suppress
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mctop.api.models.log_filter import BadFilter, parse_filter


class Line(NamedTuple):
    """A logged request."""

    server: str
    key: str
    command: str
    status: str
    size: int


MISS = Line("mc1.example.com:11211", "session:9F2c:a b", "GET", "MISS", 0)
SET = Line("mc2.example.com:11211", "user:1042:profile", "SET", "NOT_STORED", 2_048)


def found(text: str) -> list[str]:
    """Which of the two lines a filter shows, by command."""
    passes = parse_filter(text).passes()
    return [row.command for row in (MISS, SET) if passes(row)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("session", ["GET"]),
        ("Session", []),
        ("9f2C", []),
        ("9F2c", ["GET"]),
        (":", ["GET", "SET"]),
        ("user:1042", ["SET"]),
        ("key:user:1042", ["SET"]),
        ('"a b"', ["GET"]),
        ('key:"c:a b"', ["GET"]),
        ('"a', ["GET"]),
        ("cmd:get", ["GET"]),
        ("COMMAND:Set", ["SET"]),
        ("cmd:get,set", ["GET", "SET"]),
        ("cmd:get,", ["GET"]),
        ("status:mi", ["GET"]),
        ("status:stored", []),
        ("status:not_stored", ["SET"]),
        ("server:MC1", ["GET"]),
        ("server:mc1,mc2", ["GET", "SET"]),
        ("size>1k", ["SET"]),
        ("size>=2KiB", ["SET"]),
        ("size>2k", []),
        ("size<1", ["GET"]),
        ("size=2048", ["SET"]),
        ("size:0", ["GET"]),
        ("SIZE>1.5k", ["SET"]),
        ("cmd:get status:miss server:mc1 size<1k session", ["GET"]),
        ("cmd:get user", []),
    ],
)
def test_a_filter_shows_the_lines_that_have_all_its_terms(text: str, lines: list[str]) -> None:
    assert found(text) == lines


def test_a_filter_that_excludes_hides_just_those() -> None:
    passes = parse_filter("cmd:get session", excludes=True).passes()
    assert not passes(MISS)
    assert passes(SET)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing to look for"),
        ("  ", "nothing to look for"),
        ('""', "nothing to look for"),
        ("cmd:", "cmd: needs a word"),
        ("status:,", "status: needs a word"),
        ("size>", "size needs a number of bytes, as in size>1k"),
        ("size>1x", "size needs a number of bytes, as in size>1k"),
        ("size>9999999999999999", "size needs a number of bytes, as in size>1k"),
    ],
)
def test_what_is_no_filter_is_refused_with_a_reason(text: str, why: str) -> None:
    with pytest.raises(BadFilter) as failure:
        parse_filter(text)
    assert str(failure.value) == why


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_filter_or_says_why_not(text: str) -> None:
    with suppress(BadFilter):
        assert parse_filter(text).passes()(MISS) in (True, False)


@given(st.text(st.characters(categories=("L", "N", "P", "S"), exclude_characters='":'), min_size=1, max_size=20))
def test_a_key_is_found_by_itself(key: str) -> None:
    size = key.lower().startswith("size") and key[4:5] in ("<", ">", "=")
    assert size or parse_filter(key).passes()(MISS._replace(key=key))
