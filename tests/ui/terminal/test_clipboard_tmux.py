"""Copying inside a real tmux, with its defaults."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from mctop.ui.terminal.clipboard import LONGEST, TmuxCopy, load_into_tmux
from tests.ui import samples
from tests.ui.stage import Stage, ready

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TEXT = "session:9f2c41 – ünïcode\t-w ; $(x)"
OLD = """\
#!/bin/sh
test "$2" = -w && exit 1
exec cat > "$HOME/buffer"
"""
"""A tmux from before 3.2."""


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Runs a command of a tmux that reads no configuration."""
    (tmp_path / "tmux").mkdir(mode=0o700)
    environ = {"PATH": os.environ["PATH"], "TMUX_TMPDIR": str(tmp_path / "tmux"), "TERM": "xterm-256color"}

    def run(*words: str) -> str:
        command = ["tmux", "-f", "/dev/null", *words]
        return subprocess.run(command, env=environ, capture_output=True, text=True, check=True).stdout

    run("new-session", "-d", "cat")
    yield run
    run("kill-server")


def inside(tmux: Callable[..., str]) -> dict[str, str]:
    """The environment of a program in that tmux."""
    return {"PATH": os.environ["PATH"], "TMUX": tmux("display", "-p", "#{socket_path},#{pid},0").strip()}


@pytest.mark.parametrize("text", [TEXT, "k" * LONGEST, "-"])
async def test_the_text_is_in_the_newest_buffer(text: str, tmux: Callable[..., str]) -> None:
    assert await load_into_tmux(text, inside(tmux)) is TmuxCopy.SENT_ON
    assert tmux("show-buffer") == text


async def test_an_old_tmux_takes_it_too(tmp_path: Path) -> None:
    (tmp_path / "tmux").write_text(OLD)
    (tmp_path / "tmux").chmod(0o700)
    environ = {"TMUX": "/x,1,0", "PATH": f"{tmp_path}:{os.environ['PATH']}", "HOME": str(tmp_path)}
    assert await load_into_tmux(TEXT, environ) is TmuxCopy.BUFFERED
    assert (tmp_path / "buffer").read_text() == TEXT


@pytest.mark.parametrize("path", ["/nowhere", os.environ["PATH"]])
async def test_a_tmux_that_is_not_there_refuses(path: str, tmp_path: Path) -> None:
    environ = {"TMUX": f"{tmp_path}/gone,1,0", "PATH": path}
    assert await load_into_tmux(TEXT, environ) is TmuxCopy.REFUSED


async def test_y_says_where_it_is(tmux: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMUX", inside(tmux)["TMUX"])
    stage = Stage()
    samples.fill(stage.store)
    async with stage.app.run_test(size=(120, 30)) as pilot:
        await ready(pilot)
        stage.app.screen.query_one("#hit Grid").focus()
        await pilot.press("g", "y")
        while not stage.app._notifications:
            await pilot.pause()
        (said,) = [str(note.message) for note in stage.app._notifications]
    assert said == "the name (14 characters) is in tmux's buffer: paste with prefix ] · y again: the row"
    assert tmux("show-buffer") == "session:9f2c41"


async def test_where_tmux_refuses_it_the_terminal_is_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TMUX", f"{tmp_path}/gone,1,0")
    stage, sent = Stage(), list[str]()
    samples.fill(stage.store)
    async with stage.app.run_test(size=(120, 30)) as pilot:
        await ready(pilot)
        monkeypatch.setattr(stage.app, "copy_to_clipboard", sent.append)
        stage.app.screen.query_one("#hit Grid").focus()
        await pilot.press("g", "y")
        while not stage.app._notifications:
            await pilot.pause()
    assert sent == ["session:9f2c41"]
