"""Passwords that a command prints, run on the terminal or apart from it."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

from mctop.config import ConfigError, Secret

if TYPE_CHECKING:
    from asyncio import Task
    from asyncio.subprocess import Process

    from mctop.config import Settings


PATIENCE = 30
"""Seconds that a password command may take."""


def with_password(settings: Settings) -> Settings:
    """Run the password command, if there is one and no password yet. Raises ConfigError."""
    if settings.password is not None or not settings.password_command:
        return settings
    import subprocess

    command = settings.password_command
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ConfigError(f"password_command {command[0]}: {type(error).__name__}") from None
    return _with_output(settings, done.returncode, done.stdout)


async def with_password_unseen(settings: Settings) -> Settings:
    """Run the password command, if any, apart from the terminal, which it can neither read nor draw on.

    It ends when this is cancelled. Raises ConfigError.
    """
    if settings.password is not None or not settings.password_command:
        return settings
    import asyncio

    command = settings.password_command
    # What asks for a passphrase would ask on the terminal that GPG_TTY names, under the dashboard.
    environ = {name: value for name, value in os.environ.items() if name != "GPG_TTY"}
    nothing = asyncio.subprocess.DEVNULL
    starting = asyncio.create_task(
        asyncio.create_subprocess_exec(
            *command, stdin=nothing, stdout=asyncio.subprocess.PIPE, stderr=nothing, env=environ, start_new_session=True
        )
    )
    try:
        # A start that is cancelled would wait for whatever holds the command's output: hence the shield.
        process = await asyncio.shield(starting)
        output, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
    except TimeoutError:
        await _end(starting)
        raise ConfigError(f"password_command {command[0]}: no password within {PATIENCE} s") from None
    except OSError as error:
        raise ConfigError(f"password_command {command[0]}: {type(error).__name__}") from None
    except asyncio.CancelledError:
        await _end(starting)
        raise
    return _with_output(settings, process.returncode or 0, output)


async def _end(starting: Task[Process]) -> None:
    """Kill a command, if it has started, with all that it has started itself."""
    with suppress(OSError):
        process = await starting
        os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


def _with_output(settings: Settings, code: int, output: bytes) -> Settings:
    """The settings with the password that a command wrote."""
    place = f"password_command {settings.password_command[0]}"
    try:
        password = output.decode().strip()
    except UnicodeDecodeError:
        raise ConfigError(f"{place} wrote a password that is not UTF-8") from None
    if code != 0 or not password:
        raise ConfigError(f"{place} ended with {code} and no password")
    return settings.with_values(place, password=Secret(password))
