"""Faults of a body: types, shapes, numbers, texts and times that no document has."""

from __future__ import annotations

import itertools
import json
import re
from typing import TYPE_CHECKING

from mctop.service.http.faults import SERVER, SHAPE, TIME, with_hostile_text
from tests.hostile.matrix.fault import Fault, Good, whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.service.http.faults import Json, Rewrite

STAND_IN: Json = {"id": 1, "name": "x", "timestamp": "2023-01-08T15:20:00Z", "values": [1, 2.5, True, None]}
"""What is spoiled where the operation answers nothing."""


def document(good: Good) -> Json:
    """The body as a value."""
    try:
        value: Json = json.loads(good.body)
    except ValueError:
        return STAND_IN
    return value


def spoiled(rewrite: Rewrite) -> Callable[[Good], bytes]:
    """Change the value of the body."""
    return lambda good: json.dumps(rewrite(document(good))).encode()


def leaves(change: Callable[[Json], Json]) -> Rewrite:
    """Change every value that holds no other; names of columns stay, for they are the shape."""

    def rewrite(value: Json) -> Json:
        if isinstance(value, dict):
            return {name: each if name in SHAPE else rewrite(each) for name, each in value.items()}
        if isinstance(value, list):
            return [rewrite(each) for each in value]
        return change(value)

    return rewrite


def numbers(new: Json) -> Rewrite:
    """Put another value for every number."""
    return leaves(lambda value: new if isinstance(value, int | float) and not isinstance(value, bool) else value)


def texts(new: Json) -> Rewrite:
    """Put another value for every text."""
    return leaves(lambda value: new if isinstance(value, str) else value)


def literal(mark: str) -> Callable[[Good], bytes]:
    """Put JSON text, or what is none, for every number."""
    return lambda good: spoiled(numbers("@@"))(good).replace(b'"@@"', mark.encode())


def times(change: Callable[[int], Json]) -> Rewrite:
    """Put another value for every time; `change` is given its place among them."""

    def rewrite(value: Json) -> Json:
        places = itertools.count()

        def each(leaf: Json) -> Json:
            return change(next(places)) if isinstance(leaf, str) and TIME.fullmatch(leaf) else leaf

        return _named_time(leaves(each)(value), change)

    return rewrite


def _named_time(value: Json, change: Callable[[int], Json]) -> Json:
    """The counters' own time is a number, told by its name alone."""
    if isinstance(value, dict):
        return {name: change(0) if name == "time" else _named_time(each, change) for name, each in value.items()}
    return value


def members(keep: Callable[[int], bool]) -> Rewrite:
    """Leave out members of every object, by their place."""

    def rewrite(value: Json) -> Json:
        if isinstance(value, dict):
            return {name: rewrite(each) for place, (name, each) in enumerate(value.items()) if keep(place)}
        return [rewrite(each) for each in value] if isinstance(value, list) else value

    return rewrite


def lists_as_objects(value: Json) -> Json:
    """Put an object for every list, with its places as names."""
    if isinstance(value, list):
        return {f"{place}": lists_as_objects(each) for place, each in enumerate(value)}
    return {name: lists_as_objects(each) for name, each in value.items()} if isinstance(value, dict) else value


def objects_as_lists(value: Json) -> Json:
    """Put a list for every object."""
    if isinstance(value, dict):
        return [objects_as_lists(each) for each in value.values()]
    return [objects_as_lists(each) for each in value] if isinstance(value, list) else value


def lists_as(new: Json) -> Rewrite:
    """Put another value for every list in the body."""

    def rewrite(value: Json) -> Json:
        if isinstance(value, dict):
            return {name: rewrite(each) for name, each in value.items()}
        return new if isinstance(value, list) else value

    return rewrite


def doubled(good: Good) -> bytes:
    """Give every object each of its members twice, the second time as null."""
    text = json.dumps(document(good))
    return re.sub(r'("(?:[^"\\]|\\.)*": )', r"\1null, \1", text).encode()


def strange_names(value: Json) -> Json:
    """Put hostile text into every name of a server, and names of no meaning beside those of meaning."""
    if isinstance(value, dict):
        renamed = {
            f"\x1b]0;x\x07{name}\u202e" if SERVER.fullmatch(name) else name: strange_names(each)
            for name, each in value.items()
        }
        return {**renamed, "": 1, "\x00": None, "__class__": {}, "[/]": []}
    return [strange_names(each) for each in value] if isinstance(value, list) else value


def series_backwards(value: Json) -> Json:
    """Turn every list round, and say everything in it twice."""
    if isinstance(value, list):
        return [series_backwards(each) for each in reversed(value)] * 2
    if isinstance(value, dict):
        return {name: each if name in SHAPE else series_backwards(each) for name, each in value.items()}
    return value


