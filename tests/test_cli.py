"""What the commands say before a screen opens, and how fast."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mctop import __version__
from mctop.config import Settings
from tests.command_line import run

HEAVY = {"textual", "httpx", "pydantic", "starlette", "uvicorn", "plotext", "rich"}


@pytest.fixture(autouse=True)
def _no_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.startswith(("MCTOP", "MEMCACHIER"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


def modules_after(code: str) -> set[str]:
    """The top-level modules a fresh interpreter has loaded once it ran `code`."""
    report = f"{code}\nimport sys, json; print(json.dumps(sorted({{m.split('.')[0] for m in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def seconds_of_work(command: list[str]) -> float:
    """The processor seconds a command takes: other work on the machine hardly lengthens them."""
    before = os.times()
    subprocess.run(command, check=True, capture_output=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def test_with_nothing_configured_it_says_what_to_set() -> None:
    result = run()
    assert result.exit_code == 2
    for word in ("mctop demo", "MEMCACHIER_USERNAME", "MEMCACHIER_PASSWORD", "Settings page", "mctop/config.toml"):
        assert word in result.output
    assert len(result.output.splitlines()) <= 16


def test_without_a_terminal_it_is_one_line_and_exit_2() -> None:
    result = run("demo")
    assert result.exit_code == 2
    assert len(result.output.splitlines()) == 1


def test_the_version() -> None:
    assert run("--version").output == f"mctop {__version__}\n"


def test_help_names_every_command_option_and_exit_code() -> None:
    text = run("--help").output
    for word in (
        "demo",
        "serve",
        "--url",
        "--cache-id",
        "--username",
        "--env-prefix",
        "--read-only",
        "--lean / --no-lean",
        "--signs",
        "3 authentication",
    ):
        assert word in text
    assert "password" not in {line.split()[0].strip("-") for line in text.splitlines() if line.strip()}


def test_a_command_in_the_wrong_place_is_explained() -> None:
    result = run("--read-only", "demo")
    assert result.exit_code == 2
    assert "mctop demo [OPTIONS]" in result.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nope",), "no cache 'nope'"),
        (("demo", "--scenario", "nope"), "no scenario 'nope'"),
        (("serve",), "--simulate"),
        (("serve", "--simulate", "--port", "99999"), "99999"),
        (("--range", "9d"), "'9d'"),
        (("--config", "/nowhere/config.toml"), "/nowhere/config.toml"),
    ],
)
def test_a_wrong_word_is_exit_2_and_says_which(words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.output


def test_the_scenarios_are_listed() -> None:
    listed = run("demo", "--scenarios").output.split()
    assert listed[0] == "steady"
    assert len(listed) == 10


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_import_nothing_heavy_and_answer_at_once(option: str) -> None:
    loaded = modules_after(f"from mctop.cli import main\ntry: main(['{option}'])\nexcept SystemExit: pass")
    assert not loaded & HEAVY
    assert min(seconds_of_work([sys.executable, "-m", "mctop", option]) for _ in range(5)) <= 0.15


def test_what_speaks_to_the_api_is_loaded_after_the_first_frame() -> None:
    loaded = modules_after("import mctop.wiring, mctop.ui.app.app, mctop.store.store, mctop.service.process.child")
    assert not loaded & (HEAVY - {"textual", "rich"})


def test_what_is_configured_and_cannot_be_used_is_one_line_and_exit_2(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere.pem")
    result = run("serve", "--memcached", "127.0.0.1:1", "--tls", "--no-history")
    assert result.exit_code == 2
    assert result.output == "Error: SSL_CERT_FILE names /nowhere.pem, which is not a file\n"


def test_ctrl_c_before_there_is_a_screen_is_silent_and_exit_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> tuple[str, ...]:
        raise KeyboardInterrupt

    monkeypatch.setattr("mctop.wiring.scenarios", interrupted)
    result = run("demo", "--scenarios")
    assert (result.exit_code, result.output) == (130, "")


def test_a_password_command_is_given_no_password_of_another_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passwords: list[str] = []
    file = tmp_path / "config.toml"
    file.write_text('[caches.prod]\nusername = "USER"\npassword_command = ["sh", "-c", "env | grep -c canary; true"]\n')
    file.chmod(0o600)
    monkeypatch.setenv("MEMCACHIER_PASSWORD", "canary")
    monkeypatch.setenv("MCTOP_MEMCACHED_PASSWORD", "canary")
    monkeypatch.setattr("mctop.cli._usable_terminal", lambda: None)

    def watch(settings: Settings, _: object) -> int:
        passwords.append(settings.password.value if settings.password else "")
        return 0

    monkeypatch.setattr("mctop.wiring.watch", watch)
    assert run("prod", "--config", str(file)).exit_code == 0
    assert passwords == ["0"]
