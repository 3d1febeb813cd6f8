"""What is foreign in standard output and error, before a screen opens and beside a service."""

from __future__ import annotations

import io
import logging
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click
import pytest

from mctop.standard_streams import CleanStream, clean_streams
from tests.command_line import run

if TYPE_CHECKING:
    from pathlib import Path

FOREIGN = "a\x1b]0;title\x07\x9b31m\u202eb\r\t\x00"
ARGUMENT = FOREIGN.removesuffix("\x00")
SHOWN = r"a^[]0;title^G\x9b31m\u202eb^M^I^@"


def written(text: str, encoding: str = "utf-8") -> str:
    """What comes out of a stream of an encoding."""
    octets = io.BytesIO()
    stream = CleanStream(io.TextIOWrapper(octets, encoding, newline="\n"))
    stream.write(text)
    stream.flush()
    return octets.getvalue().decode(encoding)


def test_lines_stay_lines_and_what_is_hidden_is_shown() -> None:
    assert written(f"one {FOREIGN}\n\ntwo é\n") == f"one {SHOWN}\n\ntwo é\n"
    assert written("x" * 100_000) == "x" * 100_000
    assert written("\x1b" * 5_000) == "^[" * 5_000


def test_what_the_encoding_has_not_is_escaped() -> None:
    assert written("é…", "ascii") == r"\xe9\u2026"


def test_everything_that_is_printed_is_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    streams = [io.StringIO(), io.StringIO()]
    monkeypatch.setattr(sys, "stdout", streams[0])
    monkeypatch.setattr(sys, "stderr", streams[1])
    with clean_streams():
        click.echo(FOREIGN)
        click.echo(FOREIGN, err=True)
        logging.StreamHandler().emit(logging.LogRecord("", 0, "", 0, FOREIGN, None, None))
    assert [stream.getvalue() for stream in streams] == [f"{SHOWN}\n", f"{SHOWN}\n{SHOWN}\n"]
    assert (sys.stdout, sys.stderr) == (streams[0], streams[1])


def test_an_error_that_ends_the_program_is_told_in_clean_text(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setattr(sys, "stderr", stream)
    error = ValueError(FOREIGN)
    with suppress(ValueError), clean_streams():
        raise error
    sys.excepthook(type(error), error, None)
    assert stream.getvalue().endswith(f"\nValueError: {SHOWN}\n")


@pytest.mark.parametrize(
    "words",
    [
        ("nowhere",), ("--theme", ARGUMENT), ("--username", ARGUMENT), (f"--{ARGUMENT}",), ("--config", ARGUMENT),
        (ARGUMENT,),
        ("--memcached", ARGUMENT), ("--memcached", "127.0.0.1:1", "--cacert", ARGUMENT, "--tls"),
        ("--url", f"https://{ARGUMENT}"), ("demo", "--scenario", ARGUMENT),
        ("serve", "--simulate", "--host", ARGUMENT),
        ("serve", "--simulate", "--port", "0", "--account", f"/dev/null/{ARGUMENT}"),
        ("serve", "--memcached", "127.0.0.1:1", "--history", f"/dev/null/{ARGUMENT}"),
    ],
)  # fmt: skip
def test_no_command_line_and_no_name_of_a_file_sends_a_control_character(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "mctop" / "config.toml"
    config.parent.mkdir()
    config.write_text('[caches."a\\u001b]0;title\\u0007"]\nurl = "https://x"\n"set\\u001bting" = 1\n')
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("MEMCACHIER_USERNAME", ARGUMENT)
    monkeypatch.setenv("MCTOP_URL", f"https://{ARGUMENT}")
    result = run(*words)
    assert result.exit_code in (1, 2)
    assert result.output
    assert all(character == "\n" or character.isprintable() for character in result.output)
