"""Where a full-screen program cannot run, one line says why."""

from __future__ import annotations

import subprocess
import sys

import pytest

from mctop.ui.tty import why_unusable

GOOD = {"TERM": "xterm-256color", "LANG": "en_US.UTF-8"}


@pytest.mark.parametrize(
    "environ",
    [
        GOOD,
        {},
        {"TERM": "vt100"},
        {"LANG": "C"},
        {"LC_ALL": "POSIX"},
        {"LC_ALL": "en_US.ISO-8859-1"},
        {"LANG": "ja_JP.eucJP"},
    ],
)
def test_a_terminal_that_can_draw_is_used(environ: dict[str, str]) -> None:
    assert why_unusable(environ, stdin_is_tty=True, stderr_is_tty=True) is None


@pytest.mark.parametrize(
    ("environ", "stdin_is_tty", "stderr_is_tty", "why"),
    [
        (GOOD, False, True, "standard input"),
        (GOOD, True, False, "standard error"),
        ({"TERM": "dumb"}, True, True, "TERM is dumb"),
    ],
)
def test_any_other_is_refused_in_one_printable_line(
    environ: dict[str, str], stdin_is_tty: bool, stderr_is_tty: bool, why: str
) -> None:
    said = why_unusable(environ, stdin_is_tty=stdin_is_tty, stderr_is_tty=stderr_is_tty)
    assert said is not None
    assert why in said
    assert said.isprintable()
    assert len(said) < 120


def test_asking_imports_nothing_heavy() -> None:
    heavy = "import sys, mctop.ui.tty; raise SystemExit({'textual', 'rich', 'asyncio'} & set(sys.modules) != set())"
    assert subprocess.run([sys.executable, "-c", heavy], check=False).returncode == 0
