"""JSON from a stranger."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mctop.api.parsing import json_text
from mctop.api.parsing.json_text import Malformed, parse_json, parse_string
from tests.api.hostile_json import JSON


@given(JSON)
def test_json_comes_out_as_it_went_in(value: object) -> None:
    assert parse_json(json.dumps(value).encode()) == value
    assert parse_json(json.dumps(value, ensure_ascii=False).encode()) == value


@pytest.mark.parametrize("row", [b"[]", b"{}", b"0", b'{"id":1}', b'"\\ud800"'])
def test_what_would_take_more_room_than_any_answer_is_not_read(row: bytes) -> None:
    body = b"[" + b",".join([row] * (15 * 2**20 // (len(row) + 1))) + b"]"
    with pytest.raises(Malformed, match="more values"):
        parse_json(body)


def test_an_object_with_more_members_than_any_answer_is_not_read() -> None:
    body = b"{" + b",".join(b'"m%d":0' % number for number in range(1_250_000)) + b"}"
    with pytest.raises(Malformed, match="more values"):
        parse_json(body)


@given(st.lists(JSON), st.sampled_from([(",", ":"), (", ", ": ")]))
def test_a_long_list_is_read_as_a_short_one_is(value: list[object], separators: tuple[str, str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_text, "STEP", 0)
        rows = [*value, {"text": '},{"a', "within": [{"x": 1}, {"y": 2}]}, {}]
        for body in (json.dumps(rows, separators=separators), json.dumps(rows[-2:], separators=separators)):
            assert parse_json(body.encode()) == json.loads(body)
            with contextlib.suppress(Malformed):
                assert parse_json(body[:-3].encode() + b"]") == json.loads(body[:-3] + "]")


@given(st.binary())
def test_any_bytes_are_json_or_malformed(body: bytes) -> None:
    with contextlib.suppress(Malformed):
        parse_json(body)
    assert isinstance(parse_string(body), str)


@given(st.lists(st.sampled_from(["\\", "\\\\", "\\ud83d", "\\ude00", "\\uD800", "\\n", "u", "d800", "\u00e9"])))
def test_no_escape_yields_half_a_character_and_whole_ones_stay(parts: list[str]) -> None:
    text = "".join(parts)
    try:
        expected = json.loads(f'"{text}"')
    except ValueError:
        return
    value = parse_json(f'"{text}"'.encode())
    whole = expected.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert isinstance(value, str)
    value.encode()
    assert value.replace("\ufffd", "") == whole.replace("\ufffd", "")


@pytest.mark.parametrize("body", [b"", b"  \n", b"null", b"\xef\xbb\xbf null"])
def test_an_empty_body_is_null(body: bytes) -> None:
    assert parse_json(body) is None


@pytest.mark.parametrize(
    "body", [b"NaN", b'{"v":Infinity}', b"[1,]", b"{} {}", b"[" * 100_000, b"[" * 500 + b"]" * 500, b"<html>", b"'x'"]
)
def test_what_is_not_strict_json_is_malformed_without_a_quote_of_it(body: bytes) -> None:
    with pytest.raises(Malformed, match=r"^the answer is not JSON$") as caught:
        parse_json(body)
    assert caught.value.__context__ is None


def test_one_bad_byte_does_not_lose_the_document() -> None:
    assert parse_json(b'{"key":"a\xffb","n":1}') == {"key": "a\ufffdb", "n": 1}


@pytest.mark.parametrize(("body", "text"), [(b'"a"', "a"), (b"a", "a"), (b" a\n", "a"), (b"7", "7"), (b"", "")])
def test_a_string_comes_bare_or_as_json(body: bytes, text: str) -> None:
    assert parse_string(body) == text
