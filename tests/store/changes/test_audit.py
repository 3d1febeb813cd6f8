"""The audit log takes one line a call, is its owner's alone, and never kills what writes it."""

import json
import os
import stat
from pathlib import Path

import pytest

from mctop.store.changes.audit import Audit


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_lines_are_appended_to_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    path = tmp_path / "state" / "mctop" / "audit.jsonl"
    for number in (1, 2):
        assert Audit(path).write({"number": number, "label": "a\nb\u2028é"}) == ""
    lines = path.read_text().splitlines()
    assert [json.loads(line)["number"] for line in lines] == [1, 2]
    assert (mode(path), mode(path.parent)) == (0o600, 0o700)


def test_to_ask_whether_it_can_be_written_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    assert Audit(path).trouble() == ""
    assert path.read_bytes() == b""


def test_a_file_of_ours_that_others_could_read_becomes_ours_alone(tmp_path: Path) -> None:
    path = tmp_path / "audit.jsonl"
    path.write_text("before\n")
    path.chmod(0o644)
    assert Audit(path).write({}) == ""
    assert (mode(path), path.read_text()) == (0o600, "before\n{}\n")


def test_a_link_or_a_pipe_in_its_place_is_refused_and_what_it_leads_to_is_not_touched(tmp_path: Path) -> None:
    target, link, pipe = tmp_path / "target", tmp_path / "link", tmp_path / "pipe"
    target.write_text("")
    link.symlink_to(target)
    os.mkfifo(pipe)
    for path in (link, pipe, tmp_path):
        assert Audit(path).write({"a": 1}) != ""
    assert target.read_text() == ""


def test_a_file_of_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    path = tmp_path / "audit.jsonl"
    assert Audit(path).write({"a": 1}) == "it belongs to somebody else"
    assert path.read_bytes() == b""


def test_where_it_cannot_be_written_it_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert Audit(tmp_path / "file" / "audit.jsonl").trouble() == "File exists"


def test_a_full_disk_is_told() -> None:
    assert Audit(Path("/dev/full")).write({"a": 1}) == "it is not a plain file"
