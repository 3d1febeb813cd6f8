"""Lists of values: the good rows stay, the bad ones are counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mctop.api.models.introspection import Prefix
from mctop.api.models.value import Rows
from mctop.api.parsing.json_text import Malformed
from mctop.api.parsing.rows import MOST_ROWS, as_list, as_object, parse_one, parse_rows, with_time
from tests.api.hostile_json import JSON

GOOD = st.builds(lambda id, name: {"id": id, "name": name}, st.integers(0, 2**40), st.text())
JUNK = JSON.filter(lambda value: not (isinstance(value, dict) and "id" in value))


@given(st.lists(st.tuples(st.booleans(), GOOD, JUNK)))
def test_no_good_row_is_lost_and_every_bad_one_counted(choices: list[tuple[bool, dict[str, object], object]]) -> None:
    read = parse_rows(Prefix, [good if choose else junk for choose, good, junk in choices])
    expected = [good for choose, good, _ in choices if choose]
    assert [{"id": each.id, "name": each.name} for each in read.items] == expected
    assert read.dropped == len(choices) - len(expected)


def test_rows_beyond_the_most_are_counted_and_not_read() -> None:
    read = parse_rows(Prefix, [{"id": number} for number in range(MOST_ROWS + 5)])
    assert [each.id for each in read.items] == list(range(MOST_ROWS))
    assert read.dropped == 5


def test_rows_are_equal_however_they_were_made() -> None:
    read = parse_rows(Prefix, [{"id": 1, "name": "a"}])
    assert read == Rows[Prefix](items=(Prefix(id=1, name="a"),))
    assert isinstance(read.items[0], Prefix)


@pytest.mark.parametrize("raw", [None, [], {}, ""])
def test_t2_null_is_an_empty_list(raw: object) -> None:
    assert as_list(raw) == []


@pytest.mark.parametrize("raw", [1, "x", {"a": 1}, True])
def test_anything_else_is_no_list(raw: object) -> None:
    with pytest.raises(Malformed):
        as_list(raw)


def test_t2_null_is_an_empty_object_and_a_list_is_none() -> None:
    assert as_object(None) == {}
    with pytest.raises(Malformed):
        as_object([])


def test_one_value_that_makes_no_sense_is_malformed_without_a_quote_of_it() -> None:
    with pytest.raises(Malformed, match=r"^the answer is no Prefix$") as caught:
        parse_one(Prefix, {"id": "canary"})
    assert caught.value.__context__ is None


def test_a_timestamp_becomes_the_time_and_a_bad_one_none() -> None:
    assert with_time({"timestamp": "2023-01-10T15:20:00Z"}) == {
        "timestamp": "2023-01-10T15:20:00Z",
        "time": 1_673_364_000.0,
    }
    assert with_time({"timestamp": "soon"}) == {"timestamp": "soon", "time": None}
    assert with_time(7) == 7