def crowded(value: Json) -> Json:
    """Let every list hold wrong things beside the right ones."""
    if isinstance(value, list):
        wrong: list[Json] = [None, 0, "", [], {}, [None], {"": None}, True, -1e308]
        return [*wrong, *(crowded(each) for each in value), *wrong]
    return {name: crowded(each) for name, each in value.items()} if isinstance(value, dict) else value


def nested(depth: int, start: bytes, end: bytes) -> Callable[[Good], bytes]:
    """So deep a body."""
    return lambda _: start * depth + b"0" + end * depth


NS, MS = 1_700_000_000_000_000_000, 1_700_000_000_000
DEEP = 100_000

BODIES: tuple[Fault, ...] = (
    whole("every value null", spoiled(leaves(lambda _: None))),
    whole("every value true", spoiled(leaves(lambda _: True))),
    whole("every value a list", spoiled(leaves(lambda value: [value]))),
    whole("every value an object", spoiled(leaves(lambda value: {"x": value}))),
    whole("numbers negative", spoiled(numbers(-1))),
    whole("numbers as words", spoiled(numbers("many"))),
    whole("texts numbers", spoiled(texts(7))),
    whole("texts null", spoiled(texts(None)), of_rows=True),
    whole("no members", spoiled(members(lambda _: False))),
    whole("even members missing", spoiled(members(lambda place: place % 2 == 1))),
    whole("odd members missing", spoiled(members(lambda place: place % 2 == 0)), of_rows=True),
    whole("lists null", spoiled(lists_as(None)), of_rows=True),
    whole("lists empty", spoiled(lists_as([])), of_rows=True),
    whole("lists texts", spoiled(lists_as("x")), of_rows=True),
    whole("lists as objects", spoiled(lists_as_objects), of_rows=True),
    whole("objects as lists", spoiled(objects_as_lists)),
    whole("wrong things in lists", spoiled(crowded), of_rows=True),
    whole("lists backwards, twice", spoiled(series_backwards), of_rows=True),
    whole("body null", lambda _: b"null"),
    whole("body {}", lambda _: b"{}"),
    whole("body []", lambda _: b"[]"),
    whole("body 0", lambda _: b"0"),
    whole("body a text", lambda _: b'"text"'),
    whole("body empty", lambda _: b""),
    whole("JSON cut", lambda good: good.body[: len(good.body) // 2] or b'{"a'),
    whole("JSON and more", lambda good: (good.body or b"{}") + b"\n}{"),
    whole("BOM", lambda good: b"\xef\xbb\xbf" + good.body),
    whole("UTF-16", lambda good: good.body.decode().encode("utf-16")),
    whole("not UTF-8", lambda good: good.body.replace(b'": "', b'": "\xff\xc3\xed\xa0\x80')),
    whole("lists 100,000 deep", nested(DEEP, b"[", b"]"), of_rows=True),
    whole("objects 100,000 deep", nested(DEEP, b'{"a":', b"}")),
    whole("deep in every value", spoiled(leaves(lambda _: json.loads("[" * 150 + "]" * 150))), of_rows=True),
    whole("5,000 digits", literal("9" * 5_000)),
    whole("5,000 digits in a text", spoiled(numbers("9" * 5_000))),
    whole("5,000 zeros before", literal('"' + "0" * 5_000 + '1"'), of_rows=True),
    whole("1e400", literal("1e400")),
    whole("2^64", spoiled(numbers(2**64)), of_rows=True),
    whole("NaN", literal("NaN")),
    whole("Infinity", literal("-Infinity")),
    whole("\"nan\" in a text", spoiled(numbers("nan"))),
    whole("members twice", doubled),
    whole("hostile text", spoiled(with_hostile_text)),
    whole("hostile names", spoiled(strange_names), of_rows=True),
    whole("100 KiB in every text", spoiled(texts("k" * 102_400)), of_rows=True),
    whole("times in ms", spoiled(times(lambda place: MS + place * 60_000)), of_rows=True),
    whole("times in ns", spoiled(times(lambda place: NS + place * 60_000_000_000)), of_rows=True),
    whole("times in words", spoiled(times(lambda _: "yesterday")), of_rows=True),
    whole("times negative", spoiled(times(lambda place: -5_000 - place)), of_rows=True),
    whole("times in year 1", spoiled(times(lambda _: "0001-01-01T00:00:00Z")), of_rows=True),
    whole("times in year 9999", spoiled(times(lambda _: "9999-12-31T23:59:59-23:59")), of_rows=True),
    whole("times in year 30000", spoiled(times(lambda place: 884_541_254_400 + place)), of_rows=True),
    whole("times all the same", spoiled(times(lambda _: "2023-01-08T15:20:00Z")), of_rows=True),
    whole("times of 5,000 digits", spoiled(times(lambda _: "1" * 5_000)), of_rows=True),
    whole("times backwards", spoiled(times(lambda place: 1_700_000_000 - 60 * place)), of_rows=True),
)  # fmt: skip
