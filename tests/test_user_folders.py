"""Configuration and state are where the user's environment says, if it says a whole path."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest

from mctop.config import ConfigError
from mctop.user_folders import config_folder, state_folder


def test_they_are_under_the_xdg_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/state")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/configuration")
    assert (state_folder(), config_folder()) == (Path("/state/mctop"), Path("/configuration/mctop"))


@pytest.mark.parametrize("hostile", ["", "here", "../up", "~/below", "./x"])
def test_a_path_that_is_not_whole_counts_as_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, hostile: str) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", hostile)
    monkeypatch.setenv("XDG_CONFIG_HOME", hostile)
    assert state_folder() == tmp_path / ".local/state/mctop"
    assert config_folder() == tmp_path / ".config/mctop"


@pytest.mark.parametrize("home", ["", "here"])
def test_a_home_that_is_no_whole_path_is_not_asked(monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    monkeypatch.setenv("HOME", home)
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    assert state_folder() == Path(pwd.getpwuid(os.getuid()).pw_dir) / ".local/state/mctop"


def test_a_user_without_a_home_is_told_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(uid: int) -> pwd.struct_passwd:
        raise KeyError(uid)

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    for folder in (state_folder, config_folder):
        with pytest.raises(ConfigError, match="home"):
            folder()
