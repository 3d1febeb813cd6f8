"""How a correct JSON body is turned into a legal but unpleasant one: nulls, hostile text, a crowd of servers."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None

HOSTILE = (
    "\x1b[2J\x1b[31mred",
    "\x1b]52;c;bWN0b3A=\x07clipboard",
    "\x1b]0;title\x1b\\\x9b6n\x90q\x9c",
    "[bold red]markup[/] [@click=app.quit]click[/]",
    "[/][/nothing]",
    "\u202egnp.txe\u2066\u200f",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 family",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334algo",
    "line\nbreak\r\ttab\x00\x08\x7f",
    "\ud800 lone surrogate",
    "\uff37\uff49\uff44\uff45 \u3000 wide",
    "",
)
HUGE = "k" * 1_048_576
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
SERVER = re.compile(r"[\w.-]+:\d{1,5}")
SHAPE = frozenset(("columns",))
"""Fields whose text is part of the format."""


def with_nulls(document: Json) -> Json:
    """Make every other value null, and every empty list; times and names of columns stay."""
    turns = itertools.cycle((False, True))

    def change(value: Json) -> Json:
        if isinstance(value, dict):
            return {name: each if name in SHAPE else change(each) for name, each in value.items()}
        if isinstance(value, list):
            return [change(each) for each in value] or None
        if isinstance(value, str) and TIME.fullmatch(value):
            return value
        return None if next(turns) else value

    return change(document)


def with_hostile_text(document: Json) -> Json:
    """Put hostile text into every text field and server's name, and one text of 1 MiB; times and columns stay."""
    return _hostile(document, itertools.chain(HOSTILE, (HUGE,), itertools.cycle(HOSTILE)))


def _hostile(value: Json, texts: Iterator[str]) -> Json:
    if isinstance(value, dict):
        return {
            (f"{name} {next(texts)}" if SERVER.fullmatch(name) else name): (
                each if name in SHAPE else _hostile(each, texts)
            )
            for name, each in value.items()
        }
    if isinstance(value, list):
        return [_hostile(each, texts) for each in value]
    if isinstance(value, str) and not TIME.fullmatch(value):
        return next(texts)
    return value


def with_servers(count: int, document: Json) -> Json:
    """Let there be `count` servers, each like the first: in the cache object, in rows, in logs, in stats by server."""
    names = [f"mc{number}.crowd.example-cache.net:11211" for number in range(1, count + 1)]
    if isinstance(document, dict) and "servers" in document:
        return {**document, "servers": list[Json](names)}
    if isinstance(document, dict) and document and all(SERVER.fullmatch(name) for name in document):
        first = next(iter(document.values()))
        return dict.fromkeys(names, first)
    if isinstance(document, list) and document and isinstance(document[0], dict) and "tags" in document[0]:
        row = document[0]
        return [{**row, "tags": {"server": name}} for name in names]
    return document
