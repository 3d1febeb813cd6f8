"""The rooms of `mctop/ARCHITECTURE.md` are those of the tree, none is crowded, and the places it names exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "mctop" / "ARCHITECTURE.md").read_text()
CROWDED = 15
"""Files that may lie flat in a room: as many as one sees at a glance."""


def rooms() -> dict[str, str]:
    """Every package of mctop by its path, with the first line of its docstring."""
    return {
        str(path.parent.relative_to(ROOT)): (ast.get_docstring(ast.parse(path.read_text())) or "").splitlines()[0]
        for path in sorted((ROOT / "mctop").rglob("__init__.py"))
    }


def test_every_room_is_listed_with_what_it_says_of_itself() -> None:
    listed = dict(re.findall(r"^\| `(mctop[\w/]*)` \| (.+) \|$", TEXT, re.MULTILINE))
    assert listed == rooms()


def test_no_room_is_crowded() -> None:
    files = {room: len(list((ROOT / room).glob("[!_]*.py"))) for room in rooms()}
    assert {room: count for room, count in files.items() if count > CROWDED} == {}


def test_every_file_that_is_named_exists() -> None:
    named = set(re.findall(r"`((?:api|store|ui|service)/[\w/]+\.py)`", TEXT))
    assert len(named) > 20
    assert {name for name in named if not (ROOT / "mctop" / name).exists()} == set()


def test_every_module_says_what_is_in_it_and_not_by_a_riddle() -> None:
    for path in sorted((ROOT / "mctop").rglob("*.py")):
        first = (ast.get_docstring(ast.parse(path.read_text())) or "").split(maxsplit=1)[:1]
        assert first, path
        assert first[0] not in ("What", "How", "Where", "Which", "Whether", "When"), path
