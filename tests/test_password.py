"""Passwords that commands tell."""

import asyncio
import os
import select
from pathlib import Path

import pytest

from mctop.config import ConfigError, Secret, Settings
from mctop.password import with_password, with_password_unseen


def test_a_password_command_is_run_without_a_shell() -> None:
    settings = with_password(Settings(password_command=("echo", "canary;", "$HOME")))
    assert settings.password == Secret("canary; $HOME")


@pytest.mark.parametrize("command", [["false"], ["true"], ["/nonexistent/command"]])
def test_a_password_command_that_fails_is_named_and_nothing_else(command: list[str]) -> None:
    with pytest.raises(ConfigError, match="password_command "):
        with_password(Settings(password_command=tuple(command)))


async def test_a_password_command_can_run_without_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GPG_TTY", "/dev/pts/9")
    script = "read line && exit 3; test -z $GPG_TTY || exit 4; (: </dev/tty) 2>/dev/null && exit 5; echo canary"
    settings = await with_password_unseen(Settings(password_command=("sh", "-c", script)))
    assert settings.password == Secret("canary")
    assert settings.origin("password") == "password_command sh"


@pytest.mark.parametrize("command", [["false"], ["true"], ["/nonexistent/command"]])
async def test_a_password_command_that_fails_unseen_is_named_and_nothing_else(command: list[str]) -> None:
    with pytest.raises(ConfigError, match=f"password_command {command[0]}"):
        await with_password_unseen(Settings(password_command=tuple(command)))


async def test_a_password_command_ends_when_nobody_waits_for_it_any_more(tmp_path: Path) -> None:
    started = tmp_path / "started"
    os.mkfifo(started)
    command = ("sh", "-c", f"echo $$ >{started}; sleep 60")
    waiting = asyncio.create_task(with_password_unseen(Settings(password_command=command)))
    process = int(await asyncio.to_thread(started.read_text))
    ended = os.pidfd_open(process)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert select.select([ended], [], [], 30)[0]
    os.close(ended)


async def test_a_password_command_that_has_just_begun_ends_with_whatever_it_started(tmp_path: Path) -> None:
    started = tmp_path / "started"
    os.mkfifo(started)
    command = ("sh", "-c", f"sleep 3600 & echo $! >{started}; wait")
    waiting = asyncio.create_task(with_password_unseen(Settings(password_command=command)))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    # The loop stands still here: the command runs, and nobody has noticed that it was started.
    ended = os.pidfd_open(int(started.read_text()))
    waiting.cancel()
    done, _ = await asyncio.wait({waiting}, timeout=30)
    assert done
    assert waiting.cancelled()
    assert select.select([ended], [], [], 30)[0]
    os.close(ended)
