"""Folders of the user where configuration and state live; a relative XDG variable counts as none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mctop.config import ConfigError

if TYPE_CHECKING:
    from pathlib import Path


def config_folder() -> Path:
    """The folder of the configuration file. Raises ConfigError where the user has no home."""
    from platformdirs import user_config_path

    try:
        return user_config_path("mctop")
    except RuntimeError as error:
        raise ConfigError(str(error)) from None


def state_folder() -> Path:
    """The folder of the audit log, the service's log, histories and crash reports. Raises ConfigError as above."""
    from platformdirs import user_state_path

    try:
        return user_state_path("mctop")
    except RuntimeError as error:
        raise ConfigError(str(error)) from None
