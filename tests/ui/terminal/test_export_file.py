"""Files are new, private, and where one works."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from mctop.ui.terminal.export_file import write_new

if TYPE_CHECKING:
    from pathlib import Path

NOON = 1_789_992_667.0


def test_a_file_is_named_after_what_it_holds_and_the_moment_and_is_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = write_new("../Most hit keys", "jsonl", NOON, ["one", "zwei \u00fc"])
    assert path == tmp_path / "mctop-most-hit-keys-20260921T121107Z.jsonl"
    assert path.read_text(encoding="utf-8") == "one\nzwei \u00fc\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_file_is_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = [write_new("Log", "jsonl", NOON, [str(number)]).name for number in range(3)]
    assert names == [f"mctop-log-20260921T121107Z{end}.jsonl" for end in ("", "-2", "-3")]
    assert (tmp_path / names[0]).read_text() == "0\n"


def test_where_nothing_can_be_written_the_reason_is_raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(OSError, match="No such file"):
        write_new("Log", "jsonl", NOON, [])
