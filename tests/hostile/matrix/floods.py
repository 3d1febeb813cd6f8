"""Faults of size: answers within the limit of bytes that hold more rows, members or values than any real one."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

from mctop.api.response import LARGEST_DECODED
from mctop.service.http.faults import SERVER
from tests.api.faultserver import raw
from tests.hostile.matrix.bodies import document
from tests.hostile.matrix.fault import Fault, Good, answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from mctop.service.http.faults import Json

ROOM = LARGEST_DECODED - 65_536
"""Bytes to fill: just below what is refused by its size alone."""
NUMBER = "@@@"
"""Stands for the number of a row in its text."""


def flood(name: str, fill: Callable[[Good], bytes], *, of_rows: bool = False) -> Fault:
    """A body that is filled, packed so that it passes on the wire."""

    def reply(good: Good) -> bytes:
        return answer(good, gzip.compress(fill(good), 3), None, "Content-Encoding: gzip")

    return Fault(name, lambda good: raw(reply(good)), heavy=True, of_rows=of_rows)


def repeated(start: str, row: str, end: str) -> bytes:
    """Rows between a start and an end, each with its number, as many as there is room for."""
    size = len(row.replace(NUMBER, "1234567")) + 1
    count = min(9_000_000, (ROOM - len(start) - len(end)) // size)
    if NUMBER in row:
        before, _, after = row.partition(NUMBER)
        after = after.replace(NUMBER, "1")
        rows = ",".join(f"{before}{number}{after}" for number in range(count))
    else:
        rows = ",".join([row] * count)
    return f"{start}{rows}{end}".encode()


def marked(value: Json) -> Json:
    """The value with a number in the first text of it, so that no row is like another."""
    if isinstance(value, str):
        return NUMBER
    if isinstance(value, dict):
        names = ("sasl_username", "name", "key", "server")
        chosen = next((name for name in names if isinstance(value.get(name), str)), None)
        return value if chosen is None else {**value, chosen: f"k{NUMBER}"}
    return value


def row_of(value: Json) -> Json:
    """The first row that a value has, in itself or in its members."""
    if isinstance(value, list):
        return value[0] if value else {"name": "k", "id": 1}
    if isinstance(value, dict):
        for each in value.values():
            if isinstance(each, list) and each:
                return row_of(each)
    return {"name": "k", "id": 1}


def place_of(value: Json, name: str | None) -> tuple[str, str]:
    """The text before and after the rows: of the member of that name, or of the list that the body is."""
    if isinstance(value, dict) and name is not None:
        rest = {other: each for other, each in value.items() if other != name}
        head = json.dumps(rest)[:-1]
        return f"{head}{', ' if rest else ''}{json.dumps(name)}: [", "]}"
    return "[", "]"


def rows(good: Good) -> bytes:
    """Fill each list: of a body with several members that are lists, the last one that has rows."""
    value = document(good)
    name = None
    if isinstance(value, dict):
        lists = [member for member, each in value.items() if isinstance(each, list) and each and each[0] not in ("", 0)]
        name = lists[-1] if lists else "rows"
    source = value[name] if isinstance(value, dict) and name in value else value
    return repeated(*_around(value, name, json.dumps(marked(row_of(source)))))


def _around(value: Json, name: str | None, row: str) -> tuple[str, str, str]:
    start, end = place_of(value, name)
    return start, row, end


def short_rows(good: Good) -> bytes:
    """Fill the first list with rows that hold what they must, and nothing else."""
    value = document(good)
    if isinstance(value, dict):
        lists = [name for name, each in value.items() if isinstance(each, list)]
        name = lists[0] if lists else "rows"
        texts = lists and isinstance(row_of(value[name]), str)
        return repeated(*_around(value, name, f'"{NUMBER}:1"' if texts else f'{{"name":"k{NUMBER}","popularity":1}}'))
    return repeated("[", f'{{"id":{NUMBER}}}', "]")


def servers(good: Good) -> bytes:
    """As many servers as there is room for: in the cache, in counters, in logs, in series."""
    value = document(good)
    if isinstance(value, dict) and "servers" in value:
        return repeated(*_around(value, "servers", f'"{NUMBER}.example-cache.net:1"'))
    if isinstance(value, dict) and value and all(SERVER.fullmatch(name) for name in value):
        return repeated("{", f'"s{NUMBER}:1": {json.dumps(next(iter(value.values())))}', "}")
    if isinstance(value, list) and value and isinstance(value[0], dict) and "columns" in value[0]:
        columns = json.dumps(value[0]["columns"])
        values = value[0].get("values")
        row = json.dumps(values[:1] if isinstance(values, list) else [])
        return repeated("[", f'{{"tags":{{"server":"s{NUMBER}"}},"columns":{columns},"values":{row}}}', "]")
    return repeated("{", f'"s{NUMBER}:1": {{"get_hits": 1}}', "}")


def lines(good: Good) -> bytes:
    """All there is room for in the rows of one server, or of one series, oldest first."""
    value = document(good)
    if isinstance(value, dict) and value and all(isinstance(each, list) for each in value.values()):
        name = json.dumps(next(iter(value)))
        row = f'{{"timestamp":"2023-01-08T15:20:00Z","key":"k{NUMBER}","command":"GET"}}'
        return repeated(f"{{{name}: [", row, "]}")
    if isinstance(value, list) and value and isinstance(value[0], dict) and "columns" in value[0]:
        width = len(value[0]["columns"]) if isinstance(value[0]["columns"], list) else 2
        columns = json.dumps(value[0]["columns"])
        start = f'[{{"name":"x","tags":{{"server":"a:1"}},"columns":{columns},"values":['
        return repeated(start, f"[16{NUMBER}00" + ",1.5" * (width - 1) + "]", "]}]")
    return repeated("[", f'{{"id":{NUMBER},"timestamp":"2023-01-08T15:20:00Z"}}', "]")


FLOODS: tuple[Fault, ...] = (
    flood("flood of rows", rows, of_rows=True),
    flood("flood of short rows", short_rows, of_rows=True),
    flood("flood of servers", servers, of_rows=True),
    flood("flood of lines", lines, of_rows=True),
    flood("flood of members", lambda _: repeated("{", f'"m{NUMBER}":0', "}")),
    flood("flood of empty lists", lambda _: repeated("[", "[]", "]")),
    flood("flood of empty objects", lambda _: repeated("[", "{}", "]"), of_rows=True),
    flood("flood of zeros", lambda _: repeated("[", "0", "]"), of_rows=True),
    flood("flood of bad rows", lambda _: repeated("[", '{"id":"x"}', "]"), of_rows=True),
    flood("flood of one text", lambda _: b'"' + b"k" * ROOM + b'"'),
    flood("flood of escapes", lambda _: b'"' + b"\\ud800" * (ROOM // 6) + b'"', of_rows=True),
)
