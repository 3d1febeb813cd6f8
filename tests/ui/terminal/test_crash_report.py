"""A crash is told in a few safe lines, whatever the error is."""

from __future__ import annotations

import stat
import time
from typing import TYPE_CHECKING

import pytest
from textual.worker import WorkerFailed

from mctop import __version__
from mctop.api.redaction import Redactor
from mctop.ui.terminal.crash_report import crash_note

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "s3cret-of-a-credential"


def _error(message: str = "", depth: int = 0) -> Exception:
    """An exception that was raised some calls below."""

    def fall(left: int) -> None:
        hidden = SECRET
        if left:
            fall(left - 1)
        raise ValueError(message, hidden) if message == "two" else ValueError(message)

    try:
        fall(depth)
    except ValueError as error:
        return error
    raise AssertionError("it did not fail")


@pytest.mark.parametrize(
    "error",
    [
        _error(),
        _error("plain"),
        _error("two"),
        _error("x" * 1_000_000),
        _error("line\n" * 10_000),
        _error("\x1b]52;c;eA==\x07\x9b2J\u202e\ud800"),
        _error(f"cannot log in with {SECRET}"),
        _error("deep", depth=900),
        ExceptionGroup("several", [_error("one"), ExceptionGroup("inner", [_error("two")])]),
    ],
    ids=["empty", "plain", "two values", "long", "many lines", "hostile", "secret", "deep", "group"],
)
def test_the_note_is_short_clean_and_quick_and_the_file_private(tmp_path: Path, error: Exception) -> None:
    redactor = Redactor()
    redactor.register(SECRET)
    start = time.process_time()
    note = crash_note(error, redactor, tmp_path / "state" / "mctop")
    assert time.process_time() - start < 5
    assert note.startswith("mctop crashed: ")
    assert len(note.encode()) < 4096
    (report,) = (tmp_path / "state" / "mctop").iterdir()
    assert str(report) in note
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert stat.S_IMODE(report.parent.stat().st_mode) == 0o700
    told = note + report.read_text(encoding="utf-8")
    assert SECRET not in told
    assert all(line.isprintable() for line in told.splitlines())
    assert f"mctop {__version__}, textual " in told
    assert "in fall" in told


def test_a_chain_of_errors_is_told_from_its_cause(tmp_path: Path) -> None:
    error = RuntimeError("the end")
    error.__cause__ = _error("the beginning")
    crash_note(error, Redactor(), tmp_path)
    (report,) = tmp_path.iterdir()
    text = report.read_text()
    assert text.index("the beginning") < text.index("direct cause") < text.index("the end")


def _grouped(error: Exception) -> ExceptionGroup[Exception]:
    """A group of groups that a task group would raise."""
    try:
        raise ExceptionGroup("unhandled errors in a TaskGroup", [ExceptionGroup("inner", [error, _error("another")])])
    except ExceptionGroup as group:
        return group


@pytest.mark.parametrize(
    "error",
    [
        WorkerFailed(_error("the real one")),
        WorkerFailed(_grouped(_error("the real one"))),
        WorkerFailed(WorkerFailed(_error("the real one"))),
        _grouped(WorkerFailed(_error("the real one"))),
        WorkerFailed(_grouped(_error("the real one" + "\nand more of its words" * 10_000))),
    ],
    ids=["worker", "worker of a group", "worker of a worker", "group of a worker", "many lines"],
)
def test_what_a_worker_failed_of_is_told_with_its_frames(tmp_path: Path, error: Exception) -> None:
    note = crash_note(error, Redactor(), tmp_path)
    (report,) = tmp_path.iterdir()
    text = report.read_text()
    assert "WorkerFailed" not in note.splitlines()[0]
    assert "test_crash_report.py" in note.splitlines()[1]
    assert "in fall" in text
    assert "ValueError: the real one" in text
    assert text.index("in fall") < text.index("ValueError: the real one")
    assert len(text.splitlines()) < 3000


def test_errors_that_were_raised_beside_it_are_told_too(tmp_path: Path) -> None:
    crash_note(WorkerFailed(_grouped(_error("the real one"))), Redactor(), tmp_path)
    (report,) = tmp_path.iterdir()
    assert "ValueError: another" in report.read_text()


def test_an_error_without_frames_has_no_blank_line(tmp_path: Path) -> None:
    note = crash_note(WorkerFailed(ValueError("never raised")), Redactor(), tmp_path)
    assert note.splitlines()[0] == "mctop crashed: ValueError: never raised"
    assert all(line.strip() for line in note.splitlines())


def test_no_half_of_a_secret_stays_where_a_long_text_is_cut(tmp_path: Path) -> None:
    redactor = Redactor([SECRET])
    crash_note(_error((SECRET + "\n") * 200_000), redactor, tmp_path)
    (report,) = tmp_path.iterdir()
    text = report.read_text()
    assert SECRET[4:14] not in text
    assert "in fall" in text
